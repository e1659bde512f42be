import { describe, expect, test } from 'vitest';
import { openShop, SECOND, type Shop, type Tab, until } from '../browser/harness.ts';
import {
  arrived,
  aWhile,
  call,
  expectSameOnEveryTry,
  hide,
  markPassing,
  NOTHING,
  nameOf,
  rows,
  show,
} from './steps.ts';

const ADA = 'ada@example.com';
const RETRY_AFTER = 600; // seconds; longer than a slow machine takes for a story
const SPREAD = 300; // seconds after that; then each page has come, and one with the dice of these stories no sooner

const shopOfAda = (anonymous = 'hold') =>
  openShop({
    travels: true,
    script: { client: 'none', anonymous },
    config: anonymous === 'hold' ? { user: { email: ADA } } : {},
    // How long a backoff takes is chance; here it takes as long as it may.
    inline: 'Math.random = () => 0.999;',
  });

/** Something happens in a conversation of a home-made widget. */
const happens = (tab: Tab, conversation: string, event: string, more = {}) =>
  call(tab, 'milestone', event, { conversation_id: conversation, ...more });

const tries = (shop: Shop) => shop.collector.requests();
const untilTries = (shop: Shop, count: number) =>
  until(() => tries(shop).length >= count, `try number ${count}`);

/** The milestones that arrived, by conversation. */
function conversations(shop: Shop): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const message of shop.collector.messages())
    if (message.type === 'track') (all[message.properties.conversation_id] ??= []).push(nameOf(message));
  return all;
}

/** Nothing is left, nothing came twice as something else, nothing was counted as lost. */
async function expectAllIsWell(shop: Shop, tab: Tab) {
  expectSameOnEveryTry(shop);
  expect(shop.collector.profiles()).toMatchObject({ conflicts: [], errors: [] });
  await until(async () => (await rows(tab, 'q/')).length === 0, 'the queue is empty');
  expect(await rows(tab, 'in/')).toEqual([]);
  expect(await call(tab, 'status')).toMatchObject({
    queued: { customerio: 0 },
    delivered: shop.collector.messages().length,
    dropped: NOTHING,
  });
}

