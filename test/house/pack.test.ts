// @vitest-environment node
// What npm hands out.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { dependencies, exports, name, version } = JSON.parse(read('package.json'));

interface Packed {
  id: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

let packed: Packed;
let files: string[];

beforeAll(() => {
  const { stdout, stderr, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32', // there npm is a .cmd file
  });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  [packed] = JSON.parse(stdout);
  files = packed.files.map(({ path }) => path);
}, 60_000);

/** The files that a target of `exports` stands for; `*` stands for any name, folders too. */
const targets = (target: string) => {
  const [before, after = ''] = target.slice(2).split('*');
  return target.includes('*')
    ? files.filter((file) => file.startsWith(before!) && file.endsWith(after))
    : files.filter((file) => file === before);
};

const entries = Object.entries<string | Record<string, string>>(exports).flatMap(([entry, target]) =>
  typeof target === 'string'
    ? [[entry, 'default', target] as const]
    : Object.entries(target).map(([condition, file]) => [entry, condition, file] as const),
);

/** Every name that a file imports or exports from, the types alone too. */
const imported = (text: string) =>
  [...text.matchAll(/(?:\bfrom |\bimport\(|^import )['"]([^'"]+)['"]/gm)].map(([, name]) => name!);

describe('the package', () => {
  test('is this version', () => {
    expect(packed.id).toBe(`${name}@${version}`);
  });

  test('has these folders, and nothing else', () => {
    const folders = new Set(files.map((file) => posix.dirname(file)));
    expect([...folders].sort()).toEqual(
      [
        '.',
        'dist',
        ...['', '/consents', '/core', '/debug', '/destinations', '/lib', '/sources'].map(
          (folder) => `dist/esm${folder}`,
        ),
        ...['', '/app-embed/blocks', '/app-embed/locales', '/app-embed/snippets'].map(
          (folder) => `dist/shopify${folder}`,
        ),
        'dist/shopify/app-embed',
      ].sort(),
    );
    expect(files.filter((file) => !file.includes('/')).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
  });

  test('has no test, no page of the demo, no source, nothing hidden', () => {
    const strange = /(^|\/)(test|demo|src|scripts|examples|release|\.)|\.(test|bench)\.|(?<!\.d)\.ts$|\.tgz$/;
    expect(files.filter((file) => strange.test(file))).toEqual([]);
    expect(['src/index.ts', 'test/a.js', 'dist/a.test.js', 'dist/.cache/a.js', 'dist/esm/a.ts']).toSatisfy(
      (names: string[]) => names.every((one) => strange.test(one)),
    );
  });

  test('has every file that people paste, with its hash and the licences', () => {
    const pasted = Object.keys(JSON.parse(read('dist/integrity.json'))).map((file) => `dist/${file}`);
    const others = ['dist/integrity.json', 'dist/LICENSES.txt', 'dist/shopify/chatstone.liquid'];
    expect(pasted.length).toBeGreaterThan(30);
    expect(files).toEqual(expect.arrayContaining([...pasted, ...others]));
  });

  test('weighs less than a photograph', () => {
    expect(packed.size).toBeLessThan(400_000); // bytes of the archive
    expect(packed.unpackedSize).toBeLessThan(1_300_000);
  });
});

describe('exports', () => {
  test.each(entries)('%s has its %s: %s', (_, __, target) => {
    expect(targets(target)).not.toEqual([]);
  });

  test('has types beside every module', () => {
    const modules = entries
      .filter(([, condition]) => condition === 'default')
      .flatMap(([, , target]) => targets(target))
      .filter((file) => file.startsWith('dist/esm/'));
    expect(modules.length).toBeGreaterThan(40);
    expect(modules.filter((file) => !files.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
  });

  test.each(['.d.ts', '.js'])('reaches only what is in the package: %s', (ending) => {
    const astray = files
      .filter((file) => file.startsWith('dist/esm/') && file.endsWith(ending))
      .flatMap((file) =>
        imported(read(file)).flatMap((to) => {
          const path = posix.join(posix.dirname(file), to).replace(/\.(ts|js)$/, ending); // in types, .ts is the source's name
          const there = to.startsWith('.')
            ? files.includes(path)
            : Object.keys(dependencies).some((one) => to === one || to.startsWith(`${one}/`));
          return there ? [] : [`${file} imports ${to}`];
        }),
      );
    expect(astray).toEqual([]);
  });

  test('sees every way to import', () => {
    const text = `import 'a';\nimport { b } from "b";\nexport * from 'c';\nimport('d');\ntype E = import('e').E;`;
    expect(imported(text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
