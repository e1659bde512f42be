import { describe, expect, test } from 'vitest';
import { takeCookie } from '../../src/lib/take-cookie.ts';

describe('takeCookie', () => {
  test('hands the value over once', () => {
    // biome-ignore lint/suspicious/noDocumentCookie: as the checkout does
    document.cookie = 'handed=a%7Cb|c; path=/';
    const taken: string[] = [];
    takeCookie('handed', (value) => taken.push(value));
    takeCookie('handed', (value) => taken.push(value));
    expect(taken).toEqual(['a%7Cb|c']);
    expect(document.cookie).not.toMatch(/handed=[^;]/); // happy-dom drops it a millisecond later
  });

  test('takes away what its reader stumbles over, too', () => {
    // biome-ignore lint/suspicious/noDocumentCookie: as anybody may
    document.cookie = 'handed=%E0%A4%A; path=/';
    expect(() => takeCookie('handed', decodeURIComponent)).toThrow();
    expect(document.cookie).not.toMatch(/handed=[^;]/); // happy-dom drops it a millisecond later
  });

  test('does nothing where there is none', () => {
    takeCookie('absent', () => {
      throw new Error('called');
    });
  });
});
