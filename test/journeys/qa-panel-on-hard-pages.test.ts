// The QA panel in a real page that makes it hard: restored from the cache, framed, bent.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openShop, type ShopOptions, until } from '../browser/harness.ts';
import { arrived, aWhile, call, tracks } from './steps.ts';

const ADA = 'ada@example.com';

async function open(page: ShopOptions = {}, path = '/?chatstone_debug') {
  const shop = await openShop({
    widget: 'tawk',
    ...page,
    script: { client: 'none', ...(typeof page.script === 'object' && page.script) },
  });
  const visitor = await shop.visitor();
  const tab = await visitor.goto(path);
  const panel = tab.locator('chatstone-panel');
  const choose = (name: string) => panel.getByRole('tab', { name }).click();
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  const said = async () => (await panel.getByRole('status').allTextContents()).join('\n');
  return { shop, visitor, tab, panel, choose, press, said };
}
const line = (tab: any) => tab.run(() => (window as any).fake.visitor('Does the M run small?'));

describe('a trace', () => {
  test('passes where the helpdesk owns the open case', async () => {
    const { tab, shop, choose, press, said } = await open({
      config: { user: { email: ADA }, openCase: false },
    });
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Traces');
    await press('Start a trace');
    await tab.click('#chat');
    await line(tab);
    await until(() => tracks(shop).length === 3, 'all has arrived');
    await press('End the trace');
    const verdict = await until(async () => /: (passed|failed.*)/.exec(await said())?.[1], 'it has ended');
    expect(verdict).toBe('passed');
  });

  test('goes over a reload in the middle of a delivery', async () => {
    const { tab, shop, visitor, choose, press, said } = await open({
      config: { user: { email: ADA } },
    });
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Traces');
    await press('Start a trace');
    await tab.click('#chat');
    await line(tab);
    await visitor.goto('/hats');
    await choose('Traces');
    await tab.run(() => (window as any).fake.agent('It does'));
    await until(() => tracks(shop).length === 4, 'all has arrived');
    await aWhile();
    await press('End the trace');
    const verdict = await until(async () => /: (passed|failed.*)/.exec(await said())?.[1], 'it has ended');
    expect(verdict).toBe('passed');
  });

  test('that follows a milestone to Customer.io by its semantic names passes, and its page can hold no markup', async () => {
    const { tab, shop, panel, choose, press, said } = await open(
      {
        config: { user: { email: ADA }, names: 'live-chat-spec' },
      },
      '/%3Cimg%20src=x%20onerror=alert(1)%3E?chatstone_debug',
    );
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Traces');
    await panel.getByRole('textbox').fill('<b onclick=x>"@example.com');
    await press('Start a trace');
    await call(tab, 'milestone', 'chat_first_message_sent', {
      conversation_id: '"><script>alert(1)</script>',
      widget: '<img src=x onerror=alert(2)>',
    });
    await until(() => tracks(shop).length === 1, 'it has arrived');
    await press('End the trace');
    await until(async () => /: (passed|failed.*)/.test(await said()), 'it has ended');
    const [file] = await Promise.all([
      tab.waitForEvent('download'),
      panel.getByRole('button', { name: /as a page/ }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('&lt;img src=x onerror=alert(2)&gt;');
    expect(text).not.toMatch(/<(img|script|b)\b/);
  });
});

test('back from the back/forward cache the panel knows what another page has seen', async () => {
  const shop = await openShop({
    widget: 'tawk',
    script: { client: 'none' },
    config: { user: { email: ADA } },
  });
  const visitor = await shop.visitor({ bfcache: true });
  const tab = await visitor.goto('/?chatstone_debug');
  const panel = tab.locator('chatstone-panel');
  await panel.getByRole('tab', { name: 'Traces' }).click();
  await panel.getByRole('button', { name: 'Start a trace' }).click();
  await tab.run(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
  await visitor.goto('/hats');
  await panel.getByRole('button', { name: 'End the trace' }).waitFor();
  await tab.click('#chat');
  await line(tab);
  await until(() => tracks(shop).length === 3, 'all has arrived');
  await aWhile();
  await tab.back();
  await until(() => tab.run(() => (window as any).persisted), 'it comes back from the cache');
  await panel.getByRole('button', { name: 'End the trace' }).click();
  const said = () => panel.getByRole('status').textContent();
  expect(await until(async () => /: (passed|failed.*)/.exec((await said())!)?.[1], 'it has ended')).toBe(
    'passed',
  );
});

describe('the panel changes nothing in the shop', () => {
  test('a press in it is no gesture that opens a chat', async () => {
    const { tab, shop, choose, panel } = await open({ config: { user: { email: ADA } } });
    await until(() => arrived(shop).length === 1, 'the person is known');
    await panel.getByText('found by').waitFor();
    await choose('Timeline');
    await tab.run(() => (window as any).fake.popup()); // the window opens itself, a moment later
    await aWhile();
    expect(tracks(shop).map(({ event }) => event)).toEqual([]);
  });

  test('stands once, where a frame of the same shop has the tag, too', async () => {
    const { tab, visitor, shop } = await open();
    shop.show('/framed', {});
    await tab.locator('chatstone-panel').getByText('found by').waitFor();
    await tab.run(() => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.src = '/framed';
      frame.id = 'inner';
    });
    const inner = await until(
      () => tab.frames().find((one) => one.url().endsWith('/framed')),
      'the frame is there',
    );
    await until(() => inner.evaluate(() => (window as any).chatstone?.started), 'chatstone runs in it');
    await until(() => inner.evaluate(() => (window as any).chatstone?.started), 'chatstone runs in it');
    await aWhile();
    expect(await tab.frameLocator('#inner').locator('chatstone-panel').count()).toBe(0);
    expect(visitor.errors).toEqual([]);
  });

  test('stands where storage is blocked, timers are wrapped and prototypes are polluted', async () => {
    const { tab, visitor, panel, choose } = await open({
      inline: `
        Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
        Object.prototype.extra = 1; Object.prototype.ArrowUp = 'up'; Array.prototype.extra = function () {};
        Array.prototype.toJSON = function () { return '[]'; };
        const later = setTimeout; window.setTimeout = (work, ...rest) => later(() => work(), ...rest);
        Array.from = () => [];
      `,
    });
    await panel.getByText('found by').waitFor();
    for (const name of ['Timeline', 'Try it', 'Traces', 'How it stands']) await choose(name);
    await panel.getByText('granted').first().waitFor();
    expect(visitor.errors).toEqual([]);
    expect(await tab.run(() => (window as any).chatstone.started)).toBe(true);
  });
});
