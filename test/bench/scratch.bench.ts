import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'vitest';
import { openShop, until } from '../browser/harness.ts';
test.each([1,2,3,4])('close %i', async (n) => {
  const shop = await openShop();
  const how = n % 2 ? 'window.close' : 'cdp';
  shop.show('/c', { script: { writeKey: 'chatstone' }, config: { user: { email: 'ann@example.com' } },
    inline: `addEventListener('pagehide', () => { localStorage.hid = Date.now() }); window.many = (close) => { for (let i=0;i<10;i++) chatstone('milestone','chat_opened',{conversation_id:'c'+i}); localStorage.told=Date.now(); if (close) window.close() }`});
  shop.show('/blank', { script: false });
  const v = await shop.visitor();
  const opener = await v.goto('/blank');
  const [page] = await Promise.all([v.browser().waitForEvent('page'), opener.run(() => void window.open('/c','_blank','noopener'))]);
  await page.waitForLoadState();
  await until(() => shop.collector.messages().length, 'id');
  await page.evaluate(() => (window as any).chatstone('flush'));
  await delay(500);
  const closed = page.waitForEvent('close');
  if (how === 'cdp') { await page.evaluate(() => (window as any).many(false)); await page.close(); }
  else { await page.evaluate(() => void setTimeout(() => (window as any).many(true))); await closed; }
  await delay(1000);
  const s = await opener.storage();
  const all = (s.indexedDB.chatstone?.chatstone ?? []) as [string, any][];
  console.info(how, all.map(([k]) => k.slice(0, 40)), Object.keys(s.localStorage), shop.collector.messages().length, shop.collector.requests().map((r) => [r.status, r.messages.length, r.errors]));
});
