import { describe, expect, test } from 'vitest';
import { sibling } from '../../src/lib/sibling.ts';

describe('sibling', () => {
  test.each([
    ['https://cdn.example.com/a/one.js', 'https://cdn.example.com/a/two.js'],
    ['https://cdn.example.com/one.js?v=7', 'https://cdn.example.com/two.js?v=7'],
    ['https://cdn.example.com/a/one.js?v=7#top', 'https://cdn.example.com/a/two.js?v=7'],
  ])('beside %s lies %s', (address, expected) => {
    expect(sibling(address, 'two.js').href).toBe(expected);
  });

  test('throws where there is no address', () => {
    expect(() => sibling('', 'two.js')).toThrow(TypeError);
  });
});
