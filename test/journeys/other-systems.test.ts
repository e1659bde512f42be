// Segment and a collector of one's own beside Customer.io: each gets what it is to get, and none waits for another.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until } from '../browser/harness.ts';
import { wrongWith } from '../house/valid.ts';
import { aWhile, call, nameOf, rows, startChat, type Told } from './steps.ts';

const ANN = 'ann@example.com';

interface Extra extends Omit<ShopOptions, 'config'> {
  destinations?: Record<string, unknown>;
  config?: object;
}

/** A shop whose Segment is the collector, under a key of its own. */
async function open({ destinations = {}, config = {}, ...page }: Extra = {}) {
  const shop = await openShop({ widget: 'tawk', script: { client: 'none', consent: 'granted' }, ...page });
  const segment = { writeKey: 'segment', apiHost: `${shop.origin('collector')}/v1` };
  const all = (name: string) =>
    name === 'segment' ? { ...segment, ...(destinations[name] as object) } : destinations[name];
  const names = Object.keys(destinations);
  shop.show('/', {
    config: { ...config, destinations: Object.fromEntries(names.map((name) => [name, all(name)])) },
  });
  const visitor = await shop.visitor();
  return { shop, visitor, page: await visitor.goto('/') };
}

/** What came under a key, oldest first, each once. */
const came = (shop: Shop, key: string): Told[] => {
  const bodies = shop.collector
    .requests()
    .flatMap(({ body, status }) => (status === 200 ? [JSON.parse(body)] : []));
  const all: Told[] = bodies.flatMap(({ batch, writeKey }) => (writeKey === key ? batch : []));
  return [...new Map(all.map((one) => [one.messageId, one])).values()];
};
const toSegment = (shop: Shop) => came(shop, 'segment');
const toCustomerio = (shop: Shop) => came(shop, 'key');
const LISTENING = ['/dist/chatstone-tawk.js', '/dist/chatstone-listening.js']; // asked for at the same time
const files = (visitor: { requests: { url: string }[] }) =>
  visitor.requests.map(({ url }) => new URL(url).pathname).filter((path) => path.includes('chatstone-'));
/** All that happened has been settled and delivered. */
async function emptyQueue(page: Tab) {
  await call(page, 'flush');
  await until(async () => !(await rows(page, 'q/')).length, 'nothing waits');
}

describe('Segment beside Customer.io', () => {
  test('gets the same facts, under its own names, and less of the person', async () => {
    const { shop, visitor, page } = await open({ destinations: { segment: {} } });
    await startChat(page, 'a');
    await call(page, 'milestone', 'chat_agent_replied', { conversation_id: 'a' });
    await call(page, 'identify', { email: ANN, phone: '+44 1', traits: { plan: 'gold' } });
    await emptyQueue(page);
    const [segment, customerio] = [toSegment(shop), toCustomerio(shop)];
    expect(segment.map(nameOf).sort()).toEqual([
      'Live Chat Conversation Started',
      'Live Chat Message Received',
      'identify',
    ]);
    const ids = (all: Told[]) => all.map(({ messageId }) => messageId).sort();
    expect(ids(segment)).toEqual(ids(customerio));
    const traitsOf = (all: Told[]) => all.find(({ type }) => type === 'identify')!.traits;
    expect(traitsOf(customerio)).toMatchObject({ email: ANN, phone: '+44 1', plan: 'gold' });
    expect(traitsOf(segment)).toMatchObject({ email: ANN, open_support_case: true });
    expect(Object.keys(traitsOf(segment))).not.toEqual(expect.arrayContaining(['phone']));
    expect(Object.keys(traitsOf(segment))).not.toEqual(expect.arrayContaining(['plan']));
    expect(visitor.errors).toEqual([]);
  });

  test('gets no address that can be read, where the site says so', async () => {
    const { shop, page } = await open({ destinations: { segment: { email: 'sha256' } } });
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await emptyQueue(page);
    const text = JSON.stringify(toSegment(shop));
    const hash = await page.run(async (address) => {
      const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address));
      return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }, ANN);
    expect(text).not.toContain(ANN);
    expect(toSegment(shop).every(({ userId }) => userId === hash)).toBe(true);
    expect(JSON.stringify(toCustomerio(shop))).toContain(ANN);
  });

  test('that fails holds up nobody, and gets all of it when it is back', async () => {
    const { shop, page } = await open({ destinations: { segment: {} } });
    shop.collector.weather({ refuse: '"writeKey":"nobody"' }); // takes all, but looks at each
    await page.route('**/v1/b', async (route) =>
      route.request().postData()?.includes('"writeKey":"segment"')
        ? route.fulfill({ status: 500, headers: { 'access-control-allow-origin': '*' } })
        : route.continue(),
    );
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => toCustomerio(shop).length === 2, 'Customer.io has both');
    expect(toSegment(shop)).toEqual([]);
    // Customer.io has its own before the page has heard Segment's answer.
    await until(
      async () => (await call(page, 'status')).destinations.segment.error === 'status 500',
      'the page says what is wrong with Segment',
    );
    expect(toSegment(shop)).toEqual([]);
    await page.unroute('**/v1/b');
    await call(page, 'flush');
    await emptyQueue(page);
    expect(toSegment(shop)).toHaveLength(2);
  });
});

