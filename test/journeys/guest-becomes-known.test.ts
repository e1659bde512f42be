// Rocket.Chat's own host script, with a stand-in for the app in its iframe.
import { describe, expect, test } from 'vitest';
import { MINUTE, openShop, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, during, expectWithin, nameOf, queued, rows } from './steps.ts';

const ADA = 'ada@example.com';

const shopWithRocketChat = () =>
  openShop({
    travels: true,
    widget: 'rocket-chat',
    script: { client: 'none' },
    config: { pages: { '/socks': 'sizing' }, pageType: 'product' },
  });

/** The inside of the widget's iframe. */
const chat = (tab: Tab) => tab.frameLocator('#rocketchat-iframe');

async function fillTheForm(tab: Tab) {
  await chat(tab).locator('[name=name]').fill(' Ada Archer ');
  await chat(tab).locator('[name=email]').fill(' Ada@Example.com');
  await chat(tab).locator('#prechat button').click();
}

async function write(tab: Tab, text: string) {
  await chat(tab).locator('[name=text]').fill(text);
  await chat(tab).locator('#write button').click();
}

const untilQueued = (tab: Tab, event: string) =>
  until(async () => (await queued(tab)).map(nameOf).includes(event), `${event} is kept`);

/** What a message says of where and whom it happened. */
const scene = ({ context, anonymousId, userId, properties }: any) => ({
  path: context.page.path,
  conversation: properties.conversation_id,
  anonymousId,
  userId,
});

