// What is lost and what comes twice: ten facts, told in one task, and then a fault. chatstone stands beside Customer.io's own
// client: the same faults, the same collector, a browser each for every run. `npm run bench:losses` runs it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { openShop, SECOND, type Shop, type ShopPage, until } from '../browser/harness.ts';

type Weather = NonNullable<Parameters<Shop['collector']['weather']>[0]>;
type Told = ReturnType<Shop['collector']['requests']>[number]['messages'][number];
type Player = Awaited<ReturnType<typeof enter>>;

const RUNS = Number(process.env['RUNS'] ?? 3);
const OUTPUT = fileURLToPath(new URL('../../.cache/losses.json', import.meta.url));
const CALM = 1.5 * SECOND; // after the last request
const PATIENCE = 8 * SECOND; // the same, where something is missing: Customer.io's client sends what it kept after up to 5 s
const LONGEST = 30 * SECOND;
const ANN = 'ann@example.com';

const FACTS = Object.entries({
  one: [
    'chat_opened',
    'chat_first_message_sent',
    'chat_assigned',
    'chat_agent_replied',
    'chat_resolved',
    'chat_csat_submitted',
  ],
  two: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved'],
}).flatMap(([conversation_id, names]) =>
  names.map((name): [string, object] => [
    name,
    {
      conversation_id,
      ...(name === 'chat_assigned' && { agent_team: 'care' }),
      ...(name === 'chat_csat_submitted' && { csat_score: 5 }),
    },
  ]),
);

declare global {
  interface Window {
    /** Resolves when what the client has told so far is answered. */
    idle(): Promise<unknown>;
    /** Tells one fact. */
    tell(name: string, properties: object): void;
  }
}

/** Pages with a client on them, which the collector knows by its write key. */
const CLIENTS: Record<string, (key: string, collector: string) => ShopPage> = {
  chatstone: (key) => ({
    script: { writeKey: key },
    config: { user: { email: ANN } },
    inline: `window.idle = () => chatstone('flush');
      window.tell = (name, properties) => chatstone('milestone', name, properties);`,
  }),
  customerio: (key, collector) => ({
    script: false,
    head: `<script src="/vendor/cdp-analytics-browser.js"></script>
      <script>
        const client = AnalyticsNext.AnalyticsBrowser.load({ writeKey: '${key}', cdnURL: '${collector}' });
        const identified = client.identify('${ANN}', { email: '${ANN}' });
        window.idle = () => identified;
        window.tell = (name, properties) => client.track(name, properties);
      </script>`,
  }),
};

interface Fault {
  /** Whether chatstone must lose nothing here. Not where the browser ends before it can have written anything. */
  counts?: false;
  weather?: Weather;
  /** How long the weather lasts, in milliseconds, for all together. Else it is over when the fault has struck, one by one. */
  lasts?: number;
  offline?: true;
  /** The page goes in the task in which it tells. */
  leave?: 'navigates' | 'closes itself' | 'is closed';
  /** What happens after that task. */
  strike?(player: Player): Promise<unknown>;
  /** The page survives that. */
  lives?: true;
}

const killAfter =
  (milliseconds: number) =>
  async ({ visitor }: Player) => {
    await delay(milliseconds);
    await visitor.restart('kill');
  };

const SLOW: Weather = { delay: 150 };

const FAULTS: Record<string, Fault> = {
  'no fault': {},
  'navigation in the same task': { leave: 'navigates' },
  'the visitor closes the tab at once': { leave: 'is closed' },
  'the page closes itself in the same task': { leave: 'closes itself' },
  'the renderer crashes while the server hangs': {
    weather: { hang: true },
    async strike({ page, asked }) {
      await until(() => asked() > 0, 'the server is asked');
      const session = await page.context().newCDPSession(page);
      await Promise.race([page.waitForEvent('crash'), session.send('Page.crash')]); // the command is never answered
    },
  },
  'SIGKILL of the browser at once': { weather: SLOW, strike: killAfter(0), counts: false },
  'SIGKILL after 100 ms': { weather: SLOW, strike: killAfter(100) },
  'SIGKILL after 1 s': { weather: SLOW, strike: killAfter(SECOND) },
  'the server answers 500 for 5 s': { weather: { status: 500 }, lasts: 5 * SECOND },
  'the server answers 429 for 2 s, `Retry-After: 2`': {
    weather: { status: 429, retryAfter: 2 },
    lasts: 2 * SECOND,
  },
  'the server answers 401 for 3 s': { weather: { status: 401 }, lasts: 3 * SECOND },
  'the connection breaks for 5 s': { weather: { cut: 'before' }, lasts: 5 * SECOND },
  'offline, SIGKILL after 1 s': { offline: true, strike: killAfter(SECOND) },
  'taken, but the answer is lost': {
    weather: { cut: 'after' },
    strike: ({ missing }) => until(() => missing() === 0, 'everything is taken'),
    lives: true,
  },
};

/** What the collector says of the ten facts of one client. */
interface Outcome {
  /** Facts that never arrived. */
  lost: number;
  /** Facts that came again under another messageId. */
  remade: number;
  /** Deliveries of a messageId that had been taken before. */
  duplicates: number;
}

interface Row {
  fault: string;
  counts: boolean;
  runs: Record<string, Outcome>[];
}

const rows: Row[] = Object.entries(FAULTS).map(([fault, { counts = true }]) => ({ fault, counts, runs: [] }));

