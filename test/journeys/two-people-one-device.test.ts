// A tablet in the kitchen: one browser, two people with an address each.
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, nameOf, rows, type Told } from './steps.ts';

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';

const CHECKOUT = `<form class="checkout" onsubmit="event.preventDefault()">
  <input id="billing_email" type="email"><input id="phone" autocomplete="tel"><button id="pay">Pay</button>
</form>`;

const shopWith = ({ script, ...page }: ShopOptions) =>
  openShop({ body: CHECKOUT, ...page, script: { client: 'none', ...script } });

async function pay(page: Tab, address: string, phone = '') {
  await page.fill('#billing_email', address);
  await page.fill('#phone', phone);
  await page.click('#pay');
}

const untilArrived = (shop: Shop, count: number) =>
  until(() => shop.collector.messages().length >= count, `${count} messages arrive`);

/** Whose a message is. */
const whose = ({ userId, anonymousId }: Told) => ({ userId, anonymousId });

/** The visitor id that stands on the device. */
async function visitorId(page: Tab): Promise<string> {
  const { localStorage, cookies } = await page.storage();
  const id = JSON.parse(localStorage['ajs_anonymous_id']!);
  expect(cookies['ajs_anonymous_id']).toBe(id);
  return id;
}

const profiles = (shop: Shop) =>
  shop.collector
    .profiles()
    .profiles.map(({ email, anonymousIds, events }) => ({ email, anonymousIds, events: events.map(nameOf) }));

const nothingWaits = (page: Tab) =>
  until(async () => ![...(await rows(page, 'q/')), ...(await rows(page, 'in/'))].length, 'nothing waits');

