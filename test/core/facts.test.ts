import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { allowed } from '../../src/core/facts.ts';

let said: MockInstance;
beforeEach(() => {
  said = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  said.mockRestore();
});

describe('allowed', () => {
  test('keeps the names on the list', () => {
    const facts = { order_id: 'o-1', product_sku: 'sku', agent_team: 'care', page_type: 'product' };
    expect(allowed(facts, [])).toEqual(facts);
    expect(said).not.toHaveBeenCalled();
  });

  test('keeps names that the site registered, with strings, numbers, true and false', () => {
    expect(allowed({ tier: 'gold', visits: 0, new: false }, ['tier', 'visits', 'new'])).toEqual({
      tier: 'gold',
      visits: 0,
      new: false,
    });
  });

  test('says once what to write where it gets words', () => {
    expect(allowed('order 7 is late' as any, ['0'])).toEqual({});
    expect(said.mock.calls).toEqual([[expect.stringMatching(/context: write an object/)]]);
  });

  test('leaves out other names, and says how to register them', () => {
    expect(allowed({ mood: 'good' }, ['tier'])).toEqual({});
    expect(String(said.mock.calls)).toMatch(/^\[chatstone\] .*mood.*properties/);
  });

  test.each(['path', 'referrer', 'search', 'title', 'url', 'recipient', 'from_address', 'reply_to'])(
    'never keeps %s, though it be registered',
    (name) => {
      expect(allowed({ [name]: 'x' }, [name])).toEqual({});
      expect(String(said.mock.calls)).toContain(name);
    },
  );

  test.each<[string, unknown]>([
    ['an object', { a: 1 }],
    ['a list', ['a']],
    ['a function', () => 'a'],
    ['no number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a symbol', Symbol('a')],
    ['a bigint', 7n],
  ])('leaves out %s', (_what, value) => {
    expect(allowed({ order_id: value }, [])).toEqual({});
  });

  test.each([undefined, null])('passes %j by without a word', (value) => {
    expect(allowed({ order_id: value }, [])).toEqual({});
    expect(said).not.toHaveBeenCalled();
  });

  test('cuts what is too long', () => {
    expect((allowed({ order_id: 'x'.repeat(100_000) }, []).order_id as string).length).toBeLessThan(1000);
  });

  test('says no value', () => {
    allowed({ secret: 'canary-5d1e', order_id: { canary: 'canary-5d1e' } }, []);
    expect(String(said.mock.calls)).not.toContain('canary');
  });

  test('has no eye for what a page hung on Object.prototype', () => {
    (Object.prototype as any).order_id = 'o-9';
    try {
      expect(Object.keys(allowed({}, []))).toEqual([]);
    } finally {
      delete (Object.prototype as any).order_id;
    }
  });
});
