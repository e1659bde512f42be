// The script of a page, as a function of its window: src/ and one vendor's fake, made into one file as the build makes its
// own. Each call is a page that loads: modules anew, globals of its own, so that several tabs can stand side by side.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { Window } from 'happy-dom';
import { rollup } from 'rollup';
import type { Fake } from '../../demo/widgets/fake.js';
import type { Chatstone, Setup } from '../../src/calls.ts';
import type { Source } from '../../src/core/types.ts';
import type { Later, Misconfigured, Refused } from '../../src/lib/answer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NO_FAKES = ['fake.js', 'index.js'];

/** The vendors that have a fake. */
export const vendors = readdirSync(join(root, 'demo/widgets'))
  .filter((file) => file.endsWith('.js') && !NO_FAKES.includes(file))
  .map((file) => file.replace('.js', ''));

/** What a page finds in its script. */
export interface Script {
  init(setup: Setup): Chatstone;
  /** What `init` brings at the first sign. */
  composed(setup: Setup): Chatstone;
  make(): Source;
  install(window: any, options?: object): Fake;
  Later: typeof Later;
  Misconfigured: typeof Misconfigured;
  Refused: typeof Refused;
}
export type Boot = (globals: Record<string, unknown>) => Script;

// What an install needs that a page without a server does not have.
const rocketChat = () =>
  readFileSync(
    createRequire(import.meta.url).resolve('@rocket.chat/livechat/build/rocketchat-livechat.min.js'),
    'utf8',
  );
export const OPTIONS: Record<string, () => object> = { 'rocket-chat': () => ({ script: rocketChat() }) };

let compiled: string | undefined;

/** The modules of src/, compiled once for all vendors. `tidy` takes them away. */
function compile(): string {
  if (compiled) return compiled;
  compiled = mkdtempSync(join(tmpdir(), 'chatstone-walk-'));
  const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
  const { stderr } = spawnSync(
    process.execPath,
    [tsc, '-p', join(root, 'tsconfig.json'), '--outDir', compiled, '--declaration', 'false'],
    { encoding: 'utf8' },
  );
  if (!existsSync(join(compiled, 'init.js'))) throw new Error(`src/ does not compile: ${stderr}`);
  return compiled;
}
export function tidy(): void {
  if (compiled) rmSync(compiled, { recursive: true, force: true });
  compiled = undefined;
}

// What a window has of its own; the language itself is the same in every page.
const language = runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[];
function namesOfWindow(): string[] {
  const window = new Window();
  const names = new Set<string>();
  for (let of: object = window; of && of !== Object.prototype; of = Object.getPrototypeOf(of))
    for (const name of Object.getOwnPropertyNames(of)) if (/^[A-Za-z]\w*$/.test(name)) names.add(name);
  window.happyDOM.close();
  return [...names].filter((name) => !language.includes(name));
}

/** The script of a page that runs beside the widget of `vendor`. */
export async function pageCode(vendor: string): Promise<Boot> {
  const source = join(root, 'src/sources', `${vendor}.ts`);
  if (!existsSync(source))
    throw new Error(`demo/widgets/${vendor}.js has no source src/sources/${vendor}.ts`);
  const esm = compile();
  const name = vendor.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const entry = `
    export { init } from '${esm}/init.js';
    export { composed } from '${esm}/compose.js';
    export { ${name} as make } from '${esm}/sources/${vendor}.js';
    export { install } from '${root}/demo/widgets/${vendor}.js';
    export { Later, Misconfigured, Refused } from '${esm}/lib/answer.js';`;
  const bundle = await rollup({
    input: 'walk',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) =>
          id === 'walk' ? '\0walk' : /^[\w@]/.test(id) ? fileURLToPath(import.meta.resolve(id)) : null,
        load: (id) => (id === '\0walk' ? entry : null),
      },
    ],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'script', inlineDynamicImports: true });
  await bundle.close();
  const { code } = output[0];
  const words = new Set(code.match(/\w+/g));
  const globals = [
    ...new Set([
      ...namesOfWindow(),
      'globalThis',
      'window',
      'self',
      'indexedDB',
      'IDBKeyRange',
      'Date',
      'Math',
      'console',
    ]),
  ].filter((one) => words.has(one));
  const run = new Function(...globals, `${code}\nreturn script;\n//# sourceURL=page-beside-${vendor}.js`);
  return (own) => run(...globals.map((one) => own[one] ?? (own.window as any)[one]));
}
