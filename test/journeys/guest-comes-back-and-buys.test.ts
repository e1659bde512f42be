import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, openShop, type Shop, type ShopPage, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, during, expectWithin, nameOf, queued, rows } from './steps.ts';

const ADA = 'ada@example.com';
const MILESTONES = [
  'chat_opened',
  'chat_topic_set',
  'chat_first_message_sent',
  'chat_assigned',
  'chat_agent_replied',
];

const CHECKOUT: ShopPage = {
  config: { pageType: 'checkout' },
  body: `
    <form class="checkout woocommerce-checkout" id="checkout" action="/thanks">
      <input id="billing_email" name="billing_email" type="email" autocomplete="email" required>
      <input id="billing_phone" name="billing_phone" type="tel" autocomplete="tel">
      <input id="billing_first_name" autocomplete="given-name" required>
      <input id="billing_last_name" autocomplete="family-name" required>
      <input id="billing_address_1" autocomplete="street-address" required>
      <button type="submit" id="place">Place the order</button>
    </form>
    <script>
      checkout.addEventListener('submit', (event) => {
        event.preventDefault();
        location.assign('/thanks');
      });
    </script>`,
};

const THANKS: ShopPage = {
  config: { pageType: 'thank_you', order: { order_id: 'RG-1', value: 80, currency: 'GBP' } },
};

async function shopWithTawk(): Promise<Shop> {
  const shop = await openShop({
    travels: true,
    widget: 'tawk',
    script: { client: 'none' },
    config: { pageType: 'product', product: { sku: 'RG-JUMPER' } },
  });
  shop.show('/checkout', CHECKOUT);
  shop.show('/thanks', THANKS);
  return shop;
}

/** A guest asks about a jumper. Returns the times between which each milestone happened. */
async function askAboutTheJumper(shop: Shop, visitor: Visitor) {
  const spans: [number, number][] = [];
  const page = await visitor.goto('/jumper?variant=7');
  const happens = async (work: () => Promise<unknown>, event: string) => {
    const kept = async () => (await queued(page)).some((message) => nameOf(message) === event);
    spans.push(await during(page, () => work().then(() => until(kept, `${event} is kept`))));
    await shop.travel(MINUTE);
  };
  await happens(() => page.click('#chat'), 'chat_opened');
  await happens(() => page.run(() => window.fake.visitor('Does it run small?')), 'chat_first_message_sent');
  spans.push(spans[1]!);
  await happens(() => page.run(() => window.fake.assign()), 'chat_assigned');
  await happens(
    () => page.run(() => window.fake.agent('Half a size, I wear it myself.')),
    'chat_agent_replied',
  );
  return { page, spans };
}

async function buy(visitor: Visitor) {
  const page = await visitor.goto('/checkout');
  await page.fill('#billing_email', 'Ada@Example.com');
  await page.fill('#billing_phone', '020 7946 0000');
  await page.fill('#billing_first_name', 'Ada');
  await page.fill('#billing_last_name', 'Archer');
  await page.click('#place'); // the browser's own check stops it: the address is missing
  await aWhile();
  expect(page.url()).toContain('/checkout');
  await page.fill('#billing_address_1', '1 Ravel Bridge');
  const span = await during(page, () => page.run(() => void document.getElementById('place')!.click()));
  await page.waitForURL('**/thanks');
  return { page, span };
}

describe('a guest comes back and buys', () => {
  test.each([
    ['closed', undefined],
    ['killed', 'kill'],
  ] as const)('and what was held arrives as it happened, after the browser was %s', async (_, how) => {
    const shop = await shopWithTawk();
    const visitor = await shop.visitor({ restarts: true });
    const { page, spans } = await askAboutTheJumper(shop, visitor);
    const [{ anonymousId }] = (await queued(page)) as [any];
    await visitor.restart(how);

    await shop.travel(22 * HOUR);
    const next = await visitor.goto('/');
    await until(
      async () => (await next.storage()).cookies['ajs_anonymous_id'],
      'the visitor id stands there',
    );
    await aWhile();
    const stored = await next.storage();
    expect(stored.cookies['ajs_anonymous_id']).toBe(anonymousId);
    expect(stored.localStorage['ajs_anonymous_id']).toBe(JSON.stringify(anonymousId));
    expect((await queued(next)).map(nameOf)).toEqual(MILESTONES);
    expect(shop.collector.requests()).toEqual([]);

    const { page: thanks, span } = await buy(visitor);
    await until(() => shop.collector.messages().length === 6, 'what was held arrives');
    await aWhile();

    const [identify, ...milestones] = shop.collector.messages();
    expect(arrived(shop)).toEqual(['identify', ...MILESTONES]);
    expectWithin(identify!, span);
    expect(identify).toMatchObject({ userId: ADA, anonymousId, context: { page: { path: '/checkout' } } });
    const seconds = (message: any) => Math.floor(Date.parse(message.timestamp) / 1000);
    expect(identify!.traits).toEqual({
      email: ADA,
      phone: '020 7946 0000',
      name: 'Ada Archer',
      chat_assisted: true,
      last_chat_at: seconds(milestones[4]),
      last_chat_topic: 'sizing',
      open_support_case: true,
      support_case_opened_at: seconds(milestones[2]),
      support_risk_level: 'medium',
    });
    for (const [i, message] of milestones.entries()) {
      expectWithin(message, spans[i]!);
      expect(message).toMatchObject({ userId: ADA, anonymousId });
      expect(message.context.page).toEqual({ path: '/jumper', search: '', url: `${shop.url}/jumper` });
      expect(message.properties).toMatchObject({ product_sku: 'RG-JUMPER', page_type: 'product' });
      // The server knows that it was yesterday.
      expect(Math.abs(Date.parse(message.correctedAt) - Date.parse(message.timestamp))).toBeLessThan(MINUTE);
    }
    expect(new Set(milestones.map(({ properties }) => properties.conversation_id)).size).toBe(1);
    expect(shop.collector.profiles()).toMatchObject({
      profiles: [{ email: ADA, anonymousIds: [anonymousId], identifies: 1 }],
      anonymous: [],
      errors: [],
      conflicts: [],
    });
    // What the page before sent in leaving is given time for its answer.
    await until(
      async () => ![...(await rows(thanks, 'q/')), ...(await rows(thanks, 'in/'))].length,
      'nothing waits',
    );
    expect(visitor.errors).toEqual([]);
  });

  test('and tells more of the same person at once', async () => {
    const shop = await shopWithTawk();
    const visitor = await shop.visitor();
    await askAboutTheJumper(shop, visitor);
    await shop.travel(22 * HOUR);
    const { page } = await buy(visitor);
    await until(() => shop.collector.messages().length === 6, 'what was held arrives');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Thank you, it fits!'));
    await until(() => shop.collector.messages().length === 10, 'a second conversation arrives');
    await aWhile();
    expect(arrived(shop).slice(6)).toEqual([
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'identify',
    ]);
    const [one, other] = [1, 6].map((i) => shop.collector.messages()[i]!.properties);
    expect(other).toMatchObject({ order_id: 'RG-1', page_type: 'thank_you' });
    expect(other!.conversation_id).not.toBe(one!.conversation_id);
    expect(shop.collector.messages().every(({ userId }) => userId === ADA)).toBe(true);
  });
});
