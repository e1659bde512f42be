import { afterEach, describe, expect, test } from 'vitest';
import { json } from '../../src/lib/json.ts';

const PLAIN: [string, unknown][] = [
  ['a text', 'a "quoted" \\ text\n\u2028 😀 \ud800'],
  ['an empty text', ''],
  ['a list with holes', Array(2)],
  ['numbers', [0, -0, 1.5, -7, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY]],
  ['true, false and null', [true, false, null]],
  ['a list with nothings', [undefined, () => 1, Symbol('a'), ...Array(2), 1]],
  ['an object with nothings', { a: undefined, b: () => 1, c: Symbol('a'), d: null, e: 0, f: '' }],
  ['something nested', { batch: [{ properties: { 'a "b"': ['c', { d: [] }] } }, {}] }],
  ['odd keys', { '': 1, '__proto__ ': 2, constructor: 3, toString: 4, '"': 5, 7: 6 }],
  ['an own __proto__', JSON.parse('{"__proto__":{"a":1}}')],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
];

describe('json', () => {
  test.each(PLAIN)('writes %s as JSON.stringify does', (_what, value) => {
    expect(json(value)).toBe(JSON.stringify(value));
  });

  describe.each<[string, object, any]>([
    ['Array', Array.prototype, () => 'bent'],
    ['String', String.prototype, () => 'bent'],
    ['Number', Number.prototype, () => 'bent'],
    ['Object', Object.prototype, () => 'bent'],
  ])('where a page hung toJSON on %s.prototype', (_name, prototype, toJSON) => {
    const expected = PLAIN.map(([, value]) => JSON.stringify(value));
    afterEach(() => {
      delete (prototype as any).toJSON;
    });

    test('it writes the same', () => {
      (prototype as any).toJSON = toJSON; // enumerable, as Prototype.js 1.6 does
      const written = PLAIN.map(([, value]) => json(value));
      delete (prototype as any).toJSON;
      expect(written).toEqual(expected);
    });
  });

  test('writes nothing of what a page hung on Object.prototype', () => {
    (Object.prototype as any).strange = 'x';
    const written = json({ a: 1 });
    delete (Object.prototype as any).strange;
    expect(written).toBe('{"a":1}');
  });
});
