// chatstone.js is there, and chatstone-engine.js beside it is not: not copied, blocked, or out of reach.
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, during, expectWithin, rows } from './steps.ts';

const ANN = 'ann@example.com';
const ENGINE = '**/chatstone-engine.js*'; // it is asked for again under another address
const TALK = ['identify', 'chat_opened', 'chat_topic_set', 'chat_first_message_sent'];

const open = (inline?: string) => openShop({ widget: 'tawk', inline, script: { client: 'none' } });

async function talk(page: Tab) {
  await page.click('#chat');
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run((email) => window.fake.prechat({ email }), ANN);
}

const lines = (visitor: Visitor) => visitor.console.filter((line) => line.startsWith('[chatstone]'));

/** The signals that are kept, in the database or, from before it was open, in a note. */
async function kept(page: Tab): Promise<number> {
  const notes = Object.keys((await page.storage()).localStorage).map((key) => key.replace('chatstone:', ''));
  const keys = [...notes, ...(await rows(page)).map(([key]) => key)];
  return new Set(keys.filter((key) => key.startsWith('in/'))).size;
}

async function expectTalk(shop: Shop, page: Tab) {
  await until(() => arrived(shop).length >= TALK.length, 'the talk arrives');
  await aWhile();
  expect(arrived(shop)).toEqual(TALK);
  for (const message of shop.collector.messages())
    expect(message).toMatchObject({ userId: ANN, context: { page: { path: '/hats' } } });
  expect([...(await rows(page, 'in/')), ...(await rows(page, 'q/'))]).toEqual([]);
  expect(Object.keys((await page.storage()).localStorage).filter((key) => /^chatstone:/.test(key))).toEqual(
    [],
  );
}

const MISSING = {
  'is not found': { status: 404, body: 'Not found' },
  'is a page of the shop instead': { status: 200, contentType: 'text/html', body: '<h1>Oops</h1>' },
  'is broken': { status: 200, contentType: 'text/javascript', body: 'export const start = (' },
  'is another file': { status: 200, contentType: 'text/javascript', body: 'export const begin = 1' },
};

describe('a second file that', () => {
  for (const [how, answer] of Object.entries(MISSING))
    test(`${how}: all is kept and said in one line, and told on a later page where it is there`, async () => {
      const shop = await open();
      const visitor = await shop.visitor();
      await visitor.browser().route(ENGINE, (route) => route.fulfill(answer));
      const page = await visitor.goto('/hats');
      const span = await during(page, () => talk(page));
      await until(async () => (await kept(page)) === 3, 'three signals are kept');
      await call(page, 'flush');
      await aWhile();
      expect(shop.collector.requests()).toEqual([]);
      expect(lines(visitor)).toEqual([expect.stringMatching(/chatstone-engine\.js.*beside chatstone\.js/)]);
      const status = await call(page, 'status');
      expect(status).toMatchObject({ consent: { state: 'granted' }, widgets: { tawk: { found: true } } });
      expect(status.lastError).toMatch(/engine/);
      expect(visitor.errors).toEqual([]);

      await visitor.browser().unroute(ENGINE);
      await visitor.goto('/socks');
      await expectTalk(shop, page);
      for (const message of shop.collector.messages()) expectWithin(message, span);
      expect(lines(visitor)).toHaveLength(1);
    });

  test('is missing where there is no database: a note stands in, and is told on a later page', async () => {
    const shop = await open('Object.defineProperty(window, "indexedDB", { value: undefined });');
    const visitor = await shop.visitor();
    await visitor.browser().route(ENGINE, (route) => route.fulfill({ status: 404, body: '' }));
    const page = await visitor.goto('/hats');
    const span = await during(page, () => talk(page));
    await aWhile();
    expect(shop.collector.requests()).toEqual([]);
    expect(lines(visitor)).toHaveLength(1);

    await visitor.browser().unroute(ENGINE);
    await visitor.goto('/socks');
    await until(() => arrived(shop).length >= TALK.length, 'the talk arrives');
    await aWhile();
    expect(arrived(shop)).toEqual(TALK);
    for (const message of shop.collector.messages()) expectWithin(message, span);
    expect(visitor.errors).toEqual([]);
  });

  test('comes while the page is still open: the next signal brings all of it', async () => {
    const shop = await open();
    const visitor = await shop.visitor();
    await visitor.browser().route(ENGINE, (route) => route.fulfill({ status: 503, body: '' }));
    const page = await visitor.goto('/hats');
    await talk(page);
    await until(() => lines(visitor).length, 'it is said');
    await aWhile(); // until what the talk's last signal asked for has failed too
    await visitor.browser().unroute(ENGINE);
    await page.run(() => window.fake.agent('A nine'));
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the talk arrives');
    await aWhile();
    expect(arrived(shop)).toEqual([...TALK, 'chat_agent_replied', 'identify']);
    expect(lines(visitor)).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  test('is out of reach, as the network is: all of it goes when the network is back', async () => {
    const shop = await open();
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await visitor.offline();
    await talk(page);
    await aWhile();
    expect(await kept(page)).toBe(3);
    await visitor.online();
    await expectTalk(shop, page);
    expect(visitor.errors).toEqual([]);
  });
});
