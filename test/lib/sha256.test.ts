// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/lib/sha256.ts';

const known = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('sha256', () => {
  test('is that of the standard, for texts of every length around its blocks', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'a'.repeat(length);
      expect(sha256(text), `of ${length} letters`).toBe(known(text));
    }
  });

  test.each(['ann@example.com', 'zoë@beispiel.de', '名前@例え.jp', '\u{1f9f6}'])('is that of %s', (text) => {
    expect(sha256(text)).toBe(known(text));
  });
});
