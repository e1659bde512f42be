// What is lost and what comes twice: ten facts, told in one task, and then a fault. chatstone stands beside other clients, each
// as its documentation begins, and beside a naive queue: the same faults, a fresh profile for every run of a row, a site of
// its own for each client in it. `npm run bench:survival` runs it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  openShop,
  SECOND,
  type Shop,
  type ShopPage,
  type Tab,
  until,
  type Visitor,
} from '../browser/harness.ts';
import { bundle } from '../browser/remotes.ts';
import { openCollector, type Weather } from './collector.ts';
import { type Disk, openDisk } from './disk.ts';

const POWER = process.env['POWER'] === '1'; // the rows in which it is cut, and no others
const QUICK = process.env['QUICK'] === '1';
const RUNS = Number(process.env['RUNS'] ?? (QUICK ? 1 : 3));
const OUTPUT = join(import.meta.dirname, '../../.cache/survival.json');
const LANES = 2; // rows at once
const CALM = 1.5 * SECOND; // after the last request
const PATIENCE = (QUICK ? 10 : 25) * SECOND; // the same, where something is missing: some clients look seldom for what is left
const STAY = (QUICK ? 5 : 25) * SECOND; // the same, in the page that has lived through the fault
const LONGEST = 60 * SECOND;
const LATE = 2 * SECOND;
const TWENTY = QUICK ? 6 : 20; // seconds

type Fact = [name: string, properties: { conversation_id: string }];
type Player = Awaited<ReturnType<typeof enter>>;

const TALKS: Record<string, string[]> = {
  one: [
    'chat_opened',
    'chat_first_message_sent',
    'chat_assigned',
    'chat_agent_replied',
    'chat_resolved',
    'chat_csat_submitted',
  ],
  two: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved'],
};
const MORE: Record<string, object> = {
  chat_assigned: { agent_team: 'care' },
  chat_csat_submitted: { csat_score: 5 },
};
const TEN = Object.entries(TALKS).flatMap(([conversation_id, names]) =>
  names.map((name): Fact => [name, { conversation_id, ...MORE[name] }]),
);
const THOUSAND = Array.from(
  { length: 1000 },
  (_, i): Fact => ['chat_opened', { conversation_id: `talk-${i}` }],
);
const HELLO: Fact = ['chat_opened', { conversation_id: 'hello' }]; // shows that a client works here

declare global {
  interface Window {
    /** Tells one fact; while the client's script is loading, to a list that it takes over. */
    tell(...fact: Fact): void;
    waiting: Fact[];
    /** This very page, not one that was loaded again. */
    same?: true;
  }
}

const CLIENTS = ['chatstone', 'customerio', 'segment', 'rudderstack', 'snowplow', 'posthog', 'naive'];

interface Fault {
  row: string;
  /** Whether chatstone must lose nothing here. Not where the page ends before anything can have been written. */
  decides?: false;
  /** Who takes part, and why nobody else. */
  only?: { clients: string[]; why: string };
  facts?: Fact[];
  storage?: 'full' | 'no IndexedDB' | 'none';
  /** The client's script comes after the facts. */
  late?: true;
  weather?: Weather;
  /** The server is not there. `offline`: and the browser knows; emulation alone lets the last requests of a page pass. */
  away?: 'refused' | 'offline';
  /** How long that lasts, in milliseconds. */
  lasts?: number;
  /** The page goes in the task in which it tells. */
  leave?: 'navigates' | 'closes itself';
  /** A conversation in each of two tabs. */
  tabs?: 2;
  /** Keeps the back/forward cache. */
  bfcache?: true;
  /** The page lives through what happens after that task. */
  stays?: true;
  /** What happens after that task; `kill` ends the browser, for each client alone. */
  strike?(player: Player): Promise<unknown>;
  kill?: number;
  /** With it goes what is not on the disk. */
  cut?: true;
  /** What chatstone would be if it did not ask for `durability: 'strict'`. */
  relaxed?: true;
}

const SLOW: Weather = { delay: 150 };
/** Waits until something is so, and not for ever: some clients never come there. */
async function atMost(milliseconds: number, look: () => boolean) {
  for (const end = Date.now() + milliseconds; !look() && Date.now() < end; ) await delay(25);
}

