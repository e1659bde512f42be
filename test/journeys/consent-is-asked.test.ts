import { describe, expect, test } from 'vitest';
import {
  MINUTE,
  openShop,
  type Shop,
  type ShopOptions,
  type Stored,
  type Tab,
  until,
} from '../browser/harness.ts';
import {
  arrived,
  aWhile,
  call,
  consentState,
  during,
  expectWithin,
  nameOf,
  noteWrites,
  queued,
  rows,
  tracks,
  writes,
} from './steps.ts';

const ANN = 'ann@example.com';
const EMPTY: Stored = { indexedDB: {}, localStorage: {}, sessionStorage: {}, cookies: {} };

const shopThatAsks = ({ script, inline = '', ...page }: ShopOptions = {}) =>
  openShop({
    widget: 'tawk',
    inline: `(${noteWrites})();${inline}`,
    ...page,
    script: { client: 'none', consent: 'manual', ...script },
  });

/** A talk with an address in it. */
async function talk(page: Tab) {
  await page.click('#chat');
  await page.run((email) => window.fake.prechat({ name: 'Ann', email }), ANN);
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run(() => window.fake.agent('A nine'));
}
const TALK = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent', 'chat_agent_replied'];

async function expectNoTrace(shop: Shop, page: Tab) {
  expect(await page.storage()).toEqual(EMPTY);
  expect(await writes(page)).toEqual([]);
  expect(shop.collector.log()).toEqual([]);
}

