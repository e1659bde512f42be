// Checkouts as the platforms write them, and pages that make it hard: what is sent is heard, what is not sent is not.
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, until } from '../browser/harness.ts';
import { aWhile, call, noteWrites, writes } from './steps.ts';

const ADA = 'ada@example.com';
const CANARY = 'canary-9f3c';
const STAYS = 'onsubmit="event.preventDefault()"';

/** The markup of each platform: where its templates are, src/sources/form.ts says. */
const CHECKOUTS: Record<string, [html: string, field: string, button: string]> = {
  woocommerce: [
    `<form name="checkout" class="checkout woocommerce-checkout" ${STAYS}><input type="email" id="billing_email" autocomplete="email username">
     <input type="password" id="account_password" value="${CANARY}"><button id="place_order">Order</button></form>`,
    '#billing_email',
    '#place_order',
  ],
  'woocommerce-blocks': [
    `<form class="wc-block-components-form wc-block-checkout__form" novalidate><fieldset id="contact-fields"><input type="email" id="email" required></fieldset>
     <button type="button" class="wc-block-components-checkout-place-order-button"><span id="go">Order</span></button></form>`,
    '#email',
    '#go',
  ],
  bigcommerce: [
    `<form id="checkout-customer-guest" class="checkout-form" novalidate ${STAYS}><input id="email" name="email" type="email" autocomplete="email"><button id="checkout-customer-continue">Go</button></form>`,
    '#email',
    '#checkout-customer-continue',
  ],
  magento: [
    `<form data-role="email-with-possible-login"><input type="email" name="username" id="customer-email"><input type="password" name="password" value="${CANARY}"></form>
     <form id="co-shipping-method-form" novalidate ${STAYS}><input type="radio"><button data-role="opc-continue" id="go">Next</button></form>`,
    '#customer-email',
    '#go',
  ],
  prestashop: [
    `<div id="checkout-guest-form"><form id="customer-form" ${STAYS}><input id="field-email" name="email" type="email" required>
     <input type="password" name="password" value="${CANARY}"><button name="continue" value="1" id="go">Go</button></form></div>`,
    '#field-email',
    '#go',
  ],
};

const open = async (body: string, options: ShopOptions = {}) => {
  const shop = await openShop({ body, script: { client: 'none' }, inline: `(${noteWrites})()`, ...options });
  const visitor = await shop.visitor();
  const page = await visitor.goto('/checkout');
  await page.waitForLoadState();
  await until(() => page.run(() => (window as any).chatstone.started), 'it runs');
  return { shop, visitor, page };
};
const people = (shop: Shop) => shop.collector.messages().map(({ traits }) => traits?.email);
const untilKnown = (shop: Shop) => until(() => people(shop).includes(ADA), 'the person arrives');

describe('a form', () => {
  test.each(Object.entries(CHECKOUTS))('of %s tells who buys, and no password', async (_, parts) => {
    const [html, field, button] = parts;
    const { shop, visitor, page } = await open(html);
    await page.fill(field, ADA);
    await page.click(button);
    await untilKnown(shop);
    const all = [await writes(page), await page.storage(), shop.collector.log(), visitor.console];
    expect(JSON.stringify(all)).not.toContain(CANARY);
    expect(visitor.errors).toEqual([]);
  });

  test('in an open shadow root is heard, by a click and by Enter', async () => {
    for (const how of ['click', 'Enter']) {
      const { shop, page } = await open(
        `<div id="host"><template shadowrootmode="open"><form class="checkout" ${STAYS}><input type="email"><button>Pay</button></form></template></div>`,
      );
      await page.fill('#host input', ADA);
      if (how === 'click') await page.click('#host button');
      else await page.press('#host input', 'Enter');
      await untilKnown(shop);
      shop.collector.reset();
    }
  });

  test('that a framework controls, stops and sends by fetch is heard', async () => {
    const { shop, visitor, page } = await open(
      '<form class="checkout"><input type="email"><button>Pay</button></form>',
      {
        inline: `addEventListener('DOMContentLoaded', () => {
          const input = document.querySelector('input');
          const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
          Object.defineProperty(input, 'value', { configurable: true, get() { return get.call(this); }, set(v) { set.call(this, v); } });
          document.addEventListener('submit', (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
        })`,
      },
    );
    // As autofill writes: the value alone, no attribute.
    await page.run((address) => {
      document.querySelector('input')!.value = address;
    }, ADA);
    await page.click('button');
    await untilKnown(shop);
    expect(visitor.errors).toEqual([]);
  });

  test('with fields that are called as the form’s own members is heard', async () => {
    const names = ['elements', 'matches', 'querySelector', 'id', 'closest', 'getRootNode', 'action'];
    const { shop, page } = await open(
      `<form class="checkout" ${STAYS}>${names.map((name) => `<input name="${name}">`).join('')}<input type="email" id="mail"><button>Pay</button></form>`,
    );
    await page.fill('#mail', ADA);
    await page.click('button');
    await untilKnown(shop);
    expect((await call(page, 'status')).errors).toEqual({});
  });

  test('that is not valid, or is only typed into, tells nothing', async () => {
    const { shop, page } = await open(
      `<form class="checkout" ${STAYS}><input type="email" id="mail"><input id="street" required><button>Pay</button></form>`,
    );
    await page.fill('#mail', ADA);
    await page.click('button');
    await page.press('#mail', 'Tab');
    await aWhile();
    expect(people(shop)).toEqual([]);
    expect(JSON.stringify(await writes(page))).not.toContain(ADA);
  });

  test('that is only typed into is heard where the site asks for it, and not held before consent', async () => {
    const { shop, page } = await open(
      `<form class="checkout" ${STAYS}><input type="email" id="mail"><input id="street"></form>`,
      { script: { client: 'none', consent: 'manual' }, config: { forms: { blur: true } } },
    );
    await page.fill('#mail', 'bea@example.com');
    await page.press('#mail', 'Tab');
    await call(page, 'consent', 'granted');
    await page.fill('#mail', ADA);
    await page.press('#mail', 'Tab');
    await untilKnown(shop);
    await aWhile();
    expect(people(shop)).toEqual([ADA]);
  });

  test('on a page whose tag manager makes the tag', async () => {
    const { shop, visitor, page } = await open(CHECKOUTS.woocommerce![0], {
      script: false,
      inline: `(${noteWrites})();
        const tag = document.createElement('script');
        tag.async = true;
        tag.src = '/dist/chatstone.js';
        for (const [name, value] of Object.entries({ 'write-key': 'key', client: 'none', consent: 'granted', 'api-host': 'http://collector.localhost:' + location.port }))
          tag.setAttribute('data-' + name, value);
        document.head.appendChild(tag);`,
    });
    await page.fill('#billing_email', ADA);
    await page.click('#place_order');
    await untilKnown(shop);
    expect(visitor.errors).toEqual([]);
  });
});
