import { describe, expect, test } from 'vitest';
import { openShop, SECOND, type Shop, type Tab, until, type Visitor } from '../browser/harness.ts';
import { DAY, jump, jumpy } from './device-clock.ts';
import { arrived, aWhile, call, expectSameOnEveryTry, NOTHING, nameOf, rows } from './steps.ts';

const STEPS = ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved'];
const LOCK = 'chatstone customerio';

/** In the page, before all else: there are no Web Locks, as in Safari before 15.4. */
const NO_LOCKS = `Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });`;

const shopWith = (inline: string) => openShop({ script: { client: 'none', anonymous: 'send' }, inline });

async function openTabs(visitor: Visitor, count: number): Promise<Tab[]> {
  const tabs = [await visitor.goto('/')];
  while (tabs.length < count) tabs.push(await visitor.newTab('/'));
  return tabs;
}

const tell = (tab: Tab, conversation_id: string, events: readonly string[] = STEPS) =>
  tab.run(
    (conversation_id, events) => {
      for (const event of events) (window as any).chatstone('milestone', event, { conversation_id });
    },
    conversation_id,
    events,
  );

/** The milestones that arrived, by conversation, each messageId once. */
function conversations(shop: Shop): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const message of shop.collector.messages())
    (all[message.properties.conversation_id] ??= []).push(nameOf(message));
  return all;
}

/** Nothing is left, nothing came as something else, nothing counts as lost. */
async function expectAllIsWell(shop: Shop, tab: Tab) {
  expectSameOnEveryTry(shop);
  expect(shop.collector.profiles()).toMatchObject({ conflicts: [], errors: [] });
  await until(async () => !(await rows(tab, 'q/')).length, 'the queue is empty');
  expect([...(await rows(tab, 'in/')), ...(await rows(tab, 'lease/'))]).toEqual([]);
  expect(await call(tab, 'status')).toMatchObject({
    delivered: shop.collector.messages().length,
    dropped: NOTHING,
  });
}

async function crash(visitor: Visitor, tab: Tab) {
  const session = await visitor.browser().newCDPSession(tab);
  const crashed = tab.waitForEvent('crash');
  void session.send('Page.crash').catch(() => 'it never answers');
  await crashed;
}

describe.each([
  ['Web Locks', ''],
  ['a lease, for there are no locks', NO_LOCKS],
])('many tabs that take turns by %s', (_, inline) => {
  test.each([2, 5, 20])(
    '%i of them record and deliver at once, each fact once and in order',
    async (count) => {
      const shop = await shopWith(inline);
      // Answers take long enough for a second tab that would not wait its turn.
      const slow = { delay: 150 };
      shop.collector.weather([
        { cut: 'after' },
        slow,
        { status: 500, ...slow },
        slow,
        { cut: 'before' },
        { ...slow, times: 100 },
      ]);
      const tabs = await openTabs(await shop.visitor(), count);
      const at = Date.now() + 500;
      await Promise.all(
        tabs.map((tab, i) =>
          tab.run(
            async (own, at, events) => {
              await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
              for (const event of events)
                for (const conversation_id of new Set([own, 'tab 0'])) {
                  // A message after the end would open it again: only its own tab tells the end of a talk.
                  if (conversation_id === own || event !== 'chat_resolved')
                    (window as any).chatstone('milestone', event, { conversation_id });
                  await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
                }
              await (window as any).chatstone('flush');
            },
            `tab ${i}`,
            at,
            STEPS,
          ),
        ),
      );
      const facts = count * STEPS.length;
      await until(() => arrived(shop).length >= facts, 'all arrives', 30 * SECOND);
      await aWhile();
      expect(conversations(shop)).toEqual(Object.fromEntries(tabs.map((_, i) => [`tab ${i}`, STEPS])));
      // Only what was cut off after it was taken came again, once.
      const again: Record<string, number> = {};
      for (const { weather, messages } of shop.collector.requests())
        if (weather?.cut === 'after')
          for (const { messageId } of messages) again[messageId] = (again[messageId] ?? 0) + 1;
      expect(shop.collector.profiles().duplicates.byMessageId).toEqual(again);
      await expectAllIsWell(shop, tabs[0]!);
    },
  );

  test('the one that delivers crashes after the server took it all: another tells it once more, by the same ids', async () => {
    const shop = await shopWith(inline);
    shop.collector.weather([{ delay: 40 * SECOND }]);
    const visitor = await shop.visitor();
    const [one, ...others] = await openTabs(visitor, 5);
    await tell(one!, 'red');
    await until(() => shop.collector.requests().length === 1, 'it is on its way');
    const first = shop.collector.requests()[0]!.messages.map(({ messageId }) => messageId);
    await Promise.all(others.map((tab, i) => tell(tab, `blue ${i}`)));
    await crash(visitor, one!);
    await until(() => arrived(shop).length >= 20, 'the others deliver', 40 * SECOND);
    await until(async () => !(await rows(others[0]!, 'q/')).length, 'all is delivered', 40 * SECOND);
    await aWhile();
    expect(conversations(shop)).toEqual({
      red: STEPS,
      ...Object.fromEntries(others.map((_, i) => [`blue ${i}`, STEPS])),
    });
    expect(shop.collector.profiles().duplicates.byMessageId).toEqual(
      Object.fromEntries(first.map((id) => [id, 1])),
    );
    await expectAllIsWell(shop, others[0]!);
  });
});