const navigate = ({ page }: Player) => page.goto('/blank');

/** By hand: as root, on Linux. */
const CUTS: Fault[] = [500, 3000].flatMap((kill): Fault[] => {
  const row = `the power is cut ${kill / SECOND} s later, the server is away`;
  const only = { clients: ['chatstone'], why: 'not run: chatstone alone' };
  return [
    { row, away: 'refused', kill, cut: true },
    { row: `${row}, relaxed writes`, away: 'refused', kill, cut: true, relaxed: true, only, decides: false },
  ];
});

const STORIES: Fault[] = [
  { row: 'no fault' },
  { row: 'SIGKILL of the browser at once, 150 ms network', weather: SLOW, kill: 0, decides: false },
  { row: 'SIGKILL after 100 ms, 150 ms network', weather: SLOW, kill: 100 },
  { row: 'SIGKILL after 1 s, 150 ms network', weather: SLOW, kill: SECOND },
  {
    row: 'the renderer crashes while the server hangs',
    weather: { hang: true },
    async strike({ page, collector, asked }) {
      await atMost(10 * SECOND, () => collector.asked > asked());
      const session = await page.context().newCDPSession(page);
      await Promise.race([page.waitForEvent('crash'), session.send('Page.crash')]); // the command is never answered
      await page.close();
    },
  },
  { row: 'navigation in the same task', leave: 'navigates' },
  { row: 'the tab closes in the same task', leave: 'closes itself' },
  {
    row: 'a server that takes 3 s, another page of the shop after 200 ms',
    weather: { delay: 3 * SECOND },
    async strike({ page }) {
      await delay(200);
      await page.goto(`${page.url()}?next`);
    },
  },
  {
    row: 'a server that takes 3 s, a page without any script after 200 ms',
    weather: { delay: 3 * SECOND },
    async strike(player) {
      await delay(200);
      await navigate(player);
    },
  },
  { row: `the server answers 500 for ${TWENTY} s`, weather: { status: 500 }, lasts: TWENTY * SECOND },
  {
    row: 'the server answers 429 for 2 s, `Retry-After: 2`',
    weather: { status: 429, retryAfter: 2 },
    lasts: 2 * SECOND,
  },
  { row: 'the server answers 401 for 3 s', weather: { status: 401 }, lasts: 3 * SECOND },
  { row: `connections are refused for ${TWENTY} s`, away: 'refused', lasts: TWENTY * SECOND },
  ...(QUICK
    ? []
    : [{ row: 'connections are refused for 120 s', away: 'refused', lasts: 120 * SECOND } satisfies Fault]),
  {
    row: 'offline, navigation after 1 s',
    away: 'offline',
    async strike({ page }) {
      await delay(SECOND);
      await page.goto('/blank').catch(() => page.close()); // offline there is no page to go to
    },
  },
  { row: 'offline, SIGKILL after 1 s', away: 'offline', kill: SECOND },
  {
    row: 'taken, but the answer is lost',
    weather: { cut: 'after' },
    async strike({ collector, missing }) {
      await atMost(10 * SECOND, () => missing() === 0);
      collector.weather = {};
    },
    stays: true,
  },
  { row: 'localStorage and IndexedDB are full', storage: 'full' },
  { row: 'IndexedDB is blocked', storage: 'no IndexedDB' },
  {
    row: 'all storage is blocked, connections are refused, navigation after 1 s',
    storage: 'none',
    away: 'refused',
    async strike(player) {
      await delay(SECOND);
      await navigate(player);
    },
    decides: false,
  },
  { row: 'two tabs close together', tabs: 2, leave: 'closes itself' },
  {
    row: 'the server answers 500; away, and back from the back/forward cache',
    weather: { status: 500 },
    bfcache: true,
    stays: true,
    async strike({ page, collector, note }) {
      await delay(500);
      await page.run(() => void Object.assign(window, { same: true }));
      await page.run(() => void (location.href = '/blank'));
      await delay(SECOND);
      collector.weather = {};
      await page.back();
      if (!(await page.run(() => window.same))) note('the page was loaded again');
    },
  },
  {
    row: '1,000 facts are found at start',
    facts: THOUSAND,
    away: 'refused',
    only: { clients: ['chatstone', 'naive'], why: 'not run: asked of queues on disk' },
    async strike({ page }) {
      await delay(5 * SECOND);
      await page.close();
    },
  },
  { row: `the script comes ${LATE / SECOND} s after the facts`, late: true },
];

