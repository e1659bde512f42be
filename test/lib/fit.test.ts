import { describe, expect, test } from 'vitest';
import { fit, impersonal } from '../../src/lib/fit.ts';

describe('fit', () => {
  test('leaves what fits as it is', () => {
    const values = { a: 'x', b: 0, c: false };
    expect(fit(values, {})).toEqual(values);
    expect(fit(values, { most: 3, longest: 1 })).toEqual(values);
  });

  test('leaves out numbers that are none', () => {
    expect(fit({ a: Number.NaN, b: 1, c: Number.POSITIVE_INFINITY }, { most: 1 })).toEqual({ b: 1 });
  });

  test('makes text of everything where a vendor takes nothing else', () => {
    expect(fit({ a: 1.5, b: false, c: 'xyz' }, { text: true, longest: 2 })).toEqual({
      a: '1.',
      b: 'fa',
      c: 'xy',
    });
  });

  test('cuts no character in two', () => {
    expect(fit({ a: 'x😀' }, { longest: 2 })).toEqual({ a: 'x' });
    expect(fit({ a: 'x😀' }, { longest: 3 })).toEqual({ a: 'x😀' });
  });
});

describe('impersonal', () => {
  test.each([
    'email',
    'Email',
    'e-mail',
    'work_email',
    'email_sha256',
    'phone',
    'mobile_phone',
    'name',
    'first_name',
    'id',
    'user_id',
    'customer_id',
    'user_hash',
    'company',
  ])('leaves out %s', (name) => {
    expect(impersonal({ [name]: 'x' })).toEqual({});
  });

  test('leaves out an address, whatever its name', () => {
    expect(impersonal({ referred_by: ' Bob@Example.com', topic: 'sizing' })).toEqual({ topic: 'sizing' });
  });

  test.each(['last_viewed_product', 'last_chat_topic', 'order_id', 'product_name', 'cio_segment_phone_case'])(
    'keeps %s',
    (name) => {
      expect(impersonal({ [name]: 'x' })).toEqual({ [name]: 'x' });
    },
  );
});
