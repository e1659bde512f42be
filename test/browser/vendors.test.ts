// The vendors' own npm packages as the site's code, with chatstone beside them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Source } from '../../src/core/types.ts';
import { sources } from '../../src/sources/index.ts';
import { aWhile, call, nameOf } from '../journeys/steps.ts';
import { openShop, type Shop, type Tab, until, type Visitor } from './harness.ts';
import { bundle, here, REMOTES, serveRemote } from './remotes.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADA = 'ada@example.com';
const CANARY = 'canary-7d21';
const ORDERS = ['before', 'after'] as const;
const OPTIONS = { writeKey: 'key', client: 'none', anonymous: 'send' };

type Order = (typeof ORDERS)[number];

interface Vendor {
  source: Source;
  talk: (page: Tab) => Promise<void>;
  /** The source is not in the tag: the site takes it from chatstone's package. */
  npm?: boolean;
}

const VENDORS: Record<string, Vendor> = {
  intercom: { source: sources.intercom(), talk },
  crisp: { source: sources.crisp(), talk },
  livechat: { source: sources.livechat(), talk },
  front: { source: sources.front(), talk },
  smartsupp: { source: sources.smartsupp(), talk },
  userlike: { source: sources.userlike({ messenger: null }), talk, npm: true },
  livelike: { source: sources.livelike(), talk: write },
};

/** In the page: the site sets up its chat, and handlers of its own, in the words of the vendor's package. */
async function speak() {
  const { site, heard } = Object.assign(window as any, { heard: [] as string[] });
  await site.start();
  await site.listen((what: string) => heard.push(what));
}

/** In the page: the site sets its handlers anew. Some vendors then call the later ones only, others all. */
const speakAgain = () => {
  const { site, heard } = window as any;
  return site.listen((what: string) => heard.push(`${what}, again`));
};

/** What the site's own handlers heard. */
const heard = (page: Tab) => page.run(() => (window as any).heard as string[]);

/** Opens a page where the site speaks before or after chatstone, if that is there at all. */
async function visit(visitor: Visitor, name: string, site: string, order: Order, chatstone: object | false) {
  const { npm } = VENDORS[name]!;
  const page = await visitor.goto(chatstone ? `/${order}` : `/${order}-alone`, {
    inline: `${site}\n${order === 'before' ? `window.spoken = (${speak})()` : ''}`,
    script: chatstone && !npm && { ...chatstone },
    body: '<button type="button" id="chat" onclick="site.open()">Chat</button>',
  });
  if (order === 'before') await page.run(() => (window as any).spoken);
  if (chatstone && npm) await page.run((options) => (window as any).site.chatstone(options), chatstone);
  await until(() => page.run(here), 'chatstone is here');
  if (order === 'after') await page.run(speak);
  const found = async () => (await call(page, 'status')).widgets[name]?.found;
  if (chatstone) await until(found, 'the widget is found');
  return page;
}

/** A person talks over a fake; what of it the vendor lets the page know is another matter. */
async function talk(page: Tab) {
  await until(() => page.run(() => window.fake?.loaded), 'the widget is loaded');
  await page.click('#chat');
  const steps = [
    (email: string) => window.fake.prechat({ email }),
    () => window.fake.visitor('canary-7d21 hello'),
    () => window.fake.assign({ id: 'agent-7', name: 'canary-7d21 Noor', team: 'Shop' }),
    () => window.fake.system('canary-7d21 Noor joined'),
    () => window.fake.close(),
    speakAgain,
    () => window.fake.agent('canary-7d21 a nine'),
    () => window.fake.popup(), // nobody asked for it
    () => window.fake.visitor('canary-7d21 thank you'),
    () => window.fake.agent('canary-7d21 anything else?'),
    () => window.fake.rate(1),
    () => window.fake.end(),
  ];
  for (const step of steps) await page.run(step, ADA);
}

/** A person writes in the vendor's own window, and somebody replies. */
async function write(page: Tab) {
  await page.click('#chat');
  for (const lines of [2, 3]) {
    await page.fill('livelike-chat textarea', 'canary-7d21 hello');
    await page.keyboard.press('Enter');
    await until(
      async () => (await heard(page)).filter((what) => what === 'messagereceived').length === lines,
      'the lines are shown',
    );
  }
}

/** Somebody talks on a page of the site alone, and then on one with chatstone. */
async function meet(shop: Shop, name: string, site: string, order: Order) {
  const { source, talk, npm } = VENDORS[name]!;
  const visitor = await shop.visitor();
  const options = { ...OPTIONS, ...(npm && { apiHost: shop.origin('collector') }) };
  const visits: string[][] = [];
  let page!: Tab;
  for (const chatstone of [false, options] as const) {
    await visitor.browser().unrouteAll();
    await serveRemote(visitor, REMOTES[name]!());
    page = await visit(visitor, name, site, order, chatstone);
    await talk(page);
    visits.push(await heard(page));
  }
  const [alone, together] = visits;
  expect(new Set(alone).size, `${order}: the site hears`).toBeGreaterThan(1);
  expect(together, `${order}: the site hears the same`).toEqual(alone);

  const tells = source.tells.map((told) => told.replace('?', ''));
  const expected = MILESTONES.filter((milestone) => tells.includes(milestone));
  const told = (type: string) =>
    shop.collector
      .messages()
      .filter((message) => message.type === type && message.context.page.path === `/${order}`)
      .map(nameOf);
  await until(() => told('track').length >= expected.length, `${order}: what it tells arrives`);
  if (tells.includes('identity')) await until(() => told('identify').length, `${order}: who it is arrives`);
  await aWhile();
  expect(told('track').sort(), order).toEqual([...expected].sort());

  const remote = Object.keys(REMOTES[name]!());
  const addressOf = (url: string) => remote.find((address) => url.startsWith(address.replace('**', '')));
  expect(new Set(visitor.strangers().map(({ url }) => addressOf(url)))).toEqual(new Set(remote));
  const { queued, dropped, errors } = await call(page, 'status');
  expect({ queued, dropped, errors }).toEqual({ queued: { customerio: 0 }, dropped: {}, errors: {} });
  expect(visitor.errors).toEqual([]);
  // LiveLike asks for news on and on, also while its page goes.
  const polling = /Error while polling|net::ERR_NAME_NOT_RESOLVED/;
  expect(visitor.console.filter((line) => !polling.test(line))).toEqual([]);
  const strangers = visitor.strangers();
  const ours = visitor.requests.filter((request) => !strangers.includes(request));
  expect(JSON.stringify([shop.collector.requests(), ours, await page.storage()])).not.toContain(CANARY);
}

describe("the vendor's package", () => {
  test.each(Object.keys(VENDORS))(
    'of %s is used before or after chatstone, and both hear all',
    async (name) => {
      const shop = await openShop();
      const site = await bundle(readFileSync(join(import.meta.dirname, `sites/${name}.js`), 'utf8'));
      await Promise.all(ORDERS.map((order) => meet(shop, name, site, order)));
    },
  );

  test('of tawk.to listens to every event that we listen to', () => {
    const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
    const theirs = read('node_modules/@tawk.to/tawk-messenger-react/dist/tawk-messenger-react.es.js');
    const known = [...theirs.matchAll(/window\.addEventListener\("(tawk\w+)"/g)].map(([, event]) => event);
    const ours = read('src/sources/tawk.ts').match(/\btawk[A-Z]\w+/g)!;
    expect(ours.length).toBeGreaterThan(9);
    expect(ours.filter((event) => !known.includes(event))).toEqual([]);
  });
});
