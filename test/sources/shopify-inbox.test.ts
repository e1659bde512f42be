import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { install } from '../../demo/widgets/shopify-inbox.js';
import { shopifyInbox } from '../../src/sources/shopify-inbox.ts';
import { calm, hold, type Install, testSource } from './conformance.ts';

const page = window as any;

describe('shopify-inbox', () => {
  const builds = {
    standalone: {},
    'in a drawer of the theme': { managed: true },
    'the element before': { legacy: true },
  };
  for (const [build, more] of Object.entries(builds)) {
    const put: Install = (window, options) => install(window, { ...options, ...more });
    describe(build, () =>
      testSource(shopifyInbox, put, {
        globals: ['ShopifyChat'],
        names: ['enter-managed', 'enter-standalone', 'close'],
        site: {
          register: (handler) =>
            new MutationObserver(handler).observe(document.body, {
              subtree: true,
              attributeFilter: ['open', 'is-open'],
            }),
          drive: (fake) => fake.open(),
        },
        stub: false,
      }),
    );
  }
});

describe('shopify-inbox and its element', () => {
  const one = hold(shopifyInbox());
  let fake: Fake;
  afterEach(() => {
    one.stop();
    one.take();
    fake.uninstall();
    document.body.innerHTML = '';
    vi.restoreAllMocks();
  });
  const chat = () => document.querySelector<any>('shopify-chat, inbox-online-store-chat');

  test('takes the element of a theme for nothing until the app has defined it', () => {
    const get = vi.spyOn(customElements, 'get').mockReturnValue(undefined);
    document.body.innerHTML = '<shopify-chat mode="standalone"></shopify-chat>';
    expect(shopifyInbox().ready()).toBeFalsy();
    get.mockRestore();
    fake = install(page, { theme: true });
    expect(shopifyInbox().ready()).toBeTruthy();
  });

  test('finds the element before beside the inert one of a theme', () => {
    fake = install(page, { legacy: true });
    document.body.insertAdjacentHTML('afterbegin', '<shopify-chat></shopify-chat>');
    vi.spyOn(customElements, 'get').mockReturnValue(undefined);
    expect(shopifyInbox().ready()).toBeTruthy();
    shopifyInbox().open!();
    expect(fake.opened).toBe(true);
  });

  test('hears an element that takes the place of the first before anybody looks again', async () => {
    fake = install(page);
    one.look();
    const first = chat();
    fake.replay();
    expect(chat()).not.toBe(first);
    fake.open();
    await calm();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells no opening of a window that is open when it is found, or put in open', async () => {
    fake = install(page);
    fake.open();
    one.look();
    chat().outerHTML = '<shopify-chat open=""></shopify-chat>';
    await calm();
    expect(one.take()).toEqual([]);
  });

  test('tells a window that opens itself on the next page, for the core asks for a gesture', async () => {
    fake = install(page);
    fake.open();
    one.look();
    fake.replay();
    await calm();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells an opening once however often the attribute is set', async () => {
    fake = install(page);
    one.look();
    for (let i = 0; i < 3; i++) {
      chat().setAttribute('open', 'true'); // of an empty value happy-dom forgets that it was there
      await calm();
    }
    expect(one.take()).toEqual([{ type: 'opened' }]);
    fake.close();
    fake.open(); // before anybody is told of the closing
    await calm();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells no opening of a drawer that the width of the window calls for', async () => {
    fake = install(page, { managed: true });
    one.look();
    fake.tell('enter-managed');
    await calm();
    expect(one.take()).toEqual([]);
  });

  test('leaves the dialogs of the shop alone', async () => {
    fake = install(page);
    one.look();
    document.body.insertAdjacentHTML('beforeend', '<details></details><theme-drawer></theme-drawer>');
    document.querySelector('details')!.setAttribute('open', '');
    document.querySelector('theme-drawer')!.setAttribute('open', '');
    await calm();
    expect(one.take()).toEqual([]);
  });

  for (const legacy of [false, true])
    test(`leaves ${legacy ? 'the element before' : 'the window'} open when it is asked to open it again`, async () => {
      fake = install(page, { legacy });
      one.look();
      one.source.open!();
      one.source.open!();
      await calm();
      expect(fake.opened).toBe(true);
      expect(one.take()).toEqual([{ type: 'opened' }]);
    });

  test('comes at once when the element says that it opens', async () => {
    fake = install(page, { managed: true });
    for (const name of shopifyInbox().wake!) document.addEventListener(name, one.look, { once: true });
    fake.open();
    await calm();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });
});
