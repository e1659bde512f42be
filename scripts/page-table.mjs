// What docs/page.json says, as a page.
import { CLIENTS, figure, median, SCRIPTS, scripting, TITLES } from './page-figures.mjs';
import { table } from './table.mjs';

export { performancePlot } from './page-plot.mjs';

const KINDS = { first: 'first visit', again: 'second visit, files in the cache' };
const none = '–';
const milliseconds = (value, digits = 0) => value?.toFixed(digits) ?? none;
const kilobytes = (value) => (value === undefined ? none : (value / 1000).toFixed(1));
const times = (value, other) => (other > 0 && value !== undefined ? `${(value / other).toFixed(2)}×` : none);
const whole = (value) => value?.toFixed(value % 1 ? 1 : 0) ?? none;

function wireTable(result) {
  const of = (client, kind, name) => figure(result, client, 1, kind, name);
  const customerio = of('customerio', 'first', 'bytes');
  return table(
    [
      'beside the page and the widget',
      ...['requests', 'kB', 'of Customer.io’s client', 'requests again', 'kB again'],
      ...['requests for a chat', 'kB received', 'kB sent'],
    ],
    ['waiting', ...SCRIPTS].map((client) => [
      TITLES[client],
      whole(of(client, 'first', 'requests')),
      kilobytes(of(client, 'first', 'bytes')),
      times(of(client, 'first', 'bytes'), customerio),
      whole(of(client, 'again', 'requests')),
      kilobytes(of(client, 'again', 'bytes')),
      whole(of(client, 'talk', 'requests')),
      kilobytes(of(client, 'talk', 'received')),
      kilobytes(of(client, 'talk', 'sent')),
    ]),
  );
}

function threadTable(result, cpu, kind) {
  const of = (client, name) => figure(result, client, cpu, kind, name);
  const customerio = scripting(result, 'customerio', cpu, kind);
  return table(
    [
      `${KINDS[kind]}, CPU ${cpu}×`,
      ...['all tasks, ms', 'of no script', 'script, ms', 'compiling, ms', 'script of Customer.io’s client'],
      ...['long tasks', 'blocking, ms', 'layout shift'],
    ],
    CLIENTS.map((client) => [
      TITLES[client],
      milliseconds(of(client, 'task')),
      times(of(client, 'task'), of('none', 'task')),
      milliseconds(of(client, 'script')),
      milliseconds(of(client, 'compile'), 1),
      client === 'none' ? none : times(scripting(result, client, cpu, kind), customerio),
      whole(of(client, 'longTasks')),
      milliseconds(of(client, 'blocking')),
      of(client, 'shift').toFixed(3),
    ]),
  );
}

function heapTable(result) {
  const start = (client) => figure(result, client, 1, 'again', 'heap');
  const bare = start('none');
  const added = (client) => start(client) - bare;
  const after = (client) => figure(result, client, 1, 'talk', 'heap');
  return table(
    [
      'kB',
      'after the start',
      'more than no script',
      'of Customer.io’s client',
      'after a chat and 100 events',
      'more than at the start',
    ],
    CLIENTS.map((client) => {
      const end = after(client);
      return [
        TITLES[client],
        kilobytes(start(client)),
        client === 'none' ? none : kilobytes(added(client)),
        client === 'none' ? none : times(added(client), added('customerio')),
        kilobytes(end),
        end === undefined ? none : kilobytes(end - start(client)),
      ];
    }),
  );
}

const talkTable = (result, cpu) =>
  table(
    [
      `from the widget’s callback, ms, CPU ${cpu}×`,
      ...['in localStorage', 'in IndexedDB', 'the collector has read it', 'the page has the answer'],
    ],
    SCRIPTS.map((client) => [
      TITLES[client],
      ...['localStorage', 'indexedDB', 'wire', 'accepted'].map((name) =>
        milliseconds(figure(result, client, cpu, 'talk', name)),
      ),
    ]),
  );

function lighthousePart({ lighthouse, lighthouseVersion }) {
  const failed = Object.entries(lighthouse).filter(([, { not }]) => not);
  if (failed.length)
    return `Lighthouse ${lighthouseVersion} did not come to an end here: ${failed.map(([client, { not }]) => `${TITLES[client]}: ${not}`).join('; ')}.`;
  const bare = median(lighthouse.none);
  return `Lighthouse ${lighthouseVersion}, its own settings (a phone, simulated), in a browser of its own for each run:

${table(
  ['', 'total blocking time, ms', 'more than no script', 'runs'],
  Object.entries(lighthouse).map(([client, runs]) => [
    TITLES[client],
    milliseconds(median(runs)),
    client === 'none' ? none : milliseconds(median(runs) - bare),
    runs.map((run) => run.toFixed(0)).join(', '),
  ]),
)}`;
}

