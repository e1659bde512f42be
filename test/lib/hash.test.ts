import { describe, expect, test } from 'vitest';
import { hash, percentile } from '../../src/lib/hash.ts';
import { mark } from '../../src/lib/mark.ts';

const texts = Array.from({ length: 20_000 }, (_, i) => `visitor-${i}\nchat_opened`);

describe('hash', () => {
  test('is the same for the same text, also tomorrow', () => {
    expect(hash('chat_opened')).toBe(hash('chat_opened'));
    expect(hash('chat_opened')).toBe('12t12ngltg0-1ku7qth3lso'); // a change would tell old facts anew
  });

  test('is another for another text', () => {
    expect(new Set(texts.map(hash)).size).toBe(texts.length);
    expect(new Set(['', ' ', 'a', 'A', 'ä', '😀', 'ab', 'ba'].map(hash)).size).toBe(8);
  });
});

describe('percentile', () => {
  test('lies from 0 to 99, evenly', () => {
    const shares = Array(10).fill(0);
    for (const text of texts) shares[Math.floor(percentile(text) / 10)]++;
    for (const share of shares) expect(Math.abs(share / texts.length - 0.1)).toBeLessThan(0.02);
  });

  test('is the same for the same text', () => {
    expect(texts.slice(0, 50).map(percentile)).toEqual(texts.slice(0, 50).map(percentile));
  });
});

describe('mark', () => {
  test('is the same for the same text, and tells a few apart', () => {
    expect(mark('agent-7')).toBe(mark('agent-7'));
    expect(new Set(texts.slice(0, 1000).map(mark)).size).toBe(1000);
  });

  test('does not hold the text', () => {
    expect(mark('agent-7')).not.toContain('agent');
  });
});