describe('a guest becomes known', () => {
  test('by the form before the chat, after a talk over several pages', async () => {
    const shop = await shopWithRocketChat();
    const visitor = await shop.visitor();
    const spans: Record<string, [number, number]> = {};

    let page = await visitor.goto('/socks?size=9&utm_source=mail&email=ada%40example.com');
    spans.chat_opened = await during(page, async () => {
      await chat(page).locator('#bubble').click();
      await untilQueued(page, 'chat_opened');
    });
    await shop.travel(MINUTE);
    spans.chat_first_message_sent = await during(page, async () => {
      await page.run(() => window.fake.visitor('Do these shrink?'));
      await untilQueued(page, 'chat_first_message_sent');
    });
    spans.chat_topic_set = spans.chat_first_message_sent;

    await shop.travel(2 * MINUTE);
    page = await visitor.goto('/socks/red');
    spans.chat_assigned = await during(page, async () => {
      await page.run(() => window.fake.assign({ id: 'noor', name: 'Noor' }));
      await untilQueued(page, 'chat_assigned');
    });

    await shop.travel(MINUTE);
    await page.reload(); // the app announces the agent again
    await page.run(() => window.fake.replay());
    await chat(page).locator('#bubble').click(); // and the visitor closes and opens the window
    await chat(page).locator('#bubble').click();
    await aWhile();
    const held = await queued(page);
    expect(held.map(nameOf)).toEqual([
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_assigned',
    ]);
    expect(held.every(({ userId }) => userId === undefined)).toBe(true);
    expect(shop.collector.requests()).toEqual([]);

    await shop.travel(3 * MINUTE);
    page = await visitor.newTab('/cart'); // where Rocket.Chat does not know the visitor yet
    spans.identify = await during(page, async () => {
      await chat(page).locator('#bubble').click();
      await fillTheForm(page);
      await until(() => shop.collector.messages().length === 5, 'what was held arrives');
    });
    await aWhile();

    const messages = shop.collector.messages();
    expect(messages.map(nameOf)).toEqual([
      'identify',
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_assigned',
    ]);
    for (const message of messages) expectWithin(message, spans[nameOf(message)]!);
    const [identify, ...milestones] = messages;
    const seconds = (message: any) => Math.floor(Date.parse(message.timestamp) / 1000);
    expect(identify).toMatchObject({ userId: ADA, context: { page: { path: '/cart' } } });
    expect(identify!.traits).toEqual({
      email: ADA,
      name: 'Ada Archer',
      last_chat_at: seconds(milestones[2]),
      last_chat_topic: 'sizing',
      open_support_case: true,
      support_case_opened_at: seconds(milestones[2]),
      support_risk_level: 'medium',
    });
    const { anonymousId } = identify!;
    const conversation = milestones[0]!.properties.conversation_id;
    expect(milestones.map(scene)).toEqual(
      ['/socks', '/socks', '/socks', '/socks/red'].map((path) => ({
        path,
        conversation,
        anonymousId,
        userId: ADA,
      })),
    );
    expect(milestones[0]!.context.page).toEqual({
      path: '/socks',
      search: '?utm_source=mail',
      url: `${shop.url}/socks?utm_source=mail`,
    });
    expect(milestones[1]!.properties).toEqual({
      channel: 'live_chat',
      widget: 'rocket-chat',
      conversation_id: conversation,
      topic: 'sizing',
      page_type: 'product',
    });

    await shop.travel(MINUTE);
    await write(page, 'Thank you!');
    await chat(page).locator('#finish').click(); // told twice by Rocket.Chat
    await until(() => shop.collector.messages().length === 7, 'the end arrives');
    await aWhile();
    expect(arrived(shop).slice(5)).toEqual(['chat_resolved', 'identify']);
    const [resolved, again] = shop.collector.messages().slice(5);
    expect(scene(resolved)).toEqual({ path: '/cart', conversation, anonymousId, userId: ADA });
    expect(again!.traits).toEqual({
      email: ADA,
      last_chat_at: seconds(resolved),
      open_support_case: false,
      support_risk_level: 'low',
    });
    expect(shop.collector.profiles().profiles).toMatchObject([
      { email: ADA, anonymousIds: [anonymousId], identifies: 2, traits: { open_support_case: false } },
    ]);
    expect(shop.collector.profiles().profiles[0]!.events.map(nameOf)).toEqual([
      ...milestones.map(nameOf),
      'chat_resolved',
    ]);
    expect(shop.collector.profiles().anonymous).toEqual([]);
    expect([...(await rows(page, 'q/')), ...(await rows(page, 'in/'))]).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('by the form with which the chat begins', async () => {
    const shop = await shopWithRocketChat();
    const visitor = await shop.visitor();
    let page = await visitor.goto('/scarves');
    await chat(page).locator('#bubble').click();
    await chat(page).locator('[name=department]').selectOption('returns');
    await fillTheForm(page);
    await until(() => shop.collector.messages().length === 4, 'the opening and the topic arrive');
    await page.reload();
    await write(page, 'It is too long');
    await until(() => shop.collector.messages().length === 6, 'the first message arrives');
    page = await visitor.goto('/returns');
    await page.run(() => window.fake.assign({ id: 'noor', name: 'Noor' }));
    await until(() => shop.collector.messages().length === 7, 'the assignment arrives');
    await page.reload();
    await page.run(() => window.fake.replay());
    await aWhile();

    const messages = shop.collector.messages();
    expect(messages.map(nameOf)).toEqual([
      'identify',
      'chat_opened',
      'chat_topic_set',
      'identify',
      'chat_first_message_sent',
      'identify',
      'chat_assigned',
    ]);
    expect(messages.every(({ userId }) => userId === ADA)).toBe(true);
    expect(messages.map(({ context }) => context.page.path)).toEqual([
      ...Array(6).fill('/scarves'),
      '/returns',
    ]);
    const traits = messages.filter(({ type }) => type === 'identify').map((message) => message.traits);
    expect(traits).toEqual([
      { email: ADA, name: 'Ada Archer' },
      { email: ADA, last_chat_topic: 'returns' },
      {
        email: ADA,
        last_chat_at: expect.any(Number),
        open_support_case: true,
        support_case_opened_at: expect.any(Number),
        support_risk_level: 'high',
      },
    ]);
    expect(shop.collector.profiles()).toMatchObject({ anonymous: [], errors: [], conflicts: [] });
  });
});
