// Measures what a script costs the page, and writes docs/page.json, docs/performance.md and docs/performance.svg:
// npm run bench:page. `-- --quick`: one round, and the slow CPU on first visits only; `-- --rounds=n` for another number of rounds
// than 3. Fails where chatstone asks for more than its file and the widget's before the first chat.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const measured = join(root, '.cache/page.json'); // written by test/bench/page.bench.ts
const require = createRequire(import.meta.url);

const PACKAGES = {
  customerio: '@customerio/cdp-analytics-browser',
  segment: '@segment/analytics-next',
  rudderstack: '@rudderstack/analytics-js',
  snowplow: '@snowplow/browser-tracker',
  posthog: 'posthog-js',
  clarity: 'clarity-js',
};

/** What is asked for on the command line. @throws {Error} in words for the person at the terminal */
function choices() {
  const options = /** @type {const} */ ({
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  });
  const { quick, rounds = quick ? '1' : '3' } = parseArgs({ options }).values;
  if (!/^[1-9]\d*$/.test(rounds)) throw new Error(`--rounds=${rounds}: write a number from 1.`);
  return { quick, rounds };
}

const load = () => Number(loadavg()[0].toFixed(1)); // of what else runs here

async function main() {
  const { quick, rounds } = choices();
  ensurePackages();
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { performancePage, performancePlot } = await import('./page-table.mjs');
  const version = (path) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).version;
  const began = Date.now();
  const before = load();
  rmSync(measured, { force: true });
  const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');
  const args = [vitest, 'run', '--project', 'bench', 'test/bench/page.bench.ts'];
  const env = { ...process.env, ROUNDS: rounds, QUICK: quick ? '1' : '0' };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (!existsSync(measured)) throw new Error('The measurement left no result.');

  const versions = Object.fromEntries(
    Object.entries(PACKAGES).map(([client, name]) => [client, version(`node_modules/${name}`)]),
  );
  const result = {
    date: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 1000),
    quick,
    browser: ensureBrowser().version,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`,
    load: [before, load()],
    clients: { chatstone: version('.'), ...versions },
    lighthouseVersion: version('node_modules/lighthouse'),
    ...JSON.parse(readFileSync(measured, 'utf8')),
  };
  const json = `${JSON.stringify(result, null, 1)}\n`;
  const page = performancePage(json);
  writeFileSync(join(root, 'docs/page.json'), json);
  writeFileSync(join(root, 'docs/performance.md'), page);
  writeFileSync(join(root, 'docs/performance.svg'), performancePlot(json));
  console.log(`\n${page}`);
  process.exitCode = status ?? 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
