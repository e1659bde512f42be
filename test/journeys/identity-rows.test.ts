// The rows of docs/identity.md in a browser, from the page to the profiles of Customer.io.
import { describe, expect, test } from 'vitest';
import { openShop, type Tab, until } from '../browser/harness.ts';
import { outcomeOf, ROWS } from '../identity/rows.mjs';
import { aWhile, call, rows, startChat } from './steps.ts';

const FORMS = `<form class="checkout" onsubmit="event.preventDefault()">
  <input id="billing_email" type="email"><button id="pay">Pay</button></form>
<form id="news" onsubmit="event.preventDefault()"><input id="address" type="email"><button id="join">Join</button></form>`;
const CLIENT = (cdn: string) => `<script src="/vendor/cdp-analytics-browser.js"></script>
<script>window.cioanalytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'site', cdnURL: '${cdn}' });</script>`;

async function send(page: Tab, form: { field: string; button: string }, address: string) {
  await page.fill(form.field, address);
  await page.click(form.button);
}

/** All that happened is settled, and what may go has gone. */
async function settled(page: Tab) {
  await call(page, 'flush');
  await until(async () => {
    if ((await rows(page, 'in/')).length) return false;
    const { queued, held } = await call(page, 'status');
    return (queued?.customerio ?? 0) === (held ?? 0);
  }, 'what may go has gone');
}

describe('identity', () => {
  test.each(ROWS.map((row) => [row.when, row.so, row] as const))('%s: %s', async (_when, _so, row) => {
    const client = row.steps.some(([what]) => /client/.test(what));
    const shop = await openShop({ widget: 'tawk' });
    const show = (user: object) =>
      shop.show('/', {
        widget: 'tawk',
        body: FORMS,
        script: {
          client: client ? 'auto' : 'none',
          consent: 'granted',
          anonymous: row.options?.anonymous ?? 'hold',
        },
        config: { user, identifyBy: row.options?.identifyBy ?? 'email', forms: { selectors: ['#news'] } },
        ...(client && { head: CLIENT(shop.origin('collector')) }),
      });
    show({});
    const visitor = await shop.visitor();
    let page = await visitor.goto('/');
    const clientDoes = (name: string, ...rest: unknown[]) =>
      page.run(async (name, rest) => void (await (window as any).cioanalytics[name](...rest)), name, rest);

    for (const [what, first, second] of row.steps as [string, any?, any?][]) {
      if (what === 'chat') await startChat(page, first);
      else if (what === 'site') await call(page, 'identify', first);
      else if (what === 'page') {
        show(first);
        page = await visitor.goto('/');
      } else if (what === 'widget') await page.run((email) => window.fake.prechat({ email }), first);
      else if (what === 'phone') await page.run((phone) => window.fake.prechat({ phone }), first);
      else if (what === 'checkout') await send(page, { field: '#billing_email', button: '#pay' }, first);
      else if (what === 'form') await send(page, { field: '#address', button: '#join' }, first);
      else if (what === 'log-out') await call(page, 'reset');
      else if (what === 'client') {
        await page.waitForFunction(() => !!(window as any).cioanalytics?.instance);
        if (first) await clientDoes('identify', first);
        await aWhile(); // it is looked at every second
      } else if (what === 'client logs out') {
        await clientDoes('reset');
        await aWhile();
      } else if (what === 'pixel') {
        await page.run(
          (who, of) => {
            const visitor = of ?? JSON.parse(localStorage.getItem('ajs_anonymous_id')!);
            // biome-ignore lint/suspicious/noDocumentCookie: as the pixel does, through Shopify's `browser.cookie`
            document.cookie = `chatstone_user=${[visitor, who].map(encodeURIComponent).join('|')}; path=/; secure`;
          },
          first,
          second,
        );
        page = await visitor.goto('/');
        await until(
          () => page.run(() => !document.cookie.includes('chatstone_user')),
          'what was handed over is taken',
        );
      }
      await settled(page);
    }

    const { profiles, anonymous, errors, duplicates, conflicts } = shop.collector.profiles() as any;
    const chats = (events: any[]) =>
      events
        .filter(({ event }) => event === 'chat_first_message_sent')
        .map(({ properties }) => properties.conversation_id);
    const known = (of: any) => of.id ?? of.email;
    const status = await call(page, 'status');
    expect({
      people: Object.fromEntries(profiles.map((one: any) => [known(one), chats(one.events)])),
      nobody: anonymous.flatMap(({ events }: any) => chats(events)),
      held: status.held ?? 0,
      dropped: status.dropped?.replaced ?? 0,
      ignored: status.ignored?.['weaker identity'] ?? 0,
      refused: errors.length > 0,
    }).toEqual(outcomeOf(row));
    expect(Object.fromEntries(profiles.map((one: any) => [known(one), one.traits]))).toMatchObject(
      row.traits ?? {},
    );
    expect(duplicates.total).toBe(0);
    expect(conflicts).toEqual([]);
    if (row.client !== undefined)
      expect(await page.run(async () => (await (window as any).cioanalytics.user()).id() ?? null)).toBe(
        row.client,
      );
    expect(visitor.errors).toEqual([]);
  });
});
