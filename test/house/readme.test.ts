// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FILES_WITH_PARTS, render } from '../../scripts/readme.mjs';
import { VERSION } from '../../src/core/version.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const readme = read('README.md');

describe('README', () => {
  test.each(FILES_WITH_PARTS)(
    'and %s say what was measured: npm run readme',
    async (file) => {
      const text = read(file);
      expect(await render(text)).toBe(text);
    },
    30_000,
  );

  test('and the pages on survival and growth say the same as the measured figures', async () => {
    const { survivalPage } = await import('../../scripts/survival-table.mjs');
    expect(read('docs/survival.md')).toBe(survivalPage());
    const { growthPage } = await import('../../scripts/growth-page.mjs');
    expect(read('docs/growth.md')).toBe(growthPage(JSON.parse(read('docs/growth.json'))));
  });

  test.each(readme.match(/`data-[a-z-]+`(?= \|)/g)!.map((cell) => cell.slice(6, -1)))(
    'names data-%s as the tag reads it',
    (attribute) => {
      const camel = attribute.replace(/-./g, (part) => part[1]!.toUpperCase());
      expect(read('src/script.ts') + read('src/script-listening.ts')).toMatch(new RegExp(`\\b${camel}\\b`));
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
