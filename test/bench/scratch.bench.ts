// What is lost and what comes twice: ten facts, told in one task, and then a fault. chatstone stands beside Customer.io's own
// client in the same run: the same weather, the same collector, a browser each. `npm run bench:losses` runs it.
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
const OUTPUT = fileURLToPath(new URL('../../.cache/losses-scratch.json', import.meta.url));
const CALM = 1.5 * SECOND; // after the last request, where everything has arrived
const PATIENCE = 5 * SECOND; // the same, where something is missing
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

/** Each is on its own page and known to the collector by its write key. */
const CLIENTS: Record<string, (collector: string) => ShopPage> = {
  chatstone: () => ({
    script: { writeKey: 'chatstone' },
    config: { user: { email: ANN } },
    inline: `window.idle = () => chatstone('flush');
      window.tell = (name, properties) => chatstone('milestone', name, properties);`,
  }),
  customerio: (collector) => ({
    script: false,
    head: `<script src="/vendor/cdp-analytics-browser.js"></script>
      <script>
        const client = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'customerio', cdnURL: '${collector}' });
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
  /** How long the weather lasts. */
  lasts?(player: Player): Promise<unknown>;
  offline?: true;
  /** The page goes in the task in which it tells. */
  leave?: 'navigates' | 'closes itself' | 'is closed';
  /** Ends the page after that task. */
  strike?(player: Player): Promise<unknown>;
}

const seconds = (count: number) => () => delay(count * SECOND);

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
  'the server answers 500 for 5 s': { weather: { status: 500 }, lasts: seconds(5) },
  'the server answers 429 for 2 s, `Retry-After: 2`': {
    weather: { status: 429, retryAfter: 2 },
    lasts: seconds(2),
  },
  'the server answers 401 for 3 s': { weather: { status: 401 }, lasts: seconds(3) },
  'the connection breaks for 5 s': { weather: { cut: 'before' }, lasts: seconds(5) },
  'offline, SIGKILL after 1 s': { offline: true, strike: killAfter(SECOND) },
  'taken, but the answer is lost': {
    weather: { cut: 'after' },
    lasts: ({ missing }) => until(() => missing() === 0, 'everything is taken'),
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

const rows = Object.entries(FAULTS).map(([fault, { counts = true }]) => ({
  fault,
  counts,
  runs: [] as Record<string, Outcome>[],
}));

const nameOf = (event: string, { conversation_id: conversation }: Record<string, any>) =>
  `${event} of ${conversation}`;

/** A visitor with a client on the page, which has said who it is. */
async function enter(shop: Shop, client: string) {
  const visitor = await shop.visitor();
  const mine = ({ writeKey }: Told) => writeKey === client;
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
      opener.run((path) => void window.open(path, '_blank', 'noopener'), `/${client}`),
    ]);
    await page.waitForLoadState();
    return page;
  };
  let page: Page = await open();
  const told = () => shop.collector.messages().some((one) => mine(one) && one.type === 'identify');
  await until(told, `${client} says who the visitor is`);
  await page.evaluate(() => window.idle());

  return {
    client,
    visitor,
    missing,
    ids,
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
    async calm() {
      const end = Date.now() + LONGEST;
      let count = -1;
      let since = 0;
      do {
        if (count !== asked()) [count, since] = [asked(), Date.now()];
        await delay(100);
      } while (Date.now() < Math.min(end, since + (missing() ? PATIENCE : CALM)));
    },
    /** The visitor is back, in the same tab if it is still there. */
    async reopen(lives: boolean) {
      if (lives) await page.goto(`/${client}`);
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

async function run(shop: Shop, fault: string): Promise<Record<string, Outcome>> {
  const { weather, lasts, offline, leave, strike } = FAULTS[fault]!;
  const lives = !strike && (!leave || leave === 'navigates');
  const players = await Promise.all(Object.keys(CLIENTS).map((client) => enter(shop, client)));
  const all = (work: (player: Player) => Promise<unknown>) => Promise.all(players.map(work));

  shop.collector.weather(weather);
  if (offline) await all(({ visitor }) => visitor.offline());
  await all(async (player) => {
    await player.tell(leave);
    await strike?.(player);
    await lasts?.(player);
  });
  shop.collector.weather();
  if (lives) await all(({ calm }) => calm());
  await all(({ reopen }) => reopen(lives));
  await all(({ calm }) => calm());
  for (const p of players) console.info('LEFT', p.client, JSON.stringify(await p.page.evaluate(() => Object.fromEntries(Object.entries({ ...localStorage }).map(([k, v]) => [k.slice(0,60), String(v).length])))), shop.collector.requests().filter((r) => !r.messages.length).length, [...p.ids()].filter(([,v])=>!v.length).map(([k])=>k).join());
  return Object.fromEntries(players.map(({ client, outcome }) => [client, outcome()]));
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

describe.each(rows)('$fault', ({ fault, counts, runs }) => {
  test.each(Array.from({ length: RUNS }, (_, i) => i + 1))('run %i', async () => {
    const shop = await openShop();
    for (const [client, page] of Object.entries(CLIENTS))
      shop.show(`/${client}`, page(shop.origin('collector')));
    shop.show('/blank', { script: false });
    const outcome = await run(shop, fault);
    runs.push(outcome);
    console.info(fault, outcome);
    expectAllRead(shop);
    const conflicts = shop.collector
      .profiles()
      .conflicts.filter(({ first }) => first.writeKey === 'chatstone');
    expect(conflicts).toEqual([]); // one messageId, one fact
    if (counts) expect(outcome['chatstone']).toMatchObject({ lost: 0, remade: 0 });
  });
});
