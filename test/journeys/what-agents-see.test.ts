// Lytics, Intercom, the widget's own attributes and LiveLike on a page, each as its vendor's documentation tells it (demo/systems), under
// the built files.
import { describe, expect, test } from 'vitest';
import { openShop, type ShopPage, type Tab, until } from '../browser/harness.ts';
import { aWhile, call, rows, startChat } from './steps.ts';

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';

/** The vendors' objects, which come when `arrive` is called, or at once. */
const systems = (names: readonly string[], late = false) => `<script type="module">
  window.systems = {};
  for (const name of ${JSON.stringify(names)}) {
    const { install } = await import('/systems/' + name + '.js');
    systems[name] = install(window);
  }
  window.arrive = () => { for (const one of Object.values(systems)) one.arrive(); };
  ${late ? '' : 'arrive();'}
</script>`;

async function open(destinations: object, { late = false, ...page }: ShopPage & { late?: boolean } = {}) {
  const names = Object.keys(destinations).filter((name) => name !== 'agents');
  const shop = await openShop({
    script: { client: 'none', consent: 'granted', anonymous: 'send' },
    widget: 'crisp',
    head: systems(names, late),
    config: { destinations, ...(page.config as object) },
  });
  const visitor = await shop.visitor();
  const tab = await visitor.goto('/');
  await until(() => tab.run(() => 'arrive' in window), 'the vendors stand there');
  return { shop, visitor, page: tab };
}

/** What a vendor was given, in its own shape. */
const given = (page: Tab, name: string): Promise<any[]> =>
  page.run((name) => (window as any).systems[name].taken(), name);
const attributes = (page: Tab): Promise<Record<string, unknown>> =>
  page.run(() => (window as any).systems.intercom.attributes);
/** What agents see in the widget. */
const seen = (page: Tab): Promise<any> => page.run(() => window.fake.attributes);
const waiting = async (page: Tab, name: string) => (await rows(page, `q/${name}/`)).length;

describe('Intercom', () => {
  test('has the milestones as events and the shop’s context as attributes, and no address', async () => {
    const { visitor, page } = await open({ intercom: {} });
    await call(page, 'identify', { email: ANN, phone: '+44 1' });
    await call(page, 'context', { last_cart_value: 129.5, flags: { cart_abandoner: true } });
    await startChat(page, 'a');
    await until(
      async () => (await attributes(page)).cio_segment_cart_abandoner === true,
      'the flag is shown',
    );
    await until(async () => !(await waiting(page, 'intercom')), 'the milestone was taken');
    expect(await attributes(page)).toMatchObject({ last_cart_value: 129.5, open_support_case: true });
    const text = JSON.stringify(await given(page, 'intercom'));
    expect(text).toContain('"chat_first_message_sent"');
    expect(text).not.toMatch(/ann@|\+44/);

    await call(page, 'purchase', { order_id: 'o-1' });
    await until(
      async () => (await attributes(page)).cio_segment_cart_abandoner === false,
      'it is cleared at once',
    );
    expect(visitor.errors).toEqual([]);
    expect(visitor.console).toEqual([]);
  });

  test('that comes late gets what waited, in order', async () => {
    const { page } = await open({ intercom: {} }, { late: true });
    await startChat(page, 'a');
    await call(page, 'milestone', 'chat_agent_replied', { conversation_id: 'a' });
    await call(page, 'flush');
    expect(await waiting(page, 'intercom')).toBe(2);
    expect((await call(page, 'status')).destinations.intercom).toMatchObject({ ready: false, tries: 0 });
    await page.run(() => (window as any).arrive());
    await until(async () => !(await waiting(page, 'intercom')), 'both were taken');
    const events = (await given(page, 'intercom')).filter(([what]) => what === 'trackEvent');
    expect(events.map(([, name]) => name)).toEqual(['chat_first_message_sent', 'chat_agent_replied']);
  });

  test('is not asked more often than it allows, over all pages', async () => {
    const { visitor, page } = await open({ intercom: {} });
    await startChat(page, 'a');
    await until(async () => (await given(page, 'intercom')).length > 0, 'it is there');
    let updates = 0;
    for (let visit = 0; visit < 3; visit++) {
      const tab = await visitor.goto('/');
      await until(() => tab.run(() => 'arrive' in window), 'the vendors stand there');
      for (let i = 0; i < 12; i++) {
        await call(tab, 'context', { last_cart_value: visit * 100 + i });
        await tab.run(() => new Promise((resolve) => setTimeout(resolve, 60)));
      }
      await aWhile();
      updates += (await given(tab, 'intercom')).filter(([what]) => what === 'update').length;
      expect(await tab.run(() => (window as any).systems.intercom.throttled())).toBe(0);
    }
    expect(updates).toBeGreaterThan(5);
    expect(updates).toBeLessThanOrEqual(20);
  });

  test('gets nothing of the person before, and what was shown of them is emptied', async () => {
    const { page } = await open({ intercom: {} }, { late: true });
    await call(page, 'identify', { email: ANN });
    await call(page, 'context', { last_cart_value: 50, flags: { vip: true } });
    await startChat(page, 'of-ann');
    await call(page, 'flush');
    await page.run(() => (window as any).arrive());
    await until(async () => (await attributes(page)).cio_segment_vip === true, 'it is shown');
    await call(page, 'identify', { email: BEN });
    await until(async () => (await attributes(page)).cio_segment_vip === false, 'it is emptied');
    expect(await attributes(page)).toMatchObject({ open_support_case: false, last_cart_value: '' });
  });

  test('is not told what happened to another person before it came', async () => {
    const { page } = await open({ intercom: {} }, { late: true });
    await call(page, 'identify', { email: ANN });
    await startChat(page, 'of-ann');
    await call(page, 'identify', { email: BEN });
    await startChat(page, 'of-ben');
    await call(page, 'flush');
    await page.run(() => (window as any).arrive());
    await until(async () => !(await waiting(page, 'intercom')), 'nothing waits');
    const text = JSON.stringify(await given(page, 'intercom'));
    expect(text).toContain('of-ben');
    expect(text).not.toContain('of-ann');
    expect((await call(page, 'status')).destinations.intercom.dropped).toMatchObject({ 'another person': 1 });
  });
});

