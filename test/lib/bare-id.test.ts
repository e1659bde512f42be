import { describe, expect, test } from 'vitest';
import { bareId } from '../../src/lib/bare-id.ts';

describe('bareId', () => {
  test.each([
    ['V-1', 'V-1'],
    ['"V-1"', 'V-1'],
    ['%22V-1%22', 'V-1'],
    ['', undefined],
    ['<script>', undefined],
    ['a b', undefined],
    ['x'.repeat(256), undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %j is %j', (text, id) => {
    expect(bareId(text)).toBe(id);
  });
});
