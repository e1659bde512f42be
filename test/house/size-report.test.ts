// @vitest-environment node
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sizes } from '../../scripts/size.mjs';
import { compared, shares, shown } from '../../scripts/size-report.mjs';

const ROOT = join(import.meta.dirname, '../..');
const bytes = (raw: number, gzip: number, brotli: number) => ({ raw, gzip, brotli });

describe('compared', () => {
  test.each([
    ['a file that grew', bytes(9, 5, 4), bytes(8, 5, 5), { change: bytes(1, 0, -1) }],
    ['a file that is as it was', bytes(9, 5, 4), bytes(9, 5, 4), { change: bytes(0, 0, 0) }],
    ['a new file', bytes(9, 5, 4), undefined, { isNew: true }],
  ])('sees %s', (_, now, old, what) => {
    expect(compared([{ file: 'a.js', ...now }], old ? { 'a.js': old } : {})).toEqual([
      { file: 'a.js', ...now, ...what },
    ]);
  });

  test('sees a file that is gone', () => {
    expect(compared([], { 'a.js': bytes(9, 5, 4) })).toEqual([
      { file: 'a.js', ...bytes(0, 0, 0), change: bytes(-9, -5, -4), isGone: true },
    ]);
  });
});

describe('shares', () => {
  test.each(['chatstone.js', 'chatstone-listening.js', 'chatstone-engine.js'])(
    'of the modules in %s add up to the file',
    async (file) => {
      const parts = await shares(`dist/${file}`);
      const sum = parts.reduce((total, part) => total + part.bytes, 0);
      expect(sum).toBe(statSync(join(ROOT, 'dist', file)).size);
      const names = parts.map(({ module }) => module);
      expect(names).toContain(
        { 'chatstone.js': 'src/script.ts', 'chatstone-listening.js': 'src/compose.ts' }[file] ??
          'src/engine.ts',
      );
      const unknown = parts.filter(({ module }) => !/^(src\/[\w/-]+\.ts|[a-z-]+)$/.test(module));
      expect(unknown.map(({ module }) => module)).toEqual(['(around them)']);
      expect(unknown[0]!.bytes).toBeLessThan(sum / 100);
      const [largest] = parts;
      expect(largest!.rendered).toBeGreaterThan(largest!.bytes);
    },
    60_000,
  );

  test('of a file that nobody makes are a mistake', async () => {
    await expect(shares('dist/chatstone-nobody.js')).rejects.toThrow('makes no dist/chatstone-nobody.js');
  });
});

describe('the report', () => {
  const report = {
    since: '0.4.0',
    files: [
      { file: 'a.js', ...bytes(9000, 5000, 4000), budget: 4100, change: bytes(1000, 0, -20) },
      { file: 'b.js', ...bytes(10, 10, 10), isNew: true },
    ],
    modules: {
      'a.js': [
        { module: 'src/a.ts', bytes: 6750, rendered: 9999 },
        { module: 'src/b.ts', bytes: 2250, rendered: 0 },
      ],
    },
  };

  test('says change, room and share', () => {
    const text = shown(report);
    expect(text).toContain('the change since 0.4.0');
    expect(text).toContain('| a.js | 9,000 (+1,000) | 5,000 | 4,000 (−20) | 4,100 (100 left) |');
    expect(text).toContain('| b.js (new) | 10 | 10 | 10 |  |');
    expect(text).toContain('| src/a.ts | 6,750 | 75.0 % | 9,999 |');
  });
});

describe('docs/sizes.json', () => {
  const { version, files } = JSON.parse(readFileSync(join(ROOT, 'docs/sizes.json'), 'utf8'));

  test('has the sizes of a version that the changelog names', () => {
    expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`## ${version}\n`);
  });

  test('has every size of a file, and files that are still made', () => {
    const made = sizes().map(({ file }: { file: string }) => file);
    expect(Object.keys(files)).toContain('dist/chatstone.js');
    expect(Object.keys(files).filter((file) => made.includes(file)).length).toBeGreaterThan(30);
    for (const size of Object.values<Record<string, number>>(files)) {
      expect(Object.keys(size)).toEqual(['raw', 'gzip', 'brotli']);
      expect(size.brotli).toBeLessThan(size.raw!);
      expect(size.brotli).toBeGreaterThan(0);
    }
  });
});
