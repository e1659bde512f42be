import { describe, expect, test } from 'vitest';
import { randomId } from '../../src/lib/random-id.ts';

describe('randomId', () => {
  const ids = Array.from({ length: 1000 }, randomId);

  test('is a UUID, version 4', () => {
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  test('is another each time, in every digit', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const place of [0, 9, 15, 20, 35]) expect(new Set(ids.map((id) => id[place])).size).toBe(16);
  });
});
