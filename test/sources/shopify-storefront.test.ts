import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Signal } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';
import { shopifyStorefront } from '../../src/sources/shopify-storefront.ts';

const page = window as any;
const go = (path: string) => page.happyDOM.setURL(`https://shop.example${path}`);
const cart = (amount: string, currencyCode = 'EUR', totalQuantity = 2) => ({
  cost: { totalAmount: { amount, currencyCode } },
  totalQuantity,
});

let told: Signal[] = [];
let stop = () => {};
const start = () => {
  told = [];
  const source = shopifyStorefront();
  expect(source.ready()).toBeTruthy();
  stop = source.connect((signal) => told.push(signal));
};
/** Shopify's event: what it tells stands on the event itself. */
const fire = (name: string, parts: object) => document.dispatchEvent(Object.assign(new Event(name), parts));
const wait = (milliseconds = 300) => vi.advanceTimersByTimeAsync(milliseconds);
const facts = () => told.map((signal) => (signal as any).facts);

beforeEach(() => {
  vi.useFakeTimers();
  page.Shopify = { currency: { active: 'JPY' } };
  faults.counts = {};
  go('/products/hat');
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  for (const name of ['Shopify', 'PUB_SUB_EVENTS', 'subscribe']) delete page[name];
});

describe('shopifyStorefront', () => {
  test('is not there on other pages', () => {
    delete page.Shopify;
    expect(shopifyStorefront().ready()).toBeFalsy();
  });

  test('tells the cart when its change has succeeded, in units of the currency', async () => {
    start();
    let done = (_: object) => {};
    fire('shopify:cart:lines-update', { promise: new Promise((resolve) => (done = resolve)) });
    await wait(5000);
    expect(told).toEqual([]);
    done({ cart: cart('24.69') });
    await wait();
    expect(facts()).toEqual([{ cart_value: 24.69, cart_currency: 'EUR', cart_items: 2 }]);
  });

  test('tells nothing of a change that is refused or fails', async () => {
    start();
    fire('shopify:cart:lines-update', {
      promise: Promise.resolve({ cart: cart('1'), userErrors: [{ code: 'x' }] }),
    });
    fire('shopify:cart:lines-update', { promise: Promise.reject(new Error('offline')) });
    fire('shopify:cart:lines-update', {});
    fire('shopify:cart:view', { cart: null });
    await wait();
    expect(told).toEqual([]);
    expect(faults.counts).toEqual({});
  });

  test('tells one change once, though several layers of the theme tell it', async () => {
    const listeners: ((data: object) => void)[] = [];
    page.PUB_SUB_EVENTS = { cartUpdate: 'cart-update' };
    page.subscribe = (_: string, listener: () => void) => listeners.push(listener) && (() => listeners.pop());
    start();
    fire('shopify:cart:lines-update', { promise: Promise.resolve({ cart: cart('1000.0', 'JPY') }) });
    await wait(100);
    listeners[0]!({ cartData: { total_price: 100_000, currency: 'JPY', item_count: 2 } });
    await wait();
    expect(facts()).toEqual([{ cart_value: 1000, cart_currency: 'JPY', cart_items: 2 }]);
    stop();
    expect(listeners).toEqual([]);
  });

  test('takes the answer to an addition for what it is: a line, not a cart', async () => {
    let listener = (_: object) => {};
    page.PUB_SUB_EVENTS = { cartUpdate: 'cart-update' };
    page.subscribe = (_: string, given: () => void) => {
      listener = given;
    };
    start();
    listener({ cartData: { price: 500, quantity: 1 } });
    listener({});
    await wait();
    expect(told).toEqual([]);
  });

  test('calls no other function of that name', () => {
    page.subscribe = vi.fn(); // to a newsletter, say
    start();
    expect(page.subscribe).not.toHaveBeenCalled();
  });

  test.each([
    ['/policies/refund-policy', true],
    ['/en/pages/returns-and-exchanges', true],
    ['/pages/about', false],
    ['/products/returnable-hat', false],
  ])('on %s, returns are looked at: %s', (path, looked) => {
    go(path);
    start();
    expect(told).toEqual(
      looked ? [{ type: 'context', facts: { returns_page_visited: true }, lasting: true }] : [],
    );
  });
});
