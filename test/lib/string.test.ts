import { describe, expect, test } from 'vitest';
import { string } from '../../src/lib/string.ts';

describe('string', () => {
  test('takes a string as it stands', () => {
    expect(string(' a ')).toBe(' a ');
    expect(string('')).toBe('');
  });

  test.each([[null], [undefined], [false], [7], [['a']], [{ toString: () => 'a' }]])(
    'refuses what is none (%#)',
    (value) => {
      expect(string(value)).toBeUndefined();
    },
  );
});
