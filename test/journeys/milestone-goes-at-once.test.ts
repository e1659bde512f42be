import { describe, expect, test } from 'vitest';
import { openShop, SECOND, type Shop, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, CLIENT, markPassing, nameOf, queued, rows } from './steps.ts';

const ADA = 'ada@example.com';
const AT_ONCE = 2 * SECOND;

/** A shop that notes the milestones as they are recorded. `auto` on a page without a client: ours is loaded when it is wanted. */
const openShopWith = (client: string, { user = {}, anonymous = 'hold' } = {}) =>
  openShop({
    widget: 'tawk',
    script: { client, anonymous },
    config: { user },
    inline: `window.noted = [];
      chatstone('on', 'milestone', (message) => noted.push(message));`,
  });

const noted = (tab: Tab): Promise<any[]> => tab.run(() => (window as any).noted);
const untilArrived = (shop: Shop, names: string[]) =>
  until(() => String(arrived(shop)) === String(names), `${names} are there`, AT_ONCE);

describe.each(['none', 'auto'])('a milestone goes at once (client: %s)', (client) => {
  test('of a known person, from the first one on', async () => {
    const shop = await openShopWith(client, { user: { email: ADA } });
    const tab = await (await shop.visitor()).goto('/');
    await untilArrived(shop, ['identify']);
    await tab.click('#chat');
    await untilArrived(shop, ['identify', 'chat_opened']);
    await tab.run(() => window.fake.visitor('Hello'));
    const told = ['identify', 'chat_opened', 'chat_first_message_sent', 'identify'];
    await untilArrived(shop, told);
    await tab.run(() => window.fake.assign());
    await untilArrived(shop, [...told, 'chat_assigned']);
    expect(shop.collector.messages().every(({ userId }) => userId === ADA)).toBe(true);
  });

  test('of a guest when they are known, where it was held', async () => {
    const shop = await openShopWith(client);
    const tab = await (await shop.visitor()).goto('/');
    await tab.click('#chat');
    await tab.run(() => window.fake.visitor('Hello'));
    await until(async () => (await queued(tab)).length === 2, 'two milestones wait');
    await aWhile();
    expect(arrived(shop)).toEqual([]);
    await tab.run((email) => window.fake.prechat({ email }), ADA);
    await untilArrived(shop, ['identify', 'chat_opened', 'chat_first_message_sent']);
  });

  test('of a guest, where anonymous ones are sent', async () => {
    const shop = await openShopWith(client, { anonymous: 'send' });
    const tab = await (await shop.visitor()).goto('/');
    await tab.click('#chat');
    await untilArrived(shop, ['chat_opened']);
    await tab.run(() => window.fake.visitor('Hello'));
    await untilArrived(shop, ['chat_opened', 'chat_first_message_sent']);
    expect(shop.collector.messages().every((message) => !('userId' in message))).toBe(true);
  });
});

describe("Customer.io's client, loaded on demand", () => {
  test('comes when there is something to send, once, and asks nobody', async () => {
    const shop = await openShopWith('auto');
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/');
    const loads = () => visitor.requests.filter(({ url }) => url === shop.url + CLIENT).length;
    await tab.click('#chat');
    await tab.run(() => window.fake.visitor('Hello'));
    await until(async () => (await queued(tab)).length === 2, 'two milestones wait');
    await aWhile();
    expect(loads()).toBe(0); // nothing goes before somebody is known
    await tab.run((email) => window.fake.prechat({ email }), ADA);
    await until(() => arrived(shop).length === 3, 'what was held arrives');
    await tab.run(() => window.fake.end());
    await until(() => arrived(shop).length === 5, 'the end arrives');
    expect(loads()).toBe(1);
    expect(visitor.strangers()).toEqual([]);
    expect(new Set(shop.collector.log().map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set(['POST /v1/b']),
    );
  });

  test('lets the messages pass with our messageId, time, page and person', async () => {
    const shop = await openShopWith('auto');
    const visitor = await shop.visitor();
    await markPassing(visitor);
    const tab = await visitor.goto('/hats');
    await tab.click('#chat');
    await tab.run(() => window.fake.visitor('Hello'));
    await tab.run(() => window.fake.agent('Good day'));
    await tab.run((email) => window.fake.prechat({ email, name: 'Ada' }), ADA);
    await until(() => arrived(shop).length === 4, 'what was held arrives');

    const [identify, ...milestones] = shop.collector.messages();
    const recorded = await noted(tab);
    expect(milestones.map(nameOf)).toEqual(['chat_opened', 'chat_first_message_sent', 'chat_agent_replied']);
    for (const [i, message] of milestones.entries()) {
      const { receivedAt, correctedAt, writeKey, sentAt, ...rest } = message;
      const { passed, ...context } = rest.context;
      expect(passed).toMatch(/^track /);
      const { name, ...held } = recorded[i];
      expect({ ...rest, context }).toEqual({ ...held, userId: ADA });
    }
    expect(identify).toMatchObject({
      userId: ADA,
      anonymousId: milestones[0]!.anonymousId,
      traits: { email: ADA, name: 'Ada', chat_assisted: true, open_support_case: true },
      context: {
        passed: expect.stringMatching(/^identify /),
        library: { name: 'chatstone' },
        page: { path: '/hats' },
      },
    });
    expect(shop.collector.requests().flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test('leaves nothing on the device', async () => {
    const shop = await openShopWith('auto', { user: { email: ADA } });
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/');
    await tab.click('#chat');
    await until(() => arrived(shop).length === 2, 'the opening arrives');
    await until(async () => (await rows(tab, 'q/')).length === 0, 'the queue is empty');
    const { localStorage, sessionStorage, cookies, indexedDB } = await tab.storage();
    const ours = ['ajs_anonymous_id', 'chatstone_made', 'chatstone_turn'];
    expect(Object.keys(localStorage).sort()).toEqual(ours);
    expect(Object.keys(cookies)).toEqual(['ajs_anonymous_id']);
    expect(sessionStorage).toEqual({});
    expect(Object.keys(indexedDB)).toEqual(['chatstone']);
    expect(await tab.run(() => ['analytics', 'cioanalytics'].filter((name) => name in window))).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});