const FAULTS = POWER ? CUTS : STORIES;

/** What the collector says of the facts of one client. */
interface Outcome {
  /** Facts that never arrived. */
  lost: number;
  /** Deliveries of an id that had been taken before. */
  duplicates: number;
  /** Facts that came under a second id. */
  remade: number;
  /** Facts that arrived after a later one of their conversation. */
  disordered: number;
  /** What was not as the row says. */
  note?: string;
}

/** Why a client cannot be driven in a row. */
interface Absence {
  not: string;
}

interface Row {
  row: string;
  decides: boolean;
  facts: number;
  runs: Record<string, Outcome | Absence>[];
}

const rows = FAULTS.map(
  ({ row, decides = true, facts = TEN }): Row => ({ row, decides, facts: facts.length, runs: [] }),
);
const unread: string[] = [];
const failures: string[] = [];

const BLOCK = {
  'no IndexedDB': ['indexedDB'],
  none: ['indexedDB', 'localStorage', 'sessionStorage'],
  full: [],
};
const block = (storage: keyof typeof BLOCK) =>
  BLOCK[storage].map(
    (name) =>
      `Object.defineProperty(window, '${name}', { get() { throw new DOMException('blocked', 'SecurityError'); } });`,
  );

/** Before all else: takes the strictness out of every write. */
const RELAXED = `{
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    return transaction.call(this, stores, mode, { durability: 'relaxed' });
  };
}`;

function pageOf(client: string, url: string, { storage, relaxed }: Fault): ShopPage {
  const blocked = (storage ? block(storage).join('\n') : '') + (relaxed ? RELAXED : '');
  if (client === 'chatstone')
    return {
      script: { apiHost: url },
      config: { user: { email: 'ann@example.com' } },
      inline: `${blocked} window.tell = (...fact) => chatstone('milestone', ...fact);`,
    };
  return {
    script: false,
    inline: `${blocked}
      window.waiting = [];
      window.tell = (...fact) => waiting.push(fact);`,
    head: `<script async src="/clients/${client}.js" data-url="${url}"></script>`,
  };
}

const scriptOf = (client: string) =>
  bundle(`
    import { start } from '../../bench/clients/${client}.ts';
    window.tell = start(document.currentScript.dataset.url);
    for (const fact of window.waiting) window.tell(...fact);`);

/** In the page: leaves no room for anything more. */
function fill() {
  for (let size = 1 << 20; size; size >>= 1)
    try {
      for (let i = 0; ; i++) localStorage.setItem(`filler-${size}-${i}`, 'x'.repeat(size));
    } catch (error) {
      if ((error as Error).name !== 'QuotaExceededError') throw error;
    }
}