describe('two people share a device', () => {
  test('and have a profile each, with nothing mixed', async () => {
    const shop = await shopWith({ widget: 'crisp' });
    const visitor = await shop.visitor();

    let page = await visitor.goto('/tea');
    await page.click('#chat');
    await page.run((email) => window.fake.prechat({ name: 'Ann', email, phone: '+44 1' }), ANN);
    await page.run(() => window.fake.visitor('Is this a size large?'));
    await page.run(() => window.fake.agent('It is'));
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the reply to Ann arrives');
    await aWhile();
    const anns = shop.collector.messages();
    const ann = await visitorId(page);

    page = await visitor.goto('/checkout');
    await pay(page, ` ${BEN.toUpperCase()} `);
    await untilArrived(shop, anns.length + 1);
    const ben = await visitorId(page);
    expect(ben).not.toBe(ann);
    await page.run(() => window.fake.agent('Anything else, Ann?')); // meant for the one who has left

    page = await visitor.goto('/coffee');
    await page.run(() => window.fake.tell('user:email:changed', 'ann@example.com')); // Crisp remembers her still
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Where is my order?'));
    await until(() => arrived(shop).slice(anns.length).includes('chat_first_message_sent'), 'Ben is heard');
    await aWhile();

    const bens = shop.collector.messages().slice(anns.length);
    expect(new Set(anns.map(nameOf))).toEqual(
      new Set(['identify', 'chat_opened', 'chat_topic_set', 'chat_first_message_sent', 'chat_agent_replied']),
    );
    for (const message of anns) expect(whose(message)).toEqual({ userId: ANN, anonymousId: ann });
    expect(bens.map(nameOf)).toEqual([
      'identify',
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'identify',
    ]);
    for (const message of bens) expect(whose(message)).toEqual({ userId: BEN, anonymousId: ben });
    expect(bens[0]).toMatchObject({ traits: { email: BEN }, context: { page: { path: '/checkout' } } });
    expect(Object.keys(bens[0]!.traits)).toEqual(['email']);
    for (const { context } of bens.slice(1)) expect(context.page.path).toBe('/coffee');
    expect(JSON.stringify(bens)).not.toContain('+44');

    expect(profiles(shop)).toEqual([
      {
        email: ANN,
        anonymousIds: [ann],
        events: ['chat_opened', 'chat_topic_set', 'chat_first_message_sent', 'chat_agent_replied'],
      },
      {
        email: BEN,
        anonymousIds: [ben],
        events: ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'],
      },
    ]);
    const [{ traits: hers }, { traits: his }] = shop.collector.profiles().profiles as [any, any];
    expect(hers).toMatchObject({
      name: 'Ann',
      phone: '+44 1',
      last_chat_topic: 'sizing',
      chat_assisted: true,
    });
    expect(his).toMatchObject({ email: BEN, last_chat_topic: 'order_status' });
    for (const name of ['name', 'phone', 'chat_assisted']) expect(his).not.toHaveProperty(name);
    expect(shop.collector.profiles()).toMatchObject({ anonymous: [], errors: [], conflicts: [] });
    expect(await call(page, 'status')).toMatchObject({
      visitor: ben,
      identity: { userId: BEN, by: 'checkout' },
      ignored: { 'weaker identity': 1 },
      dropped: NOTHING,
    });
    await nothingWaits(page);
    expect(visitor.errors).toEqual([]);
  });

  test('and the tab that the first left open speaks for the second', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const visitor = await shop.visitor();
    const first = await visitor.goto('/tea');
    await first.click('#chat');
    await first.run((email) => window.fake.prechat({ email }), ANN);
    await first.run(() => window.fake.visitor('Hello'));
    await untilArrived(shop, 4);
    await aWhile();
    const anns = shop.collector.messages();
    expect(anns.map(({ userId }) => userId)).toEqual(anns.map(() => ANN));

    const second = await visitor.newTab('/checkout');
    await pay(second, BEN);
    await untilArrived(shop, anns.length + 1);
    await first.bringToFront();
    await first.run(() => window.fake.visitor('Hello again'));
    await until(() => arrived(shop).slice(anns.length).includes('chat_first_message_sent'), 'Ben is heard');
    await aWhile();
    const bens = shop.collector.messages().slice(anns.length);
    const ben = await visitorId(first);
    expect(await visitorId(second)).toBe(ben);
    expect(bens.map(nameOf)).toEqual(['identify', 'chat_first_message_sent', 'identify']);
    for (const message of bens) expect(whose(message)).toEqual({ userId: BEN, anonymousId: ben });
    expect(bens[1]!.properties.conversation_id).not.toBe(anns.at(-1)!.properties?.conversation_id);
    await nothingWaits(first);
  });

  test('and the first comes back: her profile has two visitor ids, and still nothing of his', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const page = await (await shop.visitor()).goto('/tea');
    const ids: string[] = [];
    for (const [i, email] of [ANN, BEN, ANN].entries()) {
      const before = shop.collector.messages().length;
      await page.run((email) => window.fake.prechat({ email }), email);
      await page.run((i) => window.fake.visitor(`Hello, it is number ${i}`), i);
      await until(
        () => shop.collector.messages().slice(before).map(nameOf).includes('chat_first_message_sent'),
        `${email} is heard`,
      );
      await aWhile();
      const id = await visitorId(page);
      ids.push(id);
      const theirs = shop.collector.messages().slice(before);
      expect(theirs.filter(({ type }) => type === 'track').map(nameOf)).toEqual(['chat_first_message_sent']);
      for (const message of theirs) expect(whose(message)).toEqual({ userId: email, anonymousId: id });
    }
    expect(new Set(ids).size).toBe(3);
    expect(profiles(shop)).toEqual([
      {
        email: ANN,
        anonymousIds: [ids[0], ids[2]],
        events: ['chat_first_message_sent', 'chat_first_message_sent'],
      },
      { email: BEN, anonymousIds: [ids[1]], events: ['chat_first_message_sent'] },
    ]);
    await nothingWaits(page);
  });

  test('and what waits for the first when the second comes still goes out as the first’s', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/tea');
    shop.collector.weather({ status: 500 });
    await page.click('#chat');
    await page.run((email) => window.fake.prechat({ email }), ANN);
    await page.run(() => window.fake.visitor('Hello'));
    await until(() => shop.collector.requests().length, 'a first try fails');
    const ann = await visitorId(page);
    await pay(page, BEN);
    await until(async () => (await visitorId(page)) !== ann, 'Ben has the device');
    const ben = await visitorId(page);
    await page.run(() => window.fake.visitor('Hello, too'));
    await until(async () => (await call(page, 'status')).queued.customerio >= 7, 'all of it waits');
    shop.collector.weather();
    await call(page, 'flush');
    await until(async () => (await call(page, 'status')).queued.customerio === 0, 'all of it goes');

    const messages = shop.collector.messages();
    const of = (id: string) => messages.filter(({ anonymousId }) => anonymousId === id);
    expect(
      of(ann)
        .filter(({ type }) => type === 'track')
        .map(nameOf),
    ).toEqual(['chat_opened', 'chat_first_message_sent']);
    expect(
      of(ben)
        .filter(({ type }) => type === 'track')
        .map(nameOf),
    ).toEqual(['chat_first_message_sent']);
    expect(of(ann).length + of(ben).length).toBe(messages.length);
    for (const { userId } of of(ann)) expect(userId).toBe(ANN);
    for (const { userId } of of(ben)) expect(userId).toBe(BEN);
    expect(profiles(shop).map(({ email, anonymousIds }) => [email, anonymousIds])).toEqual([
      [ANN, [ann]],
      [BEN, [ben]],
    ]);
    expect(shop.collector.profiles()).toMatchObject({ anonymous: [], errors: [], conflicts: [] });
  });
});

