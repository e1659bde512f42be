// `anonymous: 'send'` beside `hold`: what a guest does is told under the anonymous id, and becomes theirs when they are known.
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, nameOf, queued, rows } from './steps.ts';

const ADA = 'ada@example.com';
const AS_A_GUEST = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent', 'chat_agent_replied'];

const open = (anonymous: 'hold' | 'send') =>
  openShop({ widget: 'tawk', script: { client: 'none', anonymous } });

async function chatAsAGuest(visitor: Visitor): Promise<Tab> {
  const tab = await visitor.goto('/hats');
  await tab.click('#chat');
  await tab.run(() => window.fake.visitor('Where is my parcel?'));
  await tab.run(() => window.fake.agent('On a boat.'));
  return tab;
}

/** What the collector knows of somebody in the end, without ids and times. */
const known = (shop: Shop) =>
  shop.collector.profiles().profiles.map(({ email, events, anonymousIds, traits }) => {
    const { last_chat_at, support_case_opened_at, ...rest } = traits;
    return {
      email,
      anonymousIds: anonymousIds.length,
      traits: { ...rest, dated: Boolean(last_chat_at && support_case_opened_at) },
      events: events.map((event) => [nameOf(event), event.context.page.path, event.properties.topic]),
    };
  });

describe('a guest goes by a number', () => {
  test('what they do arrives under it, and is theirs when they are known', async () => {
    const shop = await open('send');
    const visitor = await shop.visitor();
    const tab = await chatAsAGuest(visitor);
    await until(() => arrived(shop).length === 4, 'what the guest does arrives');
    await aWhile();
    const guest = shop.collector.messages();
    expect(guest.map(nameOf)).toEqual(AS_A_GUEST);
    expect(guest.every((message) => !('userId' in message))).toBe(true);
    const { cookies } = await tab.storage();
    const anonymousId = cookies['ajs_anonymous_id'];
    expect(shop.collector.profiles()).toMatchObject({
      profiles: [],
      anonymous: [{ anonymousId, events: guest }],
    });

    await visitor.goto('/basket');
    await tab.run((email) => window.fake.prechat({ email, name: 'Ada' }), ADA);
    await until(() => arrived(shop).length === 5, 'the identify arrives');
    await tab.run(() => window.fake.rate(1));
    await until(() => arrived(shop).length === 7, 'the rating arrives');
    await aWhile();
    expect(arrived(shop).slice(4)).toEqual(['identify', 'chat_csat_submitted', 'identify']);
    const later = shop.collector.messages().slice(4);
    expect(later.every((message) => message.userId === ADA && message.anonymousId === anonymousId)).toBe(
      true,
    );
    expect(shop.collector.profiles()).toMatchObject({ anonymous: [], errors: [], duplicates: { total: 0 } });
    expect(shop.collector.profiles().profiles).toMatchObject([
      { anonymousIds: [anonymousId], identifies: 2 },
    ]);
    expect([...(await rows(tab, 'q/')), ...(await rows(tab, 'in/'))]).toEqual([]);
  });

  test('the profile is the same in the end, whether it was held or sent', async () => {
    const outcomes = [];
    for (const anonymous of ['hold', 'send'] as const) {
      const shop = await open(anonymous);
      shop.collector.reset();
      const visitor = await shop.visitor();
      const tab = await chatAsAGuest(visitor);
      if (anonymous === 'send') await until(() => arrived(shop).length === 4, 'what the guest does arrives');
      else {
        await until(async () => (await queued(tab)).length === 4, 'what the guest does waits');
        await aWhile();
        expect(shop.collector.requests()).toEqual([]);
      }
      await tab.run((email) => window.fake.prechat({ email, name: 'Ada' }), ADA);
      await until(() => arrived(shop).length === 5, 'everything arrives');
      await tab.run(() => window.fake.end());
      await until(() => arrived(shop).length === 7, 'the end arrives');
      outcomes.push(known(shop));
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]).toEqual([
      {
        email: ADA,
        anonymousIds: 1,
        traits: {
          email: ADA,
          name: 'Ada',
          chat_assisted: true,
          last_chat_topic: 'order_status',
          open_support_case: false,
          support_risk_level: 'low',
          dated: true,
        },
        events: [
          ['chat_opened', '/hats', undefined],
          ...[...AS_A_GUEST.slice(1), 'chat_resolved'].map((event) => [event, '/hats', 'order_status']),
        ],
      },
    ]);
  });

  test('what could not be sent before they were known goes under their name, after the identify', async () => {
    const shop = await open('send');
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/hats');
    await tab.click('#chat');
    await until(() => arrived(shop).length === 1, 'the opening arrives');
    await visitor.offline();
    await tab.run(() => window.fake.visitor('Where is my parcel?'));
    await tab.run((email) => window.fake.prechat({ email }), ADA);
    await until(async () => (await queued(tab)).length === 3, 'it waits');
    await visitor.online();
    await until(() => arrived(shop).length === 4, 'it arrives');
    await aWhile();
    expect(shop.collector.messages().map((message) => [nameOf(message), message.userId])).toEqual([
      ['chat_opened', undefined],
      ['identify', ADA],
      ['chat_topic_set', ADA],
      ['chat_first_message_sent', ADA],
    ]);
    const [profile] = shop.collector.profiles().profiles;
    expect(profile!.events.map(nameOf)).toEqual(AS_A_GUEST.slice(0, 3));
  });
});
