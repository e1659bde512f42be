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
    expect(backoff(tries, 1000, 300_000, 0, 1)).toBe(most);
  });

  test('is anything below, as the dice say', () => {
    expect(backoff(3, 1000, 300_000, 0, 0)).toBe(0);
    expect(backoff(3, 1000, 300_000, 0, 0.5)).toBe(4000);
  });

  test('throws the dice itself', () => {
    const waits = Array.from({ length: 100 }, () => backoff(10, 1000, 300_000));
    expect(new Set(waits).size).toBeGreaterThan(90);
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
  });

  test.each([
    ['5 s', 0, 5000, 11_000],
    ['5 s, once more', 1, 5000, 12_000],
    ['5 s, after a long outage', 9, 5000, 305_000],
    ['90 s', 0, 90_000, 181_000],
    ['10 minutes', 0, 600_000, 900_000],
  ])(
    'is never below the time that the server named, and above it as the dice say: %s',
    (_, tries, named, most) => {
      expect(backoff(tries, 1000, 300_000, named, 0)).toBe(named);
      expect(backoff(tries, 1000, 300_000, named, 0.5)).toBe((named + most) / 2);
      expect(backoff(tries, 1000, 300_000, named, 1)).toBe(most);
    },
  );
});
