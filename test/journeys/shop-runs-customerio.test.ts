// The shop has Customer.io's own client (the real package) on its pages before chatstone comes.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, nameOf, rows, type Told } from './steps.ts';

const ANN = 'ann@example.com';
const STANDALONE = fileURLToPath(
  new URL('../../node_modules/@customerio/cdp-analytics-browser/dist/umd/standalone.js', import.meta.url),
);

// https://docs.customer.io/integrations/data-in/connections/javascript/js-source/: an array that keeps calls until the script
// of the tag has come and puts its client there.
const snippet = (cdn: string) => `<script>
  (function (queue) {
    for (const name of ['identify', 'track', 'page', 'reset', 'register', 'user', 'ready'])
      queue[name] = function () { queue.push([name].concat([].slice.call(arguments))); return queue; };
    queue._writeKey = 'site';
    const script = document.createElement('script');
    script.async = true;
    script.setAttribute('data-global-customerio-analytics-key', 'cioanalytics');
    script.src = '${cdn}/v1/analytics-js/snippet/site/analytics.min.js';
    addEventListener('load', () => document.head.append(script));
  })((window.cioanalytics = []));
</script>`;

const npm = (cdn: string) => `<script src="/vendor/cdp-analytics-browser.js"></script>
<script>window.cioanalytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'site', cdnURL: '${cdn}' });</script>`;

const HOW = { 'as the npm package hands it over': npm, 'as the snippet puts it there': snippet };

/** A shop with the client, and somebody in it. `script`: what becomes of the snippet's script. */
async function open(how: typeof npm, script: 'served' | 'missing' | Promise<unknown> = 'served') {
  const shop = await openShop({ widget: 'tawk' });
  shop.show('/', { head: how(shop.origin('collector')) });
  const visitor = await shop.visitor();
  await visitor.browser().route('**/analytics.min.js', async (route) => {
    if (script === 'missing') return route.fulfill({ status: 404, body: '' });
    await script;
    return route.fulfill({ path: STANDALONE, contentType: 'text/javascript' });
  });
  return { shop, visitor, page: await visitor.goto('/') };
}

/** In the page: what the client knows of its user. */
const user = (
  page: Tab,
): Promise<{ id: string | null; anonymousId: string; traits: Record<string, unknown> }> =>
  page.run(async () => {
    const known = await (window as any).cioanalytics.user();
    return { id: known.id(), anonymousId: known.anonymousId(), traits: known.traits() };
  });

/** The site's own use of the client. */
const site = (page: Tab, name: string, ...rest: unknown[]) =>
  page.run(async (name, rest) => void (await (window as any).cioanalytics[name](...rest)), name, rest);

const clientRuns = (page: Tab) =>
  until(
    () =>
      page.run(() => !Array.isArray((window as any).cioanalytics) && 'user' in (window as any).cioanalytics),
    'the client of the page runs',
  );

async function chatAs(page: Tab, email: string) {
  await page.click('#chat');
  await page.run((email) => window.fake.prechat({ name: 'Ann', email }), email);
  await page.run(() => window.fake.visitor('What size is it?'));
}

/** Messages on the wire, by the path on which they came: ours on /v1/b, the client's on the others. */
const wire = (shop: Shop, ours: boolean): Told[] =>
  shop.collector
    .requests()
    .filter(({ path }) => (path === '/v1/b') === ours)
    .flatMap(({ messages }) => messages);

const TALK = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];

