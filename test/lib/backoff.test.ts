import { describe, expect, test } from 'vitest';
import { backoff } from '../../src/lib/backoff.ts';

describe('backoff', () => {
  test.each([
    [0, 1000],
    [1, 2000],
    [2, 4000],
    [8, 256_000],
    [9, 300_000],
    [5000, 300_000],
  ])('after %j tries it is at most %j milliseconds', (tries, most) => {
    expect(backoff(tries, 1000, 300_000, 1)).toBe(most);
  });

  test('is anything below, as the dice say', () => {
    expect(backoff(3, 1000, 300_000, 0)).toBe(0);
    expect(backoff(3, 1000, 300_000, 0.5)).toBe(4000);
  });

  test('throws the dice itself', () => {
    const waits = Array.from({ length: 100 }, () => backoff(10, 1000, 300_000));
    expect(new Set(waits).size).toBeGreaterThan(90);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
  });
});
