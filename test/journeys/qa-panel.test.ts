// The QA panel, in a real page: what it shows, what it does, and that it harms nobody.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { openShop, type ShopOptions, type Tab, until } from '../browser/harness.ts';
import { arrived, call, tracks } from './steps.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ASKED = '/?chatstone_debug';

/** A shop whose tag names where profiles can be read. */
async function open(page: ShopOptions = {}, path = ASKED) {
  const shop = await openShop({
    widget: 'tawk',
    script: { client: 'none' },
    ...page,
  });
  const visitor = await shop.visitor();
  const tab = await visitor.goto(path);
  return { shop, visitor, tab, panel: panelOf(tab) };
}

function panelOf(tab: Tab) {
  const panel = tab.locator('chatstone-panel');
  const section = (title: string) =>
    panel.locator('section', { has: tab.getByRole('heading', { name: title }) });
  return {
    panel,
    section,
    button: (name: string | RegExp) => panel.getByRole('button', { name }),
    timeline: () => section('What happened').locator('li').allInnerTexts(),
    said: () => panel.getByRole('status').innerText(),
  };
}

const chat = async (tab: Tab) => {
  await tab.click('#chat');
  await tab.run(() => {
    window.fake.visitor('Does the M run small? canary-words');
    window.fake.agent('Hello canary-agent');
  });
};

test('look', async () => {
  const {
    tab,
    panel: { panel },
    shop,
  } = await open();
  await panel.waitFor();
  await chat(tab);
  await call(tab, 'identify', { email: 'ada@example.com' });
  await until(() => arrived(shop).length > 3, 'all have arrived');
  await tab.waitForTimeout(2500);
  await tab.screenshot({ path: '/tmp/panel.png' });
  console.log(await (panel as any).innerText());
});
