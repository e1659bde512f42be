// Checks the documentation: every link leads somewhere, every code sample runs.
//   npm run docs                 links and samples
//   npm run docs -- --online     external addresses are fetched, too
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkLinks, fetchLinks } from './docs-links.mjs';
import { readPage } from './docs-markdown.mjs';
import { IN_A_PAGE, kindOf, staticCheck } from './docs-samples.mjs';

/** @typedef {{ file: string, line: number, says: string }} Fault */

const root = join(fileURLToPath(import.meta.url), '../..');

/** The pages of the documentation. */
export function pages() {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.md'))
    .sort();
  const names = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs];
  return names
    .filter((file) => existsSync(join(root, file)))
    .map((file) => readPage(file, readFileSync(join(root, file), 'utf8')));
}

export const shown = ({ file, line, says }) => `${file}:${line}: ${says}`;

/** Checks samples without a browser; returns what is wrong, and which of them want a page. */
export async function checkSamples(samples) {
  const check = await staticCheck();
  const faults = /** @type {Fault[]} */ ([]);
  const counts = /** @type {Record<string, number>} */ ({});
  const rest = { inAPage: [], notRun: [] };
  for (const sample of samples) {
    const { file, line } = sample;
    const says = check(sample);
    faults.push(...says.map((one) => ({ file, line, says: one })));
    let kind;
    try {
      kind = kindOf(sample);
    } catch {
      continue; // the check has said so
    }
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind === 'not run') rest.notRun.push(sample);
    else if (IN_A_PAGE.includes(kind)) rest.inAPage.push(sample);
  }
  return { faults, counts, ...rest };
}

async function main() {
  const { values } = parseArgs({ options: { online: { type: 'boolean', default: false } } });
  const all = pages();
  const links = checkLinks(all, root);
  const samples = await checkSamples(all.flatMap((page) => page.samples));
  const faults = [...links.faults, ...samples.faults];

  const { ensureBrowser } = await import('./ensure-browser.mjs');
  const { openSamples } = await import('./docs-page.mjs');
  const browser = await openSamples(ensureBrowser().path);
  try {
    const waiting = [...samples.inAPage];
    const work = async () => {
      for (let sample = waiting.shift(); sample; sample = waiting.shift())
        for (const says of await browser.run(sample)) faults.push({ ...sample, says });
    };
    await Promise.all([work(), work()]);
  } finally {
    await browser.close();
  }

  let online = `${links.counts.external} external, well formed, none fetched (npm run docs -- --online)`;
  if (values.online) {
    const { faults: gone, unknown, fetched } = await fetchLinks(links.external);
    faults.push(...gone);
    online = `${links.counts.external} external: ${fetched} addresses fetched, ${unknown.length} not`;
    for (const one of unknown) console.log(`not fetched: ${one}`);
  }

  faults.sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
  for (const fault of faults) console.error(shown(fault));
  const { text = 0, 'not run': notRun = 0, ...run } = samples.counts;
  console.log(
    `${all.length} pages; links: ${links.counts.files} to files, ${links.counts.anchors} of them to a heading, ${online}`,
  );
  console.log(
    `samples: ${Object.entries(run)
      .map(([kind, many]) => `${many} ${kind}`)
      .join(', ')}; ${text} blocks of plain text`,
  );
  console.log(
    `not run: ${notRun || 'none'}${samples.notRun.map((one) => `\n  ${one.file}:${one.line} ${one.lang}`).join('')}`,
  );
  console.log(faults.length ? `${faults.length} to mend` : 'All of it holds.');
  if (faults.length) process.exitCode = 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
