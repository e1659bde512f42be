// What waits costs little: the CPU of recording one milestone and of delivering one batch with 0, 100 and 1,000 records in the
// queue, in turns in one page of a real Chromium, and the heap. `npm run bench:growth` runs it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openShop, type Shop, type Tab } from '../browser/harness.ts';
import { bundle } from '../browser/remotes.ts';
import type { openTab } from './tab.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 40);
const OUTPUT = join(import.meta.dirname, '../../.cache/growth.json');
const WAITING = [0, 100, 1000]; // the last is the cap
const BATCH = 50;
const MILESTONES = 10; // between two looks at the clock
const TIMES = 3; // that the queue is filled and drained
const WARM = 5; // rounds that do not count: it is compiled

declare global {
  interface Window {
    site: { openTab: typeof openTab };
    tabs: Record<number, ReturnType<typeof openTab>>;
    tab?: ReturnType<typeof openTab>;
  }
}

/** A page that can open what tab.ts has. */
async function openPage(shop: Shop): Promise<{ page: Tab; session: CDPSession }> {
  const visitor = await shop.visitor();
  const page = await visitor.goto('/growth', {
    script: false,
    inline: `${await bundle(`export { openTab } from '../../bench/tab.ts';`)}; window.tabs = {};`,
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { page, session };
}

/** CPU of the page's thread so far, in milliseconds. */
async function cpu(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}

const median = (all: number[]) => all.toSorted((one, other) => one - other)[all.length >> 1]!;

interface Work {
  /** Before the clock runs. */
  prepare(waiting: number, page: Tab): Promise<unknown>;
  run(waiting: number, page: Tab): Promise<unknown>;
  /** How many are done in one run. */
  pieces: number;
}

/** Milliseconds of CPU for one piece of work, by how many wait; each round has all of them, the first in turn. */
async function measure(shop: Shop, { prepare, run, pieces }: Work): Promise<number[]> {
  const { page, session } = await openPage(shop);
  const spent = WAITING.map(() => [] as number[]);
  for (let round = -WARM; round < ROUNDS; round++)
    for (let i = 0; i < WAITING.length; i++) {
      const at = (i + round + WARM) % WAITING.length;
      await prepare(WAITING[at]!, page);
      const before = await cpu(session);
      await run(WAITING[at]!, page);
      const after = await cpu(session);
      if (round >= 0) spent[at]!.push((after - before) / pieces);
    }
  return spent.map(median);
}

/** One milestone, from the callback to the end of the look whether it can be delivered; at the cap the oldest is dropped. */
const recording: Work = {
  prepare: (waiting, page) =>
    page.run(async (waiting) => {
      window.tab?.close();
      const tab = window.site.openTab(`record-${performance.now()}`, true);
      window.tab = tab;
      await tab.fill(waiting);
      await tab.record(1); // it has read all once
    }, waiting),
  run: (_, page) => page.run((count) => window.tab!.record(count), MILESTONES),
  pieces: MILESTONES,
};

/** One full batch, from its answer to the next one on the wire. So many wait, both batches among them where there is room. */
const delivering: Work = {
  prepare: (waiting, page) =>
    page.run(
      async (waiting, batch) => {
        const tab = (window.tabs[waiting] ??= window.site.openTab(`deliver-${waiting}`, false));
        await tab.fill(Math.max(waiting, 2 * batch) - (await tab.waiting()));
      },
      waiting,
      BATCH,
    ),
  run: (waiting, page) => page.run((waiting) => window.tabs[waiting]!.deliver(), waiting),
  pieces: 1,
};

/** Bytes of the page's heap with 0, 100 and 1,000 in the queue and when it is drained, several times over. */
async function heap(shop: Shop): Promise<{ waiting: number; bytes: number }[]> {
  const { page, session } = await openPage(shop);
  const found: { waiting: number; bytes: number }[] = [];
  const look = async () => {
    for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage'); // what held what is gone goes in the next
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    found.push({ waiting: await page.run(() => window.tab!.waiting()), bytes: usedSize });
  };
  await page.run(async (most) => {
    const tab = window.site.openTab('heap', false);
    window.tab = tab;
    await tab.fill(most);
    await tab.drain();
  }, WAITING.at(-1)!);
  await look();
  for (let time = 0; time < TIMES; time++) {
    for (const waiting of WAITING.slice(1)) {
      await page.run(async (waiting) => {
        const tab = window.tab!;
        await tab.fill(waiting - (await tab.waiting()));
      }, waiting);
      await look();
    }
    await page.run(() => window.tab!.drain());
    await look();
  }
  return found;
}

let found: { recording: number[]; delivering: number[]; heap: Awaited<ReturnType<typeof heap>> };

beforeAll(async () => {
  const shop = await openShop();
  found = {
    recording: await measure(shop, recording),
    delivering: await measure(shop, delivering),
    heap: await heap(shop),
  };
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify({ waiting: WAITING, rounds: ROUNDS, ...found }));
}, 600_000);

test('the heap is what it was once the queue is drained', () => {
  const [first, ...later] = found.heap.flatMap(({ waiting, bytes }) => (waiting ? [] : bytes));
  expect(later).toHaveLength(TIMES);
  expect(median(later)).toBeLessThan(first! * 1.1); // one look may see what the collector has not taken yet
});

test('what waits makes neither recording nor delivering much dearer', () => {
  for (const [none, , most] of [found.recording, found.delivering]) expect(most! / none!).toBeLessThan(3);
});
