// What a day of chats costs in events and requests, and what a crowd does after an outage: npm run bench:cost. From a seed, without
// a browser; writes docs/cost.json and docs/cost.md. With --small it prints the part that test/house/cost-doc.test.ts makes anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

async function main() {
  ensurePackages();
  const { all, small } = await import('./cost/measure.mjs');
  if (process.argv.includes('--small')) return console.log(JSON.stringify(await small()));
  const { costPage } = await import('./cost-page.mjs');
  const say = (word) => process.stderr.write(`${word}\n`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const result = { version, ...(await all(say)), small: await small() };
  writeFileSync(join(root, 'docs/cost.json'), `${JSON.stringify(result, null, 2)}\n`);
  const page = costPage(result);
  writeFileSync(join(root, 'docs/cost.md'), page);
  console.log(`\n${page}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
