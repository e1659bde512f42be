// @vitest-environment node
// What a shop makes of the package: it is packed, unpacked into node_modules, type-checked and built as examples/ show it.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { kindOf, staticCheck } from '../../scripts/docs-samples.mjs';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { dependencies, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const shop = mkdtempSync(join(tmpdir(), 'chatstone-shop-'));
const installed = join(shop, 'node_modules/chatstone');
const read = (...path: string[]) => readFileSync(join(shop, ...path), 'utf8');

function run(command: string, args: string[], cwd: string): string {
  const shell = process.platform === 'win32'; // there npm is a .cmd file
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', shell });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

/** Links what is installed here into the shop. */
function link(name: string) {
  if (!existsSync(join(ROOT, 'node_modules', name))) throw new Error(`${name} is not installed: run npm ci`);
  const at = join(shop, 'node_modules', name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), at, 'junction');
}

beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', shop], ROOT),
  );
  run('tar', ['-xzf', filename, '-C', installed, '--strip-components=1'], shop);
  for (const name of [...Object.keys(dependencies), 'react', 'react-dom', '@types/react', '@types/react-dom'])
    link(name);
  cpSync(join(ROOT, 'examples'), shop, { recursive: true });
}, 60_000);

afterAll(() => rmSync(shop, { recursive: true, force: true }));

/** A file of a build: which modules stand in it, and what the page has to load for it at once. */
interface Chunk {
  fileName: string;
  isEntry: boolean;
  imports: string[];
  moduleIds: string[];
}

/** Builds a folder of the shop as its `npm run build` does. */
async function built(folder: string): Promise<Chunk[]> {
  const made = await build({
    root: join(shop, folder),
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'built' },
  });
  return (made as { output: (Chunk & { type: string })[] }).output.filter(({ type }) => type === 'chunk');
}

/** The chunks that have a module of the package, or one of others. */
const having = (chunks: Chunk[], file: string) =>
  chunks.filter(({ moduleIds }) => moduleIds.some((id) => id.replaceAll('\\', '/').includes(file)));
const ENGINE = 'chatstone/dist/esm/engine.js';
const CLIENT = '@customerio/cdp-analytics-browser/';

/** The modules of what a page loads before anything happens. */
function atOnce(chunks: Chunk[]): string[] {
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of loaded) // a set goes on to what is added meanwhile
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  return [...loaded].flatMap(({ moduleIds }) => moduleIds.map((id) => id.replace(/.*node_modules\//, '')));
}

/** The TypeScript that we are written in, and the last of the versions before it. */
const TYPESCRIPTS = Object.fromEntries(
  ['typescript', 'typescript5'].map((name) => {
    const manifest = require.resolve(`${name}/package.json`);
    return [JSON.parse(readFileSync(manifest, 'utf8')).version as string, join(dirname(manifest), 'bin/tsc')];
  }),
);
const [NEWEST] = Object.values(TYPESCRIPTS);
const types = (folder: string, ...options: string[]) => typesBy(NEWEST!, folder, ...options);
const typesBy = (typescript: string, folder: string, ...options: string[]) =>
  run(
    process.execPath,
    [typescript, '-p', '.', '--noEmit', '--skipLibCheck', 'false', ...options],
    join(shop, folder),
  );

const RESOLUTIONS = {
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
  nodenext: ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
};

describe.each(['vite', 'react'])('examples/%s', (folder) => {
  test.each(
    Object.entries(RESOLUTIONS).flatMap(([name, options]) =>
      Object.entries(TYPESCRIPTS)
        .filter(([, typescript]) => typescript === NEWEST || (folder === 'vite') === (name === 'bundler')) // the old one is slow
        .map(([version, typescript]) => ({ name, options, version, typescript })),
    ),
  )('has types that hold, resolved as $name does, in TypeScript $version', ({ options, typescript }) => {
    expect(typesBy(typescript, folder, ...options)).toBe('');
  });

  test('names the version that it is shipped with', () => {
    const wanted = JSON.parse(read(folder, 'package.json')).dependencies.chatstone;
    expect(wanted).toBe(`^${version}`);
  });

  test('has the engine in a chunk that the page does not load at once, and no client of Customer.io', async () => {
    const chunks = await built(folder);
    expect(having(chunks, ENGINE)).toHaveLength(1);
    expect(atOnce(chunks)).toContain('chatstone/dist/esm/init.js');
    expect(atOnce(chunks)).not.toContain(ENGINE);
    expect(having(chunks, CLIENT)).toEqual([]);
  });
});

describe('from npm', () => {
  test('a wrong word is a mistake of types', () => {
    const wrong = join(shop, 'wrong');
    mkdirSync(wrong);
    cpSync(join(shop, 'vite/tsconfig.json'), join(wrong, 'tsconfig.json'));
    writeFileSync(
      join(wrong, 'main.ts'),
      `import { init } from 'chatstone';\nimport { tawk } from 'chatstone/sources/tawk';
const chatstone = init({ sources: [tawk()], destinations: [], pageTyp: 'product' });
chatstone.on('milestone', ({ name }) => name satisfies number);\n`,
    );
    const mistakes = () => types('wrong');
    expect(mistakes).toThrow(/'pageTyp' does not exist in type 'Setup'[\s\S]*main\.ts\(4,.*TS1360/);
  });

  test("Customer.io's client is a chunk of its own for who asks for it", async () => {
    cpSync(join(shop, 'vite'), join(shop, 'with-client'), { recursive: true });
    const main = read('vite/main.ts').replace(
      "region: 'us'",
      "load: (key) => import('chatstone/destinations/customerio-client').then(({ load }) => load(key))",
    );
    writeFileSync(join(shop, 'with-client/main.ts'), main);
    expect(types('with-client', '--skipLibCheck')).toBe('');
    const chunks = await built('with-client');
    expect(having(chunks, CLIENT).length).toBeGreaterThan(0);
    expect(atOnce(chunks).filter((id) => id.startsWith(CLIENT))).toEqual([]);
    expect(having(having(chunks, CLIENT), ENGINE)).toEqual([]);
  });

  test('what React renders on a server has nothing of ours, and imports without a page', async () => {
    const file = join(shop, 'react/server.tsx');
    writeFileSync(
      file,
      `import { renderToString } from 'react-dom/server';\nimport { Chat } from './chat.js';
export const html = renderToString(<main><Chat customer={{ id: '7', email: 'ada@example.com' }} /></main>);\n`,
    );
    await build({
      root: join(shop, 'react'),
      configFile: false,
      logLevel: 'error',
      build: { ssr: file, outDir: 'served' },
    });
    expect(typeof window).toBe('undefined');
    const { html } = await import(
      /* @vite-ignore */ pathToFileURL(join(shop, 'react/served/server.js')).href
    );
    expect(html).toBe('<main></main>');
  });
});

describe('examples/plain', () => {
  test('loads what is in the package', () => {
    const [, src] = /<script async src="([^"]+)"/.exec(read('plain/index.html'))!;
    expect(readdirSync(join(installed, 'dist'))).toContain(src);
  });

  test('says nothing that the console would complain of', async () => {
    const sample = {
      file: 'examples/plain/index.html',
      line: 1,
      lang: 'html',
      text: read('plain/index.html'),
      notes: [],
    };
    const wrong = await staticCheck();
    expect(kindOf(sample)).toBe('html');
    expect(wrong(sample)).toEqual([]);
    expect(wrong({ ...sample, text: sample.text.replace('pageType', 'pageTyp') })).not.toEqual([]);
  });
});
