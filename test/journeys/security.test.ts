// Who could do what to a visitor through us: the stories behind docs/security.md.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, NOTHING, nameOf, queued, rows } from './steps.ts';

const ANN = 'ann@example.com';
const HOUR = 3_600_000; // milliseconds
const TALK = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];
const PROPERTIES =
  /^(channel|widget|conversation_id|topic|order_id|product_sku|agent_team|is_bot|csat_score|csat_raw|sentiment|page_type)$/;

const open = ({ script, ...page }: ShopOptions = {}) =>
  openShop({ widget: 'tawk', ...page, script: { client: 'none', anonymous: 'send', ...script } });

/** Ann opens the chat, asks, and says who she is. */
async function talk(page: Tab) {
  await page.click('#chat');
  await page.run(() => window.fake.visitor('What size is it?'));
  await page.run((email) => window.fake.prechat({ name: 'Ann', email }), ANN);
}

const tracks = (shop: Shop) => shop.collector.messages().filter(({ type }) => type === 'track');

/** Her talk has arrived once and is hers; the page did not suffer, and nobody else was asked anything. */
async function expectTalk(shop: Shop, visitor: Visitor, more: readonly string[] = []) {
  await until(() => arrived(shop).includes('identify'), 'the talk arrives');
  await aWhile();
  expect(tracks(shop).map(nameOf).sort()).toEqual([...TALK, ...more].sort());
  for (const { properties } of tracks(shop))
    for (const [name, value] of Object.entries(properties)) {
      expect(name).toMatch(PROPERTIES);
      expect(['string', 'number', 'boolean']).toContain(typeof value);
      expect(`${value}`.length).toBeLessThan(256);
    }
  const { profiles, anonymous } = shop.collector.profiles();
  expect(profiles.map(({ email }) => email)).toEqual([ANN]);
  expect(anonymous).toEqual([]);
  for (const entry of shop.collector.requests()) expect(entry).toMatchObject({ errors: [] });
  expect(visitor.errors).toEqual([]);
  expect(visitor.strangers()).toEqual([]);
}

/** All that went to a server of ours. */
const told = (shop: Shop) => JSON.stringify(shop.collector.requests().map(({ body }) => body));

// ——— a link

describe('a link that somebody else made', () => {
  const LINK =
    '/hats?chatstone_debug&ajs_uid=mallory&ajs_aid=mallory&ajs_event=bought&ajs_trait_email=mallory@evil.example' +
    '&ajs_prop_a=mallory&cio_debug_session=true&cio_id=mallory&email=mallory@evil.example&user=mallory&userId=mallory' +
    '&chatstone=mallory&data-api-host=https://evil.example&data-write-key=mallory&consent=denied&__proto__[a]=mallory' +
    '&utm_source=mail#ajs_uid=mallory&email=mallory@evil.example';

  for (const client of ['none', 'auto'])
    test(`says nobody's name and sends nothing anywhere (client: ${client})`, async () => {
      const shop = await open({ script: { client } });
      const visitor = await shop.visitor();
      const page = await visitor.goto(LINK);
      await page.click('#chat');
      await until(() => arrived(shop).includes('chat_opened'), 'the opening arrives');
      const [opened] = shop.collector.messages();
      expect(opened).not.toHaveProperty('userId');
      expect(opened!.context.page).toMatchObject({ path: '/hats', search: '?utm_source=mail' });
      await page.run(() => window.fake.visitor('What size is it?'));
      await page.run((email) => window.fake.prechat({ name: 'Ann', email }), ANN);
      await expectTalk(shop, visitor);
      expect(told(shop)).not.toMatch(/mallory|evil/);
      expect(JSON.stringify(await page.storage())).not.toMatch(/mallory|evil/);
    });

  test('with a campaign as long as an address may be silences nobody', async () => {
    const shop = await open();
    const visitor = await shop.visitor();
    const page = await visitor.goto(`/hats?utm_source=${'x'.repeat(7000)}&utm_term=${'y'.repeat(7000)}`);
    await talk(page);
    await expectTalk(shop, visitor);
    for (const message of shop.collector.messages())
      expect(JSON.stringify(message).length).toBeLessThan(8000);
  });
});

// ——— events of the page

