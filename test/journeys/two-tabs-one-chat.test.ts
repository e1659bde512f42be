import { describe, expect, test } from 'vitest';
import { MINUTE, openShop, type Shop, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, call, expectSameOnEveryTry, hide, NOTHING, nameOf, queued, rows } from './steps.ts';

const ADA = 'ada@example.com';

/** Lets the same thing happen in several tabs at the same moment. */
async function atOnce(tabs: Tab[], work: () => unknown) {
  const wait = new Function(
    'at',
    `return new Promise((resolve) => {
      setTimeout(() => {
        while (Date.now() < at);
        (${work})();
        resolve();
      }, at - Date.now() - 20);
    })`,
  ) as (at: number) => Promise<void>;
  const at = Date.now() + 300;
  await Promise.all(tabs.map((tab) => tab.run(wait, at)));
}

const openTabs = async (shop: Shop) => {
  const visitor = await shop.visitor();
  return { visitor, tabs: [await visitor.goto('/hats'), await visitor.newTab('/socks')] as [Tab, Tab] };
};

describe('two tabs, one chat', () => {
  test('a milestone that both tabs hear is told once', async () => {
    const shop = await openShop({
      widget: 'crisp', // both tabs hear every message of the one session
      script: { client: 'none' },
    });
    const { visitor, tabs } = await openTabs(shop);
    const [one, other] = tabs;
    const both = async (work: () => unknown) => {
      for (const tab of tabs) await tab.run(work);
    };
    await one.click('#chat');
    await other.bringToFront();
    await other.click('#chat');
    await both(() => window.fake.visitor('Is it wool?'));
    await both(() => window.fake.bot('Somebody will be with you.'));
    await both(() => window.fake.agent('It is.'));
    await both(() => window.fake.visitor('All of it?'));
    await one.reload();
    await both(() => window.fake.replay());
    await until(async () => (await queued(one)).length >= 4, 'the milestones are kept');
    await call(other, 'identify', { email: ADA });
    await until(() => arrived(shop).length >= 5, 'they arrive');
    await aWhile();
    expect(arrived(shop)).toEqual([
      'identify',
      'chat_opened',
      'chat_first_message_sent',
      'chat_agent_replied',
      'chat_agent_replied',
    ]);
    const [identify, ...milestones] = shop.collector.messages();
    expect(milestones.map(({ properties }) => properties.is_bot)).toEqual([
      undefined,
      undefined,
      true,
      false,
    ]);
    expect(new Set(milestones.map(({ properties }) => properties.conversation_id)).size).toBe(1);
    expect(new Set(milestones.map(({ anonymousId }) => anonymousId))).toEqual(
      new Set([identify!.anonymousId]),
    );
    // On a busy machine the second tab may write down first what it hears a moment later.
    for (const { context } of milestones) expect(['/hats', '/socks']).toContain(context.page.path);
    expect(shop.collector.profiles()).toMatchObject({
      duplicates: { total: 0 },
      profiles: [{ identifies: 1 }],
    });
    for (const tab of tabs) expect([...(await rows(tab, 'q/')), ...(await rows(tab, 'in/'))]).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('both tabs hear the first word ever at the same moment: one visitor, one conversation', async () => {
    const shop = await openShop({ widget: 'tawk', script: { client: 'none', anonymous: 'send' } }); // no vendor's id
    const { visitor, tabs } = await openTabs(shop);
    await atOnce(tabs, () => window.fake.visitor('Does it fit?'));
    await atOnce(tabs, () => window.fake.assign());
    await atOnce(tabs, () => window.fake.agent('It does.'));
    await atOnce(tabs, () => window.fake.rate(1));
    await atOnce(tabs, () => window.fake.end());
    await until(() => arrived(shop).length >= 6, 'they arrive');
    await aWhile();
    expect(arrived(shop)).toEqual([
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_assigned',
      'chat_agent_replied',
      'chat_csat_submitted',
      'chat_resolved',
    ]);
    const messages = shop.collector.messages();
    expect(shop.collector.profiles().duplicates.total).toBe(0);
    expect(new Set(messages.map(({ properties }) => properties.conversation_id)).size).toBe(1);
    const { cookies } = await tabs[0].storage();
    expect(new Set(messages.map(({ anonymousId }) => anonymousId))).toEqual(
      new Set([cookies['ajs_anonymous_id']]),
    );
    expect(visitor.errors).toEqual([]);
  });

  test('both tabs tell twenty facts at the same moments, each once', async () => {
    const shop = await openShop({ script: { client: 'none', anonymous: 'send' } });
    const { tabs } = await openTabs(shop);
    for (let round = 0; round < 4; round++)
      await atOnce(tabs, () => {
        const page = window as any;
        page.round ??= 0;
        for (let i = 0; i < 5; i++)
          page.chatstone('milestone', 'chat_opened', { conversation_id: `${page.round}-${i}` });
        page.round++;
      });
    await until(() => arrived(shop).length >= 20, 'they arrive');
    await aWhile();
    expect(arrived(shop)).toHaveLength(20);
    const facts = shop.collector
      .messages()
      .map((message) => `${message.properties.conversation_id} ${nameOf(message)}`);
    expect(new Set(facts).size).toBe(20);
    expect(await call(tabs[0], 'status')).toMatchObject({ delivered: 20, queued: { customerio: 0 } });
    expectSameOnEveryTry(shop);
  });

  test.each(['crash', 'close'] as const)(
    'a tab that ends (%s) in the middle of a delivery leaves it to the other',
    async (how) => {
      const shop = await openShop({
        widget: 'crisp',
        script: { client: 'none' },
        config: { user: { email: ADA } },
      });
      const visitor = await shop.visitor();
      const one = await visitor.goto('/hats');
      await until(() => arrived(shop).length === 1, 'the identify arrives');
      const other = await visitor.newTab('/socks');
      shop.collector.weather([{ hang: true }]);
      await one.bringToFront();
      await one.click('#chat');
      await until(() => shop.collector.requests().length === 2, 'the opening is on its way');
      await one.run(() => window.fake.visitor('Is it wool?'));
      await one.run(() => window.fake.agent('It is.'));
      await until(
        async () => (await rows(other, 'in/')).length === 0 && (await queued(other)).length === 5,
        'all is kept',
      );
      if (how === 'close') await one.close();
      else {
        const session = await visitor.browser().newCDPSession(one);
        const crashed = one.waitForEvent('crash');
        void session.send('Page.crash').catch(() => 'it never answers');
        await crashed;
      }
      await other.run(() => window.fake.visitor('Is it wool?')); // heard by the first tab already
      await other.run(() => window.fake.bot('We are closed now.'));
      const milestones = () => shop.collector.messages().filter(({ type }) => type === 'track');
      await until(() => milestones().length >= 4, 'all arrives');
      await aWhile();
      expect(milestones().map((message) => [nameOf(message), message.context.page.path])).toEqual([
        ['chat_opened', '/hats'],
        ['chat_first_message_sent', '/hats'],
        ['chat_agent_replied', '/hats'],
        ['chat_agent_replied', '/socks'],
      ]);
      expect(shop.collector.messages().every(({ userId }) => userId === ADA)).toBe(true);
      expectSameOnEveryTry(shop);
      expect([...(await rows(other, 'q/')), ...(await rows(other, 'in/'))]).toEqual([]);
      expect(await call(other, 'status')).toMatchObject({
        delivered: shop.collector.messages().length,
        dropped: NOTHING,
      });
    },
  );

  test('a tab that leaves puts nothing back that the other has delivered', async () => {
    const shop = await openShop({ travels: true, script: { client: 'auto' } });
    const { tabs } = await openTabs(shop);
    const [one, other] = tabs;
    shop.collector.weather([{ status: 429, retryAfter: 600 }]);
    await call(one, 'identify', { email: ADA });
    await until(async () => (await rows(one, 'to/'))[0]?.[1].firm, 'the server was busy');
    await call(one, 'milestone', 'chat_opened', { conversation_id: 'red' });
    await until(async () => (await queued(other)).length === 2, 'the opening waits');
    await call(other, 'status'); // it has seen what waits
    await shop.travel(15 * MINUTE);
    await until(async () => (await queued(one)).length === 0, 'all is delivered');
    await hide(other);
    await other.close();
    await aWhile();
    expect(await queued(one)).toEqual([]);
    expect(await call(one, 'status')).toMatchObject({ delivered: 2, dropped: NOTHING });
    expect(arrived(shop)).toEqual(['identify', 'chat_opened']);
    expectSameOnEveryTry(shop);
  });
});
