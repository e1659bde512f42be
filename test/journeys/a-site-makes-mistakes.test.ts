// What a site writes wrongly, in its options and in its calls.
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, nameOf } from './steps.ts';

const ANN = 'ann@example.com';

const shopWith = ({ script, ...page }: ShopOptions) =>
  openShop({ widget: 'tawk', ...page, script: { client: 'none', ...script } });

const lines = (visitor: Visitor) => visitor.console.filter((line) => line.startsWith('[chatstone]'));

async function talk(page: Tab) {
  await page.click('#chat');
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run((email) => window.fake.prechat({ email }), ANN);
}
const TALK = ['identify', 'chat_opened', 'chat_topic_set', 'chat_first_message_sent'];

async function expectTalk(shop: Shop, visitor: Visitor, page: Tab) {
  await talk(page);
  await until(() => arrived(shop).length >= TALK.length, 'the talk arrives');
  expect(arrived(shop)).toEqual(TALK);
  expect(visitor.errors).toEqual([]);
}

/** In the page: arguments that nobody should hand over, and each call with each of them. Returns what was thrown. */
function callWithAnything(names: string[]) {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const trap = new Proxy(
    {},
    {
      get() {
        throw new Error('a trap');
      },
      ownKeys() {
        throw new Error('a trap');
      },
    },
  );
  const anything = [
    undefined,
    null,
    0,
    Number.NaN,
    10n,
    'text',
    'x'.repeat(20_000),
    Symbol('symbol'),
    [[null]],
    {},
    { id: Symbol('id'), email: {}, phone: [], traits: 5, order_id: Symbol('order') },
    { email: null, traits: cyclic, order_id: {} },
    { traits: { when: new Date(Number.NaN), work() {}, big: 10n } },
    Object.create(null),
    cyclic,
    trap,
    () => {
      throw new Error('a callback');
    },
    window,
  ];
  const thrown: string[] = [];
  let at = -1;
  const chatstone = (...args: unknown[]) => {
    try {
      (window as any).chatstone(...args);
    } catch (error) {
      thrown.push(`argument ${at}, ${args.length} in all: ${(error as Error).message}`);
    }
  };
  chatstone();
  for (const one of anything) {
    at += 1;
    chatstone(one);
    chatstone(one, one, one);
    for (const name of names) {
      chatstone(name, one);
      chatstone(name, one, one);
      if (name !== 'milestone') continue;
      chatstone(name, 'chat_first_message_sent', one);
      for (const [milestone, field] of [
        ['chat_opened', 'widget'],
        ['chat_first_message_sent', 'widget'],
        ['chat_first_message_sent', 'conversation_id'],
        ['chat_first_message_sent', 'timestamp'],
        ['chat_first_message_sent', 'topic'],
        ['chat_topic_set', 'topic'],
        ['chat_assigned', 'agent_id'],
        ['chat_assigned', 'agent_team'],
        ['chat_agent_replied', 'is_bot'],
        ['chat_csat_submitted', 'csat_score'],
      ])
        chatstone(name, milestone, { [field!]: one });
    }
  }
  return thrown;
}

const NAMES = [
  'identify',
  'milestone',
  'topic',
  'context',
  'consent',
  'purchase',
  'open',
  'flush',
  'status',
  'on',
  'no-such-call',
  'constructor',
  '__proto__',
];

const EVENTS = /^chat_(opened|topic_set|first_message_sent|assigned|agent_replied|resolved|csat_submitted)$/;
const TOPICS =
  /^(sizing|shipping|order_status|returns|product|ingredients|payment|discount|account|stock|other)$/;

/** Nothing stands on the wire that is not as the contract says. */
function expectSoundWire(shop: Shop, began: number) {
  for (const entry of shop.collector.requests())
    expect(entry).toMatchObject({ status: 200, errors: [], warnings: [] });
  for (const message of shop.collector.messages()) {
    const { type, event, properties, traits, timestamp } = message;
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now() + 1000);
    if (type === 'identify') {
      expect(traits).toBeTypeOf('object');
      expect(Object.keys(traits)).not.toContain('0');
      continue;
    }
    expect(event).toMatch(EVENTS);
    expect(Object.keys(properties)).not.toContain('0');
    for (const [name, value] of Object.entries(properties))
      expect(['string', 'number', 'boolean'], `${event}.${name}`).toContain(typeof value);
    expect(properties.widget, event).toMatch(/./);
    expect(properties.widget.length, event).toBeLessThanOrEqual(200);
    expect(properties.conversation_id).toMatch(/./);
    if (event === 'chat_topic_set') expect(properties.topic).toMatch(TOPICS);
    if (event === 'chat_csat_submitted') {
      expect(properties.csat_score).toBeGreaterThanOrEqual(1);
      expect(properties.csat_score).toBeLessThanOrEqual(5);
    }
  }
}

