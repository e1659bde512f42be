// What is bundled from dist/esm into the files that people paste. scripts/build.mjs runs it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

const minify = ({ banner, mangle = true, module = false }) =>
  terser({
    ecma: 2020,
    module, // its names at the top are its own
    compress: { passes: 3 },
    mangle,
    format: { comments: false, preamble: `/*! ${banner} */`, ascii_only: true }, // a shop's page may not be in UTF-8
  });

// Private properties begin with one underscore. What a vendor named so (`window['_hsq']`) stands in quotes and keeps its name.
const privates = { properties: { regex: /^_[a-z]/, keep_quoted: true } };

const bareImports = {
  name: 'bare-imports',
  resolveId: (name) => (/^[\w@]/.test(name) ? fileURLToPath(import.meta.resolve(name)) : null),
};

// Customer.io's client has no `exports` map and imports folders, so it is looked up as bundlers do: `module` before `main`.
const bundlerImports = {
  name: 'bundler-imports',
  resolveId(name, importer) {
    if (!importer || name.startsWith('\0')) return null;
    const require = createRequire(importer.includes('node_modules') ? importer : import.meta.url);
    if (name.startsWith('.')) return require.resolve(name);
    const manifest = require.resolve(`${name}/package.json`);
    const { module } = require(manifest);
    return module ? join(dirname(manifest), module) : fileURLToPath(import.meta.resolve(name));
  },
};

// What the settings in destinations/customerio-client.ts never reach, and what stands in for it.
const LEFT_OUT = {
  '@segment/facade':
    'export const Facade = 0, Alias = 0, Group = 0, Identify = 0, Page = 0, Screen = 0, Track = 0', // middleware of the page
  'customerio-gist-web': 'export default {}', // in-app messages: their code runs on import and writes to sessionStorage
  'js-cookie': 'export default { get() {}, set() {}, remove() {} }', // it probes for the domain with a cookie `__tld__`
  'node-fetch': 'export default 0',
  'spark-md5': 'export default { hash: (text) => text.slice(-36) }', // hashes an event and a UUID into an id: the UUID is one
  unfetch: 'export default 0', // fetch before 2017
};
const leaveOut = {
  name: 'leave-out',
  resolveId: (name) => (name in LEFT_OUT ? `\0${name}` : null),
  // Its lazy parts too: the address `?cio_debug_session=true` would start the in-app messages on any shop.
  resolveDynamicImport: () => '\0lazy',
  load: (id) => (id === '\0lazy' ? 'export {}' : id.startsWith('\0') ? LEFT_OUT[id.slice(1)] : null),
};

// The client tries localStorage out by writing and removing a key named `test`, which a shop may own. Nothing is stored
// through it here, so it finds no localStorage.
const withoutLocalStorage = 'const localStorage = void 0;';

// tsc wraps every computed import() in a helper that turns .ts into .js; the address here is that of a file beside the script.
const HELPER = /^var __rewriteRelativeImportExtension = [\s\S]*?^};\n/m;
const computedImport = {
  name: 'computed-import',
  transform: (code) =>
    HELPER.test(code)
      ? {
          code: code
            .replace(HELPER, (helper) => helper.replace(/.+/g, '')) // lines stay where a source map says they are
            .replaceAll('__rewriteRelativeImportExtension(', '('),
          map: null,
        }
      : null,
};

const ours = (format) => ({
  plugins: [
    computedImport,
    bareImports,
    minify({ banner: `chatstone ${version} MIT`, mangle: privates, module: format === 'es' }),
  ],
  output: { format },
});

const theirs = {
  treeshake: { moduleSideEffects: false }, // as its package.json says
  plugins: [
    leaveOut,
    bundlerImports,
    minify({
      banner: `chatstone ${version} MIT, with the client of Customer.io, MIT, (c) 2021 Segment, (c) 2023 Customer.io`,
      module: true,
    }),
  ],
  output: { format: 'es', intro: withoutLocalStorage, inlineDynamicImports: true },
};

// The pixel is pasted as it stands and edited by the shop, so it is not minified, and its settings come first.
const pixelHead = `/*! chatstone ${version} MIT: the custom pixel for Shopify
 *
 * Tells Customer.io who the visitor is when the checkout learns it, so that what happened in the chat is on the right person.
 *
 * 1. Shopify admin > Settings > Customer events > Add custom pixel.
 * 2. Paste this whole file and fill in the settings below.
 * 3. Permission: Required, with the purpose that PURPOSE names. Data sale: as your privacy policy says.
 * 4. Save, then Connect.
 */
const WRITE_KEY = ''; // of a JavaScript source in Customer.io, the same as in the theme
const REGION = 'us'; // 'us' or 'eu': where your Customer.io workspace lives
const API_HOST = ''; // a proxy of your own, such as 'https://events.example.com'; '' for Customer.io itself
const IDENTIFY_BY = 'email'; // 'email' or 'id' (Shopify's customer id), the same as in the theme
const PURPOSE = 'analytics'; // 'analytics', 'marketing' or 'both': the consent without which nothing is sent

// Nothing below needs to be edited.`;

// A vendor's source or destination as a file of its own: what fails in it is counted where the tag counts.
const alone = (folder, name, from) => {
  const make = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const code = `import { faults } from '${from}/lib/guard.js';
import { ${make} } from '${from}/${folder}/${name}.js';
export function start(options, fault) {
  faults.listener = fault;
  return ${make}(options);
}`;
  const { plugins, ...rest } = ours('es');
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? code : null),
  };
  return { ...rest, input: name, plugins: [entry, ...plugins] };
};

// They stand in the tag's own three files: script.ts, script-listening.ts and script-engine.ts say why.
const PRESENT = {
  sources: ['crisp', 'custom', 'index'],
  destinations: ['customerio', 'customerio-client', 'collector'],
};
const FILE = { sources: 'chatstone-', destinations: 'chatstone-to-' };

const BUNDLES = {
  'chatstone.js': { from: 'script.js', ...ours('iife') },
  'chatstone-listening.js': { from: 'script-listening.js', ...ours('es') },
  'chatstone-engine.js': { from: 'script-engine.js', ...ours('es') },
  'chatstone-showing.js': { from: 'script-showing.js', ...ours('es') },
  'chatstone-customerio.js': { from: 'destinations/customerio-client.js', ...theirs },
  'chatstone-debug.js': { from: 'script-debug.js', ...ours('es') },
  'shopify/pixel.js': { from: 'shopify/pixel.js', output: { format: 'iife', banner: pixelHead } },
};

/** The configurations of the bundles whose source exists, from the modules in `esm` to files in `dist`. */
export default (esm, dist) => [
  ...Object.entries(BUNDLES)
    .filter(([, { from }]) => existsSync(join(esm, from)))
    .map(([file, { from, output, ...options }]) => ({
      ...options,
      input: join(esm, from),
      output: { ...output, file: join(dist, file) },
    })),
  ...Object.entries(PRESENT).flatMap(([folder, present]) =>
    readdirSync(join(esm, folder))
      .filter((file) => file.endsWith('.js'))
      .map((file) => file.replace('.js', ''))
      .filter((name) => !present.includes(name))
      .map((name) => {
        const { output, ...options } = alone(folder, name, esm);
        return { ...options, output: { ...output, file: join(dist, `${FILE[folder]}${name}.js`) } };
      }),
  ),
];