const nameOf = (event: string, { conversation_id: conversation }: Record<string, any>) =>
  `${event} of ${conversation}`;

/** A visitor with a client on the page, which has said who it is. */
async function enter(shop: Shop, client: string, run: number) {
  const key = `${client}-${run}`;
  shop.show(`/${key}`, CLIENTS[client]!(key, shop.origin('collector')));
  const visitor = await shop.visitor();
  const mine = ({ writeKey }: Told) => writeKey === key;
  /** messageIds by fact. */
  const ids = () => {
    const found = new Map(FACTS.map((fact) => [nameOf(...fact), [] as string[]]));
    for (const { event, properties, messageId } of shop.collector.messages().filter(mine))
      if (event) found.get(nameOf(event, properties))!.push(messageId);
    return found;
  };
  const missing = () => [...ids().values()].filter((all) => all.length === 0).length;
  /** Requests that brought facts. */
  const asked = () =>
    shop.collector.requests().filter(({ messages }) => messages.some((one) => mine(one) && one.event)).length;

  /** A tab without a history may close itself. */
  const open = async () => {
    const opener = await visitor.goto('/blank');
    const [page] = await Promise.all([
      visitor.browser().waitForEvent('page'),
      opener.run((path) => void window.open(path, '_blank', 'noopener'), `/${key}`),
    ]);
    await page.waitForLoadState();
    return page;
  };
  let page: Page = await open();
  const told = () => shop.collector.messages().some((one) => mine(one) && one.type === 'identify');
  await until(told, `${key} says who the visitor is`);
  await page.evaluate(() => window.idle());

  return {
    client,
    run,
    visitor,
    missing,
    asked,
    get page() {
      return page;
    },
    async tell(leave: Fault['leave']) {
      const closed = leave === 'closes itself' && page.waitForEvent('close');
      const next = leave === 'navigates' && page.waitForURL('**/*?next');
      const told = page.evaluate(
        ([facts, leave]) => {
          const work = () => {
            for (const fact of facts) window.tell(...fact);
            if (leave === 'navigates') location.search = 'next';
            if (leave === 'closes itself') window.close();
          };
          if (leave === 'closes itself')
            setTimeout(work); // else the page is gone before it has answered
          else work();
        },
        [FACTS, leave] as const,
      );
      const close = leave === 'is closed' && page.close(); // on its way before the page has answered
      await Promise.all([told, closed, next, close]);
    },
    /** Waits until nothing more arrives. */
    async calm(patience: number) {
      const end = Date.now() + LONGEST;
      let count = -1;
      let since = 0;
      do {
        if (count !== asked()) [count, since] = [asked(), Date.now()];
        await delay(100);
      } while (Date.now() < Math.min(end, since + (missing() ? patience : CALM)));
    },
    /** The visitor is back, in the same tab if it is still there. */
    async reopen(lives: boolean) {
      if (lives) await page.goto(`/${key}`);
      else page = await open();
    },
    outcome(): Outcome {
      const { byMessageId } = shop.collector.profiles().duplicates;
      const all = [...ids().values()];
      return {
        lost: missing(),
        remade: all.filter(({ length }) => length > 1).length,
        duplicates: all.flat().reduce((sum, id) => sum + (byMessageId[id] ?? 0), 0),
      };
    },
  };
}

async function measure(shop: Shop, fault: string): Promise<Record<string, Outcome>[]> {
  const { weather, lasts, offline, leave, strike, lives = !strike && !leave } = FAULTS[fault]!;
  const players: Player[] = [];
  for (let run = 0; run < RUNS; run++)
    for (const client of Object.keys(CLIENTS)) players.push(await enter(shop, client, run));

  for (const group of lasts ? [players] : players.map((one) => [one])) {
    shop.collector.weather(weather);
    const over = delay(lasts);
    for (const player of group) {
      if (offline) await player.visitor.offline();
      await player.tell(leave);
      await strike?.(player);
    }
    await over;
    shop.collector.weather();
    if (lives) await Promise.all(group.map(({ calm }) => calm(CALM)));
  }
  if (leave !== 'navigates') for (const { reopen } of players) await reopen(lives);
  await Promise.all(players.map(({ calm }) => calm(PATIENCE)));

  const runs: Record<string, Outcome>[] = [];
  for (const { client, run, outcome } of players) runs[run] = { ...runs[run], [client]: outcome() };
  return runs;
}

/** A count is worth nothing where the collector could not read what came. */
function expectAllRead(shop: Shop) {
  const unread = shop.collector
    .requests()
    .filter(({ messages, errors }) => !messages.length && !/broke off/.test(`${errors[0]?.reason}`));
  expect(unread).toEqual([]);
}

afterAll(() => {
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify({ facts: FACTS.length, rows }, null, 2));
});

describe('chatstone', () => {
  test.each(rows)('$fault', async (row) => {
    const shop = await openShop();
    shop.show('/blank', { script: false });
    row.runs = await measure(shop, row.fault);
    console.info(row.fault, row.runs);
    expectAllRead(shop);
    const { conflicts } = shop.collector.profiles();
    expect(conflicts.filter(({ first }) => first.writeKey.startsWith('chatstone'))).toEqual([]);
    if (row.counts)
      for (const { chatstone } of row.runs) expect(chatstone).toMatchObject({ lost: 0, remade: 0 });
  });
});
