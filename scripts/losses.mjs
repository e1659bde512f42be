// Measures what is lost and what comes twice under faults, and writes docs/losses.json: npm run bench:losses, RUNS=n for more
// runs of each row than 3. Fails where chatstone lost or re-made a fact that had the time to be written.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const measured = join(root, '.cache/losses.json'); // written by test/bench/losses.bench.ts
const require = createRequire(import.meta.url);
const runs = Number(process.env.RUNS ?? 3);

function measure() {
  rmSync(measured, { force: true });
  const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');
  const args = [vitest, 'run', '--project', 'bench', 'test/bench/losses.bench.ts'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (!existsSync(measured)) throw new Error('The measurement left no result.');
  return { status, ...JSON.parse(readFileSync(measured, 'utf8')) };
}

async function main() {
  ensurePackages();
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { lossesTable, sum } = await import('./losses-table.mjs');
  const version = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).version;
  const began = Date.now();
  const load = Number(loadavg()[0].toFixed(1)); // of what else runs here: a busy machine loses more
  const { status, facts, rows } = measure();
  const broken = rows.filter((row) => row.runs.length !== runs).map(({ fault }) => fault);
  if (broken.length) throw new Error(`Some runs came to no end: ${broken.join('; ')}`);

  const result = {
    date: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 1000),
    browser: ensureBrowser().version,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`,
    load,
    clients: {
      chatstone: version('package.json'),
      customerio: version('node_modules/@customerio/cdp-analytics-browser/package.json'),
    },
    facts,
    runs,
    rows,
  };
  const json = `${JSON.stringify(result, null, 2)}\n`;
  writeFileSync(join(root, 'docs/losses.json'), json);
  console.log(`\n${lossesTable(json)}\n`);

  const counting = rows.filter(({ counts }) => counts);
  const { lost, remade, duplicates } = sum(
    counting.flatMap((row) => row.runs),
    'chatstone',
  );
  process.exitCode = status === 0 && !lost && !remade ? 0 : 1;
  console.log(
    `chatstone: ${lost} lost, ${remade} re-made, ${duplicates} duplicate deliveries of ${facts * runs * counting.length} facts in ${counting.length} rows`,
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