describe('a page', () => {
  test('that names no other system loads nothing of one', async () => {
    const { visitor, page } = await open();
    await startChat(page, 'a');
    await call(page, 'flush');
    expect(files(visitor)).toEqual([...LISTENING, '/dist/chatstone-engine.js']);
  });

  test('loads what it names, with the engine, and not before', async () => {
    const { visitor, page } = await open({ destinations: { segment: {} } });
    await aWhile();
    expect(files(visitor)).toEqual(LISTENING);
    await startChat(page, 'a');
    await call(page, 'flush');
    expect(files(visitor)).toContain('/dist/chatstone-to-segment.js');
  });

  test('whose file for a system is missing says so; what waits goes with the next page', async () => {
    const { shop, visitor, page } = await open({ destinations: { segment: {} } });
    await page.route('**/chatstone-to-segment.js', (route) => route.fulfill({ status: 404 }));
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => toCustomerio(shop).length === 2, 'Customer.io has both');
    await until(
      () => visitor.console.join('\n').includes('chatstone-to-segment.js cannot be loaded'),
      'the page says so',
    );
    await until(async () => !(await call(page, 'status')).queued.customerio, 'the page has heard the answer');
    expect((await call(page, 'status')).queued).toEqual({ customerio: 0, segment: 2 });
    await page.unroute('**/chatstone-to-segment.js');
    const next = await visitor.goto('/');
    await emptyQueue(next);
    expect(toSegment(shop)).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
  });

  test('whose file for a system is slow holds up nobody, and delivers when it comes', async () => {
    const { shop, visitor, page } = await open({ destinations: { segment: { email: 'sha256' } } });
    let arrive = () => {};
    const there = new Promise<void>((resolve) => (arrive = resolve));
    await page.route('**/chatstone-to-segment.js', async (route) => {
      await there;
      await route.continue();
    });
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => toCustomerio(shop).length === 2, 'Customer.io has both');
    expect((await call(page, 'status')).destinations.segment).toMatchObject({ ready: false, tries: 0 });
    arrive();
    await until(() => toSegment(shop).length === 2, 'Segment has both');
    expect(JSON.stringify(toSegment(shop))).not.toContain(ANN);
    expect(visitor.console).toEqual([]);
  });

  test('that names a system which does not exist says which do', async () => {
    const { visitor, page } = await open({ destinations: { braze: {}, lytics: false, intercom: null } });
    await startChat(page, 'a');
    await call(page, 'flush');
    expect(visitor.console).toEqual([
      expect.stringContaining('destinations: write some of customerio, collector, segment'),
    ]);
    expect(files(visitor).join()).not.toMatch(/lytics|intercom/);
  });
});

describe('a consent of its own', () => {
  test('by the page’s word: what waits goes when it is given', async () => {
    const { shop, page } = await open({ destinations: { segment: { consent: 'manual' } } });
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => toCustomerio(shop).length === 2, 'Customer.io has both');
    await aWhile();
    expect(toSegment(shop)).toEqual([]);
    expect((await call(page, 'status')).destinations.segment).toMatchObject({ consent: 'pending', tries: 0 });
    await call(page, 'consent', 'granted', 'segment');
    await emptyQueue(page);
    expect(toSegment(shop)).toHaveLength(2);
    expect((await call(page, 'status')).consent).toMatchObject({ state: 'granted' });
  });

  test('that is refused drops what waits for it alone, and counts it', async () => {
    const { shop, page } = await open({ destinations: { segment: { consent: 'manual' } } });
    await call(page, 'consent', 'denied', 'segment'); // before anything is loaded
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await emptyQueue(page);
    expect(toSegment(shop)).toEqual([]);
    expect(toCustomerio(shop)).toHaveLength(2);
    expect((await call(page, 'status')).destinations.segment.dropped).toEqual({ 'no consent': 2 });
  });

  test('by a platform’s other purpose', async () => {
    const { shop, page } = await open({
      destinations: { segment: { consent: { onetrust: { group: 'C0004' } } } },
      inline: 'window.OnetrustActiveGroups = ",C0001,C0002,"; window.OptanonWrapper = () => {};',
      script: { client: 'none', consent: 'auto' },
    });
    await until(async () => (await call(page, 'status')).consent.state === 'granted', 'analytics is allowed');
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await until(() => toCustomerio(shop).length === 2, 'Customer.io has both');
    await aWhile();
    expect(toSegment(shop)).toEqual([]);
    await page.run(() => {
      const detail = ['', 'C0001', 'C0002', 'C0004', ''];
      (window as any).OnetrustActiveGroups = detail.join(',');
      dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail }));
    });
    await until(() => toSegment(shop).length === 2, 'Segment has both');
  });
});

