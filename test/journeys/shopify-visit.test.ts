// What a Shopify storefront tells of the visit stands in the milestones: the cart, the product seen last, the returns page.
import { describe, expect, test } from 'vitest';
import { openShop, type ShopPage, until } from '../browser/harness.ts';
import { call, rows, startChat } from './steps.ts';

const PROPERTIES = ['cart_value', 'cart_currency', 'cart_items', 'last_viewed_sku', 'returns_page_visited'];
const page = (config: object = {}): ShopPage => ({
  widget: 'tawk',
  inline: 'window.Shopify = { currency: { active: "EUR" } };',
  script: { client: 'none', consent: 'granted', anonymous: 'send' },
  config: { properties: PROPERTIES, ...config },
});

describe('a Shopify storefront', () => {
  test('tells what the visitor has seen on the pages before, and the cart as it is', async () => {
    const shop = await openShop(page());
    shop.show('/products/hat', page({ product: { sku: 'HAT-1' }, pageType: 'product' }));
    shop.show('/cart', page({ context: { cart_value: 10, cart_currency: 'EUR', cart_items: 1 } }));
    const visitor = await shop.visitor();
    const loaded = () =>
      until(
        () => visitor.requests.some(({ url }) => url.includes('shopify-storefront')),
        'its file is asked for',
      );
    let tab = await visitor.goto('/products/hat');
    await loaded();
    await until(async () => (await rows(tab, 'seen')).length === 1, 'the product is remembered');
    tab = await visitor.goto('/policies/refund-policy');
    await until(
      async () => (await rows(tab, 'seen'))[0]?.[1].facts.returns_page_visited,
      'the returns page is remembered',
    );
    expect(shop.collector.log()).toEqual([]); // of a visit alone nothing is told
    tab = await visitor.goto('/cart');
    await until(async () => (await call(tab, 'status')).widgets['shopify-storefront']?.found, 'it listens');
    await tab.run(() =>
      document.dispatchEvent(
        Object.assign(new Event('shopify:cart:lines-update'), {
          promise: Promise.resolve({
            cart: { cost: { totalAmount: { amount: '24.69', currencyCode: 'EUR' } }, totalQuantity: 3 },
          }),
        }),
      ),
    );
    await tab.waitForTimeout(500);
    await startChat(tab, 'a');
    await until(() => shop.collector.messages().length === 1, 'the chat arrives');
    expect(shop.collector.messages()[0]!.properties).toMatchObject({
      cart_value: 24.69,
      cart_currency: 'EUR',
      cart_items: 3,
      last_viewed_sku: 'HAT-1',
      returns_page_visited: true,
    });
    expect(visitor.requests.filter(({ url }) => /cart\.js/.test(url))).toEqual([]);

    await call(tab, 'reset'); // another person has seen nothing yet
    await startChat(tab, 'b');
    await until(() => shop.collector.messages().length === 2, 'the next chat arrives');
    const { properties } = shop.collector.messages()[1]!;
    expect(properties).not.toHaveProperty('last_viewed_sku');
    expect(properties).not.toHaveProperty('returns_page_visited');
    tab = await visitor.goto('/');
    await startChat(tab, 'c');
    await until(() => shop.collector.messages().length === 3, 'the last chat arrives');
    expect(shop.collector.messages()[2]!.properties).not.toHaveProperty('last_viewed_sku');
    expect(visitor.errors).toEqual([]);
  });

  test('tells nothing that the site has not registered, and keeps none of it', async () => {
    const shop = await openShop({ ...page(), config: { product: { sku: 'HAT-1' } } });
    const tab = await (await shop.visitor()).goto('/pages/returns');
    await until(async () => (await call(tab, 'status')).widgets['shopify-storefront']?.found, 'it listens');
    await startChat(tab, 'a');
    await until(() => shop.collector.messages().length === 1, 'the chat arrives');
    const { properties } = shop.collector.messages()[0]!;
    for (const name of PROPERTIES) expect(properties).not.toHaveProperty(name);
    expect(await rows(tab, 'seen')).toEqual([]);
  });
});
