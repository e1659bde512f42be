// Measures what survives faults, and writes docs/survival.json and docs/survival.md: npm run bench:survival. `-- --quick`: one
// run a row and shorter outages; RUNS=n for more runs of each row than 3. Fails where chatstone lost or re-made a fact in a row
// that decides. `-- --power`: the rows in which the power is cut, by hand, as root on Linux; they go to docs/powercut.json.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const measured = join(root, '.cache/survival.json'); // written by test/bench/survival.bench.ts
const require = createRequire(import.meta.url);
const flag = { type: 'boolean', default: false };
const { quick, power } = parseArgs({ options: { quick: flag, power: flag } }).values;
const file = join(root, power ? 'docs/powercut.json' : 'docs/survival.json');
const runs = Number(process.env.RUNS ?? (quick ? 1 : 3));

const PACKAGES = {
  customerio: '@customerio/cdp-analytics-browser',
  segment: '@segment/analytics-next',
  rudderstack: '@rudderstack/analytics-js',
  snowplow: '@snowplow/browser-tracker',
  posthog: 'posthog-js',
  naive: 'idb-keyval',
};

function measure() {
  rmSync(measured, { force: true });
  const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');
  const args = [vitest, 'run', '--project', 'bench', 'test/bench/survival.bench.ts'];
  const env = { ...process.env, RUNS: String(runs), QUICK: quick ? '1' : '0', POWER: power ? '1' : '0' };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (!existsSync(measured)) throw new Error('The measurement left no result.');
  return { status, ...JSON.parse(readFileSync(measured, 'utf8')) };
}

async function main() {
  if (power && (process.platform !== 'linux' || process.getuid() !== 0))
    throw new Error('A power cut needs a disk of its own: run this as root on Linux.');
  ensurePackages();
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { deciding, survivalPage, sum } = await import('./survival-table.mjs');
  const version = (path) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).version;
  const began = Date.now();
  const load = Number(loadavg()[0].toFixed(1)); // of what else runs here: a busy machine loses more
  const { status, rows } = measure();
  const broken = rows.filter((row) => row.runs.length !== runs).map(({ row }) => row);
  if (broken.length) throw new Error(`Some rows came to no end: ${broken.join('; ')}`);

  const versions = Object.fromEntries(
    Object.entries(PACKAGES).map(([client, name]) => [client, version(`node_modules/${name}`)]),
  );
  const result = {
    date: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 1000),
    quick,
    browser: ensureBrowser().version,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`,
    load,
    clients: { chatstone: version('.'), ...versions },
    runs,
    rows,
  };
  const json = `${JSON.stringify(result, null, 2)}\n`;
  writeFileSync(file, json);
  const page = survivalPage();
  writeFileSync(join(root, 'docs/survival.md'), page);
  console.log(`\n${page}\nnpm run readme takes it over into README.\n`);

  const counting = deciding(rows);
  const total = (what) => counting.reduce((whole, row) => whole + sum(row, 'chatstone')[what], 0);
  const facts = counting.reduce((whole, row) => whole + row.facts * row.runs.length, 0);
  process.exitCode = status === 0 && !total('lost') && !total('remade') ? 0 : 1;
  console.log(
    `chatstone: ${total('lost')} lost, ${total('remade')} re-made, ${total('duplicates')} duplicate deliveries of ${facts} facts in ${counting.length} rows`,
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
