// What docs/survival.json says, as a page of its own and as a table for README.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from './table.mjs';

const docs = join(fileURLToPath(import.meta.url), '../../docs');
const FILE = join(docs, 'survival.json');
const POWER = join(docs, 'powercut.json');

const TITLES = {
  chatstone: 'chatstone',
  customerio: 'Customer.io’s client',
  segment: 'Segment',
  rudderstack: 'RudderStack',
  snowplow: 'Snowplow',
  posthog: 'PostHog',
  naive: 'naive queue',
};
const OTHERS = ['segment', 'rudderstack', 'snowplow', 'posthog', 'naive'];

/** The rows in which chatstone must lose and re-make nothing. */
export const deciding = (rows) => rows.filter(({ decides }) => decides);

/** One row of one client: the sums over its runs. Runs that it was not in count as nothing. */
export function sum(row, client) {
  const run = row.runs.map((run) => run[client]).filter((outcome) => !outcome.not);
  const total = (what) => run.reduce((whole, outcome) => whole + outcome[what], 0);
  return {
    told: run.length * row.facts,
    lost: total('lost'),
    duplicates: total('duplicates'),
    remade: total('remade'),
    disordered: total('disordered'),
    notes: [...new Set(row.runs.flatMap((run) => run[client].not ?? run[client].note ?? []))],
  };
}

function cell(row, client) {
  const { told, lost, duplicates, remade, disordered, notes } = sum(row, client);
  const more = [
    ...(duplicates ? [`${duplicates} twice`] : []),
    ...(remade ? [`${remade} re-made`] : []),
    ...(disordered ? [`${disordered} out of order`] : []),
    ...notes,
  ].join(', ');
  if (!told) return more;
  const head = `${lost ? `**${lost}**` : 0} of ${told}`;
  return more ? `${head} (${more})` : head;
}

const tableOf = ({ clients, rows }, columns) =>
  table(
    ['lost of told', ...columns.map((client) => `${TITLES[client]} ${clients[client]}`)],
    rows.map((row) => [
      row.decides ? row.row : `${row.row} ¹`,
      ...columns.map((client) => cell(row, client)),
    ]),
  );

const where = ({ date, browser, runs, quick }) =>
  `${date.slice(0, 10)}, Chromium ${browser}, ${runs} ${runs === 1 ? 'run' : 'runs'} a row${quick ? ', quick: outages of 20 s are shortened, the one of 120 s is left out' : ''}.`;

const LEGEND = `“Twice”: deliveries of an id that had been taken before. “Re-made”: facts that came under a second id, which no server can tell from new ones. “Out of order”: facts that arrived after a later one of their conversation.

¹ Shown, and decides nothing: the page ends before anything can have been written, or nothing can be written and nobody is there to send to. In all other rows the measurement fails if chatstone loses or re-makes a fact.`;

/** How many of the rows that decide cost a client a fact, of those that it was in. */
function losing({ rows }, client) {
  const all = deciding(rows)
    .map((row) => sum(row, client))
    .filter(({ told }) => told);
  return `${TITLES[client]} in ${all.filter(({ lost }) => lost).length} of ${all.length}`;
}

/** README's part. @param {string} [json] docs/survival.json */
export function survivalTable(json = readFileSync(FILE, 'utf8')) {
  const result = JSON.parse(json);
  return `${tableOf(result, ['chatstone', 'customerio'])}

${where(result)} Of the rows that decide, facts were lost by ${[...OTHERS].map((client) => losing(result, client)).join(', ')}: [all figures](docs/survival.md). ${LEGEND}`;
}

/** The rows in which the power was cut, where they were measured. */
function powerCut() {
  if (!existsSync(POWER)) return '';
  const result = JSON.parse(readFileSync(POWER, 'utf8'));
  return `
## A power cut

By hand (\`npm run bench:survival -- --power\`, as root on Linux): the profile lies on a disk of its own, an ext4 file system that is
shut down without flushing after the browser was killed, and is mounted again. The facts before the ten were synced to it.
A client that keeps its queue in memory, or on disk a while later, loses by the kill alone what it loses here; there is no row that
tells the two apart.

${tableOf(result, Object.keys(TITLES))}

${where(result)} ${result.machine}. ¹ With \`durability: 'strict'\` taken away from chatstone's writes: it is what saves them.
`;
}

/** docs/survival.md, of docs/survival.json and docs/powercut.json */
export function survivalPage() {
  const result = JSON.parse(readFileSync(FILE, 'utf8'));
  const { machine, load, seconds } = result;
  return `# What survives

Written by \`npm run bench:survival\`${result.quick ? ' with `-- --quick`' : ''}; every run is in [survival.json](survival.json).

Ten facts of two conversations are told in one task; then something goes wrong; then the visitor is back. Each client is set up as
its documentation begins, with a page view on every page; the naive queue is a page of code around idb-keyval
(\`test/bench/clients/\`). Every run of a row has a fresh profile of the browser, every client in it a site and a collector of its
own, which answers, fails or is gone as the row says, and must understand every body that reaches it.

${tableOf(result, Object.keys(TITLES))}

${where(result)} ${machine}, load ${load} at the beginning, ${Math.round(seconds / 60)} minutes.

${LEGEND}

A number of runs this small shows what can happen, not how often. Rows with SIGKILL, and those in which a page goes in the same task,
vary from run to run.
${powerCut()}`;
}