/** In the page: IndexedDB takes nothing more either. */
async function expectFull() {
  const opening = indexedDB.open('full', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('full').put('x'.repeat(1 << 20), 'x');
  await new Promise<void>((resolve, reject) => {
    opening.onsuccess = () => reject(new Error('IndexedDB has room'));
    opening.onerror = () => resolve();
  });
}

/** A tab with a client on the page, which works. */
async function enter(shop: Shop, visitor: Visitor, client: string, fault: Fault, place: string) {
  const { facts = TEN, leave, late, storage, tabs = 1 } = fault;
  const collector = await openCollector(client);
  const path = `/${client}-${place}`;
  const site = shop.origin(client);
  const named = (conversation: string, name: string) => `${name} of ${conversation}`;
  const told = facts.map(([name, { conversation_id }]) => named(conversation_id, name));
  const arrived = () =>
    collector.arrivals
      .map(({ id, conversation, name }) => ({ id, conversation, fact: named(conversation, name) }))
      .filter(({ fact }) => told.includes(fact));
  const missing = () => told.length - new Set(arrived().map(({ fact }) => fact)).size;
  let before = 0;
  let remark: string | undefined;

  async function open(): Promise<Tab> {
    const tab = await visitor.newTab(`${site}/blank`);
    if (storage === 'full') {
      const session = await tab.context().newCDPSession(tab);
      await tab.run(fill);
      await session.send('Storage.overrideQuotaForOrigin', { origin: site, quotaSize: 1 });
      await tab.run(expectFull);
    }
    if (late)
      await tab.route(/\/(clients\/\w+|dist\/chatstone)\.js/, async (route) => {
        await delay(LATE);
        await route.continue();
      });
    await tab.goto(site + path, { waitUntil: 'domcontentloaded' });
    return tab;
  }
  /** One that may close itself: a script has opened it. */
  async function openClosable(): Promise<Page> {
    const opener = await visitor.newTab(`${site}/blank`);
    const [page] = await Promise.all([
      visitor.browser().waitForEvent('page'),
      opener.run((path) => void window.open(path, '_blank', 'noopener'), path),
    ]);
    await page.waitForLoadState();
    await opener.close();
    return page;
  }

  shop.show(path, pageOf(client, collector.url, fault));
  if (client !== 'chatstone') shop.show(`/clients/${client}.js`, await scriptOf(client));
  const pages: Page[] = [];
  for (let i = 0; i < tabs; i++) pages.push(leave === 'closes itself' ? await openClosable() : await open());
  // Where storage is spoilt, some clients do not begin at all: that is what the row counts.
  if (storage) await delay(2 * SECOND);
  else if (!late) {
    for (const page of pages) await page.evaluate((fact) => window.tell(...fact), HELLO);
    await until(() => collector.arrivals.length, 'it delivers where nothing is wrong', 15 * SECOND);
    await delay(500); // it hears of that
  }
  before = collector.asked;

  return {
    client,
    collector,
    visitor,
    missing,
    note(what: string) {
      remark = what;
    },
    /** Requests with facts before the fault. */
    asked: () => before,
    get page() {
      return pages[0] as Tab;
    },
    async tell() {
      const closed = leave === 'closes itself' && pages.map((page) => page.waitForEvent('close'));
      const next = leave === 'navigates' && pages[0]!.waitForURL('**/*?next');
      const shares = tabs === 2 ? Object.keys(TALKS) : [undefined];
      const work = ([facts, leave]: [Fact[], Fault['leave']]) => {
        const all = () => {
          for (const fact of facts) window.tell(...fact);
          if (leave === 'navigates') location.search = 'next';
          if (leave === 'closes itself') window.close();
        };
        if (leave === 'closes itself')
          setTimeout(all); // else the page is gone before it has answered
        else all();
      };
      await Promise.all([
        ...pages.map((page, i) => {
          const share = facts.filter(
            ([, { conversation_id }]) => !shares[i] || conversation_id === shares[i],
          );
          return page.evaluate(work, [share, leave] as [Fact[], Fault['leave']]);
        }),
        ...(closed || []),
        next,
      ]);
    },
    /** Waits until nothing more arrives. */
    async calm(patience: number) {
      const end = Date.now() + LONGEST;
      let count = -1;
      let since = 0;
      do {
        if (count !== collector.asked) [count, since] = [collector.asked, Date.now()];
        await delay(100);
      } while (Date.now() < Math.min(end, since + (missing() ? patience : CALM)));
    },
    /** The visitor is back. */
    async reopen() {
      const tab = pages[0] as Tab;
      if (tab.isClosed() || fault.bfcache || leave) pages[0] = await open();
      else await tab.goto(site + path, { waitUntil: 'domcontentloaded' });
    },
    outcome(): Outcome {
      const ids = new Map<string, string[]>();
      const last = new Map<string, number>();
      let disordered = 0;
      for (const { id, conversation, fact } of arrived()) {
        const known = ids.get(fact) ?? [];
        ids.set(fact, [...known, id]);
        if (known.length) continue;
        const at = told.indexOf(fact);
        if (at < (last.get(conversation) ?? -1)) disordered++;
        else last.set(conversation, at);
      }
      const all = [...ids.values()];
      return {
        lost: missing(),
        duplicates: all.reduce((sum, ids) => sum + ids.length - new Set(ids).size, 0),
        remade: all.filter((ids) => new Set(ids).size > 1).length,
        disordered,
        ...(remark && { note: remark }),
      };
    },
  };
}

async function strikeAll(
  players: Player[],
  { weather, away, lasts, strike, kill }: Fault,
  disk: Disk | undefined,
) {
  disk?.sync();
  for (const { collector } of players) {
    collector.weather = weather ?? {};
    if (away) await collector.shut();
  }
  if (away === 'offline') await players[0]?.visitor.offline();
  const over = delay(lasts);
  for (const player of players) {
    await player.tell();
    await strike?.(player);
    if (kill === undefined) continue;
    await delay(kill);
    await player.visitor.restart('kill', disk?.cut);
  }
  await over;
  if (away === 'offline') await players[0]?.visitor.online();
  for (const { collector } of players) {
    collector.weather = {};
    if (away) await collector.reopen();
  }
}

async function measure(shop: Shop, fault: Fault, place: string, disk?: Disk): Promise<Row['runs'][number]> {
  if (disk) process.env['TMPDIR'] = disk.path; // where the visitor's profile will be
  const visitor = await shop.visitor({ bfcache: fault.bfcache, restarts: true });
  const found: Row['runs'][number] = {};
  const players: Player[] = [];
  const come = async (client: string) => {
    try {
      const player = await enter(shop, visitor, client, fault, place);
      players.push(player);
      return [player];
    } catch (error) {
      found[client] = { not: (error as Error).message };
      return [];
    }
  };
  const clients = fault.only?.clients ?? CLIENTS;
  if (fault.kill !== undefined)
    for (const client of clients) await strikeAll(await come(client), fault, disk);
  else if (fault.leave === 'closes itself') {
    for (const client of clients) await come(client);
    await strikeAll(players, fault, disk);
  } else {
    await Promise.all(clients.map(come));
    await strikeAll(players, fault, disk);
  }
  const stays = fault.stays ?? (!fault.leave && !fault.strike && fault.kill === undefined);
  if (stays) await Promise.all(players.map(({ calm }) => calm(STAY)));
  for (const { reopen } of players) await reopen();
  await Promise.all(players.map(({ calm }) => calm(PATIENCE)));

  for (const { client, outcome, collector } of players) {
    found[client] = outcome();
    unread.push(...collector.unread.map((what) => `${client}, ${fault.row}: ${what}`));
    await collector.shut();
  }
  await visitor.browser().close();
  const absent = CLIENTS.filter((client) => !clients.includes(client));
  return { ...found, ...Object.fromEntries(absent.map((client) => [client, { not: fault.only!.why }])) };
}

beforeAll(async () => {
  const wanted = FAULTS.filter(({ row }) => new RegExp(process.env['ROWS'] ?? '').test(row));
  const shop = await openShop();
  shop.show('/blank', { script: false });
  const jobs = wanted.flatMap((fault) => Array.from({ length: RUNS }, (_, run) => ({ fault, run })));
  const lane = async (disk?: Disk) => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { fault, run } = job;
      const began = Date.now();
      const at = FAULTS.indexOf(fault);
      const result = await measure(shop, fault, `${at}-${run}`, disk).catch((error: Error) => error);
      if (result instanceof Error)
        failures.push(`${fault.row}: ${result.stack}`); // the other rows go on
      else rows[at]!.runs.push(result);
      console.info(`${fault.row} (${Math.round((Date.now() - began) / SECOND)} s)\n`, result);
    }
  };
  if (POWER) {
    const disk = openDisk();
    await lane(disk).finally(disk.close);
  } else await Promise.all(Array.from({ length: LANES }, () => lane()));
  mkdirSync(dirname(OUTPUT), { recursive: true });
  writeFileSync(OUTPUT, JSON.stringify({ clients: CLIENTS, rows, unread }, null, 2));
}, 3_600_000);

describe('chatstone', () => {
  test.each(rows.filter(({ decides }) => decides))('survives: $row', ({ runs }) => {
    for (const { chatstone } of runs) expect(chatstone).toMatchObject({ lost: 0, remade: 0 });
  });
});

describe('the bench', () => {
  test('came to an end in every row', () => {
    expect(failures).toEqual([]);
  });
});

describe('the collector', () => {
  test('could read every body', () => {
    expect(unread).toEqual([]);
  });
});
