// Measures the scripts in dist/, and what a site bundles from npm: as they are, under gzip -9 and under brotli -11.
//   node scripts/size.mjs [--json]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const root = join(fileURLToPath(import.meta.url), '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const matches = (file, name) =>
  new RegExp(
    `^${name
      .split('*')
      .map(RegExp.escape ?? ((part) => part.replace(/\W/g, '\\$&')))
      .join('[\\w-]+')}$`,
  ).test(file);

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

/** What package.json allows a file; `*` stands for any name, and a file's own line comes first. */
const budgetOf = (file, budgets = manifest.size ?? {}) =>
  budgets[file] ?? Object.entries(budgets).find(([name]) => matches(file, name))?.[1];

/** Bytes of each script that people paste; `budget` is the most that package.json allows, in bytes under brotli. */
export function sizes(folder = 'dist') {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.js') && !file.startsWith(`${folder}/esm/`))
    .sort()
    .map((file) => measure(file, readFileSync(join(root, file))));
}

const measure = (file, bytes) => ({
  file,
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotli(bytes).length,
  budget: budgetOf(file),
});

const FROM_NPM = `import { init } from './index.js';
import { tawk } from './sources/tawk.js';
import { customerio } from './destinations/customerio.js';
init({ sources: [tawk()], destinations: [customerio({ writeKey: 'key', client: 'none' })] });`;

/** The same for a page that imports one widget and Customer.io from npm: what it runs at once, and what it imports later. */
export async function npmSizes(esm = join(root, 'dist/esm')) {
  const shop = join(esm, 'a-shop.js');
  const bundle = await rollup({
    input: shop,
    plugins: [
      {
        name: 'shop',
        resolveId: (name) =>
          name === shop ? shop : /^[\w@]/.test(name) ? fileURLToPath(import.meta.resolve(name)) : null,
        load: (id) => (id === shop ? FROM_NPM : null),
      },
      terser({ ecma: 2020, module: true, compress: { passes: 3 }, format: { comments: false } }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const chunk = (of) => output.find(of);
  const from = (name) => chunk(({ moduleIds }) => moduleIds.includes(join(esm, name)));
  const parts = {
    'npm, at once': chunk(({ isEntry }) => isEntry),
    'npm, where a widget is': from('compose.js'),
    'npm, when there is something to tell': from('engine.js'),
  };
  const counted = new Set(); // what was loaded before is not loaded again
  const withImports = ({ fileName, code, imports }) =>
    counted.has(fileName)
      ? []
      : [
          counted.add(fileName) && code,
          ...imports.flatMap((name) => withImports(chunk((one) => one.fileName === name))),
        ];
  return Object.entries(parts).map(([name, part]) => {
    const sizes = withImports(part).map((code) => measure(name, Buffer.from(code)));
    const sum = (key) => sizes.reduce((total, size) => total + size[key], 0);
    return { ...sizes[0], raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
  });
}

/** All that has a budget: the scripts, and what is bundled from npm. */
export const allSizes = async () => [...sizes(), ...(await npmSizes())];

/** What is wrong with the sizes, a sentence each. */
export function excesses(measured, budgets = manifest.size ?? {}) {
  const missing = Object.keys(budgets).filter((name) => !measured.some(({ file }) => matches(file, name)));
  const large = measured.filter(({ budget, brotli }) => budget !== undefined && brotli > budget);
  return [
    ...missing.map((file) => `${file} has a budget and is not there: run npm run build.`),
    ...large.map(
      ({ file, brotli, budget }) =>
        `${file} has ${count(brotli)} bytes under brotli, ${count(brotli - budget)} more than its budget of ${count(budget)}.`,
    ),
  ];
}

const count = (bytes) => (bytes === undefined ? '' : bytes.toLocaleString('en-US'));

function table(measured) {
  const rows = [
    ['file', 'bytes', 'gzip', 'brotli', 'budget'],
    ...measured.map(({ file, raw, gzip, brotli, budget }) => [
      file,
      ...[raw, gzip, brotli, budget].map(count),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const measured = await allSizes();
  console.log(process.argv.includes('--json') ? JSON.stringify(measured, null, 2) : table(measured));
  for (const sentence of excesses(measured)) {
    console.error(sentence);
    process.exitCode = 1;
  }
}
