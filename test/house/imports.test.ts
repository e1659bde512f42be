import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

const SRC = join(import.meta.dirname, '../../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();

/** What stands in a file, without its comments. */
const code = (file: string) => withoutComments(readFileSync(join(SRC, file), 'utf8'));

/** What a file imports: paths from src/ for files, names for packages; `type ` before what it takes types alone from. */
const imports = (file: string) =>
  [...code(file).matchAll(/\b(?:(?:im|ex)port (type )?[^;']*?from |import\s*\(?\s*)'([^']+)'/g)].map(
    ([, type = '', name]) => type + (name!.startsWith('.') ? posix.join(dirname(file), name!) : name!),
  );

const ADAPTERS = ['sources', 'destinations', 'consents'];
const adapter = ADAPTERS.join('|');

const ENTRY = /^(index|script|script-(debug|engine|listening|showing|signs|sources))\.ts$/;

/** Who may import what, first match first; a file that no line names may not be there. */
const MAY: [who: RegExp, what: RegExp][] = [
  [
    ENTRY,
    new RegExp(
      `^((init|waiting|compose|engine|script(-(debug|engine|listening|signs|sources))?|debug/(panel|story))\\.ts|(${adapter}|lib)/.+|core/(types|events|milestones|options|showing)\\.ts)$`,
    ),
  ],
  [/^init\.ts$/, /^((waiting|compose)\.ts|lib\/.+)$/],
  [/^calls\.ts$/, /^(engine\.ts|core\/.+)$/],
  [/^waiting\.ts$/, /^(core\/version\.ts|lib\/.+)$/],
  [/^compose\.ts$/, /^(engine\.ts|(core|lib)\/.+)$/],
  [/^engine\.ts$/, /^(core|lib)\//],
  [/^core\//, /^(core|lib)\//],
  [/^lib\//, /^lib\//],
  // The lists of adapters.
  [/^sources\/index\.ts$/, /^(sources\/.+|core\/types\.ts)$/],
  [/^consents\/index\.ts$/, /^(consents\/.+|lib\/say\.ts|core\/types\.ts)$/],
  [new RegExp(`^(${adapter})/`), /^(lib\/.+|core\/types\.ts)$/],
  [/^shopify\//, /^(lib\/.+|core\/version\.ts)$/],
  [/^debug\//, /^(debug\/.+|lib\/.+|core\/(types|events|milestones)\.ts|script-signs\.ts)$/],
];

const PACKAGES: Record<string, string[]> = {
  'lib/storage.ts': ['idb-keyval'],
  'destinations/customerio-client.ts': ['@customerio/cdp-analytics-browser'],
};

/** Packages that only the types come from. */
const TYPES: Record<string, string[]> = {
  'shopify/pixel.ts': ['@shopify/web-pixels-extension'],
};

/** A vendor's file may be cut in two: `crisp-more.ts` is part of `crisp.ts`. */
const ownPart = (file: string, other: string) =>
  dirname(file) === dirname(other) && basename(other).startsWith(`${basename(file, '.ts')}-`);

const allowed = (file: string, wanted: string) => {
  const name = wanted.replace('type ', '');
  if (!name.endsWith('.ts'))
    return (PACKAGES[file]?.includes(name) || (wanted !== name && TYPES[file]?.includes(name))) ?? false;
  if (ENTRY.test(file) && wanted.startsWith('type core/')) return true; // the types of what is public
  if (wanted === 'type calls.ts') return true; // what runs is handed around
  if (file === 'waiting.ts' && wanted === 'type core/types.ts') return true;
  return ownPart(file, name) || (MAY.find(([who]) => who.test(file))?.[1].test(name) ?? false);
};

describe('src', () => {
  test('imports one way', () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((name) => !allowed(file, name))
        .map((name) => `${file} may not import ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has a place for every file', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !MAY.some(([who]) => who.test(file)))).toEqual([]);
  });

  test('names no vendor in the core', () => {
    const ours = ['index', 'form', 'custom', 'collector', 'gpc'];
    const byFile = files
      .filter((file) => ADAPTERS.includes(dirname(file)))
      .map((file) => basename(file, '.ts'))
      .filter((name) => !ours.includes(name))
      .map((name) => name.replace('-', '.?'));
    const others = [
      'ajs_',
      'customer\\.io',
      'zendesk',
      'hubspot',
      'gorgias',
      'tidio',
      'olark',
      'shopify',
      'segment',
      'lytics',
    ];
    const vendors = new RegExp([...new Set([...byFile, ...others])].join('|'), 'gi');
    const said = files
      .filter((file) => file.startsWith('core/'))
      // The names of flags on the wire are not the vendor's.
      .flatMap((file) =>
        [...code(file).replaceAll('cio_segment_', '').matchAll(vendors)].map(
          ([word]) => `${file} says ${word}`,
        ),
      );
    expect(byFile).toEqual(
      expect.arrayContaining(['intercom', 'crisp', 'tawk', 'rocket.?chat', 'customerio']),
    );
    expect(said).toEqual([]);
  });

  test('has no word of chat in lib', () => {
    const words =
      /\b(chat|conversations?|milestones?|widgets?|agents?|bots?|topics?|sources?|destinations?)\b/gi;
    const said = files
      .filter((file) => file.startsWith('lib/'))
      .flatMap((file) => [...code(file).matchAll(words)].map(([word]) => `${file} says ${word}`))
      .filter((word) => word !== 'lib/leaving.ts says destination'); // the Navigation API's own word
    expect(said).toEqual([]);
  });
});
