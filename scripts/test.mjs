// All checks and tests, on a fresh clone too: npm test. Ends with `N passed, N failed`. Built-ins only until the packages are there.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const cache = join(root, '.cache');
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
  NO_UPDATE_NOTIFIER: '1',
};
const TSC = 'node_modules/typescript/bin/tsc'; // of the two versions that are there
const MINUTES = 60_000;

/** Runs a command; rejects with what it wrote where it fails. `live`: what it writes is shown at once. */
function run(command, args, { live = false, minutes = 5 } = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32'; // there the commands of packages are .cmd files
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      timeout: minutes * MINUTES,
    });
    let said = '';
    child.stdout?.on('data', (text) => (said += text));
    child.stderr?.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (status === 0) resolve();
      else if (signal)
        reject(new Error(`${said}${command} was ended by ${signal}; it may take ${minutes} minutes.`));
      else reject(new Error(said.trim() || `${command} ended with ${status}.`));
    });
  });
}

/** Runs the tests of projects of vitest, of all at once; returns how they went. `again`: what fails is tried once more. */
async function vitest(projects, minutes, again = false) {
  const report = join(cache, `${projects.join('-')}.json`);
  rmSync(report, { force: true });
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...(again ? ['--retry=1', '--reporter=./test/second-try.ts'] : []),
  ];
  const complaint = await run('vitest', args, { live: true, minutes }).then(
    () => undefined,
    (error) => error,
  );
  if (!existsSync(report)) throw complaint ?? new Error('Vitest left no report.');
  const {
    numPassedTests: passed,
    numFailedTests,
    numPendingTests,
    numTodoTests,
  } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that does not load, or an error outside every test, fails without a failed test.
  const failed = complaint && !numFailedTests ? 1 : numFailedTests;
  return { passed, failed, skipped: numPendingTests + numTodoTests, tests: passed + failed };
}

const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

async function lint() {
  try {
    await run('biome', ['check', '--error-on-warnings', '--reporter=summary', '.']);
  } catch ({ message }) {
    throw new Error(`${message}\nnpm run format mends most of it, npm run lint says more.`);
  }
}

async function freshness() {
  const { build } = await import('./build.mjs');
  const [made, kept] = [join(cache, 'fresh'), join(root, 'dist')];
  await build(made, { types: false }); // they have steps of their own
  const names = new Set([...files(made), ...(existsSync(kept) ? files(kept) : [])]);
  const differs = (name) =>
    !existsSync(join(made, name)) ||
    !existsSync(join(kept, name)) ||
    !readFileSync(join(made, name)).equals(readFileSync(join(kept, name)));
  const other = [...names].filter(differs).sort();
  if (other.length)
    throw new Error(
      `dist/ is not what src/ builds:\n${other.map((name) => `  dist/${name}`).join('\n')}\nrun npm run build and commit dist/`,
    );
}

async function size() {
  const { allSizes, excesses } = await import('./size.mjs');
  const sentences = excesses(await allSizes());
  if (sentences.length) throw new Error(sentences.join('\n'));
  if (process.env.CI) await run(process.execPath, ['scripts/size-report.mjs'], { live: true });
}

async function browser() {
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { path, version } = ensureBrowser();
  return { note: `${path}, ${version}` };
}

async function engines() {
  const { described, ensureEngines } = await import('./ensure-engines.mjs');
  return { note: described(ensureEngines()).join('; ') };
}

// chatstone.js is a classic script, and patterns are not looked into.
const ATTW = [
  ...['--pack', '.', '--profile', 'esm-only', '--exclude-entrypoints', './chatstone.js'],
  ...['--include-entrypoints', './sources/intercom', './destinations/customerio', './consents/onetrust'],
];

// Each counts as one check, but for the tests, which count themselves.
const STEPS = [
  ['lint', lint],
  ['types of src', () => run(process.execPath, [TSC, '--noEmit', '-p', 'tsconfig.json'])],
  ['types of test', () => run(process.execPath, [TSC, '--noEmit', '-p', 'test/tsconfig.json'])],
  ['dist is what src builds', freshness],
  ['size', size],
  ['unit tests', () => vitest(['unit'], 15)],
  ['package: publint', () => run('publint', ['--strict'])],
  ['package: types as others see them', () => run('attw', ATTW)],
  ['browser', browser],
  ['engines', engines],
  // The stories wait most of the time: the other tests run beside them, and without them where an engine is missing.
  [
    'browser tests, and stories in three engines',
    (broken) => vitest(broken.has('engines') ? ['browser'] : ['browser', 'engines'], 30, true),
    'browser',
  ],
];

async function main() {
  ensurePackages();
  mkdirSync(cache, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0, tests: 0 };
  const broken = new Set();
  for (const [name, check, needs] of STEPS) {
    const began = Date.now();
    let mark = '✓';
    let note = '';
    try {
      if (broken.has(needs)) throw new Error(`This needs the step "${needs}".`);
      const result = { passed: 1, failed: 0, skipped: 0, tests: 0, ...(await check(broken)) };
      for (const key of Object.keys(total)) total[key] += result[key];
      if (result.failed) mark = '✗';
      if (result.note) note = `: ${result.note}`;
    } catch (error) {
      broken.add(name);
      total.failed += 1;
      mark = '✗';
      note = `\n${error.message.replace(/^/gm, '    ')}`;
    }
    console.log(`${mark} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${note}`);
  }
  const { passed, failed, skipped, tests } = total;
  if (!tests) console.log('No test ran.');
  if (failed || !tests) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
}

main().catch((error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
