// The vendors' own npm packages as the site's code, with chatstone beside them. What they load from their servers is not on
// npm: at its address stands a fake, which takes over the queue that the package made.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, test } from 'vitest';
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Source } from '../../src/core/types.ts';
import { sources } from '../../src/sources/index.ts';
import { userlike } from '../../src/sources/userlike.ts';
import { arrived, aWhile, call } from '../journeys/steps.ts';
import { openShop, type Shop, type Tab, until, type Visitor } from './harness.ts';

const ROOT = join(import.meta.dirname, '../..');
const ADA = 'ada@example.com';
const CANARY = 'canary-7d21';
const OPTIONS = { writeKey: 'key', client: 'none', anonymous: 'send' };
const WIDGET = `window.fake = install(window, { late: true }); window.fake.load();`;

interface Vendor {
  tells: Source['tells'];
  /** Its source is not in the tag: the site takes it from chatstone's own package. */
  npm?: boolean;
  /** What the package loads, by address. */
  remote: Record<string, { fake: string } | { json: unknown }>;
}

const VENDORS: Record<string, Vendor> = {
  intercom: {
    tells: sources.intercom().tells,
    remote: { 'https://widget.intercom.io/widget/app': { fake: WIDGET } },
  },
  crisp: {
    tells: sources.crisp().tells,
    remote: { 'https://client.crisp.chat/l.js': { fake: WIDGET } },
  },
  livechat: {
    tells: sources.livechat().tells,
    remote: { 'https://cdn.livechatinc.com/tracking.js': { fake: WIDGET } },
  },
  front: {
    tells: sources.front().tells,
    // It is the site that says `init`.
    remote: {
      'https://chat-assets.frontapp.com/v1/chat.bundle.js': {
        fake: `window.fake = install(window, { late: true, init: false }); window.fake.load();`,
      },
    },
  },
  smartsupp: {
    tells: sources.smartsupp().tells,
    remote: { 'https://www.smartsuppchat.com/loader.js': { fake: WIDGET } },
  },
  userlike: {
    tells: userlike({ messenger: null }).tells,
    npm: true,
    remote: {
      'https://userlike-cdn-widgets.s3-eu-west-1.amazonaws.com/umm-manifest.json': {
        json: ['https://userlike-cdn-widgets.s3-eu-west-1.amazonaws.com/umm.js'],
      },
      // Runs in a frame of the package's, and is told the window of the page.
      'https://userlike-cdn-widgets.s3-eu-west-1.amazonaws.com/umm.js': {
        fake: `window.run = async (settings, page) => ({
          createMessenger: (version) => async () => ({
            kind: 'success',
            value: {
              api: {
                version,
                mount: () => ({
                  subscribe(observer) {
                    const mounted = (value) => observer.next({ kind: 'success', value });
                    page.fake = install(page, { mounted });
                  },
                }),
              },
            },
          }),
        });`,
      },
    },
  },
};

/** One script of a module, as a shop's bundler makes it: with the packages that it imports, its exports in `window.site`. */
async function bundle(code: string): Promise<string> {
  const entry = join(import.meta.dirname, 'sites/entry.js');
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'site' } },
  });
  const { output } = [built].flat()[0] as Rolldown.RolldownOutput;
  return output[0].code;
}

/** In the page: chatstone is there, if it comes at all. */
const here = () =>
  document.readyState !== 'loading' &&
  (!document.querySelector('script[src="/dist/chatstone.js"]') || !!(window as any).chatstone.started);

/** Puts what the package loads at its address. It comes after chatstone, as far as the tag is on the page. */
async function serveRemote(visitor: Visitor, name: string) {
  const headers = { 'access-control-allow-origin': '*' };
  for (const [address, answer] of Object.entries(VENDORS[name]!.remote)) {
    if ('json' in answer) {
      await visitor.browser().route(address, (route) => route.fulfill({ json: answer.json, headers }));
      continue;
    }
    const body = await bundle(`import { install } from '../../../demo/widgets/${name}.js'; ${answer.fake}`);
    await visitor.browser().route(address, async (route) => {
      const page = route.request().frame().page() as Tab;
      await until(() => page.run(here), 'chatstone is here');
      await route.fulfill({ body, contentType: 'text/javascript', headers });
    });
  }
}

/** In the page: the site sets up its chat, and handlers of its own, in the words of the vendor's package. */
async function speak() {
  const { site, heard } = Object.assign(window as any, { heard: [] as string[] });
  await site.start();
  await site.listen((what: string) => heard.push(what));
}

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
  await until(() => page.run(() => window.fake?.loaded), 'the widget is loaded');
  const found = async () => (await call(page, 'status')).widgets[name]?.found;
  if (chatstone) await until(found, 'the widget is found');
  return page;
}

/** A person talks; what of it the vendor lets the page know is another matter. Returns what the site's handlers heard. */
async function talk(page: Tab): Promise<string[]> {
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
  return page.run(() => (window as any).heard);
}

const expectNoTrace = async (shop: Shop, visitor: Visitor, page: Tab) =>
  expect(
    JSON.stringify([
      shop.collector.requests(),
      visitor.requests.filter(({ type }) => type !== 'document'),
      visitor.console,
      await page.storage(),
    ]),
  ).not.toContain(CANARY);

describe("the vendor's package", () => {
  for (const [name, { tells, remote, npm }] of Object.entries(VENDORS))
    test.each(['before', 'after'])(`of ${name} is used %s chatstone, and both hear all`, async (order) => {
      const shop = await openShop();
      const visitor = await shop.visitor();
      await serveRemote(visitor, name);
      const site = await bundle(readFileSync(join(import.meta.dirname, `sites/${name}.js`), 'utf8'));
      const alone = await talk(await visit(visitor, name, site, order, false));
      expect(new Set(alone).size).toBeGreaterThan(1);

      const options = { ...OPTIONS, ...(npm && { apiHost: shop.origin('collector') }) };
      const page = await visit(visitor, name, site, order, options);
      expect(await talk(page)).toEqual(alone);

      const expected = [
        ...(tells.some((told) => told.startsWith('identity')) ? ['identify'] : []),
        ...MILESTONES.filter((milestone) => tells.some((told) => told.replace('?', '') === milestone)),
      ];
      await until(() => expected.every((one) => arrived(shop).includes(one)), 'what it tells arrives');
      await aWhile();
      const milestones = arrived(shop).filter((one) => one !== 'identify');
      expect(milestones.sort()).toEqual(expected.filter((one) => one !== 'identify').sort());

      expect(visitor.strangers().map(({ url }) => url)).toEqual([
        ...Object.keys(remote),
        ...Object.keys(remote),
      ]);
      expect(await call(page, 'status')).toMatchObject({
        queued: { customerio: 0 },
        dropped: {},
        errors: {},
      });
      expect(visitor.errors).toEqual([]);
      expect(visitor.console).toEqual([]);
      await expectNoTrace(shop, visitor, page);
    });
});
