// Segment's analytics.js (the real package) keeps its visitor id under the same names as Customer.io's client.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openShop, type Tab, until } from '../browser/harness.ts';
import { aWhile, call, nameOf, startChat } from './steps.ts';

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';
const SEGMENT = fileURLToPath(
  new URL('../../node_modules/@segment/analytics-next/dist/umd/index.js', import.meta.url),
);

async function open() {
  const shop = await openShop({
    widget: 'tawk',
    head: `<script src="/segment.js"></script><script>
      window.analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'seg', cdnSettings: { integrations: {} } });
    </script>`,
    script: { client: 'none', consent: 'granted' },
  });
  const visitor = await shop.visitor();
  await visitor
    .browser()
    .route('**/segment.js', (route) => route.fulfill({ path: SEGMENT, contentType: 'text/javascript' }));
  const page = await visitor.goto('/');
  await page.waitForFunction(() => !!(window as any).analytics?.instance);
  return { shop, visitor, page };
}

const segment = (page: Tab, name: string, ...rest: unknown[]) =>
  page.run(async (name, rest) => void (await (window as any).analytics[name](...rest)), name, rest);
const idOfSegment = (page: Tab): Promise<string> =>
  page.run(async () => (await (window as any).analytics.user()).anonymousId());

describe('Segment on the same page', () => {
  test('and we have one visitor id; when it logs out, the next chat is nobody’s until somebody is named', async () => {
    const { shop, visitor, page } = await open();
    const first = await idOfSegment(page);
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => shop.collector.messages().map(nameOf).includes('chat_first_message_sent'), 'a arrives');
    expect((await call(page, 'status')).visitor).toBe(first);

    await segment(page, 'reset');
    await startChat(page, 'b'); // at once, before anybody looks
    await call(page, 'flush');
    await aWhile();
    const { visitor: second, identity, held } = await call(page, 'status');
    expect(second).not.toBe(first);
    expect(identity.userId).toBeUndefined();
    expect(held).toBe(1);
    expect(await idOfSegment(page)).toBe(second);

    await call(page, 'identify', { email: BEN });
    await until(() => shop.collector.profiles().profiles.length === 2, 'Ben has a profile');
    await call(page, 'flush');
    const people = shop.collector.profiles().profiles.map(({ email, anonymousIds, events }) => ({
      email,
      anonymousIds,
      chats: events.map(({ properties }) => properties.conversation_id),
    }));
    expect(people).toEqual([
      { email: ANN, anonymousIds: [first], chats: ['a'] },
      { email: BEN, anonymousIds: [second], chats: ['b'] },
    ]);
    expect(visitor.errors).toEqual([]);
  });

  test('logs out on the very page that is left: the next page begins anew', async () => {
    const { shop, visitor, page } = await open();
    const first = await idOfSegment(page);
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => shop.collector.messages().length > 1, 'a arrives');
    await page.run(async () => {
      await (window as any).analytics.reset();
      location.href = '/next';
    });
    await page.waitForURL('**/next');
    await page.waitForFunction(() => 'started' in ((window as any).chatstone ?? {}));
    await startChat(page, 'b');
    await call(page, 'flush');
    await aWhile();
    const { visitor: second, identity } = await call(page, 'status');
    expect(second).not.toBe(first);
    expect(identity.userId).toBeUndefined();
    expect(shop.collector.profiles().profiles.map(({ events }) => events.length)).toEqual([1]);
    expect(visitor.errors).toEqual([]);
  });

  test('identifies somebody else, with a new visitor id: it is ours too', async () => {
    const { shop, page } = await open();
    await segment(page, 'identify', 'u-1');
    const first = await idOfSegment(page);
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => shop.collector.messages().length > 1, 'a arrives');
    await segment(page, 'identify', 'u-2');
    const second = await idOfSegment(page);
    expect(second).not.toBe(first);
    await startChat(page, 'b');
    await call(page, 'flush');
    await aWhile();
    expect(await call(page, 'status')).toMatchObject({ visitor: second, held: 1 });
    expect(shop.collector.profiles().profiles.map(({ events }) => events.length)).toEqual([1]);
  });
});

describe('two tabs', () => {
  test('learn different things at once: one person, with all of it', async () => {
    const shop = await openShop({ widget: 'tawk', script: { client: 'none', consent: 'granted' } });
    const visitor = await shop.visitor();
    const one = await visitor.goto('/');
    await startChat(one, 'a');
    const two = await visitor.newTab('/');
    await startChat(two, 'b');
    await Promise.all([
      call(one, 'identify', { id: '7' }),
      two.run((email) => window.fake.prechat({ email, phone: '+44 1' }), ANN),
    ]);
    await Promise.all([startChat(one, 'c'), startChat(two, 'd')]);
    await Promise.all([call(one, 'flush'), call(two, 'flush')]);
    await aWhile();
    const { profiles, anonymous, duplicates } = shop.collector.profiles();
    expect(profiles).toMatchObject([{ email: ANN, traits: { customer_id: '7', phone: '+44 1' } }]);
    expect(profiles[0]!.anonymousIds).toHaveLength(1);
    expect(profiles[0]!.events.map(({ properties }) => properties.conversation_id).sort()).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(anonymous).toEqual([]);
    expect(duplicates.total).toBe(0);
  });
});