describe('a weaker word', () => {
  test('that names another person is no news, and is counted', async () => {
    const shop = await shopWith({ widget: 'tawk', config: { user: { email: ANN } } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/checkout');
    await untilArrived(shop, 1);
    const ann = await visitorId(page);
    await pay(page, BEN, '+44 2');
    await page.click('#chat');
    await page.run(() => window.fake.prechat({ name: 'Cleo', email: 'cleo@example.com' }));
    await page.run(() => window.fake.visitor('Hello'));
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'the message arrives');
    await aWhile();

    expect(arrived(shop)).toEqual(['identify', 'chat_opened', 'chat_first_message_sent', 'identify']);
    for (const message of shop.collector.messages())
      expect(whose(message)).toEqual({ userId: ANN, anonymousId: ann });
    expect(await call(page, 'status')).toMatchObject({
      visitor: ann,
      identity: { userId: ANN, by: 'site' },
      ignored: { 'weaker identity': 2 },
    });
    const all = JSON.stringify([visitor.requests.map(({ body }) => body), await page.storage()]);
    for (const said of [BEN, '+44 2', 'Cleo', 'cleo@']) expect(all).not.toContain(said);
  });

  test('about the same person completes what is known, and replaces nothing', async () => {
    const shop = await shopWith({
      widget: 'tawk',
      config: { user: { email: ANN, traits: { name: 'Ann of the site' } } },
    });
    const page = await (await shop.visitor()).goto('/checkout');
    await untilArrived(shop, 1);
    await page.run((email) => window.fake.prechat({ name: 'Annie', email }), ANN);
    await pay(page, ANN, '+44 1');
    await untilArrived(shop, 2);
    await aWhile();
    expect(shop.collector.messages().map(({ traits }) => traits)).toEqual([
      { email: ANN, name: 'Ann of the site' },
      { email: ANN, phone: '+44 1' },
    ]);
    expect((await call(page, 'status')).ignored).toEqual({});
  });
});

describe('a log-out', () => {
  test('ends the talk without a word, and what comes next is nobody’s', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const page = await (await shop.visitor()).goto('/tea');
    await page.click('#chat');
    await page.run((email) => window.fake.prechat({ email }), ANN);
    await page.run(() => window.fake.visitor('Hello'));
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'Ann is heard');
    await aWhile();
    const anns = arrived(shop).length;
    const ann = await visitorId(page);

    await call(page, 'reset');
    const next = await visitorId(page);
    expect(next).not.toBe(ann);
    await page.run(() => window.fake.agent('Are you there?'));
    await page.run(() => window.fake.rate(1));
    await page.run(() => window.fake.end());
    await page.run(() => window.fake.visitor('It is me, Ben'));
    await until(async () => (await call(page, 'status')).held === 1, 'the message is held');
    await aWhile();
    expect(arrived(shop)).toHaveLength(anns);
    expect(await call(page, 'status')).toMatchObject({ visitor: next, identity: NOTHING, dropped: NOTHING });

    await page.run((email) => window.fake.prechat({ email }), BEN);
    await untilArrived(shop, anns + 2);
    await aWhile();
    const bens = shop.collector.messages().slice(anns);
    expect(bens.map(nameOf)).toEqual(['identify', 'chat_first_message_sent']);
    for (const message of bens) expect(whose(message)).toEqual({ userId: BEN, anonymousId: next });
    await nothingWaits(page);
  });

  test('drops and counts what a stranger left behind, where milestones are held', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const page = await (await shop.visitor()).goto('/tea');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Hello'));
    await until(async () => (await call(page, 'status')).held === 2, 'two milestones are held');
    await call(page, 'reset');
    expect(await call(page, 'status')).toMatchObject({ held: 0, dropped: { replaced: 2 } });
    await page.run((email) => window.fake.prechat({ email }), BEN);
    await untilArrived(shop, 1);
    await page.run(() => window.fake.visitor('Hello from Ben'));
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'Ben is heard');
    await aWhile();
    expect(arrived(shop)).toEqual(['identify', 'chat_first_message_sent', 'identify']);
    expect(await call(page, 'status')).toMatchObject({
      held: 0,
      queued: { customerio: 0 },
      dropped: { replaced: 2 },
    });
    await nothingWaits(page);
  });

  test('lets go what a stranger left behind, where milestones are sent', async () => {
    const shop = await shopWith({ widget: 'tawk', script: { anonymous: 'send' } });
    const page = await (await shop.visitor()).goto('/tea');
    shop.collector.weather({ status: 500 });
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Hello'));
    await until(async () => (await call(page, 'status')).queued.customerio === 2, 'two milestones wait');
    const stranger = await visitorId(page);
    await call(page, 'reset');
    await page.run((email) => window.fake.prechat({ email }), BEN);
    await until(async () => (await call(page, 'status')).identity.userId === BEN, 'Ben is known');
    const ben = await visitorId(page);
    shop.collector.weather();
    await call(page, 'flush');
    await untilArrived(shop, 3);
    await aWhile();

    expect(
      shop.collector.messages().map((message) => [nameOf(message), message.userId, message.anonymousId]),
    ).toEqual([
      ['chat_opened', undefined, stranger],
      ['chat_first_message_sent', undefined, stranger],
      ['identify', BEN, ben],
    ]);
    expect(profiles(shop)).toEqual([{ email: BEN, anonymousIds: [ben], events: [] }]);
    expect(shop.collector.profiles().anonymous).toMatchObject([{ anonymousId: stranger, events: [{}, {}] }]);
    expect((await call(page, 'status')).dropped).toEqual({});
  });
});

describe('another script that gives the device a new visitor id', () => {
  const renew = () => {
    localStorage.setItem('ajs_anonymous_id', '"somebody-new"');
    // biome-ignore lint/suspicious/noDocumentCookie: as analytics.js does
    document.cookie = 'ajs_anonymous_id=somebody-new; path=/; domain=shop.localhost';
  };

  test('wins, and what the stranger before left behind is dropped and counted', async () => {
    const shop = await shopWith({ widget: 'tawk' });
    const visitor = await shop.visitor();
    let page = await visitor.goto('/tea');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Hello'));
    await until(async () => (await call(page, 'status')).held === 2, 'two milestones are held');
    await page.run(renew);
    page = await visitor.goto('/checkout');
    await pay(page, BEN);
    await untilArrived(shop, 1);
    await aWhile();
    expect(
      shop.collector.messages().map((message) => [nameOf(message), message.userId, message.anonymousId]),
    ).toEqual([['identify', BEN, 'somebody-new']]);
    expect(await visitorId(page)).toBe('somebody-new');
    expect(await call(page, 'status')).toMatchObject({
      visitor: 'somebody-new',
      held: 0,
      dropped: { replaced: 2 },
    });
  });
});
