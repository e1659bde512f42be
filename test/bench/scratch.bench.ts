import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'vitest';
import { openShop, until } from '../browser/harness.ts';
test.each(['script','pipe','pipe','script'])('close %s', async (how) => {
  const shop = await openShop();
  shop.show('/c', { script: { writeKey: 'chatstone' }, config: { user: { email: 'ann@example.com' } },
    inline: `addEventListener('pagehide', () => { localStorage.hid = Date.now(); navigator.sendBeacon('/hid') }); window.many = (close) => { for (let i=0;i<10;i++) chatstone('milestone','chat_opened',{conversation_id:'c'+i}); localStorage.told=Date.now(); if (close) window.close() }`});
  shop.show('/blank', { script: false });
  const v = await shop.visitor();
  const opener = await v.goto('/blank');
  for (let i = 0; i < 6; i++) {
  const [page] = await Promise.all([v.browser().waitForEvent('page'), opener.run(() => void window.open('/c','_blank','noopener'))]);
  await page.waitForLoadState();
  await until(() => shop.collector.messages().length, 'id');
  await page.evaluate(() => (window as any).chatstone('flush'));
  await delay(500);
  const n0 = shop.collector.requests().length;
  const before = ((await opener.storage()).indexedDB.chatstone?.chatstone ?? []).length;
  await opener.run(() => { delete localStorage.hid; delete localStorage.told});
  const closed = page.waitForEvent('close');
  if (how === 'pipe') { const t = page.evaluate(() => (window as any).many(false)).then(() => 'answered', () => 'gone'); await page.close(); console.info(await t); }
  else { await page.evaluate(() => void setTimeout(() => (window as any).many(true))); await closed; }
  await delay(1000);
  const s = await opener.storage();
  const all = (s.indexedDB.chatstone?.chatstone ?? []) as [string, any][];
  console.info(how, all.filter(([k]) => /^(in|q)/.test(k)).length, JSON.stringify(Object.keys(s.localStorage)), v.requests.filter(({url}) => url.endsWith('/hid')).length,  shop.collector.requests().slice(n0).map((r) => [r.status, r.messages.length, r.errors.length]));
  await opener.run(() => new Promise((r) => { indexedDB.deleteDatabase('chatstone').onsuccess = r; localStorage.clear() }) as any);
  shop.collector.reset();
  }
});
