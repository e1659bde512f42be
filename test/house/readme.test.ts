// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { render } from '../../scripts/readme.mjs';
import { VERSION } from '../../src/core/version.ts';
import { sources } from '../../src/sources/index.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const readme = read('README.md');

describe('README', () => {
  test('says what was measured: npm run readme', async () => {
    expect(await render(readme)).toBe(readme);
  });

  test('has a row for each widget that the tag listens to', async () => {
    const rows = (await render(readme)).split('\n').filter((line) => /^\| \[/.test(line));
    expect(rows).toHaveLength(Object.keys(sources).filter((name) => name !== 'form').length);
  });

  test.each(readme.match(/`data-[a-z-]+`(?= \|)/g)!.map((cell) => cell.slice(6, -1)))(
    'names data-%s as the tag reads it',
    (attribute) => {
      const camel = attribute.replace(/-./g, (part) => part[1]!.toUpperCase());
      expect(read('src/script.ts')).toMatch(new RegExp(`\\b${camel}\\b`));
    },
  );
});

describe('the version', () => {
  test('is the same on the wire and in the package', () => {
    expect(VERSION).toBe(JSON.parse(read('package.json')).version);
  });

  test('has its entry in the changelog', () => {
    expect(read('CHANGELOG.md')).toContain(`## ${VERSION}`);
  });
});
