// What a page pays before anybody chats: one file where there is no widget, two more where there is one, and nothing is kept.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openShop, SECOND, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, tracks } from './steps.ts';

const files = (visitor: Visitor) =>
  visitor.requests.flatMap(({ url }) => /\/dist\/(chatstone[\w-]*\.js)/.exec(url)?.[1] ?? []);
const databases = (page: Tab) => page.run(async () => (await indexedDB.databases()).map(({ name }) => name));

async function expectNothing(page: Tab) {
  expect(await databases(page)).toEqual([]);
  expect(await page.storage()).toEqual({
    indexedDB: NOTHING,
    localStorage: NOTHING,
    sessionStorage: NOTHING,
    cookies: NOTHING,
  });
}

const FORM = '<form action="/newsletter"><input type="email" id="mail"><button>Go</button></form>';

describe('a page of a shop', () => {
  test('without a widget asks for one file and keeps nothing, whatever the visitor does there', async () => {
    const shop = await openShop({ body: `<h1>Hats</h1>${FORM}<button id="buy">Buy</button>`, script: {} });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#buy');
    await page.fill('#mail', 'ada@example.com');
    await call(page, 'context', { product_sku: 'H-1' });
    await call(page, 'consent', 'granted');
    await aWhile();
    expect(files(visitor)).toEqual(['chatstone.js']);
    await expectNothing(page);
    expect(shop.collector.requests()).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('with a widget asks for its file too, and keeps nothing before the first word', async () => {
    const shop = await openShop({
      body: FORM,
      widget: 'tawk',
      script: { client: 'none', anonymous: 'send' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(() => files(visitor).length === 3, 'the widget is found');
    await aWhile();
    const early = ['chatstone-listening.js', 'chatstone-tawk.js', 'chatstone.js'];
    expect(files(visitor).sort()).toEqual(early);
    await expectNothing(page);
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    expect(files(visitor).sort()).toEqual([...early, 'chatstone-engine.js'].sort());
    expect(await databases(page)).toEqual(['chatstone']);
  });

  test('without a widget takes up what an earlier page left', async () => {
    const shop = await openShop({ widget: 'tawk', script: { client: 'none' } });
    shop.show('/faq', { body: '<h1>Questions</h1>', script: { client: 'none' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await until(async () => (await databases(page)).includes('chatstone'), 'it is kept');
    await visitor.goto('/faq');
    await until(
      () => files(visitor).filter((name) => name === 'chatstone-listening.js').length > 1,
      'it looks',
    );
    await call(page, 'identify', { email: 'ada@example.com' });
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
  });

  test('that calls something is heard, though nothing else is there', async () => {
    const shop = await openShop({ body: '<h1>Thanks</h1>', script: { client: 'none' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/thanks');
    await call(page, 'identify', { email: 'ada@example.com' });
    await page.run(() => {
      dispatchEvent(new CustomEvent('chatstone', { detail: { widget: 'ours', type: 'opened' } }));
    });
    await until(() => arrived(shop).length === 1, 'she arrives');
    await call(page, 'milestone', 'chat_opened', { widget: 'ours', conversation_id: '7' });
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    expect(files(visitor).sort()).toEqual(['chatstone-engine.js', 'chatstone-listening.js', 'chatstone.js']);
  });

  test('hears the opening that brings all else: the click before it is not forgotten', async () => {
    const shop = await openShop({
      body: `<button id="open" onclick="dispatchEvent(new CustomEvent('chatstone', { detail: { type: 'opened' } }))">Chat</button>`,
      script: { client: 'none', anonymous: 'send' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await aWhile();
    await page.click('#open');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
  });

  /** Opens a page of a home-made widget, whose half that listens comes when the test says so. */
  async function slow(body: string) {
    const shop = await openShop({
      body,
      inline: `
        const shared = {};
        window.tell = (detail) =>
          dispatchEvent(new CustomEvent('chatstone', { detail: Object.assign(shared, detail) }));`,
      script: { client: 'none', anonymous: 'send' },
    });
    const visitor = await shop.visitor();
    let come = () => {};
    const there = new Promise<void>((resolve) => {
      come = resolve;
    });
    await visitor.browser().route(/chatstone-listening/, async (route) => {
      await there;
      await route.continue();
    });
    const page = await visitor.goto('/hats');
    return { shop, visitor, page, come };
  }
  const tell = (page: Tab, detail: object) =>
    page.run((detail) => {
      (window as any).tell(detail);
    }, detail);

  test('takes an event of a home-made widget as it was, however late what listens comes', async () => {
    const { shop, page, come } = await slow(
      `<button id="open" onclick="tell({ type: 'opened' })">Chat</button>`,
    );
    const from = Date.now();
    await page.click('#open');
    await tell(page, { type: 'message', from: 'visitor', conversation: '7' });
    await tell(page, { type: 'ended' });
    const to = Date.now();
    await delay(2 * SECOND); // longer than a gesture is fresh
    come();
    const all = ['chat_opened', 'chat_first_message_sent', 'chat_resolved'];
    await until(() => arrived(shop).length >= all.length, 'all of it arrives').catch(() =>
      expect(arrived(shop)).toEqual(all),
    );
    expect(arrived(shop)).toEqual(all);
    for (const { timestamp } of tracks(shop)) {
      expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(from);
      expect(Date.parse(timestamp)).toBeLessThanOrEqual(to);
    }
  });

  test('counts no opening that was made by itself, though somebody clicks until what listens comes', async () => {
    const { shop, visitor, page, come } = await slow('<button id="buy">Buy</button>');
    await tell(page, { type: 'opened' });
    await until(() => files(visitor).includes('chatstone-listening.js'), 'it is asked for');
    await page.click('#buy');
    await tell(page, { type: 'message', from: 'visitor' });
    come();
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'it is heard');
    expect(arrived(shop)).not.toContain('chat_opened');
  });

  test('takes calls and events in their order: what one customer says is not told of the next', async () => {
    const { shop, page, come } = await slow('<h1>Hats</h1>');
    const says = (conversation: string) => tell(page, { type: 'message', from: 'visitor', conversation });
    for (const name of ['ada', 'ben']) {
      await call(page, 'identify', { email: `${name}@example.com` });
      await says(`of ${name}`);
      await call(page, 'reset');
    }
    await says('of nobody');
    come();
    await until(() => tracks(shop).length >= 3, 'all arrive');
    await aWhile();
    expect(tracks(shop).map((one) => [one.userId, one.properties.conversation_id])).toEqual([
      ['ada@example.com', 'of ada'],
      ['ben@example.com', 'of ben'],
      [undefined, 'of nobody'],
    ]);
  });

  test('counts no opening that nobody has made', async () => {
    const shop = await openShop({ body: '<p>Hats</p>', script: { client: 'none', anonymous: 'send' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.run(() => {
      dispatchEvent(new CustomEvent('chatstone', { detail: { type: 'opened' } }));
    });
    await until(() => files(visitor).includes('chatstone-engine.js'), 'it is heard');
    await aWhile();
    expect(arrived(shop)).toEqual([]);
  });

  test('that has denied keeps nothing of its order, not for a moment', async () => {
    const shop = await openShop({
      body: '<h1>Thanks</h1>',
      config: { order: { order_id: '7' }, user: { email: 'ada@example.com' } },
      inline: `
        window.kept = [];
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (...given) {
          kept.push(given[0]);
          return setItem.apply(this, given);
        };
        chatstone('consent', 'denied');`,
      script: { client: 'none' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/thanks');
    await until(() => files(visitor).includes('chatstone-listening.js'), 'it comes');
    await aWhile();
    expect(await page.run(() => (window as any).kept)).toEqual([]);
    expect(files(visitor)).not.toContain('chatstone-engine.js');
    await expectNothing(page);
  });

  test('whose HTML takes the name of what is asked hides only what is asked so', async () => {
    const shop = await openShop({
      body: '<img name="getElementsByTagName" alt="">',
      widget: 'tawk',
      script: { client: 'none', anonymous: 'send', consent: 'granted' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(() => files(visitor).includes('chatstone-tawk.js'), 'the widget is found');
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
  });

  test('hears its widget as soon as both files come, which at first did not', async () => {
    const shop = await openShop({
      widget: 'tawk',
      script: { client: 'none', anonymous: 'send' },
      travels: true,
    });
    const visitor = await shop.visitor();
    const FILES = /chatstone-(listening|tawk)\.js/;
    await visitor.browser().route(FILES, (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await visitor.goto('/hats');
    await until(() => files(visitor).length === 3, 'both are asked for');
    await aWhile();
    await visitor.browser().unroute(FILES);
    await shop.travel(40 * SECOND);
    await until(() => files(visitor).filter((name) => name === 'chatstone-tawk.js').length > 1, 'it comes');
  });

  test('hears that the client of the page logged out before anything was read there', async () => {
    const shop = await openShop({ widget: 'tawk', script: { client: 'none' } });
    shop.show('/bye', {
      script: { client: 'none' },
      // As the `reset` of Customer.io's client and of Segment's does it.
      inline: `setTimeout(() => {
        localStorage.removeItem('ajs_anonymous_id');
        for (const domain of ['', '; domain=localhost', '; domain=' + location.hostname])
          document.cookie = 'ajs_anonymous_id=; path=/; max-age=0' + domain;
      }, 20);`,
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await call(page, 'identify', { email: 'ada@example.com' });
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    await call(page, 'flush');
    const { visitor: before } = await call(page, 'status');
    await visitor.goto('/bye');
    await aWhile();
    const after = await call(page, 'status');
    expect(after.visitor).not.toBe(before);
    expect(after.identity).toEqual({});
    await call(page, 'identify', { phone: '+44 1' });
    await call(page, 'flush');
    await aWhile();
    expect(shop.collector.profiles().profiles.filter(({ email }: any) => email)).toHaveLength(1);
  });
});
