import { describe, expect, test } from 'vitest';
import { attributesIn, published } from '../../src/core/attributes.ts';

describe('attributesIn', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'its own names',
      { last_cart_value: 12.5, lifetime_orders: 3 },
      { last_cart_value: 12.5, lifetime_orders: 3 },
    ],
    [
      'what the visit shows',
      { cart_value: 7, last_viewed_sku: 'HAT' },
      { last_cart_value: 7, last_viewed_product: 'HAT' },
    ],
    [
      'zero and false',
      { cart_value: 0, returns_page_visited: false },
      { last_cart_value: 0, returns_page_visited: false },
    ],
    ['the site’s word before the visit’s', { cart_value: 7, last_cart_value: 8 }, { last_cart_value: 8 }],
    ['nothing else', { order_id: 'A', email: 'ann@example.com' }, {}],
    ['no value of another kind', { last_cart_value: '12', last_viewed_product: 7, lifetime_orders: [3] }, {}],
    [
      'what is taken back',
      { last_cart_value: undefined, last_cart_category: '' },
      { last_cart_value: undefined, last_cart_category: undefined },
    ],
    ['a number that is none', { cart_value: Number.NaN }, { last_cart_value: undefined }],
  ])('takes %s', (_, facts, attributes) => {
    expect(attributesIn(facts)).toStrictEqual(attributes);
  });

  test('cuts what is long', () => {
    expect(String(attributesIn({ last_cart_category: 'x'.repeat(999) }).last_cart_category)).toHaveLength(
      255,
    );
  });
});

describe('published', () => {
  test('has a name of its own for a new meaning', () => {
    expect(published('last_cart_value', { version: 1 })).toBe('last_cart_value');
    expect(published('last_cart_value', { version: 2 })).toBe('last_cart_value_v2');
  });
});
