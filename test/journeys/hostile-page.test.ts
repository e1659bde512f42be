// Pages on which nothing can be relied on: prototypes that other scripts have bent, storage that throws, a strict policy.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, nameOf, noteWrites, rows, writes } from './steps.ts';

const ANN = 'ann@example.com';
const TALK = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];

const hostile = ({ script, ...page }: ShopOptions) =>
  openShop({ widget: 'tawk', ...page, script: { client: 'none', ...script } });

async function talk(page: Tab) {
  await page.click('#chat');
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run((email) => window.fake.prechat({ name: 'Ann', email }), ANN);
}

/** Each milestone has arrived once, whole and as Ann's, and the shop did not suffer. */
async function expectTalkOnce(shop: Shop, visitor: Visitor) {
  await until(() => arrived(shop).includes('identify'), 'the talk arrives');
  await aWhile();
  const messages = shop.collector.messages();
  expect(messages.filter(({ type }) => type === 'track').map(nameOf)).toEqual(TALK);
  const [{ anonymousId }] = messages as [any];
  for (const message of messages)
    expect(message).toMatchObject({
      anonymousId,
      userId: ANN,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      context: { page: { path: '/hats' }, library: { name: 'chatstone' } },
    });
  for (const { properties } of messages.filter(({ type }) => type === 'track')) {
    const { topic: _, ...rest } = properties;
    expect(rest).toEqual({ channel: 'live_chat', widget: 'tawk', conversation_id: expect.any(String) });
  }
  const [identify, ...more] = messages.filter(({ type }) => type === 'identify');
  expect(identify!.traits).toMatchObject({ email: ANN, name: 'Ann', last_chat_topic: 'sizing' });
  expect(more).toEqual([]);
  for (const entry of shop.collector.requests()) expect(entry).toMatchObject({ errors: [], warnings: [] });
  expect(shop.collector.profiles()).toMatchObject({
    profiles: [{ email: ANN, anonymousIds: [anonymousId] }],
    anonymous: [],
    duplicates: { total: 0 },
  });
  expect(visitor.errors).toEqual([]);
}

const ours = (visitor: Visitor) => visitor.console.filter((line) => line.startsWith('[chatstone]'));

/** In the page: what Prototype.js 1.6.1 does to the built-ins, which shops on Magento 1 have still (1.7 does most of it). */
// https://github.com/prototypejs/prototype/blob/de4812a/assets/2009/6/16/prototype.js
function prototypeJs() {
  const list = (thing: any): any[] => {
    if (!thing) return [];
    if ('toArray' in Object(thing)) return thing.toArray();
    const all = [];
    for (let i = 0; i < (thing.length || 0); i++) all.push(thing[i]);
    return all;
  };
  const names = (thing: object) => {
    const all = [];
    for (const name in thing) all.push(name);
    return all;
  };
  const quoted = (text: string) => `"${text.replace(/"/g, '\\"')}"`;
  const toJson = (thing: any): string =>
    thing?.toJSON
      ? thing.toJSON()
      : `{${names(thing).map((name) => `${quoted(name)}: ${toJson(thing[name])}`)}}`;
  Object.assign(Object, {
    keys: names,
    values: (thing: any) => names(thing).map((name) => thing[name]),
    toJSON: toJson,
  });
  Object.assign(Array, { from: list }); // the second argument is not looked at
  // Iterators get two arguments, not three.
  type Work = (value: any, i: number) => any;
  const array: Record<string, (this: any[], ...rest: any[]) => any> = {
    each(work: Work) {
      for (let i = 0; i < this.length; i++) work(this[i], i);
      return this;
    },
    map(work: Work = (value) => value, context?: unknown) {
      const all: any[] = [];
      for (let i = 0; i < this.length; i++) all.push(work.call(context, this[i], i));
      return all;
    },
    filter(work: Work, context?: unknown) {
      const all: any[] = [];
      for (let i = 0; i < this.length; i++) if (work.call(context, this[i], i)) all.push(this[i]);
      return all;
    },
    find(work: Work, context?: unknown) {
      for (let i = 0; i < this.length; i++) if (work.call(context, this[i], i)) return this[i];
    },
    some(work: Work = (value) => value, context?: unknown) {
      for (let i = 0; i < this.length; i++) if (work.call(context, this[i], i)) return true;
      return false;
    },
    every(work: Work = (value) => value, context?: unknown) {
      for (let i = 0; i < this.length; i++) if (!work.call(context, this[i], i)) return false;
      return true;
    },
    toArray() {
      return this.slice(0);
    },
    entries() {
      return this.slice(0);
    },
    toJSON() {
      return `[${this.map(toJson)}]`;
    },
    inspect() {
      return 'inspected';
    },
    first() {
      return this[0];
    },
    last() {
      return this[this.length - 1];
    },
    clear() {
      this.length = 0;
      return this;
    },
  };
  Object.assign(Array.prototype, array);
  Object.assign(String.prototype, {
    toJSON(this: string) {
      return quoted(String(this));
    },
    inspect(this: string) {
      return quoted(String(this));
    },
    toArray(this: string) {
      return this.split('');
    },
    startsWith(this: string, begin: string) {
      return this.indexOf(begin) === 0;
    },
    endsWith(this: string, end: string) {
      const from = this.length - end.length;
      return from >= 0 && this.lastIndexOf(end) === from;
    },
  });
  Object.assign(Number.prototype, {
    toJSON(this: number) {
      return String(this);
    },
  });
  Object.assign(Date.prototype, {
    toJSON() {
      return '"a date"';
    },
  });
  Object.assign(RegExp.prototype, { match: RegExp.prototype.test });
}