describe('calls with any arguments', () => {
  for (const when of ['after it has loaded', 'before it has loaded'])
    test(`made ${when}: nothing is thrown, nothing wrong is sent, and the next chat is told`, async () => {
      const early = when.startsWith('before');
      const shop = await shopWith({
        script: { anonymous: 'send' },
        inline: early ? `window.thrown = (${callWithAnything})(${JSON.stringify(NAMES)})` : undefined,
      });
      const visitor = await shop.visitor();
      const began = Date.now() - 1000;
      const page = await visitor.goto('/hats');
      const thrown = early
        ? await page.run(() => (window as any).thrown)
        : await page.run(callWithAnything, NAMES);
      expect(thrown).toEqual([]);
      await until(
        async () => (await call(page, 'status')).queued?.customerio === 0,
        'what was sound is told',
      );
      await page.run(() => {
        (window as any).chatstone('reset');
      });
      const before = shop.collector.messages().length;
      await page.click('#chat');
      await page.run((email) => window.fake.prechat({ email }), ANN);
      await page.run(() => window.fake.visitor('Where is my order?'));
      await until(
        () =>
          shop.collector
            .messages()
            .slice(before)
            .some(
              ({ event, properties }) => event === 'chat_first_message_sent' && properties.widget === 'tawk',
            ),
        'the chat is told',
      );
      await aWhile();
      expectSoundWire(shop, began);
      expect(visitor.errors).toEqual([]);
      const status = await call(page, 'status');
      expect(status).toMatchObject({
        queued: { customerio: 0 },
        dropped: NOTHING,
        consent: { state: 'granted' },
      });
      expect(new Set(lines(visitor)).size).toBe(lines(visitor).length); // each said once
    });
});