describe('Lytics’ tag', () => {
  test('takes flat fields one by one, and what it has not acknowledged comes again', async () => {
    const { page } = await open({ lytics: { stream: 'shop' } });
    await page.run(() => (window as any).systems.lytics.takes(1));
    await startChat(page, 'a');
    await call(page, 'milestone', 'chat_agent_replied', { conversation_id: 'a' });
    await call(page, 'flush');
    await page.run(() => (window as any).systems.lytics.fares('well'));
    await until(async () => !(await waiting(page, 'lytics')), 'nothing waits');
    const taken = await given(page, 'lytics');
    expect(taken.map(({ stream, data }) => [stream, data._e, data.chat_event])).toEqual([
      ['shop', 'chat_first_message_sent', 'chat_first_message_sent'],
      ['shop', 'chat_agent_replied', 'chat_agent_replied'],
    ]);
    expect(taken[0].data).toMatchObject({
      chat_first_message_sent_at: expect.any(Number),
      chat_widget: 'custom',
      visitor_id: (await call(page, 'status')).visitor,
    });
  });
});

describe('the widget’s own attributes', () => {
  test('show the shop’s context and flags, and again on the next page', async () => {
    const { visitor, page } = await open({ agents: {} });
    await call(page, 'context', { last_cart_value: 12, lifetime_orders: 2, flags: { vip: true } });
    await startChat(page, 'a');
    await until(async () => (await seen(page)).open_support_case, 'the case is shown');
    expect(await seen(page)).toMatchObject({
      last_cart_value: 12,
      lifetime_orders: 2,
      cio_segment_vip: true,
    });
    const next = await visitor.goto('/');
    await until(async () => (await seen(next)).open_support_case, 'it is shown on the next page');
    expect(await seen(next)).toMatchObject({ last_cart_value: 12, cio_segment_vip: true });
  });

  test('keep nothing on the device where nobody shows it', async () => {
    const { page } = await open({ lytics: {} });
    await call(page, 'context', { last_cart_value: 4321 });
    await startChat(page, 'a');
    await call(page, 'flush');
    expect(JSON.stringify(await page.storage())).not.toContain('4321');
  });
});

describe('LiveLike', () => {
  test('has the flags and their times in the profile, beside what the site keeps there', async () => {
    const { page } = await open({ livelike: {} });
    await call(page, 'context', { flags: { vip: true } });
    await startChat(page, 'a');
    const profile = () =>
      page.run(() => JSON.parse((window as any).systems.livelike.profile().custom_data ?? '{}'));
    await until(async () => (await profile()).chatstone?.open_support_case, 'the profile has it');
    expect((await profile()).chatstone).toMatchObject({
      cio_segment_vip: true,
      cio_segment_vip_entered_at: expect.any(Number),
    });
  });
});