describe('consent is withheld', () => {
  test('and nothing is stored, nothing is asked of anybody', async () => {
    const shop = await shopThatAsks();
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await talk(page);
    await call(page, 'identify', { email: ANN });
    await call(page, 'purchase', { order_id: '7' });
    await call(page, 'flush');
    await aWhile();
    expect(await call(page, 'status')).toMatchObject({
      consent: { state: 'pending' },
      visitor: '',
      widgets: { tawk: { found: true } },
    });
    await visitor.goto('/socks'); // leaving tells nothing either
    await aWhile();
    await expectNoTrace(shop, page);
    // The tag's further files are of its own folder, and carry nothing there.
    const asked = visitor.requests.filter(({ url }) => /chatstone-|collector/.test(url));
    expect(asked.filter(({ url }) => !/\/dist\/chatstone-(listening|tawk)\.js$/.test(url))).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('until it is granted: what waited is told with its own times and pages', async () => {
    const shop = await shopThatAsks({ travels: true });
    const page = await (await shop.visitor()).goto('/hats');
    const opened = await during(page, () => page.click('#chat'));
    await shop.travel(3 * MINUTE);
    await page.run(() => history.pushState({}, '', '/hats/red'));
    const asked = await during(page, () => page.run(() => window.fake.visitor('What size is it?')));
    await shop.travel(2 * MINUTE);
    await page.run(() => history.pushState({}, '', '/hats/blue'));
    const known = await during(page, () => page.run((email) => window.fake.prechat({ email }), ANN));
    await shop.travel(4 * MINUTE);
    await expectNoTrace(shop, page);

    await call(page, 'consent', 'granted');
    await until(() => tracks(shop).length === 3, 'what waited arrives');
    await aWhile();
    const [identify, ...milestones] = shop.collector.messages();
    expect(milestones.map(nameOf)).toEqual(['chat_opened', 'chat_topic_set', 'chat_first_message_sent']);
    expect(identify).toMatchObject({ userId: ANN, traits: { email: ANN } });
    expectWithin(identify!, known);
    expectWithin(milestones[0]!, opened);
    expectWithin(milestones[1]!, asked);
    expectWithin(milestones[2]!, asked);
    expect([...milestones, identify!].map(({ context }) => context.page.path)).toEqual([
      '/hats',
      '/hats/red',
      '/hats/red',
      '/hats/blue',
    ]);
    const { localStorage, cookies } = await page.storage();
    const { anonymousId } = identify!;
    expect(cookies).toEqual({ ajs_anonymous_id: anonymousId });
    expect(localStorage['ajs_anonymous_id']).toBe(`"${anonymousId}"`);
    for (const milestone of milestones) expect(milestone).toMatchObject({ anonymousId, userId: ANN });
  });

  test('until it is refused: what waited is forgotten, and only what comes after a later yes is told', async () => {
    const shop = await shopThatAsks();
    const page = await (await shop.visitor()).goto('/hats');
    await talk(page);
    await call(page, 'consent', 'denied');
    await page.run(() => window.fake.visitor('Hello?'));
    await aWhile();
    await expectNoTrace(shop, page);
    expect(await consentState(page)).toBe('denied');
    await call(page, 'consent', 'granted');
    await page.run(() => window.fake.visitor('Now you may know'));
    await call(page, 'identify', { email: ANN });
    await until(() => tracks(shop).length === 1, 'the message arrives');
    await aWhile();
    expect(tracks(shop).map(nameOf)).toEqual(['chat_first_message_sent']);
  });
});

describe('consent is withdrawn', () => {
  /** A visitor with records that wait, as the collector takes none. */
  async function grantedTalk(shop: Shop) {
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await call(page, 'consent', 'granted');
    shop.collector.weather({ status: 500 });
    await talk(page);
    await until(async () => (await queued(page)).length >= 5, 'the talk waits');
    return { visitor, page };
  }

  test('in the moment in which it was granted: what is being read is not written back', async () => {
    const { visitor } = await grantedTalk(await shopThatAsks());
    const page = await visitor.goto('/socks');
    expect(Object.keys((await page.storage()).cookies)).toContain('ajs_anonymous_id');
    await page.run(() => {
      const { count } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.count = function (...args) {
        queueMicrotask(() => (window as any).chatstone('consent', 'denied')); // what the pages before left is on its way
        return count.apply(this, args);
      };
      (window as any).chatstone('consent', 'granted');
    });
    await until(async () => !(await page.storage()).indexedDB['chatstone'], 'the database is gone');
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
  });

  test('and everything of ours is gone, the visitor id too, on all tabs', async () => {
    const shop = await shopThatAsks();
    const { visitor, page } = await grantedTalk(shop);
    await page.run(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as the checkout's pixel does
      document.cookie = 'chatstone_user=V1|somebody; path=/; secure';
    });
    const other = await visitor.newTab('/socks');
    await call(other, 'consent', 'granted');
    await other.run(() => window.fake.visitor('Hello from here'));
    await until(async () => (await call(other, 'status')).storage === 'indexeddb', 'the other tab works');
    await until(() => shop.collector.requests().length, 'a first try fails');

    await page.bringToFront();
    await call(page, 'consent', 'denied');
    await until(async () => !(await page.storage()).indexedDB['chatstone'], 'the database is gone');
    const requests = shop.collector.requests().length;
    shop.collector.weather();
    for (const tab of [page, other]) {
      await tab.run(() => window.fake.visitor('Hello?'));
      await call(tab, 'identify', { email: ANN });
      await call(tab, 'flush');
    }
    expect(await consentState(other)).toBe('denied');
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
    await visitor.goto('/socks');
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
    expect(shop.collector.requests()).toHaveLength(requests);
    expect(shop.collector.messages()).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  for (const place of ['cookie', 'localStorage'] as const)
    test(`but a visitor id that stood in the ${place} before us stays`, async () => {
      const before = {
        cookie: 'document.cookie = "ajs_anonymous_id=theirs; path=/; domain=shop.localhost"',
        localStorage: `localStorage.setItem('ajs_anonymous_id', '"theirs"')`,
      }[place];
      const shop = await shopThatAsks({ inline: `${before};` });
      const { page } = await grantedTalk(shop);
      expect((await queued(page)).every(({ anonymousId }) => anonymousId === 'theirs')).toBe(true);
      await call(page, 'consent', 'denied');
      await until(async () => !(await page.storage()).indexedDB['chatstone'], 'the database is gone');
      await aWhile();
      const { localStorage, cookies } = await page.storage();
      expect(Object.keys(localStorage).filter((key) => /chatstone/.test(key))).toEqual([]);
      if (place === 'cookie') expect(cookies).toEqual({ ajs_anonymous_id: 'theirs' });
      else expect(localStorage).toEqual({ ajs_anonymous_id: '"theirs"' });
    });

  test('in the very task of a message, and nothing of it stays or goes', async () => {
    const shop = await shopThatAsks();
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await call(page, 'consent', 'granted');
    await call(page, 'status'); // the engine is there
    await page.run((email) => {
      window.fake.prechat({ email });
      window.fake.visitor('Hello');
      (window as any).chatstone('consent', 'denied');
    }, ANN);
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
    expect(shop.collector.requests()).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('while a message is on its way into the database, and nothing of it stays', async () => {
    const shop = await shopThatAsks();
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await call(page, 'consent', 'granted');
    await call(page, 'status');
    await page.run(async () => {
      for (let tries = 0; tries < 20; tries++) {
        window.fake.visitor('Hello');
        await new Promise((resolve) => setTimeout(resolve, tries / 4));
        (window as any).chatstone('consent', 'denied');
        await new Promise((resolve) => setTimeout(resolve, 30));
        const left = localStorage.ajs_anonymous_id ?? document.cookie;
        if (left) throw new Error(`after ${tries / 4} ms a visitor id stands there: ${left}`);
        (window as any).chatstone('consent', 'granted');
        await (window as any).chatstone('status');
      }
      (window as any).chatstone('consent', 'denied');
    });
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
    expect(visitor.errors).toEqual([]);
  });

  test('and granted again: a new visitor id, and nothing of the time before', async () => {
    const shop = await shopThatAsks();
    const { page } = await grantedTalk(shop);
    const [{ anonymousId: before }] = (await queued(page)) as [any];
    await call(page, 'consent', 'denied');
    await until(async () => !(await page.storage()).indexedDB['chatstone'], 'the database is gone');
    shop.collector.weather();
    await call(page, 'consent', 'granted');
    await talk(page);
    await page.run(() => window.fake.visitor('Once more'));
    await call(page, 'identify', { email: ANN });
    await until(
      () => tracks(shop).some((message) => nameOf(message) === 'chat_first_message_sent'),
      'it works again',
    );
    await aWhile();
    for (const { anonymousId } of shop.collector.messages()) expect(anonymousId).not.toBe(before);
    expect(new Set(shop.collector.messages().map(({ anonymousId }) => anonymousId)).size).toBe(1);
    expect([...(await rows(page, 'q/')), ...(await rows(page, 'in/'))]).toEqual([]);
  });
});

describe('consent is left to whoever manages it on the page', () => {
  const auto = (page: ShopOptions) => shopThatAsks({ ...page, script: { consent: 'auto' } });

  const SIGNS: Record<string, ShopOptions> = {
    'window.Shopify': { inline: 'window.Shopify = {};' },
    'window.__tcfapi': { inline: 'window.__tcfapi = function () {};' },
    'the frame __tcfapiLocator': { body: '<iframe name="__tcfapiLocator" hidden></iframe>' },
    'window.OptanonWrapper': { inline: 'window.OptanonWrapper = function () {};' },
    'a script of OneTrust': {
      body: '<script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>',
    },
    'a script of Cookiebot': { body: '<script async src="https://consent.cookiebot.com/uc.js"></script>' },
  };
  for (const [sign, page] of Object.entries(SIGNS))
    test(`${sign} keeps us waiting until the page says yes`, async () => {
      const shop = await auto(page);
      const tab = await (await shop.visitor()).goto('/hats');
      await talk(tab);
      await aWhile();
      expect(await consentState(tab)).toBe('pending');
      await expectNoTrace(shop, tab);
      await call(tab, 'consent', 'granted');
      await until(() => tracks(shop).length === 4, 'what waited arrives');
      expect(tracks(shop).map(nameOf)).toEqual(TALK);
    });

  test('without a sign by the load of the page it is granted, not before', async () => {
    const shop = await auto({ head: '<script src="/slow.js" defer></script>' });
    const visitor = await shop.visitor();
    let come = () => {};
    const here = new Promise<void>((resolve) => (come = resolve));
    await visitor.browser().route('**/slow.js', async (route) => {
      await here;
      return route.fulfill({ contentType: 'text/javascript', body: '' });
    });
    const page = visitor.browser().pages()[0]!;
    await page.goto('/hats', { waitUntil: 'commit' });
    const state = () => page.evaluate(async () => (await (window as any).chatstone('status'))?.consent.state);
    expect(await until(state, 'chatstone runs')).toBe('pending');
    come();
    await until(async () => (await state()) === 'granted', 'it is granted');
  });

  test('a manager that comes late takes over: no write and no request until it is granted', async () => {
    const shop = await auto({});
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    shop.collector.weather({ status: 500 });
    await talk(page);
    await until(async () => (await queued(page)).length >= 5, 'the talk waits');
    await page.run(() => {
      const script = document.createElement('script');
      script.src = 'https://cdn.cookielaw.org/scripttemplates/otSDKStub.js';
      document.head.append(script);
    });
    await until(async () => (await consentState(page)) === 'pending', 'the manager has taken over');
    shop.collector.weather();
    await aWhile();
    const requests = shop.collector.requests().length;
    const written = (await writes(page)).length;
    await page.run(() => window.fake.end());
    await call(page, 'flush');
    await aWhile();
    expect(shop.collector.requests()).toHaveLength(requests);
    expect(await writes(page)).toHaveLength(written);
    expect(shop.collector.messages()).toEqual([]);

    await call(page, 'consent', 'granted');
    await until(() => tracks(shop).length === 5, 'all of it arrives');
    await aWhile();
    expect(tracks(shop).map(nameOf)).toEqual([...TALK, 'chat_resolved']);
  });

  test('a manager that comes late and says no has all of it deleted', async () => {
    const shop = await auto({});
    const page = await (await shop.visitor()).goto('/hats');
    await talk(page);
    await until(() => tracks(shop).length === 4, 'the talk arrives');
    await page.run(() => void Object.assign(window, { __tcfapi() {} }));
    await until(async () => (await consentState(page)) === 'pending', 'the manager has taken over');
    await call(page, 'consent', 'denied');
    await until(async () => !(await page.storage()).indexedDB['chatstone'], 'the database is gone');
    await page.run(() => window.fake.visitor('Hello?'));
    await aWhile();
    expect(await page.storage()).toEqual(EMPTY);
    expect(arrived(shop).filter((name) => name !== 'identify')).toEqual(TALK);
  });
});

describe('Global Privacy Control', () => {
  const on = 'Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });';

  test('is a refusal where the site honours it so', async () => {
    const shop = await shopThatAsks({ inline: on, config: { gpc: 'deny' }, script: { consent: 'auto' } });
    const page = await (await shop.visitor()).goto('/hats');
    await talk(page);
    await aWhile();
    expect((await call(page, 'status')).consent).toEqual({ state: 'denied', by: 'gpc' });
    await expectNoTrace(shop, page);
  });

  test('is reported where the site says nothing', async () => {
    const shop = await shopThatAsks({ inline: on, script: { consent: 'auto' } });
    const page = await (await shop.visitor()).goto('/hats');
    await talk(page);
    await until(() => tracks(shop).length === 4, 'the talk arrives');
    for (const { context } of shop.collector.messages()) expect(context.gpc).toBe(true);
  });

  test('is not mentioned where it is off', async () => {
    const shop = await shopThatAsks({ script: { consent: 'granted' } });
    const page = await (await shop.visitor()).goto('/hats');
    await talk(page);
    await until(() => tracks(shop).length === 4, 'the talk arrives');
    for (const { context } of shop.collector.messages()) expect(context).not.toHaveProperty('gpc');
  });
});
