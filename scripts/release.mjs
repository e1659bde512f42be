// Lays out what people paste, for a CDN: a folder for the version, hashes, and for each widget a tag with its import map. The source
// maps stand in a folder of their own: no script names them, so that no visitor's browser asks for them.
//   node scripts/release.mjs [--at https://your.cdn/chatstone] [--to release]
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(fileURLToPath(import.meta.url), '../..');

/** Where the folder of the version will be; without the slash at its end. */
function address(given) {
  const isPath = /^\/[^/]/.test(given);
  if (URL.canParse(given, isPath ? 'https://a.shop' : undefined)) {
    const { protocol, search, hash } = new URL(given, 'https://a.shop');
    if (protocol === 'https:' && !search && !hash) return given.replace(/\/+$/, '');
  }
  throw new Error(
    `--at ${given}: write the address of the folder that holds the versions, such as https://your.cdn/chatstone or /static/chatstone.`,
  );
}

const sri = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** The hashes of the scripts, when these are what was built as this version. */
function hashesOf(dist, version) {
  const list = join(dist, 'integrity.json');
  if (!existsSync(list)) throw new Error(`There is no ${list}: run npm run build.`);
  const hashes = JSON.parse(readFileSync(list, 'utf8'));
  for (const [file, hash] of Object.entries(hashes)) {
    const path = join(dist, file);
    if (!existsSync(path)) throw new Error(`${path} is not there: run npm run build.`);
    const bytes = readFileSync(path);
    if (sri(bytes) !== hash)
      throw new Error(`${path} is not what integrity.json has the hash of: run npm run build.`);
    if (!bytes.subarray(0, 100).includes(`chatstone ${version} `))
      throw new Error(`${path} is not of version ${version}, which package.json names: run npm run build.`);
  }
  return hashes;
}

/** The files of a folder with what is in them. */
const contents = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file)]),
  );

/** Files that hold no widget: what the tag may load on any page. */
const ANY_PAGE =
  /^chatstone-(listening|engine|form|showing|customerio|debug|to-[\w-]+|shopify-storefront)\.js$/;

/** The import map of a page with these widgets. A file that is not in it is loaded unchecked, so none may be missing. */
function importMap(hashes, folder, widgets) {
  const isLoaded = (file) =>
    ANY_PAGE.test(file) || widgets.some((widget) => file === `chatstone-${widget}.js`);
  const loaded = Object.entries(hashes).filter(([file]) => isLoaded(file));
  return { integrity: Object.fromEntries(loaded.map(([file, hash]) => [`${folder}/${file}`, hash])) };
}

const tag = (hashes, folder, map, widget) => `<script type="importmap">
${JSON.stringify(map, null, 2)}
</script>
<script>window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)}</script>
<script async crossorigin src="${folder}/chatstone.js"
  integrity="${hashes['chatstone.js']}"
  data-write-key="CUSTOMERIO_WRITE_KEY"${widget ? ` data-widget="${widget}"` : ''}></script>
`;

/**
 * Writes the folder of a version. Where it is there with other files, it is left as it is: what is cached for ever does not change.
 * Its tags and maps may be written again, for another address.
 *
 * @param {{ at?: string, to?: string, dist?: string, version?: string, maps?: boolean }} [options] without `maps` no source maps
 * @returns {Promise<{ folder: string, files: string[] }>}
 */
export async function release({
  at = 'https://your.cdn/chatstone',
  to = join(root, 'release'),
  dist = join(root, 'dist'),
  version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  maps = false,
} = {}) {
  const web = `${address(at)}/${version}`;
  const hashes = hashesOf(dist, version);
  const { sources } = await import(pathToFileURL(join(dist, 'esm/sources/index.js')).href);
  const widgets = Object.keys(sources).filter((name) => !['form', 'shopify-storefront'].includes(name));

  const made = new Map([...contents(dist)].filter(([file]) => !file.startsWith('esm/')));
  const write = (file, text) => made.set(file, Buffer.from(text));
  for (const [name, tells] of [['any-widget', widgets], ...widgets.map((widget) => [widget, [widget]])]) {
    const map = importMap(hashes, web, tells);
    write(`import-maps/${name}.json`, `${JSON.stringify(map, null, 2)}\n`);
    write(`tags/${name}.html`, tag(hashes, web, map, name === 'any-widget' ? '' : name));
  }

  if (maps) {
    const { sourceMaps } = await import('./build.mjs');
    for (const [file, map] of await sourceMaps(dist)) write(`maps/${file}`, map);
  }

  const folder = join(to, version);
  if (existsSync(folder)) {
    const there = contents(folder);
    const others = [...new Set([...made.keys(), ...there.keys()])].filter(
      (file) =>
        !/^(tags|import-maps)\//.test(file) && !made.get(file)?.equals(there.get(file) ?? Buffer.of()),
    );
    if (others.length)
      throw new Error(
        `${folder} is there and differs (${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}). A version that was handed out does not change: raise the version in package.json. If nobody has it yet, delete the folder.`,
      );
  }
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const [file, bytes] of made) {
    mkdirSync(dirname(join(unfinished, file)), { recursive: true });
    writeFileSync(join(unfinished, file), bytes);
  }
  cpSync(unfinished, folder, { recursive: true });
  rmSync(unfinished, { recursive: true });
  return { folder, files: [...made.keys()].sort() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: { at: { type: 'string' }, to: { type: 'string' } } });
    const { folder, files } = await release({
      maps: true,
      ...values,
      ...(values.to && { to: resolve(values.to) }),
    });
    console.log(`${files.length} files in ${folder}`);
    if (!values.at)
      console.log(
        'Its tags say https://your.cdn/chatstone. Write where its folder will be: npm run release -- --at https://…',
      );
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
