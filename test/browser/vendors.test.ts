// The vendors' own npm packages as the site's code, with chatstone beside them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Source } from '../../src/core/types.ts';
import { sources } from '../../src/sources/index.ts';
import { arrived, aWhile, call } from '../journeys/steps.ts';
import { openShop, type Tab, until, type Visitor } from './harness.ts';
import { bundle, here, REMOTES, serveRemote } from './remotes.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADA = 'ada@example.com';
const CANARY = 'canary-7d21';
const OPTIONS = { writeKey: 'key', client: 'none', anonymous: 'send' };

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

/** What the site's own handlers heard. */
const heard = (page: Tab) => page.run(() => (window as any).heard as string[]);

/** Opens a page where the site speaks before or after chatstone, if that is there at all. */
async function visit(visitor: Visitor, name: string, site: string, order: string, chatstone: object | false) {
  const { npm } = VENDORS[name]!;
  const page = await visitor.goto(chatstone ? '/hats' : '/hats-alone', {
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

describe("the vendor's package", () => {
  for (const [name, { source, talk, npm }] of Object.entries(VENDORS))
    test.each(['before', 'after'])(`of ${name} is used %s chatstone, and both hear all`, async (order) => {
      const shop = await openShop();
      const visitor = await shop.visitor();
      const site = await bundle(readFileSync(join(import.meta.dirname, `sites/${name}.js`), 'utf8'));
      const visits: string[][] = [];
      let page!: Tab;
      for (const chatstone of [false, { ...OPTIONS, ...(npm && { apiHost: shop.origin('collector') }) }]) {
        await visitor.browser().unrouteAll();
        await serveRemote(visitor, REMOTES[name]!());
        page = await visit(visitor, name, site, order, chatstone);
        await talk(page);
        visits.push(await heard(page));
      }
      const [alone, together] = visits;
      expect(new Set(alone).size).toBeGreaterThan(1);
      expect(together).toEqual(alone);

      const tells = source.tells.map((told) => told.replace('?', ''));
      const expected = MILESTONES.filter((milestone) => tells.includes(milestone));
      const milestones = () => arrived(shop).filter((one) => one !== 'identify');
      await until(() => milestones().length >= expected.length, 'what it tells arrives');
      if (tells.includes('identity'))
        await until(() => arrived(shop).includes('identify'), 'so does who it is');
      await aWhile();
      expect(milestones().sort()).toEqual([...expected].sort());

      const remote = Object.keys(REMOTES[name]!());
      const addressOf = (url: string) =>
        remote.find((address) => url === address || url.startsWith(address.split('**')[0]!));
      expect(new Set(visitor.strangers().map(({ url }) => addressOf(url)))).toEqual(new Set(remote));
      expect(await call(page, 'status')).toMatchObject({
        queued: { customerio: 0 },
        dropped: {},
        errors: {},
      });
      expect(visitor.errors).toEqual([]);
      expect(visitor.console).toEqual([]);
      const ours = visitor.requests.filter((request) => !visitor.strangers().includes(request));
      expect(JSON.stringify([shop.collector.requests(), ours, await page.storage()])).not.toContain(CANARY);
    });

  test('of tawk.to listens to every event that we listen to', () => {
    const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
    const theirs = read('node_modules/@tawk.to/tawk-messenger-react/dist/tawk-messenger-react.es.js');
    const known = [...theirs.matchAll(/window\.addEventListener\("(tawk\w+)"/g)].map(([, event]) => event);
    const ours = read('src/sources/tawk.ts').match(/\btawk[A-Z]\w+/g)!;
    expect(ours.length).toBeGreaterThan(9);
    expect(ours.filter((event) => !known.includes(event))).toEqual([]);
  });
});