/** What every run of this story ends with. */
async function expectEachOnceThroughUs(shop: Shop, page: Tab, visitor: Visitor) {
  const ours = wire(shop, true);
  expect(new Set(ours.map(({ messageId }) => messageId)).size).toBe(ours.length);
  for (const message of ours) {
    expect(message.messageId).not.toMatch(/^ajs/);
    expect(message).not.toHaveProperty('integrations');
    expect(message.context).not.toHaveProperty('messageId');
    expect(message.context.library).toMatchObject({ name: 'chatstone' });
    expect(message.context.page).toEqual({ path: '/', search: '', url: `${shop.url}/` });
  }
  for (const message of wire(shop, false)) {
    expect(nameOf(message)).not.toMatch(/^chat_/);
    expect(message.messageId).toMatch(/^ajs-next/);
  }
  expect(shop.collector.profiles()).toMatchObject({ duplicates: { total: 0 }, conflicts: [], errors: [] });
  expect(await rows(page, 'q/')).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
  expect(visitor.errors).toEqual([]);
}

describe('a shop that runs Customer.io’s client', () => {
  for (const [name, how] of Object.entries(HOW)) {
    test(`${name}: its client knows who chatted, and delivers the shop’s own events only`, async () => {
      const { shop, visitor, page } = await open(how);
      await clientRuns(page);
      await site(page, 'track', 'Product Viewed', { sku: 'hat' });
      await until(() => arrived(shop).includes('Product Viewed'), 'the shop’s own event arrives');
      await chatAs(page, ' Ann@Example.com');
      await until(() => wire(shop, true).length === 5, 'the chat arrives');
      await site(page, 'track', 'Cart Viewed');
      await until(() => arrived(shop).includes('Cart Viewed'), 'the next event of the shop arrives');
      await aWhile();

      expect(wire(shop, true).map(nameOf)).toEqual(['identify', ...TALK, 'identify']);
      expect(wire(shop, false).map(nameOf)).toEqual(['Product Viewed', 'Cart Viewed']);
      const known = await user(page);
      expect(known).toMatchObject({
        id: ANN,
        traits: { email: ANN, name: 'Ann', last_chat_topic: 'sizing' },
      });
      for (const { anonymousId } of shop.collector.messages()) expect(anonymousId).toBe(known.anonymousId);
      for (const { userId } of wire(shop, true)) expect(userId).toBe(ANN);
      expect(wire(shop, false).map(({ userId }) => userId ?? undefined)).toEqual([undefined, ANN]);
      const { profiles, anonymous } = shop.collector.profiles();
      expect(profiles).toMatchObject([{ email: ANN, anonymousIds: [known.anonymousId] }]);
      expect(profiles[0]!.events.map(nameOf)).toEqual(['Product Viewed', ...TALK, 'Cart Viewed']);
      expect(anonymous).toEqual([]);
      const status = await call(page, 'status');
      expect(status).toMatchObject({
        visitor: known.anonymousId,
        identity: { userId: ANN },
        errors: NOTHING,
      });
      await expectEachOnceThroughUs(shop, page, visitor);
    });

    test(`${name}: whom its client has identified is our user, and an address from the chat is a trait`, async () => {
      const { shop, visitor, page } = await open(how);
      await clientRuns(page);
      await site(page, 'identify', 'cust-42', { plan: 'gold' });
      await until(() => arrived(shop).length === 1, 'the shop’s own identify arrives');
      await chatAs(page, ANN);
      await until(() => arrived(shop).includes('chat_first_message_sent'), 'the chat arrives');
      await aWhile();

      expect(wire(shop, true).map(nameOf)).toEqual(expect.arrayContaining(TALK));
      expect(
        wire(shop, true)
          .filter(({ type }) => type === 'track')
          .map(nameOf),
      ).toEqual(TALK);
      for (const { userId } of wire(shop, true)) expect(userId).toBe('cust-42');
      expect(wire(shop, false).map(nameOf)).toEqual(['identify']);
      const known = await user(page);
      expect(known).toMatchObject({ id: 'cust-42', traits: { plan: 'gold', email: ANN } });
      for (const { anonymousId } of shop.collector.messages()) expect(anonymousId).toBe(known.anonymousId);
      expect(shop.collector.profiles()).toMatchObject({
        profiles: [{ id: 'cust-42', email: ANN, traits: { plan: 'gold', email: ANN, name: 'Ann' } }],
        anonymous: [],
      });
      expect((await call(page, 'status')).identity.userId).toBe('cust-42');
      await expectEachOnceThroughUs(shop, page, visitor);
    });
  }

  test('and logs somebody else in there: the next talk is theirs, under the client’s new visitor id', async () => {
    const { shop, visitor, page } = await open(snippet);
    await clientRuns(page);
    await site(page, 'identify', 'cust-42');
    await chatAs(page, ANN);
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'the first talk arrives');
    await aWhile();
    const before = wire(shop, true).length;
    const first = await user(page);

    await site(page, 'identify', 'cust-43');
    const second = await user(page);
    expect(second.anonymousId).not.toBe(first.anonymousId);
    await page.run(() => window.fake.visitor('And where is my order?'));
    await until(() => wire(shop, true).length > before, 'the second talk arrives');
    await aWhile();
    const theirs = wire(shop, true).slice(before);
    expect(theirs.filter(({ type }) => type === 'track').map(nameOf)).toEqual([
      'chat_topic_set',
      'chat_first_message_sent',
    ]);
    for (const { userId, anonymousId } of theirs)
      expect({ userId, anonymousId }).toEqual({ userId: 'cust-43', anonymousId: second.anonymousId });
    expect(await user(page)).toMatchObject({ id: 'cust-43', anonymousId: second.anonymousId });
    expect((await user(page)).traits).not.toHaveProperty('email');
    await expectEachOnceThroughUs(shop, page, visitor);
  });

  test('whose script is blocked gets every record all the same', async () => {
    const { shop, visitor, page } = await open(snippet, 'missing');
    await site(page, 'track', 'Product Viewed'); // which nobody will ever send
    await chatAs(page, ANN);
    await until(() => wire(shop, true).length === 5, 'the chat arrives');
    await aWhile();
    expect(arrived(shop)).toEqual(['identify', ...TALK, 'identify']);
    expect(shop.collector.profiles()).toMatchObject({ profiles: [{ email: ANN }], anonymous: [] });
    expect(await page.run(() => (window as any).cioanalytics.length)).toBe(1); // its queue is untouched
    await expectEachOnceThroughUs(shop, page, visitor);
  });

  test('whose script is blocked, as ours is, gets every record all the same', async () => {
    const { shop, visitor, page } = await open(snippet, 'missing');
    shop.hide('/dist/chatstone-customerio.js');
    await chatAs(page, ANN);
    await until(() => wire(shop, true).length === 5, 'the chat arrives');
    await aWhile();
    expect(arrived(shop)).toEqual(['identify', ...TALK, 'identify']);
    await expectEachOnceThroughUs(shop, page, visitor);
  });

  test('whose script is slow gets every record before it, and nothing twice when it comes', async () => {
    let come = () => {};
    const { shop, visitor, page } = await open(snippet, new Promise<void>((resolve) => (come = resolve)));
    await chatAs(page, ANN);
    await until(() => wire(shop, true).length === 5, 'the chat arrives');
    expect(await page.run(() => Array.isArray((window as any).cioanalytics))).toBe(true); // not here yet
    come();
    await clientRuns(page);
    await site(page, 'track', 'Cart Viewed');
    await page.run(() => window.fake.agent('It is a nine'));
    await until(() => arrived(shop).includes('Cart Viewed'), 'the shop’s own event arrives');
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the reply arrives');
    await aWhile();
    expect(wire(shop, true).map(nameOf)).toEqual([
      'identify',
      ...TALK,
      'identify',
      'chat_agent_replied',
      'identify',
    ]);
    expect(wire(shop, false).map(nameOf)).toEqual(['Cart Viewed']);
    const { anonymousId } = await user(page);
    for (const message of shop.collector.messages()) expect(message.anonymousId).toBe(anonymousId);
    await expectEachOnceThroughUs(shop, page, visitor);
  });
});