describe('a wrong call', () => {
  /** What is called, and what the line on the console tells to write. */
  const WRONG: Record<string, [args: unknown[], says: RegExp]> = {
    'to something that does not exist': [['mileston', 'chat_opened'], /mileston.*milestone/],
    'with an unknown milestone': [['milestone', 'chat_exploded'], /chat_opened.*chat_csat_submitted/],
    'with a milestone that every object has': [
      ['milestone', 'constructor'],
      /chat_opened.*chat_csat_submitted/,
    ],
    'with a rating of "banana"': [
      ['milestone', 'chat_csat_submitted', { widget: 'tawk', csat_score: 'banana' }],
      /rating.* 1 .* 5/,
    ],
    'with a rating off the scale': [
      ['milestone', 'chat_csat_submitted', { widget: 'tawk', csat_score: 11 }],
      /rating.* 1 .* 5/,
    ],
    'with an e-mail that is none': [['identify', { email: 'ann at home' }], /e-mail/],
    'with an unregistered fact': [['context', { colour: 'red' }], /colour.*properties/],
    'with a reserved fact': [['context', { title: 'Sir' }], /title/],
    'with a fact that is no plain value': [['context', { order_id: { a: 1 } }], /order_id/],
    'with a topic that is not on the list': [['topic', 'gossip'], /topic.*sizing/],
    'with a third kind of consent': [['consent', 'perhaps'], /granted.*denied/],
    'of a purchase without its order': [['purchase', { value: 5 }], /order_id/],
    'to open a widget that is not here': [['open', 'zopim'], /zopim|widget/],
    'to hear what is never told': [['on', 'milestones', 0], /signal.*milestone/],
    'of identify with nothing': [['identify', null], /^2 faults.*identify/],
    'of milestone with null': [['milestone', 'chat_opened', null], /^2 faults.*milestone/],
    'of context with null': [['context', null], /^2 faults.*context/],
    'of purchase with null': [['purchase', null], /^2 faults.*purchase/],
    'of topic with null': [['topic', null], /topic/],
  };
  test('is said once a page, on the console or at least in status, and tells nothing', async () => {
    const shop = await shopWith({});
    const visitor = await shop.visitor();
    await talk(await visitor.goto('/hats'));
    await until(() => arrived(shop).length === TALK.length, 'the talk arrives');
    const told: Record<string, string[]> = {};
    for (const [what, [[name, ...rest]]] of Object.entries(WRONG)) {
      const before = lines(visitor).length;
      const page = await visitor.goto('/hats');
      for (const _ of [1, 2]) await call(page, name as string, ...rest);
      if (name === 'open') await until(() => lines(visitor).length > before, 'it is said'); // it waits for one that is late
      const { errors, lastError } = await call(page, 'status');
      told[what] = lines(visitor).slice(before);
      if (!told[what].length) told[what] = [`${errors[name as string]} faults, the last: ${lastError}`];
    }
    await aWhile();
    expect(told).toEqual(
      Object.fromEntries(
        Object.entries(WRONG).map(([what, [, says]]) => [what, [expect.stringMatching(says)]]),
      ),
    );
    // A topic beyond the list is told as `other`; nothing else is told.
    expect(arrived(shop)).toEqual([...TALK, 'chat_topic_set', 'identify']);
    expect(JSON.stringify(shop.collector.messages())).not.toMatch(
      /banana|ann at home|colour|"title"|gossip|undefined/,
    );
    expect(visitor.errors).toEqual([]);
  });

  test('with a timestamp in the year 56000, or in 1970, is told with the time of the call', async () => {
    const shop = await shopWith({ script: { anonymous: 'send' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    const began = Date.now();
    const times = [
      1.7e15,
      1.7e18,
      '+056000-01-01T00:00:00.000Z',
      5,
      '1970-01-01T00:00:00.000Z',
      'soon',
      null,
    ];
    for (const [i, timestamp] of times.entries())
      await call(page, 'milestone', 'chat_first_message_sent', { conversation_id: `c${i}`, timestamp });
    await until(() => arrived(shop).length === times.length, 'all arrive');
    expectSoundWire(shop, began);
    expect(visitor.errors).toEqual([]);
  });

  test('with no topic takes away no topic', async () => {
    const shop = await shopWith({});
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await talk(page);
    await until(() => arrived(shop).includes('identify'), 'the talk arrives');
    for (const nothing of [null, '', {}, []]) await call(page, 'topic', nothing);
    await page.run(() => (window as any).chatstone('topic', Symbol('sizing')));
    await page.run(() => window.fake.agent('A nine'));
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the reply arrives');
    await aWhile();
    const topics = shop.collector.messages().filter(({ event }) => event === 'chat_topic_set');
    expect(topics.map(({ properties }) => properties.topic)).toEqual(['sizing']);
    expect(
      shop.collector.messages().find(({ event }) => event === 'chat_agent_replied')!.properties.topic,
    ).toBe('sizing');
  });
});

describe('malformed options', () => {
  test('of the JSON block keep their defaults, are each said once, and the chat is told', async () => {
    const config = {
      user: 'ann',
      identifyBy: 'phone',
      order: ['7'],
      product: 'hat',
      pageType: 5,
      topics: ['sizing'],
      pages: 'all',
      properties: 'material',
      idle: 30,
      risk: { returns: true },
      openCase: 'no',
      gpc: true,
      colour: 'red',
      forms: 'all',
      destinations: [],
      names: 'chatty',
    };
    const shop = await shopWith({ config });
    const visitor = await shop.visitor();
    await expectTalk(shop, visitor, await visitor.goto('/hats'));
    const said = lines(visitor);
    for (const name of Object.keys(config))
      expect(
        said.filter((line) => new RegExp(`\\b${name}\\b.*write`).test(line)),
        name,
      ).not.toEqual([]);
    expect(said).toHaveLength(Object.keys(config).length);
  });

  const INSIDE: Record<string, [config: object, says: RegExp]> = {
    'topics.x': [{ topics: { knitting: 'needle' } }, /topics\.knitting.*list/],
    'a pattern in topics.x': [{ topics: { knitting: ['/(/'] } }, /topics\.knitting/],
    'a word in topics.x': [{ topics: { knitting: [null, 5, {}] } }, /topics\.knitting/],
    'pages.x': [{ pages: { '/hats': 'gossip' } }, /pages|topic/],
    'a value of pages': [{ pages: { '/hats': { a: 1 } } }, /pages|topic/],
    'idle.conversation': [{ idle: { conversation: 'soon' } }, /idle\.conversation/],
    'idle.case': [{ idle: { case: -1 } }, /idle\.case/],
    'forms.presets': [{ forms: { presets: 'woocommerce' } }, /forms\.presets/],
    'a name in forms.presets': [{ forms: { presets: ['shopware', 'woocommerce'] } }, /forms\.presets/],
    'forms.selectors': [{ forms: { selectors: '#mail' } }, /forms\.selectors/],
    'a selector in forms.selectors': [{ forms: { selectors: ['##'] } }, /forms\.selectors/],
    'product.sku': [{ product: { sku: { a: 1 } } }, /sku/],
    'user.email': [{ user: { email: 'ann at home' } }, /e-mail/],
    'user.traits': [{ user: { traits: 'gold' } }, /traits/],
    'order.order_id': [{ order: { value: 5 } }, /order_id/],
    'destinations.collector': [{ destinations: { collector: 'here' } }, /collector/],
    'destinations.collector.url': [{ destinations: { collector: {} } }, /collector/],
  };
  for (const [name, [config, says]] of Object.entries(INSIDE))
    test(`inside ${name} are said once, and the chat is told`, async () => {
      const shop = await shopWith({
        config,
        body: '<form class="checkout" onsubmit="event.preventDefault()"><input id="billing_email" type="email"><button>Pay</button></form>',
      });
      const visitor = await shop.visitor();
      const page = await visitor.goto('/hats');
      await page.click('#chat');
      await page.run(() => window.fake.visitor('What size is it?'));
      await page.fill('#billing_email', ANN);
      await page.click('form button');
      await until(() => arrived(shop).length >= TALK.length, 'the talk arrives');
      expect(arrived(shop)).toEqual(TALK);
      expect(lines(visitor)).toEqual([expect.stringMatching(says)]);
      expect(
        visitor.requests.filter(({ method, url }) => method === 'POST' && !url.endsWith('/v1/b')),
      ).toEqual([]);
      expect(visitor.errors).toEqual([]);
    });

  for (const block of ['{ "pageType": "home", }', 'pageType: home', '', 'null', '5', '"home"', '[]', '[{}]'])
    test(`as a block that holds ${block || 'nothing'} are said at most once, and the chat is told`, async () => {
      const shop = await shopWith({
        inline: `document.write('<script type="application/json" id="chatstone-config">${block}</scr' + 'ipt>')`,
      });
      const visitor = await shop.visitor();
      await expectTalk(shop, visitor, await visitor.goto('/hats'));
      const harmless = ['', 'null', '[]'].includes(block);
      if (harmless) expect(lines(visitor).length).toBeLessThanOrEqual(1);
      else expect(lines(visitor)).toEqual([expect.stringMatching(/#chatstone-config.*write/)]);
    });

  test('of the tag keep their defaults and are each said once', async () => {
    const attributes = {
      region: 'mars',
      anonymous: 'maybe',
      client: 'ours',
      consent: 'perhaps',
      widget: 'zopim tawk',
    };
    const shop = await shopWith({ script: attributes });
    const visitor = await shop.visitor();
    await expectTalk(shop, visitor, await visitor.goto('/hats'));
    const said = lines(visitor);
    for (const name of Object.keys(attributes))
      expect(
        said.filter((line) => new RegExp(`\\b${name}\\b.*write`).test(line)),
        name,
      ).toHaveLength(1);
    expect(said).toHaveLength(Object.keys(attributes).length);
  });

  test('that name no widget at all leave every widget heard', async () => {
    const shop = await shopWith({ script: { widget: 'Tawk.to' } });
    const visitor = await shop.visitor();
    await expectTalk(shop, visitor, await visitor.goto('/hats'));
    expect(lines(visitor)).toEqual([expect.stringMatching(/data-widget: write auto or some of .*tawk/)]);
  });

  for (const apiHost of ['http://', 'events.example.com', 'javascript:alert(1)'])
    test(`data-api-host="${apiHost}" is said once, and nothing is lost`, async () => {
      const shop = await shopWith({ script: { apiHost } });
      const visitor = await shop.visitor();
      const page = await visitor.goto('/hats');
      await talk(page);
      await until(
        async () => (await call(page, 'status')).destinations.customerio?.error,
        'a first try fails',
      );
      expect((await call(page, 'status')).queued.customerio).toBe(4);
      expect(lines(visitor)).toEqual([expect.stringMatching(/api-host.*write/)]);
      expect(visitor.requests.filter(({ url }) => /^http.*events\.example/.test(url))).toEqual([]);
      expect(visitor.errors).toEqual([]);
    });

  test('without a write key: it is said, and nothing is sent', async () => {
    const shop = await shopWith({ script: { writeKey: false } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await talk(page);
    await aWhile();
    expect(shop.collector.requests()).toEqual([]);
    expect(lines(visitor)).toEqual([expect.stringMatching(/write-key.*write/)]);
    expect(visitor.errors).toEqual([]);
  });
});

describe('a listener', () => {
  test('that is taken away hears no more', async () => {
    const shop = await shopWith({});
    const page = await (await shop.visitor()).goto('/hats');
    await page.run(() => {
      const heard: string[] = [];
      const stop = (window as any).chatstone('on', 'signal', ({ signal }: any) => heard.push(signal.type));
      Object.assign(window, { heard, stopHearing: stop });
    });
    await page.run(() => window.fake.visitor('Hello'));
    await page.run(() => {
      (window as any).stopHearing();
      (window as any).stopHearing();
    });
    await page.run(() => window.fake.visitor('Hello?'));
    expect(await page.run(() => (window as any).heard)).toEqual(['message']);
    expect(shop.collector.messages().map(nameOf)).toEqual([]);
  });
});