/** In the page: what careless scripts hang on all objects. */
function enumerableEverywhere() {
  for (const { prototype } of [Object, Array, String, Function, Promise, Map]) {
    const bent = prototype as any;
    bent.polluted = 'polluted';
    bent.extend = bent.each = bent.inspect = () => 'polluted';
    bent.toJSON = () => '"polluted"';
  }
}

describe('a page whose prototypes are bent', () => {
  for (const client of ['none', 'auto'])
    for (const bend of [prototypeJs, enumerableEverywhere])
      test(`by ${bend.name}: all is told as ever (client: ${client})`, async () => {
        const shop = await hostile({ inline: `(${bend})()`, script: { client } });
        const visitor = await shop.visitor();
        const page = await visitor.goto('/hats');
        await talk(page);
        await expectTalkOnce(shop, visitor);
        expect(JSON.stringify(shop.collector.log())).not.toMatch(/polluted|inspect|"a date"/);
        expect(JSON.stringify(await rows(page))).not.toContain('polluted');
        expect(ours(visitor)).toEqual([]);
        expect((await call(page, 'status')).errors).toEqual({});
      });

  test('keeps its options and its waiting calls', async () => {
    const shop = await hostile({
      inline: `(${prototypeJs})();chatstone('context', { order_id: '7', material: 'wool' })`,
      config: {
        properties: ['material'],
        topics: { knitting: ['needle', '/^purl/i'], sizing: [] },
        pages: { '/hats': 'knitting' },
        user: { email: ANN, traits: { tags: ['a', 'b'], tier: { name: 'gold' } } },
      },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Do you have a needle?'));
    await until(() => arrived(shop).includes('chat_first_message_sent'), 'the talk arrives');
    await aWhile();
    const [identify, ...rest] = shop.collector.messages();
    expect(identify!.traits).toEqual({ email: ANN, tags: ['a', 'b'], tier: { name: 'gold' } });
    expect(rest.filter(({ type }) => type === 'track').map(nameOf)).toEqual(TALK);
    expect(rest[1]!.properties).toMatchObject({ order_id: '7', material: 'wool', topic: 'knitting' });
    expect(ours(visitor)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});

describe('a handler of the site that throws', () => {
  test('in Crisp’s slot: it runs as ever, its error is the site’s, and we hear all the same', async () => {
    const shop = await hostile({
      widget: 'crisp',
      inline: `window.$crisp = []; window.ran = [];
        for (const name of ['chat:opened', 'message:sent', 'user:email:changed'])
          $crisp.push(['on', name, () => { ran.push(name); throw new Error('of the site: ' + name); }]);`,
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    const thrown = await page.run((email) => {
      const errors: string[] = [];
      for (const work of [
        () => window.fake.visitor('What size is it?'),
        () => window.fake.prechat({ email }),
      ])
        try {
          work();
        } catch (error) {
          errors.push((error as Error).message);
        }
      return errors;
    }, ANN);
    expect(thrown).toEqual(['of the site: message:sent', 'of the site: user:email:changed']);
    await until(() => arrived(shop).includes('identify'), 'the talk arrives');
    await aWhile();
    const tracks = shop.collector.messages().filter(({ type }) => type === 'track');
    expect(tracks.map(nameOf)).toEqual(TALK);
    expect(await page.run(() => (window as any).ran)).toEqual([
      'chat:opened',
      'message:sent',
      'user:email:changed',
    ]);
    expect(visitor.errors.map((line) => line.split('\n')[0])).toEqual(['Error: of the site: chat:opened']);
    expect((await call(page, 'status')).errors).toEqual({});
  });

  test('in our own listeners: it hurts nobody, and is counted', async () => {
    const shop = await hostile({});
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.run(() => {
      for (const event of ['signal', 'milestone', 'delivered', 'dropped', 'error'])
        (window as any).chatstone('on', event, () => {
          throw new Error('of the site');
        });
      (window as any).chatstone('status', () => {
        throw new Error('of the site');
      });
    });
    await talk(page);
    await expectTalkOnce(shop, visitor);
    const { errors } = await call(page, 'status');
    expect(Object.keys(errors).sort()).toEqual(
      expect.arrayContaining([
        'listener of delivered',
        'listener of milestone',
        'listener of signal',
        'status',
      ]),
    );
  });
});

/** In the page, before all else: what storage can do to a script. */
const STORAGE = {
  'indexedDB is missing': 'Object.defineProperty(window, "indexedDB", { value: undefined });',
  'indexedDB throws when it is looked at':
    'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("no", "SecurityError"); } });',
  'indexedDB.open throws':
    'IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };',
  'indexedDB.open never answers': 'IDBFactory.prototype.open = () => ({});',
  'indexedDB takes no transaction':
    'IDBDatabase.prototype.transaction = () => { throw new DOMException("no", "InvalidStateError"); };',
  'localStorage and sessionStorage throw':
    'for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });',
  'localStorage is full':
    'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };',
  'cookies throw':
    'Object.defineProperty(Document.prototype, "cookie", { get() { throw new DOMException("no", "SecurityError"); }, set() { throw new DOMException("no", "SecurityError"); } });',
};
const NONE = Object.entries(STORAGE)
  .filter(([name]) => /^(indexedDB throws|localStorage and|cookies)/.test(name))
  .map(([, code]) => code)
  .join('');

describe('storage that fails', () => {
  for (const [name, inline] of Object.entries({ ...STORAGE, 'nothing can be stored at all': NONE }))
    test(`${name}: all is told once, and status says where it is kept`, async () => {
      const shop = await hostile({ inline });
      const visitor = await shop.visitor();
      const page = await visitor.goto('/hats');
      await talk(page);
      await expectTalkOnce(shop, visitor);
      const status = await call(page, 'status');
      expect(status).toMatchObject({
        storage: /indexedDB|nothing/.test(name) ? 'memory' : 'indexeddb',
        visitor: shop.collector.messages()[0]!.anonymousId,
        queued: { customerio: 0 },
        delivered: shop.collector.messages().length,
      });
      if (/indexedDB|nothing/.test(name)) {
        expect(status.errors.storage).toBeGreaterThan(0);
        expect(status.lastError).toMatch(/^(storage|visitor|notes): /);
      }
      expect(ours(visitor)).toEqual([]);
      expect(await page.run(() => document.readyState)).toBe('complete');
    });

  test('and the visitor goes on to another page: cookies alone carry the visitor id', async () => {
    const shop = await hostile({
      inline: STORAGE['indexedDB is missing'] + STORAGE['localStorage and sessionStorage throw'],
      script: { anonymous: 'send' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    await visitor.goto('/socks');
    await page.click('#chat');
    await until(() => arrived(shop).length === 2, 'the next opening arrives');
    const [first, second] = shop.collector.messages();
    expect(second!.anonymousId).toBe(first!.anonymousId);
    expect(visitor.errors).toEqual([]);
  });

  test('and the visitor goes on to another page: the database alone carries the visitor id', async () => {
    const shop = await hostile({
      inline: STORAGE['cookies throw'] + STORAGE['localStorage and sessionStorage throw'],
      script: { anonymous: 'send' },
    });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
    await visitor.goto('/socks');
    await page.run(() => window.fake.visitor('Hello'));
    await until(() => arrived(shop).length === 2, 'the message arrives');
    await aWhile();
    const [first, second, ...more] = shop.collector.messages();
    expect(more).toEqual([]);
    expect(second).toMatchObject({
      anonymousId: first!.anonymousId,
      event: 'chat_first_message_sent',
      properties: { conversation_id: first!.properties.conversation_id },
    });
    expect(visitor.errors).toEqual([]);
  });
});

describe('a script tag that stands in the page twice', () => {
  test('starts once, whichever comes first, and once more inserted later', async () => {
    const shop = await hostile({ inline: `(${noteWrites})()` });
    const tag = `<script async src="/dist/chatstone.js" data-write-key="key" data-api-host="${shop.origin('collector')}" data-client="none"></script>`;
    shop.show('/hats', { head: tag + tag });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.run(() => {
      const again = document.createElement('script');
      Object.assign(again.dataset, {
        ...document.querySelector<HTMLElement>('script[data-write-key]')!.dataset,
      });
      again.src = '/dist/chatstone.js';
      document.head.append(again);
      return new Promise((resolve) => {
        again.onload = resolve;
      }).then(() => {});
    });
    await talk(page);
    await expectTalkOnce(shop, visitor);
    const signals = (await writes(page)).flatMap((write) => write.match(/in\/\d+-[\w-]+/) ?? []);
    expect(new Set(signals).size).toBe(3); // the opening, the message, the form: each heard by one
    expect(ours(visitor)).toEqual([]);
  });
});

describe('a strict policy', () => {
  const { 'chatstone.js': integrity } = JSON.parse(
    readFileSync(new URL('../../dist/integrity.json', import.meta.url), 'utf8'),
  );
  const CHAT = `import { install } from '/widgets/tawk.js';
    window.fake = install(window);
    document.getElementById('chat').onclick = () => fake.open();`;

  const POLICIES = {
    'that names the shop and the collector': (collector: string) =>
      `script-src 'self'; connect-src ${collector}`,
    'that knows scripts by nonce only, and wants trusted types': (collector: string) =>
      `script-src 'nonce-n' 'strict-dynamic'; connect-src ${collector}; require-trusted-types-for 'script'`,
  };
  for (const [name, policy] of Object.entries(POLICIES))
    for (const client of ['none', 'auto'])
      test(`${name}, with the file’s hash on the tag, is kept (client: ${client})`, async () => {
        const shop = await hostile({});
        const collector = shop.origin('collector');
        shop.show('/hats', {
          widget: '', // its script would stand inline
          script: false,
          headers: { 'Content-Security-Policy': policy(collector) },
          head: `<script nonce="n" async src="/dist/chatstone.js" integrity="${integrity}" data-write-key="key" data-api-host="${collector}" data-client="${client}"></script>`,
          body: '<button id="chat">Chat</button><script nonce="n" type="module" src="/chat.js"></script>',
        });
        const visitor = await shop.visitor();
        await visitor
          .browser()
          .route('**/chat.js', (route) => route.fulfill({ contentType: 'text/javascript', body: CHAT }));
        const page = await visitor.goto('/hats');
        await talk(page);
        await expectTalkOnce(shop, visitor);
        expect(ours(visitor)).toEqual([]);
        // The stub of the test's page is inline; that one is refused, nothing else.
        expect(visitor.console.filter((line) => /Content.Security.Policy/i.test(line))).toHaveLength(1);
        expect((await call(page, 'status')).errors).toEqual({});
      });
});