/** In the page: details that no widget would tell. */
function forge() {
  const thrower = () => {
    throw new Error('of mallory');
  };
  const trap = new Proxy({}, { get: thrower, has: thrower, ownKeys: thrower });
  const getter = Object.defineProperty({}, 'message', { get: thrower, enumerable: true });
  const ring: Record<string, unknown> = { label: 'email' };
  ring.self = ring;
  const huge = 'mallory'.repeat(100_000);
  const proto = JSON.parse('{"__proto__":{"polluted":"mallory"},"constructor":{"prototype":{"polluted":1}}}');
  const details = [
    undefined,
    null,
    5,
    '<img src=x onerror="window.ran=1">',
    [[[]]],
    trap,
    getter,
    ring,
    huge,
    proto,
    () => 'mallory',
    { toString: thrower, valueOf: thrower },
    { id: '__proto__', email: huge, name: huge, label: huge, answer: huge, message: { text: huge } },
  ];
  const names =
    'ChatMessageAgent AgentJoinChat TagsUpdated ChatEnded ChatSatisfaction PrechatSubmit OfflineSubmit';
  for (const detail of details) {
    for (const name of `ChatMaximized ChatHidden ${names}`.split(' '))
      window.dispatchEvent(new CustomEvent(`tawk${name}`, { detail }));
    for (const part of [detail, { type: detail }, { type: 'person', email: detail, name: detail }])
      window.dispatchEvent(new CustomEvent('chatstone', { detail: part }));
    for (const field of ['widget', 'conversation', 'agent', 'team', 'at', 'from', 'score'])
      window.dispatchEvent(new CustomEvent('chatstone', { detail: { type: 'assigned', [field]: detail } }));
    if (detail === huge) continue; // a page's own calls may hang it as any of its loops
    for (const name of ['identify', 'milestone', 'topic', 'context', 'purchase', 'consent', 'on', 'nothing'])
      (window as any).chatstone(name, detail, detail);
    (window as any).chatstone(detail);
  }
}