describe('flags', () => {
  test('travel as traits, end with a purchase, and are events for Segment alone', async () => {
    const { shop, page } = await open({ destinations: { segment: { audiences: true } } });
    await call(page, 'identify', { email: ANN });
    await call(page, 'context', { flags: { cart_abandoner: true } });
    await until(() => toCustomerio(shop).length === 2, 'the flag arrives');
    await call(page, 'purchase', { order_id: 'o-1' });
    await until(() => toCustomerio(shop).length === 3, 'the end of it arrives');
    await emptyQueue(page);
    expect(toCustomerio(shop).map(({ type, traits }) => [type, traits?.cio_segment_cart_abandoner])).toEqual([
      ['identify', undefined],
      ['identify', true],
      ['identify', false],
    ]);
    expect(toSegment(shop).map(nameOf)).toEqual([
      'identify',
      'Audience Entered',
      'identify',
      'Audience Exited',
      'identify',
    ]);
    expect(shop.collector.profiles().profiles[0]!.traits).toMatchObject({
      cio_segment_cart_abandoner: false,
    });
  });

  test('end on the thank-you page, once per order', async () => {
    const { shop, visitor, page } = await open();
    await call(page, 'identify', { email: ANN });
    await call(page, 'context', { flags: { cart_abandoner: true } });
    await emptyQueue(page);
    const thanks = await visitor.goto('/thanks', { config: { order: { order_id: 'o-1' } } });
    await until(() => toCustomerio(shop).length === 3, 'the end of the flag arrives');
    await call(thanks, 'context', { flags: { cart_abandoner: true } });
    await until(() => toCustomerio(shop).length === 4, 'it is set again');
    const again = await visitor.goto('/thanks');
    await aWhile();
    await call(again, 'flush');
    expect(toCustomerio(shop)).toHaveLength(4);
  });
});

describe('the collector', () => {
  test('hears once a day how it goes, where it asks for it, and Customer.io does not', async () => {
    const { shop, visitor, page } = await open();
    const url = '/systems/warehouse/chat';
    shop.show('/', { config: { destinations: { collector: { url, health: true } } } });
    await page.goto('/');
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await emptyQueue(page);
    const next = await visitor.goto('/');
    await emptyQueue(next);
    const taken: Told[] = await next.run(async () => {
      const { warehouse } = await (await fetch('/api/systems')).json();
      await fetch('/api/systems', { method: 'DELETE' });
      return warehouse;
    });
    expect(taken.flatMap(({ body }) => wrongWith(body))).toEqual([]);
    const health = taken.flatMap(({ body }) =>
      body.batch.flatMap((one: Told) => (one.type === 'health' ? [one.properties] : [])),
    );
    expect(toCustomerio(shop).map(nameOf)).not.toContain('health');
    expect(health).toEqual([
      {
        milestones: 1,
        known: 1,
        match_rate: 1,
        customerio_delivered: 2,
        collector_delivered: 2,
        customerio_queued: 0,
        collector_queued: 0,
      },
    ]);
  });
});

describe('Segment’s own client on the page (the real package)', () => {
  const SEGMENT = fileURLToPath(
    new URL('../../node_modules/@segment/analytics-next/dist/umd/index.js', import.meta.url),
  );

  test('shows our milestones to the site’s integrations, posts none of them, and keeps its user', async () => {
    const { shop, visitor } = await open();
    const host = new URL(shop.origin('collector')).host;
    shop.show('/', {
      head: `<script src="/segment.js"></script><script>
        window.analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: 'segment', cdnSettings: { integrations: {
          'Segment.io': { apiKey: 'segment', apiHost: '${host}/v1', protocol: 'http' } } } });
        window.seen = [];
        analytics.register({ name: 'ads', type: 'destination', version: '1', isLoaded: () => true, load: async () => {},
          track(context) { seen.push(context.event.event); return context; } });
      </script>`,
      config: { destinations: { segment: { names: 'chat' } } },
    });
    await visitor
      .browser()
      .route('**/segment.js', (route) => route.fulfill({ path: SEGMENT, contentType: 'text/javascript' }));
    const page = await visitor.goto('/');
    await page.waitForFunction(() => !!(window as any).analytics?.instance);
    await startChat(page, 'a');
    await call(page, 'identify', { email: ANN });
    await emptyQueue(page);
    expect(toSegment(shop).map(nameOf).sort()).toEqual(['chat_first_message_sent', 'identify']);
    expect(await page.run(() => (window as any).seen)).toEqual(['chat_first_message_sent']);
    expect(await page.run(async () => (await (window as any).analytics.user()).id())).toBeFalsy();
    const paths = shop.collector.requests().map(({ path }) => path);
    expect(new Set(paths)).toEqual(new Set(['/v1/b']));
    const [one] = toSegment(shop);
    expect(one!.anonymousId).toBe(
      await page.run(async () => (await (window as any).analytics.user()).anonymousId()),
    );
    expect(visitor.errors).toEqual([]);
  });
});
