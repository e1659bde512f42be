// @vitest-environment node

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapping } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kindOf, staticCheck } from '../../scripts/docs-samples.mjs';
import { release } from '../../scripts/release.mjs';

const ROOT = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const DIST = join(ROOT, 'dist');

let base: string;
let to: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'chatstone-release-'));
  to = join(base, 'release');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const sri = (file: string) => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
const at = 'https://cdn.example.com/chat';
const made = () => release({ at, to });
const read = (file: string) => readFileSync(join(to, version, file), 'utf8');
const integrityOf = (map: string) => JSON.parse(map).integrity as Record<string, string>;

describe('release', () => {
  test('lays out what people paste in a folder of its version', async () => {
    const { folder, files } = await made();
    expect(folder).toBe(join(to, version));
    const pasted = Object.keys(JSON.parse(read('integrity.json')));
    expect(files).toEqual(
      expect.arrayContaining([...pasted, 'integrity.json', 'LICENSES.txt', 'shopify/chatstone.liquid']),
    );
    expect(files.filter((file) => /^esm\/|\.d\.ts$/.test(file))).toEqual([]);
    for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
    expect(readdirSync(to)).toEqual([version]);
  });

  test('has a tag and an import map for every widget', async () => {
    const { files } = await made();
    const { sources } = await import('../../src/sources/index.ts');
    const widgets = Object.keys(sources).filter((name) => !['form', 'shopify-storefront'].includes(name));
    const names = (folder: string) =>
      files.flatMap((file) => new RegExp(`^${folder}/(.+)\\.\\w+$`).exec(file)?.[1] ?? []);
    expect(names('tags').sort()).toEqual(['any-widget', ...widgets].sort());
    expect(names('import-maps').sort()).toEqual(names('tags').sort());
  });

  test('holds every file that a tag may load by the hash of what lies there', async () => {
    const { folder, files } = await made();
    for (const map of files.filter((file) => file.startsWith('import-maps/'))) {
      const hashes = Object.entries(integrityOf(read(map)));
      expect(hashes.length).toBeGreaterThan(5);
      for (const [address, hash] of hashes) {
        expect(address.startsWith(`${at}/${version}/chatstone-`)).toBe(true);
        expect(sri(join(folder, address.replace(`${at}/${version}/`, '')))).toBe(hash);
      }
    }
    const loaded = Object.keys(integrityOf(read('import-maps/any-widget.json')));
    const beside = files.filter((file) => /^chatstone-.+\.js$/.test(file));
    expect(loaded.map((address) => address.replace(/.*\//, '')).sort()).toEqual(beside);
  });

  test("a widget's map has its file and no other widget's", async () => {
    await made();
    const files = Object.keys(integrityOf(read('import-maps/livechat.json'))).map((one) =>
      one.replace(/.*\//, ''),
    );
    expect(files).toEqual(
      expect.arrayContaining(['chatstone-livechat.js', 'chatstone-engine.js', 'chatstone-to-segment.js']),
    );
    for (const other of ['chatstone-livechat-legacy.js', 'chatstone-tawk.js'])
      expect(files).not.toContain(other);
  });

  test('writes tags that the console has nothing to say of', async () => {
    const { folder, files } = await made();
    const wrong = await staticCheck();
    for (const file of files.filter((one) => one.startsWith('tags/'))) {
      const text = read(file);
      const sample = { file, line: 1, lang: 'html', text, notes: [] };
      expect([kindOf(sample), ...wrong(sample)]).toEqual(['html']);
      expect(text).toContain(`src="${at}/${version}/chatstone.js"`);
      expect(text).toContain(`integrity="${sri(join(folder, 'chatstone.js'))}"`);
      const [, map] = /<script type="importmap">([\s\S]*?)<\/script>/.exec(text)!;
      expect(JSON.parse(map!)).toEqual(
        JSON.parse(read(file.replace(/tags\/(.*)html/, 'import-maps/$1json'))),
      );
    }
    expect(read('tags/tawk.html')).toContain('data-widget="tawk"');
    expect(read('tags/any-widget.html')).not.toContain('data-widget');
  });

  test('has source maps that lead from the script to the line of the module, and no script that names them', async () => {
    const { files } = await release({ at, to, maps: true });
    const scripts = files.filter((file) => /^(shopify\/)?[\w-]+\.js$/.test(file));
    expect(files.filter((file) => file.startsWith('maps/'))).toEqual(
      scripts.map((file) => `maps/${file}.map`).sort(),
    );
    for (const file of scripts) expect(read(file)).not.toContain('sourceMappingURL');
    const WORDS = {
      'chatstone-listening.js': 'consent: write granted or denied',
      'chatstone-engine.js': 'give each a name of its own',
    };
    for (const [file, words] of Object.entries(WORDS)) {
      const map = JSON.parse(read(`maps/${file}.map`));
      const before = read(file).slice(0, read(file).indexOf(words)).split('\n');
      const found = new SourceMap(map).findEntry(before.length - 1, before.at(-1)!.length) as SourceMapping;
      const module = map.sourcesContent[map.sources.indexOf(found.originalSource)];
      expect(found.originalSource).toMatch(/^esm\/(compose|engine)\.js$/);
      expect(module.split('\n')[found.originalLine]).toContain(words);
    }
  }, 180_000);

  test('writes the same again, and the tags for another address', async () => {
    await made();
    const first = read('chatstone.js');
    await made();
    await release({ at: '/static/chatstone/', to });
    expect(read('chatstone.js')).toBe(first);
    expect(read('tags/tawk.html')).toContain(`src="/static/chatstone/${version}/chatstone.js"`);
  });

  test('never changes a version that is there', async () => {
    await made();
    writeFileSync(join(to, version, 'chatstone-tawk.js'), 'as it was handed out');
    await expect(made()).rejects.toThrow(
      /differs \(chatstone-tawk\.js\)\. A version that was handed out does not change: raise the version/,
    );
    expect(read('chatstone-tawk.js')).toBe('as it was handed out');
  });

  test.each<[string, (dist: string) => unknown, RegExp]>([
    [
      'another script',
      (dist) => writeFileSync(join(dist, 'chatstone-tawk.js'), '0'),
      /tawk\.js is not what integrity\.json has the hash of: run npm run build/,
    ],
    [
      'a missing script',
      (dist) => rmSync(join(dist, 'chatstone-tawk.js')),
      /tawk\.js is not there: run npm run build/,
    ],
    [
      'no build',
      (dist) => rmSync(dist, { recursive: true }),
      /There is no .*integrity\.json: run npm run build/,
    ],
  ])('refuses %s', async (_, spoil, sentence) => {
    const dist = join(base, 'dist');
    cpSync(DIST, dist, { recursive: true, filter: (file) => !/[\\/]esm$/.test(file) });
    spoil(dist);
    await expect(release({ at, to, dist })).rejects.toThrow(sentence);
    expect(existsSync(to)).toBe(false);
  });

  test('refuses a build of another version', async () => {
    await expect(release({ at, to, version: '99.0.0' })).rejects.toThrow(/is not of version 99\.0\.0/);
  });

  test.each(['cdn.example.com', 'http://cdn.example.com', '//cdn.example.com', 'https://a.b/c?v=1', ''])(
    'refuses %o for an address',
    async (address) => {
      await expect(release({ at: address, to })).rejects.toThrow(
        /^--at .*: write the address of the folder that holds the versions, such as https:/,
      );
    },
  );
});
