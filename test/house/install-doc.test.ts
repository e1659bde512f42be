// @vitest-environment node
// What docs/install.md lets people paste has to be understood by what they paste it for.
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { options } from '../../src/core/options.ts';
import { sources } from '../../src/sources/index.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const page = read('docs/install.md');
const script = read('src/script.ts');

/** JSON as it comes out of the shop's templates. */
const filled = (text: string) => text.replace(/\{\{\{json .*?\}\}\}|\{\$.*?nofilter\}/g, '"7"');
const blocks = [...page.matchAll(/id="chatstone-config">\s(\{[\s\S]*?)<\/script>/g)].map(([, text]) =>
  filled(text!),
);
const inText = [...page.matchAll(/`(\{ "[^`]+\})`/g)].map(([, text]) => text!);
const inTag = Object.fromEntries(
  /const TAG = \{([\s\S]*?)\n\};/
    .exec(script)![1]!
    .match(/^ {2}\w+/gm)!
    .map((name) => [name.trim(), {}]),
);

describe('docs/install.md', () => {
  afterEach(() => vi.restoreAllMocks());

  test.each([...blocks, ...inText])('shows %s, which says nothing on the console', (text) => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const block = JSON.parse(text);
    options(block, inTag);
    if (block.forms) {
      vi.stubGlobal('document', { querySelector: () => null });
      sources.form(block.forms);
      vi.unstubAllGlobals();
    }
    expect(error.mock.calls).toEqual([]);
  });

  test('shows enough blocks', () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(inText.length).toBeGreaterThan(0);
  });

  test.each([...new Set(page.match(/data-[a-z]+(-[a-z]+)*(?=="|')/g))])(
    'writes %s as the tag reads it',
    (name) => {
      const camel = name.slice(5).replace(/-./g, (part) => part[1]!.toUpperCase());
      expect(script).toMatch(new RegExp(`\\b${camel}\\b`));
    },
  );

  test.each([...page.matchAll(/config\['(\w+)'\]/g)].map(([, name]) => name))(
    'sets %s, which is an option',
    (name) => {
      expect(Object.keys(options({}, inTag))).toContain(name);
    },
  );
});
