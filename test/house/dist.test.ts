import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { excesses, sizes } from '../../scripts/size.mjs';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file));
const { name, version } = JSON.parse(String(read('package.json')));

const scripts = sizes().map(({ file }) => file);

describe('dist', () => {
  test('has the hash of every script', () => {
    const hashes = JSON.parse(String(read('dist/integrity.json')));
    const hash = (file: string) => `sha384-${createHash('sha384').update(read(file)).digest('base64')}`;
    expect(hashes).toEqual(
      Object.fromEntries(scripts.map((file) => [file.replace('dist/', ''), hash(file)])),
    );
  });

  test.each(scripts)('%s names its version and no folder of a machine', (file) => {
    const text = String(read(file));
    expect(text.slice(0, 100)).toContain(`/*! ${name} ${version} MIT`);
    expect(text).not.toContain('node_modules');
    expect(text).not.toContain(ROOT);
  });

  test.each(scripts)('%s reads alike in every encoding', (file) => {
    expect([...String(read(file))].filter((letter) => letter > '\x7f')).toEqual([]);
  });
});

describe('excesses', () => {
  const measured = { file: 'dist/a.js', raw: 9000, gzip: 4000, brotli: 3500, budget: 3000 };

  test.each([
    ['a script within its budget', { ...measured, brotli: 3000 }, []],
    ['a script without one', { ...measured, budget: undefined }, []],
    [
      'a script above it',
      measured,
      ['dist/a.js has 3,500 bytes under brotli, 500 more than its budget of 3,000.'],
    ],
  ])('judges %s', (_, size, sentences) => {
    expect(excesses([size], {})).toEqual(sentences);
  });

  test('misses a script that has a budget', () => {
    expect(excesses([], { 'dist/a.js': 3000 })).toEqual([
      'dist/a.js has a budget and is not there: run npm run build.',
    ]);
  });
});
