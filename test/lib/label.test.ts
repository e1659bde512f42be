import { describe, expect, test } from 'vitest';
import { label } from '../../src/lib/label.ts';

describe('label', () => {
  test('trims a short text, and takes a number for one', () => {
    expect(label('  Ada Archer ')).toBe('Ada Archer');
    expect(label(0)).toBe('0');
    expect(label(4711)).toBe('4711');
  });

  test.each([
    [''],
    ['   '],
    ['a'.repeat(200)],
    [null],
    [undefined],
    [true],
    [['a']],
    [{ toString: (): string => 'a' }],
  ])('refuses what is none (%#)', (value) => {
    expect(label(value)).toBeUndefined();
  });
});