describe('events that a script of the page forges', () => {
  test('of shapes that no widget tells: they hurt nobody, and nothing unknown goes out', async () => {
    const shop = await open({ script: { widget: 'tawk,custom' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(() => page.run(() => !!(window as any).chatstone.started), 'chatstone is there');
    await page.run(forge);
    await aWhile();
    expect(arrived(shop).filter((name) => name === 'chat_opened')).toEqual([]); // nobody has touched the page
    expect(await page.run(() => [({} as any).polluted, (window as any).ran])).toEqual([null, null]);
    for (const { properties = {}, traits = {}, userId } of shop.collector.messages()) {
      expect(userId).toBeUndefined();
      for (const [name, value] of Object.entries({ ...properties, ...traits })) {
        expect(name).toMatch(PROPERTIES);
        expect(`${value}`.length).toBeLessThan(256);
      }
    }
    shop.collector.reset();
    await talk(page);
    await until(
      () => tracks(shop).some((one) => nameOf(one) === 'chat_first_message_sent'),
      'the line arrives',
    );
    await until(() => arrived(shop).includes('identify'), 'Ann arrives');
    expect(shop.collector.messages().find(({ type }) => type === 'identify')).toMatchObject({ userId: ANN });
    expect(visitor.errors).toEqual([]);
    expect(visitor.strangers()).toEqual([]);
  });

  test('in the name of a widget: who the site says it is stands', async () => {
    const shop = await open({ config: { user: { email: ANN } } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(() => arrived(shop).includes('identify'), 'Ann arrives');
    await page.run(() => {
      const email = 'mallory@evil.example';
      const tell = (name: string, detail: unknown) => dispatchEvent(new CustomEvent(name, { detail }));
      tell('chatstone', { type: 'person', email, name: 'mallory' });
      tell('tawkPrechatSubmit', [{ label: 'E-mail', answer: email }]);
      tell('tawkOfflineSubmit', { email, name: 'mallory' });
    });
    await talk(page);
    await expectTalk(shop, visitor);
    expect(told(shop)).not.toContain('mallory');
    expect((await call(page, 'status')).ignored).toEqual({ 'weaker identity': 3 });
  });

  test('a posted message, from the page or from a frame of another site, says nothing', async () => {
    const shop = await open();
    shop.show('/frame', '<!doctype html><title>frame</title>');
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await until(() => page.run(() => !!window.fake), 'the widget is there');
    await page.run(
      async (frame) => {
        const say = `
        for (const message of [
          { chatstone: ['identify', { email: 'mallory@evil.example' }] },
          { type: 'chatstone', detail: { type: 'message', from: 'visitor' } },
          { event: 'tawkChatMessageVisitor', data: 'mallory' },
          ['identify', 'mallory'], 'chatstone', JSON.stringify({ chatstone: 'mallory' }),
        ]) parent.postMessage(message, '*');`;
        const inside = document.createElement('iframe');
        inside.src = frame;
        document.body.append(inside);
        await new Promise((resolve) => {
          inside.onload = resolve;
        });
        const text = document.createElement('script');
        text.textContent = say;
        document.body.append(text); // parent is the page itself
        const sandboxed = document.createElement('iframe');
        sandboxed.sandbox.add('allow-scripts'); // of no origin
        sandboxed.srcdoc = `<script>${say}</script>`;
        document.body.append(sandboxed);
        await new Promise((resolve) => {
          sandboxed.onload = resolve;
        });
      },
      `${shop.origin('other')}/frame`,
    );
    await aWhile();
    expect(arrived(shop)).toEqual([]);
    expect(await rows(page, 'in/')).toEqual([]);
    expect(JSON.stringify(await page.storage())).not.toContain('mallory');
  });
});

// ——— what is stored

/** In the page: writes rows of every kind in wrong shapes, and what else we read. */
async function poison() {
  const VISITOR = 'of-another-script';
  localStorage.setItem('ajs_anonymous_id', JSON.stringify(VISITOR));
  const opening = indexedDB.open('chatstone', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('chatstone');
  await new Promise((resolve) => {
    opening.onsuccess = resolve;
  });
  const transaction = opening.result.transaction('chatstone', 'readwrite');
  const store = transaction.objectStore('chatstone');
  const proto = JSON.parse('{"__proto__":{"polluted":"poison"},"poison":{"__proto__":{"polluted":1}}}');
  const ring: Record<string, unknown> = { message: proto, since: 1 };
  ring.poison = ring;
  const wrong = [
    null,
    5,
    'poison',
    ['poison'],
    { poison: 1 },
    proto,
    ring,
    new Date(),
    'poison'.repeat(50_000),
  ];
  for (const [i, value] of wrong.entries()) {
    store.put(value, `in/1-${i}-poison`);
    store.put({ now: 1, visitor: VISITOR, fresh: 'f', page: {}, facts: {}, said: value }, `in/2-${i}-poison`);
    store.put(value, `q/customerio/${i}/poison`);
    store.put({ since: Date.now(), message: value }, `q/customerio/1${i}/poison`);
    store.put(value, ['q/customerio/1', i]);
    store.put(value, `visitor/poison-${i}`);
    localStorage.setItem(`chatstone:in/3-${i}-poison`, i === 6 ? '{"poison' : JSON.stringify(value));
    localStorage.setItem(`chatstone:q/customerio/2${i}/poison`, i === 6 ? '[[[' : JSON.stringify(value));
  }
  store.put(
    { next: VISITOR, nextAt: 1, userId: { poison: 1 }, conversations: 'poison' },
    `visitor/${VISITOR}`,
  );
  store.put({ tries: 'poison', until: 'poison' }, 'to/customerio');
  store.put({ n: 'poison', orders: null }, 'tally');
  store.put({ visitor: { poison: 1 }, user: ['poison'], open: 'poison' }, 'about');
  store.put(['poison'], 'client');
  store.put({ tab: 5, until: 'poison' }, 'lease/customerio');
  store.put('poison', 'asis/q/customerio/1/poison');
  localStorage.setItem('chatstone_wait/customerio', 'poison');
  localStorage.setItem('chatstone_made', '<b>poison</b>');
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  opening.result.close();
}

describe('what another script, or a version before, has stored', () => {
  test('in no shape of ours: it is dropped and counted once, and all else is told', async () => {
    const shop = await open();
    const visitor = await shop.visitor();
    let page = await visitor.goto('/before', { script: false, widget: '' });
    await page.run(poison);
    page = await visitor.goto('/hats');
    await talk(page);
    await expectTalk(shop, visitor);
    expect(told(shop)).not.toContain('poison');
    for (const { anonymousId } of shop.collector.messages()) expect(anonymousId).toBe('of-another-script');
    const { dropped, queued: left, storage } = await call(page, 'status');
    expect({ left, storage }).toEqual({ left: { customerio: 0 }, storage: 'indexeddb' });
    expect(dropped.unreadable).toBeGreaterThan(40);
    expect(await page.run(() => ({}) as any)).not.toHaveProperty('polluted');
    const after = (await rows(page)).filter(([key]) => !key.startsWith('asis/'));
    expect(JSON.stringify(after)).not.toContain('poison');
    expect(Object.keys((await page.storage()).localStorage).filter((key) => /^chatstone:/.test(key))).toEqual(
      [],
    );

    page = await visitor.goto('/socks');
    await page.run(() => window.fake.agent('Hello'));
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the next page tells');
    expect((await call(page, 'status')).dropped).toEqual(dropped);
  });

  test.each([
    ['markup', '<img src=x onerror=window.ran=1>'],
    ['longer than an event may be', 'poison'.repeat(10_000)],
  ])('a visitor id that is none (%s): a new one is made', async (_, id) => {
    const shop = await open();
    const visitor = await shop.visitor();
    await (await visitor.goto('/before', { script: false, widget: '' })).run((id) => {
      localStorage.setItem('ajs_anonymous_id', id);
      // biome-ignore lint/suspicious/noDocumentCookie: as a script of the page does
      document.cookie = `ajs_anonymous_id=${encodeURI('<b>poison</b>')}%0d%0a; path=/`;
    }, id);
    const page = await visitor.goto('/hats');
    await talk(page);
    await expectTalk(shop, visitor);
    const ids = new Set(shop.collector.messages().map(({ anonymousId }) => anonymousId));
    expect([...ids]).toEqual([expect.stringMatching(/^[\w%-]{20,100}$/)]);
    expect(await page.run(() => (window as any).ran)).toBeUndefined();
  });
});

// ——— a server

const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

/** A server of somebody else, reached as `http://<name>.localhost`; what it was asked, with bodies. */
async function stranger(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { method: string; body: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ method: request.method!, body, headers: request.headers });
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', '*');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, url: (name: string) => `http://${name}.localhost:${port}` };
}

/** A page whose collector is another server. */
async function at(url: string) {
  const shop = await open({ script: { apiHost: url } });
  const visitor = await shop.visitor();
  const page = await visitor.goto('/hats');
  await page.click('#chat');
  return { shop, visitor, page };
}

describe('a server that answers what it likes', () => {
  test.each([302, 307])('a redirect (%i): it is not followed, and nothing is lost', async (status) => {
    const thief = await stranger((_, response) => response.end('{}'));
    const server = await stranger((_, response) =>
      response.writeHead(status, { Location: thief.url('thief') }).end(),
    );
    const { page, visitor } = await at(server.url('server'));
    await until(() => server.asked.length, 'it is asked');
    await aWhile();
    expect(thief.asked).toEqual([]);
    expect((await queued(page)).map(nameOf)).toEqual(['chat_opened']);
    const { delivered, destinations } = await call(page, 'status');
    expect(delivered).toBe(0);
    expect(destinations.customerio.error).toContain('redirect');
    expect(visitor.errors).toEqual([]);
  });

  test.each(['-9e99', '1e99', 'Fri, 31 Dec 9999 23:59:59 GMT', 'NaN'])(
    'Retry-After: %s is obeyed for an hour at most',
    async (after) => {
      const server = await stranger((_, response) => response.writeHead(429, { 'Retry-After': after }).end());
      const { page } = await at(server.url('server'));
      const noted = async () => (await rows(page, 'to/'))[0]?.[1].until;
      const wait = await until(noted, 'the answer is noted');
      const now = await page.run(() => Date.now());
      expect(wait).toBeLessThanOrEqual(now + HOUR);
      expect(wait).toBeGreaterThan(now - 10_000);
      expect((await queued(page)).map(nameOf)).toEqual(['chat_opened']);
      await aWhile();
      expect(server.asked.length).toBeLessThan(8); // no loop
    },
  );

  const BODIES: Record<string, (response: ServerResponse) => void> = {
    'code and markup': (response) =>
      response
        .writeHead(200, {
          'Content-Type': 'text/html',
          'Set-Cookie': 'ran=1; SameSite=None; Secure',
          Refresh: '0',
          Link: '</x.js>; rel=preload',
        })
        .end('<script>window.ran=1</script>'),
    'what looks like ours': (response) =>
      response.end(
        '{"batch":[{"type":"identify","userId":"mallory"}],"success":false,"errors":[{"index":0}]}',
      ),
    'no end': (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 20);
      response.on('close', () => clearInterval(timer));
    },
    'nothing (204)': (response) => response.writeHead(204).end(),
  };
  test.each(Object.keys(BODIES))('a body of %s: the status alone counts', async (name) => {
    const server = await stranger((_, response) => BODIES[name]!(response));
    const { page, visitor } = await at(server.url('server'));
    await until(async () => (await call(page, 'status')).delivered === 1, 'the opening is taken');
    await page.run(() => window.fake.visitor('Hello'));
    await until(async () => (await call(page, 'status')).delivered === 2, 'the next one is taken');
    expect(await page.run(() => [(window as any).ran ?? 0, document.cookie])).toEqual([
      0,
      expect.not.stringContaining('ran'),
    ]);
    const cookies = await visitor.browser().cookies(server.url('server'));
    expect(cookies).toEqual([]);
    expect(JSON.stringify(await page.storage())).not.toContain('mallory');
    expect(new URL(page.url()).pathname).toBe('/hats');
    expect(visitor.errors).toEqual([]);
  });

  test.each([304, 400, 600])('a status of %i: what happened is kept, and no loop begins', async (status) => {
    const server = await stranger((_, response) => {
      if (status === 600) response.socket!.end(`HTTP/1.1 ${status} What\r\n\r\n`);
      else response.writeHead(status).end();
    });
    const { page, visitor } = await at(server.url('server'));
    await until(() => server.asked.length, 'it is asked');
    await aWhile();
    expect(server.asked.length).toBeLessThan(8);
    expect((await queued(page)).map(nameOf)).toEqual(['chat_opened']);
    expect((await call(page, 'status')).delivered).toBe(0);
    expect(visitor.errors).toEqual([]);
  });
});

describe('a request', () => {
  test('carries no cookie, and of the page its origin alone', async () => {
    const server = await stranger((_, response) => response.end('{}'));
    const url = server.url('shop'); // cookies know no ports: the shop's are the server's
    const shop = await open({ script: { apiHost: url }, headers: { 'Referrer-Policy': 'unsafe-url' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats?email=ann@example.com&utm_source=mail');
    await page.run(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: as a script of the page does
      document.cookie = 'basket=3; path=/';
    });
    await page.click('#chat');
    await until(() => server.asked.some(({ method }) => method === 'POST'), 'the opening arrives');
    const posts = server.asked.filter(({ method }) => method === 'POST');
    await page.run(
      (url) => fetch(url, { method: 'POST', credentials: 'include', mode: 'no-cors' }).then(() => {}),
      url,
    );
    expect(server.asked.at(-1)!.headers.cookie).toContain('basket=3'); // a request that wants to carries them
    for (const { headers } of posts) {
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('authorization');
      expect(headers.referer).toBe(`${shop.url}/`);
    }
    expect(JSON.stringify(posts)).not.toContain('ann@');
  });
});

// ——— what is loaded

const INTEGRITY: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../dist/integrity.json', import.meta.url), 'utf8'),
);

/** An import map with the hash of every file beside the tag. */
const importMap = () =>
  `<script type="importmap">${JSON.stringify({
    integrity: Object.fromEntries(Object.entries(INTEGRITY).map(([file, hash]) => [`/dist/${file}`, hash])),
  })}</script>`;

const tag = (collector: string, more = '') =>
  `<script async src="/dist/chatstone.js" data-write-key="key" data-api-host="${collector}" data-client="none" data-anonymous="send" ${more}></script>`;

describe('what is loaded', () => {
  for (const client of ['none', 'auto'])
    test(`comes from beside the tag alone (client: ${client})`, async () => {
      const shop = await open({ script: { client } });
      const visitor = await shop.visitor();
      await talk(await visitor.goto('/hats'));
      await expectTalk(shop, visitor);
      const files = visitor.requests
        .filter(({ type, url }) => type === 'script' && !url.includes('/widgets/'))
        .map(({ url }) => url);
      expect(files.length).toBeGreaterThan(2);
      for (const file of files) expect(file).toMatch(`${shop.url}/dist/chatstone`);
    });

  test('is right by the hashes of dist/integrity.json in an import map', async () => {
    const shop = await open();
    shop.show('/hats', { script: false, head: importMap() + tag(shop.origin('collector')) });
    const visitor = await shop.visitor();
    await talk(await visitor.goto('/hats'));
    await expectTalk(shop, visitor);
  });

  test('a tag whose hash is another does not run at all', async () => {
    const shop = await open();
    const integrity = INTEGRITY['chatstone-engine.js'];
    shop.show('/hats', { script: false, head: tag(shop.origin('collector'), `integrity="${integrity}"`) });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await aWhile();
    expect(await page.run(() => (window as any).chatstone.started ?? false)).toBe(false);
    expect(shop.collector.requests()).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('keeps the tightest policy: nothing else may run, be asked, or become markup', async () => {
    const shop = await open();
    const collector = shop.origin('collector');
    shop.show('/hats', {
      widget: '',
      script: false,
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src 'self'; connect-src ${collector}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`,
      },
      head: tag(collector, `integrity="${INTEGRITY['chatstone.js']}"`),
      body: '<button id="chat">Chat</button><script type="module" src="/chat.js"></script>',
    });
    const visitor = await shop.visitor();
    await visitor.browser().route('**/chat.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `import { install } from '/widgets/tawk.js';
          window.fake = install(window);
          document.getElementById('chat').onclick = () => fake.open();`,
      }),
    );
    const page = await visitor.goto('/hats');
    await talk(page);
    await expectTalk(shop, visitor);
    // The stub of the test's page and its icon are refused, nothing else.
    const refused = visitor.console.filter((line) => /Content.Security.Policy|Trusted/i.test(line));
    expect(refused.filter((line) => !/inline|data:/.test(line))).toEqual([]);
    expect((await call(page, 'status')).errors).toEqual(NOTHING);
  });
});

// ——— HTML without script: a review, a name, a description that others wrote

describe('HTML that somebody else wrote, without a script', () => {
  const STAGE = `<button id="chat">Chat</button><script type="module">
    import { install } from '/widgets/tawk.js';
    window.fake = install(window);
    document.getElementById('chat').onclick = () => fake.open();</script>`;
  /** The shop's page with a review in it before the tag. */
  const reviewed = (shop: Shop, review: string) =>
    shop.show(
      '/hats',
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>${review}
       ${tag(shop.origin('collector')).replace(' async', '')}${STAGE}`,
    );

  test('that passes for the tag loads no code', async () => {
    const thief = await stranger((_, response) =>
      response
        .writeHead(200, { 'Content-Type': 'text/javascript' })
        .end('window.ran = 1; export const start = () => ({})'),
    );
    const shop = await open();
    reviewed(
      shop,
      `<img name="currentScript" src="${thief.url('thief')}/chatstone.js" data-write-key="mallory" data-api-host="${thief.url('thief')}">`,
    );
    const visitor = await shop.visitor();
    const page = await visitor.goto('/hats');
    await page.click('#chat');
    await page.run(() => window.fake.visitor('Hello'));
    await aWhile();
    expect(await page.run(() => (window as any).ran)).toBeUndefined();
    expect(thief.asked.filter(({ headers }) => headers['sec-fetch-dest'] !== 'image')).toEqual([]);
  });

  test('that passes for the configuration sends nothing elsewhere and names nobody', async () => {
    const thief = await stranger((_, response) => response.end('{}'));
    const shop = await open();
    const config = {
      destinations: { collector: { url: thief.url('thief') } },
      user: { email: 'mallory@evil.example' },
      properties: ['mallory'],
    };
    reviewed(shop, `<div id="chatstone-config">${JSON.stringify(config)}</div>`);
    const visitor = await shop.visitor();
    await talk(await visitor.goto('/hats'));
    await expectTalk(shop, visitor);
    expect(thief.asked).toEqual([]);
    expect(told(shop)).not.toContain('mallory');
  });

  test.each([
    ['our function', '<form id="chatstone"><input name="started"><input name="q"></form>'],
    ['our waiting calls', '<a id="chatstone"></a><a id="chatstone" name="q" href="//x"></a>'],
    ['where the visitor came from', '<img name="referrer">'],
    ['the cookies', '<img name="cookie">'],
    [
      'every widget',
      'Intercom $chatwoot drift fcWidget FrontChat Gladly GorgiasChat Beacon HubSpotConversations jivo_api Kustomer LiveChatWidget LC_API LiveLike lpTag olark RocketChat embeddedservice_bootstrap smartsupp tidioChatApi userlike zE $crisp cioanalytics'
        .split(' ')
        .map((id) => `<a id="${id}"></a>`)
        .join(''),
    ],
  ])('that passes for %s silences nobody', async (_, review) => {
    const shop = await open();
    reviewed(shop, review);
    const visitor = await shop.visitor();
    await talk(await visitor.goto('/hats'));
    await expectTalk(shop, visitor);
  });
});