describe('a background tab that holds the lock', () => {
  test('frozen in the middle of a delivery: the others deliver', async () => {
    const shop = await shopWith('');
    shop.collector.weather([{ hang: true }]);
    const visitor = await shop.visitor();
    const [one, ...others] = await openTabs(visitor, 3);
    await tell(one!, 'red');
    await until(() => shop.collector.requests().length === 1, 'it is on its way');
    const session = await visitor.browser().newCDPSession(one!);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await Promise.all(others.map((tab, i) => tell(tab, `blue ${i}`)));
    await until(() => arrived(shop).length >= 12, 'the others deliver', 30 * SECOND);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await tell(one!, 'green');
    await until(() => arrived(shop).length >= 16, 'the one that thaws goes on', 30 * SECOND);
    await aWhile();
    expect(conversations(shop)).toEqual({ red: STEPS, 'blue 0': STEPS, 'blue 1': STEPS, green: STEPS });
    await expectAllIsWell(shop, others[0]!);
  });

  test('for ever: the lock is taken from it', async () => {
    const shop = await shopWith('');
    shop.show('/holder', { script: false });
    const visitor = await shop.visitor();
    const holder = await visitor.goto('/holder');
    await holder.run((name) => {
      void navigator.locks.request(name, () => new Promise(() => {})).catch(() => 'it was taken');
    }, LOCK);
    const tabs = [await visitor.newTab('/'), await visitor.newTab('/'), await visitor.newTab('/')];
    await Promise.all(tabs.map((tab, i) => tell(tab, `red ${i}`)));
    await until(() => arrived(shop).length >= 12, 'they deliver', 30 * SECOND);
    await aWhile();
    expect(conversations(shop)).toEqual(Object.fromEntries(tabs.map((_, i) => [`red ${i}`, STEPS])));
    await expectAllIsWell(shop, tabs[0]!);
    // From here on nobody waits.
    await tell(tabs[1]!, 'green');
    await until(() => arrived(shop).length >= 16, 'the next goes at once', 5 * SECOND);
  });
});

describe('a lease that is left behind', () => {
  test.each([
    ['a day forward', DAY],
    ['a day back', -DAY],
    ['ten seconds back', -10 * SECOND],
  ])('is no hindrance where the clock jumps %s', async (_, by) => {
    const shop = await shopWith(`${NO_LOCKS} (${jumpy})()`);
    shop.collector.weather([{ hang: true }]);
    const visitor = await shop.visitor();
    const [one, other] = (await openTabs(visitor, 2)) as [Tab, Tab];
    await tell(one, 'red');
    await until(
      async () => (await rows(other, 'lease/')).length && arrived(shop).length === 0,
      'there is a lease',
    );
    await until(() => shop.collector.requests().length === 1, 'it is on its way');
    await crash(visitor, one);
    await jump(other, by);
    await tell(other, 'blue');
    await until(() => arrived(shop).length >= 8, 'the other delivers', 40 * SECOND);
    expect(conversations(shop)).toEqual({ red: STEPS, blue: STEPS });
    await expectAllIsWell(shop, other);
  });
});
