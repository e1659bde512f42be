import { describe, expect, test } from 'vitest';
import { cookie } from '../../src/lib/cookie.ts';

describe('cookie', () => {
  test('is found by its whole name', () => {
    // biome-ignore lint/suspicious/noDocumentCookie: as the page's scripts do
    for (const text of ['xcart=1', 'cart=a|b', 'cart2=3']) document.cookie = `${text}; path=/`;
    expect(cookie('cart')).toBe('a|b');
    expect(cookie('art')).toBeUndefined();
  });
});
