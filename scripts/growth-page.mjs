// What docs/growth.json says, as a page.
import { table } from './table.mjs';

const number = (count) => count.toLocaleString('en-US');

/** docs/growth.md */
export function growthPage({
  date,
  version,
  browser,
  machine,
  load,
  waiting,
  rounds,
  recording,
  delivering,
  heap,
}) {
  const ratios = (all) => all.map((one) => (one / all[0]).toFixed(2));
  const kilobytes = ({ bytes }) => `${number(Math.round(bytes / 1000))} kB`;
  const most = Math.max(...waiting);
  return `# What the queue’s length costs

Written by \`npm run bench:growth\`; the figures are in [growth.json](growth.json).

A tab that is alone asks the database for the same number of requests and rows whether nothing waits or ${number(most)} records do, which is
the most that are kept for a destination; \`test/engine.test.ts\` counts them. What follows is the rest: what the page’s thread
does with its picture of the queue. CPU of that thread in a real Chromium, against the CPU with nothing waiting, in turns in one
page:

${table(
  ['waiting', ...waiting.map(number)],
  [
    ['recording one milestone ¹', ...ratios(recording)],
    ['delivering a batch of 50 ²', ...ratios(delivering)],
  ],
)}

¹ From the callback to the end of the look whether it can go. At ${number(most)} the oldest record is dropped for it.

² From the answer to one batch to the next one on the wire; 0 means nothing but these two.

The heap of the page after garbage collection, with so many in the queue, again and again filled and drained:

${table(['waiting', ...heap.map(({ waiting }) => number(waiting))], [['heap', ...heap.map(kilobytes)]])}

${date.slice(0, 10)}, chatstone ${version}, Chromium ${browser}, ${machine}, load ${load} at the beginning; medians of ${rounds} rounds.
`;
}
