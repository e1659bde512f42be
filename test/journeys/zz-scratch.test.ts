import { test } from 'vitest';
import { openShop, until } from '../browser/harness.ts';
import { call } from './steps.ts';
const parts: Record<string,string> = {
  keys: 'Object.keys = (o) => { const a = []; for (const k in o) a.push(k); return a }',
  from: 'Array.from = (t) => { if (!t) return []; const a=[]; for (let i=0;i<(t.length||0);i++) a.push(t[i]); return a }',
  filter: 'const f = Array.prototype.filter; Array.prototype.filter = function (w, c) { return f.call(this, (v, i) => w.call(c, v, i)) }',
  map: 'const f = Array.prototype.map; Array.prototype.map = function (w, c) { return f.call(this, (v, i) => w.call(c, v, i)) }',
  toJSON: 'Array.prototype.toJSON = () => "[]"; String.prototype.toJSON = () => "x"',
  entries: 'Array.prototype.entries = function () { return this.slice(0) }',
};
for (const [name, inline] of Object.entries(parts)) test(name, async () => {
  const shop = await openShop({ widget: 'tawk', script: { client: 'none', debug: true }, inline });
  const visitor = await shop.visitor();
  const page = await visitor.goto('/hats');
  await page.click('#chat');
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run((email) => window.fake.prechat({ name: 'Ann', email }), 'ann@example.com');
  await until(() => shop.collector.messages().length >= 4, 'x', 4000).catch(() => 0);
  console.log(name, shop.collector.messages().length, JSON.stringify(await call(page, 'status')), visitor.console.filter(l => /error/.test(l)), visitor.errors, shop.collector.requests().map(r => [r.status, r.errors, r.body.slice(0, 200)]).slice(0,1));
});
