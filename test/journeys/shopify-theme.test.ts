// A storefront of Shopify with the snippet in its layout. The customer and the shop have names that would break out.
import { describe, expect, test } from 'vitest';
import { openShop, until } from '../browser/harness.ts';
import { HOSTILE, render, snippet } from '../shopify/liquid.ts';
import { arrived, call } from './steps.ts';

const SKU = `HAT"></script><script>hacked=1</script>`;
const PRODUCT = {
  request: { page_type: 'product', design_mode: false, visual_preview_mode: false },
  product: { title: HOSTILE[0], selected_or_first_available_variant: { sku: SKU } },
};
const customer = (name: string) => ({ id: 7234567890123, email: 'Ann@Example.com', phone: null, name });

/** The head of a layout: a theme that escapes its title, and the snippet. */
const head = (shop: typeof PRODUCT & Record<string, unknown>, given: object = {}) =>
  render('<meta property="og:title" content="{{ product.title | escape }}">', shop) +
  snippet({ write_key: 'key', consent: 'granted', ...given }, shop);

async function openTheme(objects: Record<string, unknown>, given: object = {}) {
  const shop = await openShop();
  const api_host = shop.origin('collector');
  shop.show('/products/hat', {
    script: false, // the snippet brings it
    widget: 'tawk',
    head: head({ ...PRODUCT, ...objects }, { api_host, ...given }),
  });
  return shop;
}

describe('a theme with the snippet', () => {
  test('tells the chat of a logged-in customer on that person, with the product in view', async () => {
    const shop = await openTheme({ customer: customer('Ann') });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/products/hat');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('What size is it?'));
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'the first message arrives');
    const tracks = shop.collector.messages().filter(({ type }) => type === 'track');
    expect(tracks.map(({ event }) => event)).toEqual([
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
    ]);
    for (const { userId, properties } of tracks) {
      expect(userId).toBe('ann@example.com');
      expect(properties).toMatchObject({ product_sku: SKU, page_type: 'product', widget: 'tawk' });
    }
    expect(shop.collector.messages().find(({ type }) => type === 'identify')).toMatchObject({
      userId: 'ann@example.com',
      traits: { customer_id: '7234567890123', name: 'Ann' },
    });
    expect(visitor.errors).toEqual([]);
  });

  test('tells the chat of a guest under the anonymous id', async () => {
    const shop = await openTheme({});
    const page = await (await shop.visitor()).goto('/products/hat');
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    expect(shop.collector.messages()[0]).not.toHaveProperty('userId');
  });

  test('runs nothing that a customer, a product or a setting is named', async () => {
    const visitor = await (await openTheme({})).visitor();
    for (const text of HOSTILE) {
      const shop = await openTheme(
        { customer: customer(text) },
        { identify_by: text, topics: `gifts: ${text}` },
      );
      const page = await visitor.goto('/products/hat');
      await until(() => page.run(() => (window as any).chatstone?.started), 'it has started');
      expect(await page.run(() => (window as any).hacked)).toBeUndefined();
      const block = await page.run(() => document.querySelector('#chatstone-config')!.textContent!);
      expect(JSON.parse(block)).toMatchObject({ user: { name: text }, product: { sku: SKU } });
      expect((await call(page, 'status')).consent.state).toBe('granted');
      expect(shop.url).toBe(new URL(page.url()).origin);
    }
    expect(visitor.errors).toEqual([]);
  });

  test('starts nothing in the theme editor', async () => {
    const shop = await openTheme({ request: { ...PRODUCT.request, design_mode: true } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/products/hat');
    await page.click('#chat');
    expect(await page.run(() => (window as any).chatstone.started)).toBeUndefined();
    expect(visitor.requests.filter(({ url }) => /chatstone.*\.js/.test(url))).toEqual([]);
  });
});
