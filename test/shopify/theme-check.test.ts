// What Shopify's own linter says, of a theme and of an app extension with our files where the docs tell to put them.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { themeCheckRun } from '@shopify/theme-check-node';
import { afterEach, describe, expect, test } from 'vitest';
import { BLOCK, SNIPPET } from './liquid.ts';

const ROOT = join(import.meta.dirname, '../..');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, and the ones that people upload to assets/. */
function lay(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'chatstone-theme-')); // absolute: with a relative one nothing is checked
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const dist = join(ROOT, 'dist');
  for (const file of existsSync(dist) ? readdirSync(dist) : [])
    if (/^chatstone.*\.js$/.test(file)) cpSync(join(dist, file), join(root, 'assets', file));
  return root;
}

async function check(root: string, config: string) {
  const { offenses, theme } = await themeCheckRun(root, config);
  const short = (uri: string) => uri.slice(uri.indexOf('chatstone-theme-')).replace(/^[^/]*\//, '');
  return {
    checked: theme.map(({ uri }) => short(uri)),
    offenses: offenses.map(({ check, uri, message }) => `${check} in ${short(uri)}: ${message}`),
  };
}

const theme = (snippet: string, line = `{% render 'chatstone', write_key: 'key' %}`) => ({
  'layout/theme.liquid': `<!doctype html>
<html lang="{{ request.locale.iso_code }}">
  <head>
    {{ content_for_header }}
    ${line}
  </head>
  <body>
    {{ content_for_layout }}
  </body>
</html>
`,
  'snippets/chatstone.liquid': snippet,
  'locales/en.default.json': '{}',
});
const extension = (block = BLOCK) => ({
  'blocks/chatstone.liquid': block,
  'snippets/chatstone.liquid': SNIPPET,
  'locales/en.default.json': '{}',
});

describe('theme-check', () => {
  test('has nothing to say of the snippet in a theme', async () => {
    const { checked, offenses } = await check(lay(theme(SNIPPET)), 'theme-check:recommended');
    expect(checked).toContain('snippets/chatstone.liquid');
    expect(offenses).toEqual([]);
  });

  test('has nothing to say of a render with every parameter', async () => {
    const line = `{%- capture topics -%}
      gifts: gift, wrap
    {%- endcapture -%}
    {% render 'chatstone', write_key: 'key', region: 'eu', api_host: 'https://events.example.com', consent: 'auto', identify_by: 'id', widget: 'tawk', topics: topics, pages: '/gifts: gifts', debug: true %}`;
    const { offenses } = await check(lay(theme(SNIPPET, line)), 'theme-check:recommended');
    expect(offenses).toEqual([]);
  });

  test.each([
    ['a script that holds the page up', SNIPPET.replace(/^ {2}async\n/m, ''), /^ParserBlockingScript/],
    [
      'a parameter that is not used',
      SNIPPET.replace('@param', '@param {string} [nothing] - x\n  @param'),
      /^UnusedDocParam/,
    ],
    ['a tag without its end', SNIPPET.replace('{%- endunless -%}', ''), /^LiquidHTMLSyntaxError/],
  ])('reports %s', async (_, bad, says) => {
    expect(bad).not.toBe(SNIPPET);
    const { offenses } = await check(lay(theme(bad)), 'theme-check:recommended');
    expect(offenses).toContainEqual(expect.stringMatching(says));
  });

  test('reports a parameter that the snippet does not have', async () => {
    const line = `{% render 'chatstone', write_key: 'key', colour: 'red' %}`;
    const { offenses } = await check(lay(theme(SNIPPET, line)), 'theme-check:recommended');
    expect(offenses).toContainEqual(expect.stringMatching(/^UnrecognizedRenderSnippetArguments/));
  });

  test('has nothing to say of the app embed block with the files that are shipped', async () => {
    const root = lay(extension());
    expect(existsSync(join(root, 'assets/chatstone.js'))).toBe(true);
    const { checked, offenses } = await check(root, 'theme-check:theme-app-extension');
    expect(checked).toEqual(expect.arrayContaining(['blocks/chatstone.liquid', 'snippets/chatstone.liquid']));
    expect(offenses).toEqual([]);
  });

  test('weighs a file that the schema of the block names', async () => {
    const file = 'chatstone-listening.js';
    const named = BLOCK.replace('"target": "head",', `"target": "head", "javascript": "${file}",`);
    const { offenses } = await check(lay(extension(named)), 'theme-check:theme-app-extension');
    expect(offenses).toEqual([expect.stringMatching(/^AssetSizeAppBlockJavaScript/)]);
  });
});
