import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';

let said: MockInstance;
let options: (given: object, more?: object) => any;
const sentences = () => said.mock.calls.map(([sentence]) => String(sentence));
beforeEach(async () => {
  vi.resetModules(); // a sentence is said once a page: each test is a page of its own
  ({ options } = await import('../../src/core/options.ts'));
  said = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  said.mockRestore();
});

describe('options', () => {
  test('are the defaults where nothing is chosen', () => {
    expect(options({})).toMatchObject({
      consent: 'auto',
      anonymous: 'hold',
      identifyBy: 'email',
      gpc: 'report',
      openCase: true,
    });
    expect(sentences()).toEqual([]);
  });

  test('are what is chosen', () => {
    const chosen = {
      consent: 'manual',
      anonymous: 'send',
      identifyBy: 'id',
      gpc: 'deny',
      openCase: false,
      risk: ['sizing'],
      properties: ['tier'],
      pageType: 'product',
      user: { id: 7 },
      order: { order_id: 'o-1' },
      product: { sku: 'sku' },
      context: { tier: 'gold' },
      topics: { gifts: ['gift'] },
      pages: { '/gifts': 'gifts' },
      idle: { case: 24 },
      flags: { vip: { hours: 720, purchase: false } },
    };
    expect(options(chosen)).toEqual(chosen);
    expect(sentences()).toEqual([]);
  });

  test.each([
    ['consent', 'yes'],
    ['anonymous', 'drop'],
    ['identifyBy', 'phone'],
    ['gpc', true],
    ['openCase', 'no'],
    ['risk', 'returns'],
    ['properties', { tier: true }],
    ['pageType', 7],
    ['user', 'ada@example.com'],
    ['user', ['ada@example.com']],
    ['order', 'o-1'],
    ['product', 'sku'],
    ['topics', ['gifts']],
    ['pages', ['/gifts']],
    ['idle', 30],
  ])('say what to write where %s is %j, and keep the default', (name, value) => {
    expect(options({ [name]: value })[name]).toEqual(options({})[name]);
    expect(sentences()).toEqual([expect.stringMatching(new RegExp(`^\\[chatstone\\] .*${name}`))]);
  });

  test('say which words or what kind of value to write', () => {
    options({ anonymous: 'drop', risk: 'returns', openCase: 'no', user: 7, pageType: 7 });
    expect(sentences().map((sentence) => sentence.replace(/.*write /, ''))).toEqual(
      expect.arrayContaining([
        'hold or send',
        'a list',
        'a boolean',
        expect.stringMatching(/^an? object$/),
        'a string',
      ]),
    );
  });

  test('say a wrong value once a page', () => {
    options({ identifyBy: 'telephone' });
    options({ identifyBy: 'telephone' });
    expect(sentences()).toHaveLength(1);
  });

  test('say which options there are where one does not exist', () => {
    options({ identify_by: 'id' });
    expect(sentences()).toEqual([expect.stringMatching(/^\[chatstone\] .*identify_by.*identifyBy/)]);
  });

  test.each([null, undefined])('pass %j by without a word', (nothing) => {
    expect(options({ user: nothing, consent: nothing })).toMatchObject({ user: {}, consent: 'auto' });
    expect(sentences()).toEqual([]);
  });

  test('take further ones of an entry', () => {
    expect(options({ forms: { a: 1 }, names: 'b' }, { forms: {}, names: 'a|b' })).toMatchObject({
      forms: { a: 1 },
      names: 'b',
    });
    expect(options({}, { forms: {}, names: 'a|b' })).toMatchObject({ forms: {}, names: 'a' });
  });

  test('have no eye for what a page hung on Object.prototype', () => {
    (Object.prototype as any).identifyBy = 'id';
    (Object.prototype as any).strange = 'id';
    try {
      expect(options({}).identifyBy).toBe('email');
      expect(sentences()).toEqual([]);
    } finally {
      delete (Object.prototype as any).identifyBy;
      delete (Object.prototype as any).strange;
    }
  });

  test('leave what was given as it was', () => {
    const given = Object.freeze({ consent: 'manual', odd: 1 });
    expect(() => options(given)).not.toThrow();
  });
});