describe('the collector has bad weather', () => {
  test('nothing is lost through failure, overload and a cut connection', async () => {
    const shop = await shopOfAda();
    shop.collector.weather([
      { status: 500 },
      { status: 429, retryAfter: RETRY_AFTER },
      { status: 429, retryAfter: RETRY_AFTER, expose: false },
      { cut: 'after' },
    ]);
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/');
    await happens(tab, 'red', 'chat_opened');
    await untilTries(shop, 1);
    await happens(tab, 'blue', 'chat_opened');
    await happens(tab, 'red', 'chat_first_message_sent');
    await untilTries(shop, 2);

    // Nothing goes before the time that the server named.
    await happens(tab, 'red', 'chat_agent_replied');
    await call(tab, 'flush');
    await call(tab, 'identify', { phone: '020 7946 0000' });
    const second = await visitor.newTab('/other');
    await happens(second, 'blue', 'chat_first_message_sent');
    await call(second, 'flush');
    await second.close();
    await visitor.offline();
    await visitor.online();
    await visitor.goto('/elsewhere');
    await call(tab, 'flush');
    await shop.travel((RETRY_AFTER - 100) * SECOND);
    await call(tab, 'flush');
    await aWhile();
    expect(tries(shop).map(({ status }) => status)).toEqual([500, 429]);

    // Nor do all pages come at that very time.
    await shop.travel(200 * SECOND);
    await call(tab, 'flush');
    await aWhile();
    expect(tries(shop)).toHaveLength(2);

    // Then it goes by itself. A time that the page cannot read bounds nothing.
    await shop.travel((SPREAD - 100) * SECOND);
    await untilTries(shop, 3);
    await happens(tab, 'blue', 'chat_resolved');
    await happens(tab, 'red', 'chat_resolved');
    await untilTries(shop, 5);
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone');
    await aWhile();

    expect(tries(shop).map(({ status }) => status)).toEqual([
      500,
      429,
      429,
      0,
      ...tries(shop)
        .slice(4)
        .map(() => 200),
    ]);
    const [, busy, next] = tries(shop).map(({ at }) => Date.parse(at)) as [number, number, number];
    expect(next - busy).toBeGreaterThanOrEqual(RETRY_AFTER * SECOND);
    expect(conversations(shop)).toEqual({
      red: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved'],
      blue: ['chat_opened', 'chat_first_message_sent', 'chat_resolved'],
    });
    expect(arrived(shop)[0]).toBe('identify');
    const [profile] = shop.collector.profiles().profiles;
    expect(profile).toMatchObject({
      email: ADA,
      traits: { phone: '020 7946 0000', open_support_case: false },
    });
    expect(profile!.events).toHaveLength(7);
    // The cut connection: what was taken without an answer was told again, and nothing else was.
    const again = tries(shop)[3]!.messages.map(({ messageId }) => messageId);
    expect(Object.keys(shop.collector.profiles().duplicates.byMessageId).sort()).toEqual(again.sort());
    await expectAllIsWell(shop, tab);
  });

  test('Retry-After outlives the browser', async () => {
    const shop = await shopOfAda();
    shop.collector.weather([{ status: 429, retryAfter: RETRY_AFTER }]);
    const visitor = await shop.visitor({ restarts: true });
    let tab = await visitor.goto('/');
    await happens(tab, 'red', 'chat_opened');
    await until(async () => (await rows(tab, 'to/')).length, 'the answer is kept');
    await visitor.restart('kill');
    tab = await visitor.goto('/');
    await happens(tab, 'red', 'chat_first_message_sent');
    await call(tab, 'flush');
    await aWhile();
    expect(tries(shop)).toHaveLength(1);
    await shop.travel((RETRY_AFTER + SPREAD) * SECOND);
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone');
    expect(conversations(shop)).toEqual({ red: ['chat_opened', 'chat_first_message_sent'] });
    await expectAllIsWell(shop, tab);
  });

  test('Retry-After holds for another tab that leaves', async () => {
    const shop = await shopOfAda();
    shop.collector.weather({ status: 500 });
    const visitor = await shop.visitor();
    const [tab, other] = [await visitor.goto('/'), await visitor.newTab('/')];
    await happens(tab, 'red', 'chat_opened');
    await untilTries(shop, 3);
    await call(other, 'status'); // it has seen what waits
    shop.collector.weather({ status: 429, retryAfter: RETRY_AFTER });
    await call(tab, 'flush');
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].firm, 'the server was busy');
    const before = tries(shop).length;
    await hide(other);
    await other.close();
    await aWhile();
    expect(tries(shop)).toHaveLength(before);
  });

  test('Retry-After holds where a hidden page is told it', async () => {
    const shop = await shopOfAda();
    shop.collector.weather([{ status: 500 }, { status: 500 }, { status: 500 }]);
    const tab = await (await shop.visitor()).goto('/');
    await happens(tab, 'red', 'chat_opened');
    await untilTries(shop, 3);
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].tries === 3, 'the failure is kept');
    shop.collector.weather({ status: 429, retryAfter: RETRY_AFTER });
    await hide(tab); // sends what waits
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].firm, 'the server was busy');
    await show(tab);
    await call(tab, 'flush');
    await shop.travel((RETRY_AFTER - 100) * SECOND);
    await aWhile();
    expect(tries(shop).map(({ status }) => status)).toEqual([500, 500, 500, 429]);
  });

  test('Retry-After holds when a request that began later is taken', async () => {
    const shop = await shopOfAda();
    const tab = await (await shop.visitor()).goto('/');
    await happens(tab, 'red', 'chat_opened');
    await until(async () => arrived(shop).length === 2 && !(await rows(tab, 'q/')).length, 'all is taken');
    const before = tries(shop).length;
    shop.collector.weather([{ status: 429, retryAfter: RETRY_AFTER, delay: SECOND }, { delay: 3 * SECOND }]);
    await happens(tab, 'red', 'chat_first_message_sent');
    await untilTries(shop, before + 1);
    await happens(tab, 'red', 'chat_agent_replied');
    await until(async () => (await rows(tab, 'in/')).length === 0, 'it is settled');
    await hide(tab);
    await untilTries(shop, before + 2);
    await show(tab);
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].firm, 'the server was busy');
    await until(async () => (await rows(tab, 'q/')).length < 2, 'the second answer is there');
    await shop.travel((RETRY_AFTER - 100) * SECOND);
    await call(tab, 'flush');
    await aWhile();
    expect(
      tries(shop)
        .slice(before)
        .map(({ status }) => status),
    ).toEqual([429, 200]);
  });

  test('a hidden page keeps the order', async () => {
    const shop = await shopOfAda();
    const tab = await (await shop.visitor()).goto('/');
    await happens(tab, 'red', 'chat_opened');
    await until(async () => arrived(shop).length === 2 && !(await rows(tab, 'q/')).length, 'all is taken');
    const before = tries(shop).length;
    shop.collector.weather([{ status: 500, delay: SECOND }]);
    await happens(tab, 'red', 'chat_first_message_sent');
    await untilTries(shop, before + 1);
    await happens(tab, 'red', 'chat_agent_replied');
    await until(async () => (await rows(tab, 'in/')).length === 0, 'it is settled');
    await hide(tab);
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone');
    expect(conversations(shop)).toEqual({
      red: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied'],
    });
    await expectAllIsWell(shop, tab);
  });

  test('a page that comes back keeps the order', async () => {
    const shop = await shopOfAda();
    const tab = await (await shop.visitor()).goto('/');
    await happens(tab, 'red', 'chat_opened');
    await until(async () => arrived(shop).length === 2 && !(await rows(tab, 'q/')).length, 'all is taken');
    const before = tries(shop).length;
    shop.collector.weather([
      { status: 500 },
      { status: 500 },
      { status: 500 },
      { status: 500, delay: 4 * SECOND },
    ]);
    await happens(tab, 'red', 'chat_first_message_sent');
    await untilTries(shop, before + 3);
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].tries === 3, 'the failure is kept');
    await hide(tab);
    await untilTries(shop, before + 4);
    await show(tab);
    await happens(tab, 'red', 'chat_agent_replied');
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone', 20 * SECOND);
    expect(conversations(shop)).toEqual({
      red: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied'],
    });
    await expectAllIsWell(shop, tab);
  });

  test('a guest who becomes known in between is added to a message that was tried', async () => {
    const shop = await shopOfAda('send');
    shop.collector.weather([{ cut: 'after' }, { status: 429, retryAfter: RETRY_AFTER }]);
    const tab = await (await shop.visitor()).goto('/');
    await happens(tab, 'red', 'chat_opened');
    await untilTries(shop, 2);
    await call(tab, 'identify', { email: ADA });
    await aWhile();
    await shop.travel((RETRY_AFTER + SPREAD) * SECOND);
    await until(() => arrived(shop).length === 2, 'the identify arrives');
    await aWhile();
    expect(tries(shop).map(({ messages }) => messages.map(nameOf))).toEqual([
      ['chat_opened'],
      ['chat_opened'],
      ['identify'],
      ['chat_opened'],
    ]);
    expect(tries(shop).map(({ messages }) => messages.at(-1)!.userId)).toEqual([
      undefined,
      undefined,
      ADA,
      ADA,
    ]);
    expect(shop.collector.profiles()).toMatchObject({
      profiles: [{ email: ADA, events: [{ event: 'chat_opened' }] }],
      anonymous: [],
    });
    expectSameOnEveryTry(shop);
  });

  test('a message that passed through a client is the same on every try, on other pages too', async () => {
    const shop = await openShop({
      travels: true,
      script: { client: 'auto' },
      config: { user: { email: ADA } },
    });
    shop.collector.weather([{ status: 500 }, { cut: 'after' }, { status: 429, retryAfter: RETRY_AFTER }]);
    const visitor = await shop.visitor({ restarts: true });
    await markPassing(visitor);
    let tab = await visitor.goto('/hats?utm_source=mail', { title: 'Hats' });
    await happens(tab, 'red', 'chat_opened');
    await happens(tab, 'red', 'chat_first_message_sent');
    await until(async () => (await rows(tab, 'to/'))[0]?.[1].firm, 'the server was busy');
    await hide(tab);
    await visitor.restart('kill');
    tab = await visitor.goto('/socks', { title: 'Socks' });
    await happens(tab, 'red', 'chat_agent_replied');
    await aWhile();
    expect(tries(shop)).toHaveLength(3);
    await shop.travel((RETRY_AFTER + SPREAD) * SECOND);
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone');
    expect(conversations(shop)).toEqual({
      red: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied'],
    });
    const opened = shop.collector.messages().find((message) => nameOf(message) === 'chat_opened')!;
    expect(opened.context.page).toMatchObject({ path: '/hats', search: '?utm_source=mail' });
    const [identify] = shop.collector.messages();
    expect(identify!.context.passed).toMatch(/^identify /); // on the page that is gone
    expect([...expectSameOnEveryTry(shop).values()].some((all) => all.length > 2)).toBe(true);
    await expectAllIsWell(shop, tab);
  });

  test('what a guest did through a long outage arrives in order, in requests that outlive a page', async () => {
    const shop = await openShop({ travels: true, script: { client: 'none' } });
    shop.collector.weather([{ cut: 'after' }, { status: 500 }]);
    const tab = await (await shop.visitor()).goto('/');
    const steps = ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved'];
    const all = Array.from({ length: 120 }, (_, i) => [`c${i >> 2}`, steps[i % 4]!] as const);
    await tab.run((all) => {
      for (const [conversation_id, event] of all)
        (window as any).chatstone('milestone', event, { conversation_id });
    }, all);
    await until(async () => (await rows(tab, 'q/')).length === 120, 'all is kept');
    await call(tab, 'identify', { email: ADA });
    await until(async () => (await rows(tab, 'q/')).length === 0, 'everything has gone');
    await aWhile();
    const tracks = shop.collector.messages().slice(1);
    expect(arrived(shop)[0]).toBe('identify');
    expect(tracks.map((message) => [message.properties.conversation_id, nameOf(message)])).toEqual(all);
    const requests = tries(shop);
    expect(requests.map(({ status }) => status)).toEqual([0, 500, 200, 200, 200, 200]);
    for (const { body } of requests) expect(body.length).toBeLessThan(60_000);
    await expectAllIsWell(shop, tab);
  });
});
