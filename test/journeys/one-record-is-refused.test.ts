import { describe, expect, test } from 'vitest';
import { MINUTE, openShop, type Shop, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, call, expectSameOnEveryTry, NOTHING, nameOf, queued } from './steps.ts';

const POISON = 'poisoned-sock';
const CONVERSATIONS = ['one', 'two', 'three'];
const EVENTS = ['chat_opened', 'chat_first_message_sent', 'chat_resolved'];

/** A shop whose page notes what is dropped. */
const shopThatNotes = (anonymous = 'hold') =>
  openShop({
    travels: true,
    script: { client: 'none', anonymous },
    inline: `window.dropped = [];
      chatstone('on', 'dropped', (event) => dropped.push(event));`,
  });

const droppedOn = (tab: Tab): Promise<any[]> => tab.run(() => (window as any).dropped);

/** Nine milestones wait for a person; the fifth has something in it that the server does not bear. */
async function nineWait(tab: Tab) {
  for (const conversation of CONVERSATIONS)
    for (const event of EVENTS) {
      const isPoison = conversation === 'two' && event === 'chat_first_message_sent';
      await call(tab, 'milestone', event, {
        conversation_id: conversation,
        ...(isPoison && { product_sku: POISON }),
      });
    }
  await until(async () => (await queued(tab)).length === 9, 'nine milestones wait');
}

/** The milestones that arrived, in order, each with its conversation. */
const facts = (shop: Shop) =>
  shop.collector
    .messages()
    .filter(({ type }) => type === 'track')
    .map((message) => [message.properties.conversation_id, nameOf(message)]);

const ALL = CONVERSATIONS.flatMap((conversation) => EVENTS.map((event) => [conversation, event]));

describe('one record is refused', () => {
  test('nine of ten arrive in order, one is counted and shown', async () => {
    const shop = await shopThatNotes();
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/');
    await nineWait(tab);
    const poisoned = (await queued(tab))[4]!;
    shop.collector.weather({ refuse: POISON });
    await call(tab, 'identify', { email: 'ada@example.com' });
    await until(async () => (await droppedOn(tab)).length, 'the bad one is dropped');
    await aWhile();

    const good = ALL.filter((_, i) => i !== 4);
    expect(arrived(shop)[0]).toBe('identify');
    expect(facts(shop)).toEqual(good);
    expect(await droppedOn(tab)).toEqual([
      {
        destination: 'customerio',
        reason: 'refused',
        messages: [{ ...poisoned, userId: 'ada@example.com' }],
      },
    ]);
    expect(await call(tab, 'status')).toMatchObject({
      queued: { customerio: 0 },
      delivered: 9,
      dropped: { refused: 1 },
    });
    expect(shop.collector.profiles().duplicates.total).toBe(0);
    // The batch of ten was halved until the bad one stood alone: ten, five, two and five, three …
    const refused = shop.collector.requests().filter(({ status }) => status === 400);
    expect(refused.at(-1)!.messages.map(({ messageId }) => messageId)).toEqual([poisoned.messageId]);
    const tries = expectSameOnEveryTry(shop).get(poisoned.messageId)!;
    expect(tries).toHaveLength(refused.length);

    // It stays gone, and what follows goes on.
    await call(tab, 'milestone', 'chat_opened', { conversation_id: 'four' });
    await until(() => facts(shop).length === 9, 'the next milestone arrives');
    await until(
      async () => !(await call(tab, 'status')).queued.customerio,
      'the page has heard that it was taken',
    );
    const before = shop.collector.requests().length;
    await visitor.goto('/next');
    await call(tab, 'flush');
    await aWhile();
    expect(shop.collector.requests()).toHaveLength(before);
    expect(await call(tab, 'status')).toMatchObject({ delivered: 10, dropped: { refused: 1 } });
    expect(await droppedOn(tab)).toEqual([]);
  });

  test('where all are refused and none was ever taken, all are kept', async () => {
    const shop = await shopThatNotes();
    shop.collector.weather({ status: 400 });
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/');
    await nineWait(tab);
    await call(tab, 'identify', { email: 'ada@example.com' });
    await until(async () => (await call(tab, 'status')).destinations.customerio.error, 'the fault is known');
    expect((await queued(tab)).map(nameOf)).toEqual(['identify', ...ALL.map(([, event]) => event)]);
    const first = shop.collector.requests().length;
    expect(first).toBe(20); // one ahead, ten alone, and nine batches that were halved

    // Slowly: not at once, not on request, not in a new tab.
    await call(tab, 'flush');
    const second = await visitor.newTab('/other');
    await call(second, 'flush');
    await aWhile();
    await shop.travel(20 * MINUTE);
    await until(() => shop.collector.requests().length > first, 'it is tried again');
    await aWhile();
    expect(await call(tab, 'status')).toMatchObject({
      queued: { customerio: 10 },
      delivered: 0,
      dropped: NOTHING,
    });
    expect([...(await droppedOn(tab)), ...(await droppedOn(second))]).toEqual([]);
    expect(visitor.console.filter((line) => /never took one.*write key/.test(line)).length).toBeGreaterThan(
      0,
    );

    shop.collector.weather();
    await shop.travel(20 * MINUTE);
    await until(() => arrived(shop).length === 10, 'all arrive');
    expect(arrived(shop)[0]).toBe('identify');
    expect(facts(shop)).toEqual(ALL);
    await aWhile();
    expect(await call(tab, 'status')).toMatchObject({
      queued: { customerio: 0 },
      delivered: 10,
      dropped: NOTHING,
    });
    expectSameOnEveryTry(shop);
  });

  test('the first one of all is kept until another one is taken', async () => {
    const shop = await shopThatNotes('send');
    shop.collector.weather({ refuse: POISON });
    const tab = await (await shop.visitor()).goto('/');
    await call(tab, 'milestone', 'chat_opened', { conversation_id: 'one', product_sku: POISON });
    await until(async () => (await call(tab, 'status')).destinations.customerio.error, 'it is refused');
    await call(tab, 'flush');
    expect(await call(tab, 'status')).toMatchObject({ queued: { customerio: 1 }, dropped: NOTHING });
    await call(tab, 'milestone', 'chat_first_message_sent', { conversation_id: 'one' });
    await until(async () => (await droppedOn(tab)).length, 'the bad one is dropped');
    await aWhile();
    expect(facts(shop)).toEqual([['one', 'chat_first_message_sent']]);
    expect(await call(tab, 'status')).toMatchObject({
      queued: { customerio: 0 },
      delivered: 1,
      dropped: { refused: 1 },
    });
  });
});
