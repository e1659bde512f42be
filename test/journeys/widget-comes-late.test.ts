// The chat is loaded by the click that opens it, long after the page; or its file is slow.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { MINUTE, openShop, type ShopOptions, type Tab, until } from '../browser/harness.ts';
import { call, nameOf, rows } from './steps.ts';

/** A button that stands in for the chat until somebody wants it. */
const facade = (name: string) => `<button id="facade">Chat</button>
<script type="module">
  import { install } from '/widgets/${name}.js';
  document.getElementById('facade').onclick = async () => {
    window.fake = install(window, { late: true });
    await new Promise((resolve) => setTimeout(resolve, 80));
    await fake.load();
    await new Promise((resolve) => setTimeout(resolve, 150));
    fake.open();
  };
</script>`;

const shopWith = (name: string, more: ShopOptions = {}) =>
  openShop({ body: facade(name), ...more, script: { client: 'none', ...more.script } });

const kept = async (page: Tab) =>
  (await rows(page, 'q/customerio/')).map(([, { message }]) => nameOf(message));

const NAMES = ['intercom', 'livechat', 'jivochat', 'help-scout', 'tawk', 'crisp'];

describe('a chat that comes with the click that opens it', () => {
  test.each(NAMES)('is heard from that opening on, where the site names %s', async (name) => {
    const shop = await shopWith(name, { travels: true, script: { widget: name } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    if (name !== 'crisp')
      await until(
        () =>
          page.run(
            (file) => performance.getEntriesByType('resource').some((one) => one.name.endsWith(file)),
            `chatstone-${name}.js`,
          ),
        'its file is here before it',
      );
    await shop.travel(20 * MINUTE); // nobody looks any more
    await page.click('#facade');
    await until(async () => (await kept(page)).includes('chat_opened'), 'the opening is kept');
    expect(await kept(page)).toEqual(['chat_opened']);
  });

  test('is found, where the site does not name it', async () => {
    const shop = await shopWith('livechat', { travels: true });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await shop.travel(20 * MINUTE);
    await page.click('#facade');
    await until(async () => (await call(page, 'status')).widgets.livechat.found, 'it is found');
    await page.run(() => window.fake.visitor('Which size?'));
    await until(async () => (await kept(page)).includes('chat_first_message_sent'), 'the word is kept');
  });
});

describe('a file of a widget that is slow', () => {
  const slowly = async (inline?: string) => {
    const shop = await openShop({ widget: 'tawk', inline, script: { client: 'none' } });
    const visitor = await shop.visitor();
    await visitor.browser().route('**/chatstone-tawk.js', async (route) => {
      await delay(1500);
      await route.continue();
    });
    return { visitor, page: await visitor.goto('/hats') };
  };

  test('is waited for by a page that wants its window open', async () => {
    const { page, visitor } = await slowly("chatstone('open')");
    await until(() => page.run(() => window.fake.opened), 'the window is open');
    await until(async () => (await kept(page)).includes('chat_opened'), 'that is kept');
    expect(visitor.console).toEqual([]);
  });

  test('brings nothing back to life that was stopped', async () => {
    const { page } = await slowly();
    await page.run(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      (window as any).chatstone('on', 'signal', (signal: unknown) => heard.push(signal));
      (window as any).chatstone('stop');
    });
    await delay(2500);
    await page.run(() => {
      window.fake.visitor('Hello?');
      dispatchEvent(new CustomEvent('chatstone', { detail: { type: 'message', from: 'visitor' } }));
    });
    expect(await page.run(() => (window as any).heard)).toEqual([]);
  });
});

test('a version in the address of the tag is that of all its files', async () => {
  const shop = await openShop({
    widget: 'tawk',
    script: false,
    head: '<script async src="/dist/chatstone.js?v=7" data-write-key="key" data-consent="granted"></script>',
    config: { user: { email: 'ada@example.com' } },
  });
  const visitor = await shop.visitor();
  const page = await visitor.goto('/hats');
  await until(
    () => visitor.requests.filter(({ url }) => /\/dist\/chatstone-\w+\.js/.test(url)).length >= 2,
    'the files are asked for',
  );
  expect(page.url()).toContain('/hats');
  const files = visitor.requests.map(({ url }) => url.split('/dist/')[1]).filter(Boolean);
  expect(files).toEqual(
    expect.arrayContaining(['chatstone.js?v=7', 'chatstone-tawk.js?v=7', 'chatstone-engine.js?v=7']),
  );
  expect(files.every((file) => file!.endsWith('?v=7'))).toBe(true);
});

test('a tag that has no address says how to load it', async () => {
  const shop = await openShop({
    script: false,
    head: '<script type="module" src="/dist/chatstone.js" data-write-key="key"></script>',
  });
  const visitor = await shop.visitor();
  await visitor.goto('/hats');
  await until(() => visitor.console.length, 'it is said');
  expect(visitor.console).toEqual(['[chatstone] load it by <script src>']);
});
