// Bundles a sample that imports the package, against dist/esm.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(fileURLToPath(import.meta.url), '../..');

/**
 * Bundles a module as a shop's build does, by the package's own exports. What its `init` makes stands in `window.made`.
 *
 * @param {string} code
 */
export async function bundled(code) {
  const ENTRY = '\0sample';
  const INIT = '\0init';
  const require = createRequire(join(root, 'package.json'));
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: 'esnext',
      rolldownOptions: { input: ENTRY, output: { codeSplitting: false } },
    },
    plugins: [
      {
        name: 'sample',
        enforce: 'pre',
        resolveId(name, importer) {
          if (name === ENTRY || (name === 'chatstone' && importer === ENTRY))
            return name === ENTRY ? ENTRY : INIT;
          if (!/^chatstone(\/|$)/.test(name)) return null;
          try {
            return require.resolve(name);
          } catch (error) {
            throw new Error(`the package has no ${name} (${error.code})`);
          }
        },
        load(id) {
          if (id === ENTRY) return code;
          return id === INIT
            ? `import * as all from 'chatstone'; export * from 'chatstone';
               export const init = (setup) => { const made = all.init(setup); (window.made ??= []).push(made); return made; };`
            : null;
        },
      },
    ],
  });
  return output[0].code;
}
