// Measures what the queue's length costs, and writes docs/growth.json and docs/growth.md: npm run bench:growth. ROUNDS=n for
// another number of rounds than 60. Exact counts of requests and rows stand in test/engine.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const measured = join(root, '.cache/growth.json'); // written by test/bench/growth.bench.ts

async function main() {
  ensurePackages();
  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { growthPage } = await import('./growth-page.mjs');
  const date = new Date().toISOString();
  const load = Number(loadavg()[0].toFixed(1)); // of what else runs here
  rmSync(measured, { force: true });
  const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');
  const args = [vitest, 'run', '--project', 'bench', 'test/bench/growth.bench.ts'];
  const env = { ...process.env, ROUNDS: process.env.ROUNDS ?? '60' };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (!existsSync(measured)) throw new Error('The measurement left no result.');
  const result = {
    date,
    version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    browser: ensureBrowser().version,
    machine: `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}`,
    load,
    ...JSON.parse(readFileSync(measured, 'utf8')),
  };
  writeFileSync(join(root, 'docs/growth.json'), `${JSON.stringify(result, null, 2)}\n`);
  const page = growthPage(result);
  writeFileSync(join(root, 'docs/growth.md'), page);
  console.log(`\n${page}`);
  process.exitCode = status ?? 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
