import { test, inject } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import { openShop } from '../browser/harness.ts';
import { driver, newVisitor } from './visitor.ts';
test('dbg', async () => {
  const shop = await openShop({ widget: 'tawk', head: await driver(), inline: process.env.INLINE, script: { client: 'none' } });
  const visitor = newVisitor((process.env.ENG ?? 'webkit') as any, shop.url);
  const [tab] = await visitor.open('/socks');
  const look = () => tab!.run(async () => {
    const t0 = Date.now();
    const status = await Promise.race([new Promise((r) => (window as any).chatstone('status', r)), new Promise((r) => setTimeout(() => r('STATUS HANGS'), 5000))]);
    const rows = await Promise.race([new Promise((r) => { const q = indexedDB.open('chatstone'); q.onerror = () => r('err'); q.onblocked = () => r('blocked'); q.onsuccess = () => { const k = q.result.transaction('chatstone').objectStore('chatstone').getAllKeys(); k.onsuccess = () => { q.result.close(); r(k.result); }; k.onerror = () => r(String(k.error)); }; }), new Promise((r) => setTimeout(() => r('IDB HANGS'), 5000))]);
    return JSON.stringify({ ms: Date.now() - t0, path: location.pathname, status, rows, local: { ...localStorage } });
  });
  await tab!.run(() => { (window as any).chatstone('open', 'tawk'); window.fake.visitor('Hello'); });
  await delay(1000);
  if (process.env.DBG === 'old') { await tab!.run(() => window.fake.prechat({ email: 'ada@example.com' })); await delay(2000); }
  console.log((await look()).replace(/"widgets".*?form":\{[^}]*\}\}/, '').slice(0, 600));
  await tab!.leave('/scarves', (path) => { window.fake.assign(); window.fake.agent('Good day'); location.href = path; });
  await delay(1000);
  console.log((await look()).replace(/"widgets".*?form":\{[^}]*\}\}/, '').slice(0, 600));
  if (1) return;
  console.log((await look()).replace(/"widgets".*?form":\{[^}]*\}\}/, '').slice(0, 600));
  console.log('hurts', visitor.hurts(), shop.collector.requests().length, 'requests');
});
