// Whatever chat the shop runs: a guest talks, becomes known, and everything that this widget can tell arrives as theirs.
import { describe, expect, test } from 'vitest';
import { widgets } from '../../demo/widgets/index.js';
import { MILESTONES } from '../../src/core/milestones.ts';
import { sources } from '../../src/sources/index.ts';
import { openShop, type Tab, until } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, nameOf, rows } from './steps.ts';

const ADA = 'ada@example.com';
const CANARY = 'canary-7d21';
const CHECKOUT = `<form class="checkout" onsubmit="event.preventDefault()">
  <input id="billing_email" type="email"><button id="pay">Pay</button>
</form>`;

const play = async (page: Tab, steps: (() => void)[]) => {
  for (const step of steps) await page.run(step);
};

/** What of this the vendor lets the page know is another matter. */
const BEFORE = [
  () => window.fake.visitor('canary-7d21 which size should I take?'),
  () => window.fake.assign({ id: 'agent-7', name: 'canary-7d21 Noor', team: 'Shop' }),
  () => window.fake.system('canary-7d21 Noor joined'),
  () => window.fake.close(),
  () => window.fake.agent('canary-7d21 a nine'),
  () => window.fake.popup(), // nobody asked for it
];
const AFTER = [
  () => window.fake.visitor('canary-7d21 thank you'),
  () => window.fake.agent('canary-7d21 anything else?'),
  () => window.fake.rate(1),
  () => window.fake.end(),
];

describe('a guest becomes known', () => {
  test.each(Object.keys(widgets))('who chats over %s', async (name) => {
    const { tells } = sources[name as keyof typeof sources]();
    const told = tells.map((one) => one.replace('?', ''));
    const widget = name === 'custom' ? 'our-chat' : name; // its own name
    const shop = await openShop({
      widget: name,
      body: CHECKOUT,
      script: { client: 'none' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await play(page, BEFORE);
    await aWhile();
    expect(shop.collector.requests()).toEqual([]); // nobody knows yet who this is

    if (told.includes('identity')) await page.run((email) => window.fake.prechat({ email }), ADA);
    else {
      await page.fill('#billing_email', ADA);
      await page.click('#pay');
    }
    await play(page, AFTER);
    await until(() => arrived(shop).includes('identify'), 'somebody is known');
    await aWhile();

    // The topic is in the words too, where the page is told what the visitor says.
    const milestones = shop.collector.messages().filter(({ type }) => type === 'track');
    const names = milestones.map(nameOf);
    const expected = MILESTONES.filter(
      (milestone) => told.includes(milestone) && milestone !== 'chat_topic_set',
    );
    expect(
      MILESTONES.filter((milestone) => names.includes(milestone) && milestone !== 'chat_topic_set'),
    ).toEqual(expected);
    for (const milestone of new Set(names))
      expect({ milestone, times: names.filter((one) => one === milestone).length }).toEqual({
        milestone,
        times: 1,
      });

    const { anonymousId } = shop.collector.messages()[0]!;
    for (const message of shop.collector.messages())
      expect(message).toMatchObject({ userId: ADA, anonymousId, context: { page: { path: '/hats' } } });
    const conversations = new Set(milestones.map(({ properties }) => properties.conversation_id));
    expect(conversations.size).toBe(milestones.length ? 1 : 0);
    for (const { properties } of milestones)
      expect(properties).toMatchObject({ channel: 'live_chat', widget });
    const times = milestones.map(({ timestamp }) => timestamp);
    expect([...times].sort()).toEqual(times);

    expect(JSON.stringify([shop.collector.requests(), await rows(page), visitor.console])).not.toContain(
      CANARY,
    );
    expect(await call(page, 'status')).toMatchObject({
      queued: { customerio: 0 },
      dropped: NOTHING,
      errors: NOTHING,
      widgets: { [name]: { found: true } },
    });
    expect(visitor.errors).toEqual([]);
  });
});
