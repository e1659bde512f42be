// Builds dist/ from src/: tsc makes the modules of npm, rollup bundles the files that people paste.
//   node scripts/build.mjs [--untyped] [folder]     untyped: builds what runs, though its types do not hold
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rollup } from 'rollup';
import bundles from '../rollup.config.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

function compile(to, types) {
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const args = ['-p', join(root, 'tsconfig.json'), '--outDir', to, '--noEmitOnError', String(types)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...args], {
    encoding: 'utf8',
    cwd: root,
  });
  if (types && status !== 0) throw new Error(`The types do not hold:\n${stdout}${stderr}`);
}

// Every warning stops the build (a circular import is one), but for these in the code of others.
const TOLD_OF_OTHERS = ['THIS_IS_UNDEFINED', 'CIRCULAR_DEPENDENCY'];

/** Writes one bundle; returns the folders of the packages in it. */
async function write({ output, ...input }) {
  const bundle = await rollup({
    ...input,
    onwarn(warning) {
      if (TOLD_OF_OTHERS.includes(warning.code) && /node_modules/.test(warning.id ?? warning.ids)) return;
      throw new Error(`${basename(output.file)}: ${warning.message}`);
    },
  });
  const [{ modules }] = (await bundle.write(output)).output;
  await bundle.close();
  return Object.keys(modules).flatMap(
    (id) => /^[^\0]*node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? [],
  );
}

const licence = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = ['LICENSE', 'LICENCE', 'LICENSE.MD', 'LICENSE.txt', 'license'].find((it) =>
    existsSync(join(folder, it)),
  );
  const text = file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
};

const sri = (file) => `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;

/** Builds everything into `dist`, which is replaced as a whole when all of it stands. */
export async function build(dist = join(root, 'dist'), { types = true } = {}) {
  const made = join(dirname(dist), '.cache', `build-${process.pid}`); // near it: a rename does not cross file systems
  mkdirSync(made, { recursive: true });
  try {
    compile(join(made, 'esm'), types);
    const liquid = join(root, 'src/shopify');
    if (existsSync(liquid)) {
      const kit = join(made, 'shopify');
      cpSync(liquid, kit, { recursive: true, filter: (file) => !/\.ts$/.test(file) });
      cpSync(join(kit, 'chatstone.liquid'), join(kit, 'app-embed/snippets/chatstone.liquid')); // an extension reaches no file outside
    }
    const packages = new Set();
    const hashes = {};
    for (const bundle of bundles(join(made, 'esm'), made)) {
      for (const folder of await write(bundle)) packages.add(folder);
      const name = relative(made, bundle.output.file).split(sep).join('/');
      hashes[name] = sri(bundle.output.file);
    }
    writeFileSync(join(made, 'integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
    writeFileSync(
      join(made, 'LICENSES.txt'),
      [...packages]
        .sort()
        .map(licence)
        .join(`\n${'-'.repeat(80)}\n\n`),
    );
    rmSync(dist, { recursive: true, force: true });
    renameSync(made, dist);
    return Object.keys(hashes);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Source maps of the scripts in `dist`, by name, to the modules in `dist/esm`. They are not in dist/: 1 MB that nobody loads.
 *
 * @returns {Promise<Map<string, string>>}
 */
export async function sourceMaps(dist = join(root, 'dist')) {
  const maps = new Map();
  for (const { output, ...input } of bundles(join(dist, 'esm'), dist)) {
    const name = relative(dist, output.file).split(sep).join('/');
    const bundle = await rollup({ ...input, onwarn() {} }); // the build has stopped at what counts
    const [{ code, map }] = (
      await bundle.generate({
        ...output,
        sourcemap: 'hidden',
        sourcemapPathTransform: (path) => path.replace(/^.*?(node_modules|esm)\//, '$1/'),
      })
    ).output;
    await bundle.close();
    if (!readFileSync(output.file).equals(Buffer.from(code)))
      throw new Error(`${output.file} is not what its modules make: run npm run build.`);
    maps.set(`${name}.map`, map.toString());
  }
  return maps;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { untyped: { type: 'boolean', default: false } },
    });
    const files = await build(positionals[0] && resolve(positionals[0]), { types: !values.untyped });
    console.log(`Built ${files.join(', ')} and esm/`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
