// What the tag builder builds, pasted into an empty page, runs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { describe, expect, test } from 'vitest';
import { shopifyLiquid } from '../../demo/shopify-theme.mjs';
import { openShop, type Shop, type ShopPage, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, call } from './steps.ts';

const ROOT = join(import.meta.dirname, '../..');
const MILESTONES = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];

async function openBuilder(choices: Record<string, string> = {}) {
  const shop = await openShop();
  const visitor = await shop.visitor();
  const page = await visitor.goto('/builder.html');
  await page.waitForSelector('#builder[data-ready]');
  const all = { apiHost: shop.origin('collector'), folder: '/dist/', writeKey: 'key', ...choices };
  for (const [name, value] of Object.entries(all)) {
    const field = page.locator(`#builder [name="${name}"]`);
    if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  return { shop, visitor, page };
}

const built = (page: Tab, form: string) =>
  page.run((form) => document.getElementById(form)!.textContent!, form);

async function addTopic(page: Tab, id: string, words: string) {
  await page.click('#add-topic');
  await page.fill('#topics .row:last-child [name=id]', id);
  await page.fill('#topics .row:last-child [name=words]', words);
}

/** Pastes it into an empty page with a chat, and asks about a gift. */
async function chatOn(shop: Shop, visitor: Visitor, parts: ShopPage) {
  shop.show('/empty', { script: false, widget: 'tawk', ...parts });
  const page = await visitor.goto('/empty');
  await page.click('#chat');
  await page.run(() => window.fake.visitor('Can you gift-wrap it?'));
  await until(() => MILESTONES.every((name) => arrived(shop).includes(name)), 'the milestones arrive');
  expect(visitor.console.filter((line) => line.startsWith('[chatstone]'))).toEqual([]);
  expect(visitor.errors).toEqual([]);
  const told = shop.collector.messages().find(({ event }) => event === 'chat_first_message_sent')!;
  expect(told.properties).toMatchObject({ widget: 'tawk', topic: 'gift_wrap' });
  return { page, told };
}

describe('the tag builder', () => {
  test('builds a tag that runs, and holds its hash', async () => {
    const { shop, visitor, page } = await openBuilder({
      anonymous: 'send',
      client: 'none',
      consent: 'granted',
    });
    await page.check('input[value=tawk]');
    await addTopic(page, 'gift_wrap', 'gift, </script><script>hacked = 1</script>');
    const head = await built(page, 'tag');
    const { page: pasted } = await chatOn(shop, visitor, { head });
    expect(await pasted.run(() => 'hacked' in window)).toBe(false);

    const changed = head.replace(/sha384-../, 'sha384-AA');
    shop.show('/changed', { script: false, head: changed });
    const other = await visitor.goto('/changed');
    await until(
      () => visitor.console.some((line) => /integrity/.test(line)),
      'the browser refuses another file',
    );
    expect(await other.run(() => (window as any).chatstone.started)).toBeUndefined();
  });

  test('builds a tag for files on another host', async () => {
    const { shop, visitor, page } = await openBuilder({ anonymous: 'send', consent: 'granted' });
    const cdn = shop.origin('cdn');
    await visitor.browser().route(`${cdn}/dist/**`, async (route) => {
      const response = await route.fetch({
        url: route.request().url().replace('cdn.localhost', '127.0.0.1'),
      });
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'access-control-allow-origin': '*' },
      });
    });
    await page.fill('[name=folder]', `${cdn}/dist/`);
    await addTopic(page, 'gift_wrap', 'gift');
    const head = await built(page, 'tag');
    expect(head).toContain('crossorigin="anonymous"');
    await chatOn(shop, visitor, { head });
  });

  test('builds the lines of a Shopify theme', async () => {
    const { shop, visitor, page } = await openBuilder({ consent: 'granted' });
    await page.check('input[value=tawk]');
    await addTopic(page, 'gift_wrap', `gift, l'amour`);
    const lines = await built(page, 'liquid');
    const globals = {
      request: { page_type: 'index', design_mode: false },
      cart: { item_count: 0 },
      customer: { id: 7, email: 'ada@example.com', name: 'Ada' },
    };
    const { told } = await chatOn(shop, visitor, {
      head: shopifyLiquid().parseAndRenderSync(lines, {}, { globals }),
    });
    expect(told.userId).toBe('ada@example.com');
  });

  test('builds a module that a bundler takes', async () => {
    const { shop, visitor, page } = await openBuilder({
      anonymous: 'send',
      consent: 'granted',
      client: 'none',
    });
    await page.check('input[value=tawk]');
    await addTopic(page, 'gift_wrap', 'gift');
    const code = await bundle(await built(page, 'npm'));
    shop.show('/module.js', code);
    await visitor
      .browser()
      .route('**/module.js', (route) => route.fulfill({ contentType: 'text/javascript', body: code }));
    await chatOn(shop, visitor, { head: '<script type="module" src="/module.js"></script>' });
  });

  test('says what to do where something is wrong, and has nothing to copy then', async () => {
    const { page } = await openBuilder({ writeKey: 'my key' });
    const fault = () => page.textContent('#writeKey-fault');
    await until(async () => /no spaces/.test((await fault())!), 'it is said at the field');
    expect(await page.getAttribute('#writeKey', 'aria-invalid')).toBe('true');
    expect(await built(page, 'tag')).toBe('');
    expect(await page.isDisabled('[data-copy=tag]')).toBe(true);
    await page.fill('#writeKey', 'key');
    expect(await page.isDisabled('[data-copy=tag]')).toBe(false);
    await page.click('#add-topic');
    expect(await page.textContent('#topics .row:last-child .fault')).toMatch(/small letters/);
    await page.click('#topics .row:last-child button');
    expect(await built(page, 'tag')).toContain('data-write-key="key"');
  });

  test.each([
    ['with the Clipboard API', false],
    ['without it', true],
  ])('copies by one click, %s', async (_, gone) => {
    const { page, visitor, shop } = await openBuilder();
    await visitor.browser().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: shop.url });
    await page.run((gone) => {
      const real = navigator.clipboard;
      Object.assign(window, { paste: () => real.readText() });
      if (gone) Object.defineProperty(navigator, 'clipboard', { value: undefined });
    }, gone);
    await page.click('[data-copy=tag]');
    await until(async () => (await page.textContent('#copied')) === 'Copied', 'it says so');
    expect(await page.evaluate(() => (window as any).paste())).toBe(await built(page, 'tag'));
  });

  test('names a topic of its own only where the words differ', async () => {
    const { page } = await openBuilder();
    expect(await built(page, 'tag')).not.toContain('chatstone-config');
    await page.fill('#topics .row:first-child [name=words]', 'parcel');
    expect(await built(page, 'tag')).toMatch(/"topics": \{\s+"order_status": \[\s+"parcel"\s+\]\s+\}/);
    expect(await call(page, 'status').catch(() => 'no chatstone here')).toBe('no chatstone here');
  });
});

/** As a shop's bundler does: the package by its own `exports`. */
async function bundle(text: string): Promise<string> {
  const require = createRequire(join(ROOT, 'package.json'));
  const keyval = JSON.parse(readFileSync(join(ROOT, 'node_modules/idb-keyval/package.json'), 'utf8')).module;
  const made = await rollup({
    input: 'shop',
    plugins: [
      {
        name: 'shop',
        resolveId(id) {
          if (id === 'shop') return id;
          if (id === 'idb-keyval') return join(ROOT, 'node_modules/idb-keyval', keyval);
          return /^chatstone(\/|$)/.test(id) ? require.resolve(id) : null;
        },
        load: (id) => (id === 'shop' ? text : null),
      },
    ],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await made.generate({ format: 'es', inlineDynamicImports: true });
  return output[0].code;
}
