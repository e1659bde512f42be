// @vitest-environment node
// The browsers that are promised read ES2020: docs/engines.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Options, parse } from 'acorn';
import { describe, expect, test } from 'vitest';

const DIST = join(import.meta.dirname, '../../dist');
const scripts = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.js'))
  .sort();
const pasted = scripts.filter((file) => !file.startsWith('esm/'));
const read = (file: string) => readFileSync(join(DIST, file), 'utf8');

/** Loaded by `<script src>` or pasted into a sandbox; every other file by `import()`. */
const CLASSIC = ['chatstone.js', 'shopify/pixel.js'];
const sourceType = (file: string) => (CLASSIC.includes(file) ? 'script' : 'module');

const reads = (
  text: string,
  sourceType: Options['sourceType'],
  ecmaVersion: Options['ecmaVersion'] = 2020,
) => {
  try {
    parse(text, { ecmaVersion, sourceType });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

/** Calls that came to browsers after ES2020. `.at(…)` too, which every collection has by now. */
const LATER =
  /\.(replaceAll|at|findLast|findLastIndex|toSorted|toReversed|toSpliced|hasOwn|groupBy|isWellFormed)\(|\bPromise\.(any|withResolvers|try)\b|\bnew (WeakRef|FinalizationRegistry|AggregateError)\b|\bstructuredClone\(|\bcrypto\.randomUUID\(|\bAbortSignal\.(timeout|any)\(|\(\?<[=!]|\/[gimsuy]*[dv][gimsuy]*\.(exec|test)\(/g;
const later = (text: string) => [...text.matchAll(LATER)].map(([call]) => call);

describe('what people paste', () => {
  test('is all there', () => {
    expect(pasted).toEqual(expect.arrayContaining([...CLASSIC, 'chatstone-engine.js', 'chatstone-tawk.js']));
  });

  test.each(pasted)('%s is ES2020', (file) => {
    expect(reads(read(file), sourceType(file))).toBe('');
  });

  test.each(pasted)('%s calls nothing that came later', (file) => {
    expect(later(read(file))).toEqual([]);
  });

  test('needs ES2020, no less', () => {
    expect(pasted.filter((file) => reads(read(file), sourceType(file), 2019))).toContain('chatstone.js');
  });
});

test('the modules of npm are ES2020, too', () => {
  const modules = scripts.filter((file) => !pasted.includes(file));
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.map((file) => reads(read(file), 'module')).filter(Boolean)).toEqual([]);
});

describe('the check', () => {
  test.each([
    ['a ||= b', 'an assignment of 2021'],
    ['class A { #b = 1 }', 'a private field of 2022'],
    ['class A { static {} }', 'a static block of 2022'],
    ['1_000', 'a separator of 2021'],
    ['await 1', 'a top-level await of 2022'],
  ])('refuses %s, %s', (text) => {
    expect(reads(text, 'module')).not.toBe('');
    expect(reads(text, 'module', 2022)).toBe('');
  });

  test('refuses a module where a classic script is loaded', () => {
    expect(reads('export {}', 'script')).not.toBe('');
  });

  test('sees calls that came later, and no others', () => {
    expect(later('"a".replaceAll("b", c); [1].at(-1); Object.hasOwn(a, b); /(?<=a)b/')).toHaveLength(4);
    expect(later('a.replace(b); { at: 1 }; a.at; a.format(1); /(?<name>b)/; what(1)')).toEqual([]);
  });
});
