// Sizes of what people paste beside those of the last release, and what each source module brings into the tag and the engine.
//   node scripts/size-report.mjs [--json] [--keep]     keep: these are the sizes of a release from now on
import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rollup } from 'rollup';
import bundles from '../rollup.config.mjs';
import { allSizes } from './size.mjs';
import { table } from './table.mjs';

/**
 * @typedef {{ raw: number, gzip: number, brotli: number }} Bytes
 * @typedef {Bytes & { file: string, budget?: number }} Size
 * @typedef {Size & { change?: Bytes, isNew?: boolean, isGone?: boolean }} Compared
 * @typedef {{ version: string, files: Record<string, Bytes> }} Kept
 * @typedef {{ module: string, bytes: number, rendered: number }} Share bytes: in the file; rendered: before it is minified
 */

const root = join(fileURLToPath(import.meta.url), '../..');
const KEPT = join(root, 'docs/sizes.json');
const KEYS = /** @type {const} */ (['raw', 'gzip', 'brotli']);

/**
 * What became of each file since it was kept.
 *
 * @param {Size[]} measured
 * @param {Record<string, Bytes>} before
 * @returns {Compared[]}
 */
export function compared(measured, before) {
  const difference = (size, old) => Object.fromEntries(KEYS.map((key) => [key, size[key] - old[key]]));
  const gone = Object.keys(before).filter((name) => !measured.some(({ file }) => file === name));
  const nothing = { raw: 0, gzip: 0, brotli: 0 };
  return [
    ...measured.map((size) =>
      before[size.file] ? { ...size, change: difference(size, before[size.file]) } : { ...size, isNew: true },
    ),
    ...gone.map((file) => ({ file, ...nothing, change: difference(nothing, before[file]), isGone: true })),
  ];
}

const ESM = join(root, 'dist/esm');

/** `src/lib/on.ts` for dist/esm/lib/on.js, the package's name for what comes from one. */
function nameOf(path) {
  const [, scoped] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path) ?? [];
  if (scoped) return scoped.replaceAll('\\', '/');
  return `src/${relative(ESM, path).replaceAll('\\', '/').replace(/\.js$/, '.ts')}`;
}

/** A plugin that changes a few words in a module gives no map: that it stays in its file is all that counts here. */
const keepsFile = ({ transform, ...plugin }) =>
  transform
    ? {
        ...plugin,
        transform(...given) {
          const code = transform.apply(this, given);
          return typeof code === 'string' ? { code, map: null } : code;
        },
      }
    : plugin;

/**
 * The bytes that each module brings into a file of dist, the most first. They add up to the file: what no module wrote is
 * "(around them)".
 *
 * @param {string} file
 * @returns {Promise<Share[]>}
 */
export async function shares(file) {
  const config = bundles(ESM, join(root, 'dist')).find(({ output }) => output.file === join(root, file));
  if (!config) throw new Error(`rollup.config.mjs makes no ${file}.`);
  const { output, plugins, ...input } = config;
  const bundle = await rollup({ ...input, plugins: plugins.map(keepsFile) });
  const { output: written } = await bundle.generate({ ...output, sourcemap: 'hidden' });
  await bundle.close();
  const [{ code, map, modules }] = written;

  const bytes = /** @type {Record<string, number>} */ ({});
  const mapped = new SourceMap(map);
  const folder = join(root, 'dist');
  for (const [row, line] of code.split('\n').entries())
    for (let column = 0; column < line.length; column += 1) {
      const { originalSource, generatedLine } = mapped.findEntry(row, column); // looks back over lines, too
      const name =
        originalSource && generatedLine === row ? nameOf(join(folder, originalSource)) : '(around them)';
      bytes[name] = (bytes[name] ?? 0) + Buffer.byteLength(line[column]);
    }
  bytes['(around them)'] = (bytes['(around them)'] ?? 0) + code.split('\n').length - 1;
  const rendered = Object.fromEntries(
    Object.entries(modules).map(([id, it]) => [nameOf(id), it.renderedLength]),
  );
  return Object.entries(bytes)
    .map(([module, bytes]) => ({ module, bytes, rendered: rendered[module] ?? 0 }))
    .sort((a, b) => b.bytes - a.bytes);
}

const count = (bytes) => bytes.toLocaleString('en-US');
const signed = (bytes) => (bytes > 0 ? `+${count(bytes)}` : count(bytes).replace('-', '−'));
const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

/** A cell: the size, and in brackets what changed. */
const cell = (size, key) => count(size[key]) + (size.change?.[key] ? ` (${signed(size.change[key])})` : '');

/** The report in words. @param {{ since: string, files: Compared[], modules: Record<string, Share[]> }} report */
export function shown({ since, files, modules }) {
  const rows = files.map((size) => [
    size.file + (size.isNew ? ' (new)' : size.isGone ? ' (gone)' : ''),
    ...KEYS.map((key) => cell(size, key)),
    size.budget ? `${count(size.budget)} (${count(size.budget - size.brotli)} left)` : '',
  ]);
  const sections = Object.entries(modules).map(([file, parts]) => {
    const whole = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const rows = parts.map(({ module, bytes, rendered }) => [
      module,
      count(bytes),
      percent(bytes, whole),
      count(rendered),
    ]);
    return `${file}, ${count(whole)} bytes:\n\n${table(['module', 'bytes', 'share', 'before it is minified'], rows)}`;
  });
  const head = `In brackets: the change since ${since}.`;
  return [head, table(['file', 'bytes', 'gzip', 'brotli', 'budget (brotli)'], rows), ...sections].join(
    '\n\n',
  );
}

/** @returns {Kept} */
function kept() {
  const text = readFileSync(KEPT, 'utf8');
  try {
    const { version, files } = JSON.parse(text);
    if (typeof version === 'string' && files === Object(files)) return { version, files };
    throw new Error('it wants `version` and `files`');
  } catch (error) {
    throw new Error(
      `docs/sizes.json cannot be read (${error.message}). Take it from the last release: git checkout -- docs/sizes.json`,
    );
  }
}

async function main() {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
  });
  const measured = await allSizes();
  if (values.keep) {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const files = Object.fromEntries(
      measured.map(({ file, raw, gzip, brotli }) => [file, { raw, gzip, brotli }]),
    );
    writeFileSync(KEPT, `${JSON.stringify({ version, files }, null, 2)}\n`);
    return console.log(`docs/sizes.json has the sizes of ${version}.`);
  }
  const { version: since, files } = kept();
  const modules = {};
  for (const file of ['dist/chatstone.js', 'dist/chatstone-listening.js', 'dist/chatstone-engine.js'])
    modules[file] = await shares(file);
  const report = { since, files: compared(measured, files), modules };
  console.log(values.json ? JSON.stringify(report, null, 2) : shown(report));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
