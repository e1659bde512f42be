// Random conversations over weeks, with faults, tabs and restarts, in bad weather; prints the ledger at the end and fails where
// it does not balance: npm run soak. SOAK=n for another number than 10,000, SOAK_SEED=n to go the same way again.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

ensurePackages();
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'unit', 'test/walk/soak.test.ts', '--disable-console-intercept'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SOAK: process.env.SOAK ?? '10000' } },
);
process.exitCode = status ?? 1;