/** docs/performance.md @param {string} json docs/page.json */
export function performancePage(json) {
  const result = JSON.parse(json);
  const { date, seconds, quick, browser, machine, load, clients, rounds } = result;
  const has = (cpu, kind) => rounds.every((round) => CLIENTS.every((client) => round[client][cpu][kind]));
  const talks = [1, 4].filter((cpu) =>
    rounds.every((round) => SCRIPTS.every((client) => round[client][cpu].talk)),
  );
  const visits = [4, 1].flatMap((cpu) =>
    Object.keys(KINDS)
      .filter((kind) => has(cpu, kind))
      .map((kind) => threadTable(result, cpu, kind)),
  );
  return `# What a script costs the page

Written by \`npm run bench:page\`${quick ? ' with `-- --quick`' : ''}; every round is in [page.json](page.json).

One shop page with sixty products and a chat widget, without any script of this kind, with chatstone, and with others. The others
do more than chatstone does, or other things: they count page views, and some record what visitors do. None of them but Clarity
knows a chat: to these a listener of one line was added that tells them of the visitor’s first message, as a developer would.

![Bars of the bytes and of the CPU that each script costs](performance.svg)

## Bytes and requests

From the start until 2 s after \`load\`, then for the visitor’s first message. What the collector is asked counts, preflights too;
bytes received are with headers, those sent are bodies.

${wireTable(result)}

Exact, and the measurement fails if it is not so: where no widget is chatstone asks for \`chatstone.js\`, where one is for
\`chatstone-listening.js\` and the widget’s file too, and on a second visit for nothing; of Customer.io’s client, which it loads when there is something to deliver, it loads 0 bytes until then.

## The page’s main thread

CPU of that thread until 2 s after \`load\`. Long tasks are those above 50 ms on the clock; blocking is what of them is above.

${visits.join('\n\n')}

## Memory

JavaScript objects after a garbage collection, at the end of a second visit:

${heapTable(result)}

Between the two chatstone loads its engine and Customer.io’s client, which the others’ figures at the start have in them.

## From a chat to the server

${talks.map((cpu) => talkTable(result, cpu)).join('\n\n')}

“${none}”: nothing was written there. chatstone writes a note to localStorage in the task of the callback, and a journal to IndexedDB in that task too or, where this is
the first that a visitor ever says, as soon as the database is made for it; the database’s time is when it says that a write with \`durability: 'strict'\` is complete. Its first message of a page waits for two files that come one after
the other, its engine and Customer.io’s client; the others have everything by then. PostHog and Clarity wait on purpose, to send more at once.

## Lighthouse

${lighthousePart(result)}

## How it was measured

* ${SCRIPTS.map((client) => `${TITLES[client]} ${clients[client]}`).join(', ')}. Each from its package, the file for a script tag where there is one, loaded with \`async\`, set up as
  its documentation begins (\`test/bench/page-clients.ts\`). What would load more files from a vendor’s servers is off. RudderStack’s
  is the build that has its plugins with it. chatstone has \`data-anonymous="send"\`, as the others send what strangers do.
* All files come from one server with brotli, quality 11, over HTTP/1.1; the browser lets every request wait 40 ms and
  lets 10 Mbit/s through. The collector is another origin, one for each script, and must understand every body.
* Every visit is a tab of its own. A script’s first visit is on an origin that the browser has never seen; the second is the visit after it. The
  chat is tawk.to’s, for Clarity, which does not listen to that, LiveChat’s; fakes of both. The profile is on the disk.
* In turns: in every round each script after the other, on the CPU as it is (1×) and four times as slow (4×, by the DevTools protocol). Figures are medians of ${rounds.length === 1 ? 'one round' : `${rounds.length} rounds`}.
* ${date.slice(0, 10)}, Chromium ${browser}, ${machine}, load ${load[0]} at the beginning and ${load[1]} at the end, ${Math.round(seconds / 60)} minutes.

## What the figures do not say

* The machine is noisy: others work on it. Of chatstone the requests and bytes before the first chat are exact; times are not, differences of
  a few milliseconds mean nothing, and ratios say more than milliseconds.${rounds.length === 1 ? ' One round is an example, not a measure.' : ''}
* V8 compiles scripts that come from the network on other threads; that is not in these figures, and neither is what the browser’s
  other processes do.
* A loopback server answers at once. Connections, TLS, a CDN’s cache and a vendor’s servers cost more than 40 ms, and the same for none.
* What a vendor’s snippet loads beyond its package (settings of an account with destinations, recorders, surveys) costs more than is shown here.
* Lighthouse’s figure is simulated from one load; from run to run it moves by more than these scripts differ.
`;
}
