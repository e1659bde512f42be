// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serve } from '../../demo/server.mjs';

const FILES = {
  'package.json': '{"secret":1}',
  'demo/index.html': '<title>Shop</title>',
  'demo/shop.css': 'a{}',
  'demo/server.mjs': 'secret',
  'demo/pages/cart.html': '<title>Cart</title>',
  'demo/widgets/crisp.js': 'crisp',
  'demo/logo.svg': '<svg/>',
  'dist/chatstone.js': 'chatstone',
  'dist/esm/index.mjs': 'esm',
  'dist/integrity.json': '{}',
  'test/browser/pages/late.html': '<title>Late</title>',
  'test/browser/other.html': 'secret',
};

describe('serve', () => {
  let root: string;
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'chatstone-server-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));
  beforeEach(async () => {
    server = await serve({ port: 0, root });
  });
  afterEach(() => server.close());

  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);
  const message = (messageId = 'm1') => ({
    type: 'track',
    event: 'chat_opened',
    messageId,
    timestamp: new Date().toISOString(),
    anonymousId: 'anon',
  });
  const send = (messageId?: string, headers: Record<string, string> = { 'content-type': 'text/plain' }) =>
    get('/v1/b', {
      method: 'POST',
      headers: { origin: 'null', ...headers },
      body: JSON.stringify({ batch: [message(messageId)], writeKey: 'key' }),
    });
  const setWeather = (weather: unknown) =>
    get('/api/weather', { method: 'POST', body: JSON.stringify(weather) });
  const taken = () => server.collector.messages().map(({ messageId }) => messageId);

  /** Speaks HTTP by hand: `fetch` would tidy the path. */
  const raw = (path: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = '';
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      });
      socket.on('data', (data) => {
        answer += data;
      });
      socket.on('error', reject);
      socket.on('end', () => resolve(answer));
    });

  test.each([
    ['/', '<title>Shop</title>', 'text/html'],
    ['/?write_key=k', '<title>Shop</title>', 'text/html'],
    ['/pages/cart.html', '<title>Cart</title>', 'text/html'],
    ['/shop.css', 'a{}', 'text/css'],
    ['/widgets/crisp.js', 'crisp', 'text/javascript'],
    ['/logo.svg', '<svg/>', 'image/svg+xml'],
    ['/dist/chatstone.js', 'chatstone', 'text/javascript'],
    ['/dist/esm/index.mjs', 'esm', 'text/javascript'],
    ['/dist/integrity.json', '{}', 'application/json'],
    ['/test/late.html', '<title>Late</title>', 'text/html'],
  ])('serves %s', async (path, text, type) => {
    const response = await get(path);
    expect(await response.text()).toBe(text);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/server.mjs',
    '/SERVER.MJS',
    '/none.html',
    '/package.json',
    '/demo/index.html',
    '/test/other.html',
    '/dist/../package.json',
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..\\package.json',
    '/..%5cpackage.json',
    '//package.json',
    '/dist/%2e%2e/package.json',
    '/dist/..%2fdemo/server.mjs',
    '/test/%2e%2e/other.html',
    '/vendor/constructor',
  ])('has nothing at %s', async (path) => {
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04]/);
    expect(answer).not.toContain('secret');
  });

  test.each(['rocketchat-livechat.min.js', 'crisp-sdk-web.js', 'cdp-analytics-browser.js'])(
    'serves the real /vendor/%s as a script',
    async (name) => {
      const real = await serve({ port: 0 });
      const response = await fetch(`${real.url}/vendor/${name}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/javascript');
      expect((await response.text()).length).toBeGreaterThan(1_000);
      await real.close();
    },
  );

  test("answers the settings request of Customer.io's client with this server as the host", async () => {
    const response = await get('/v1/projects/KEY/settings', { headers: { origin: 'http://shop.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual({
      integrations: {
        'Customer.io Data Pipelines': {
          apiKey: 'KEY',
          apiHost: `127.0.0.1:${server.port}/v1`,
          protocol: 'http',
        },
      },
    });
  });

  test('says what to do when the port is taken', async () => {
    await expect(serve({ port: server.port })).rejects.toThrow(
      `Port ${server.port} is taken. Choose another one: PORT=4180 npm start`,
    );
  });

  test.each([
    'text/plain',
    'text/plain;charset=UTF-8', // what sendBeacon says of a string
    'application/json',
  ])('takes messages that say %s, from any origin', async (type) => {
    const response = await send('m1', { 'content-type': type });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(server.collector.requests()).toMatchObject([{ origin: 'null', contentType: type }]);
  });

  test('answers a preflight, and logs it apart from the requests', async () => {
    const headers = {
      origin: 'null',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-strict-mode',
    };
    const response = await get('/v1/b', { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toContain('x-strict-mode');
    expect(server.collector.log()).toMatchObject([
      { method: 'OPTIONS', path: '/v1/b', status: 204, origin: 'null' },
    ]);
    expect(server.collector.requests()).toEqual([]);
  });

  test('tells Retry-After, and lets other origins read it unless the weather says no', async () => {
    await setWeather([
      { status: 429, retryAfter: 7 },
      { status: 429, retryAfter: 7, expose: false },
    ]);
    const open = await send();
    const closed = await send();
    expect([open.status, open.headers.get('retry-after')]).toEqual([429, '7']);
    expect([closed.status, closed.headers.get('retry-after')]).toEqual([429, '7']);
    expect(open.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(closed.headers.get('access-control-expose-headers')).toBe(null);
    expect(closed.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('answers 204 without a body', async () => {
    server.collector.weather({ status: 204 });
    expect(await (await send()).text()).toBe('');
    expect(taken()).toEqual(['m1']);
  });

  test.each([
    ['before', []],
    ['after', ['m1']],
  ] as const)('breaks the connection %s the messages are taken', async (cut, messages) => {
    server.collector.weather({ cut, times: 1 });
    await expect(send()).rejects.toThrow();
    expect(taken()).toEqual(messages);
    expect((await send('m2')).status).toBe(200);
  });

  test('takes slow messages at once and answers later', async () => {
    server.collector.weather({ delay: 60_000 });
    const leaving = new AbortController();
    const answer = get('/v1/t', {
      method: 'POST',
      body: JSON.stringify({ ...message(), writeKey: 'key' }),
      signal: leaving.signal,
    });
    await expect.poll(taken).toEqual(['m1']);
    leaving.abort();
    await expect(answer).rejects.toThrow();
  });

  test('closes what hangs and what streams', async () => {
    const other = await serve({ port: 0, root });
    other.collector.weather({ hang: true });
    const stream = await fetch(`${other.url}/api/stream`);
    const answer = fetch(`${other.url}/v1/b`, { method: 'POST', body: '{}' });
    await expect.poll(() => other.collector.requests()).toMatchObject([{ status: 0 }]);
    const ends = [expect(answer).rejects.toThrow(), expect(stream.text()).rejects.toThrow()];
    await other.close();
    await Promise.all(ends);
    await expect(fetch(other.url)).rejects.toThrow();
  });

  test('uses no connection twice', async () => {
    expect((await send()).headers.get('connection')).toBe('close');
  });

  test('sets, shows and clears the weather', async () => {
    await setWeather({ status: 500 });
    expect(await (await get('/api/weather')).json()).toEqual([{ status: 500 }]);
    expect((await send()).status).toBe(500);
    await get('/api/weather', { method: 'DELETE' });
    expect((await send()).status).toBe(200);
  });

  test('refuses weather that it does not know', async () => {
    const response = await setWeather({ stauts: 500 });
    expect(response.status).toBe(400);
    expect((await response.json()).error).toContain('unknown weather: stauts');
  });

  test('shows the profiles and the log, and forgets them', async () => {
    await send();
    expect(await (await get('/api/profiles')).json()).toMatchObject({
      profiles: [],
      anonymous: [{ anonymousId: 'anon', events: [{ event: 'chat_opened' }] }],
      errors: [],
      duplicates: { total: 0 },
      conflicts: [],
    });
    expect(await (await get('/api/log')).json()).toMatchObject([
      { n: 1, path: '/v1/b', messages: [{ messageId: 'm1' }] },
    ]);
    await get('/api/reset', { method: 'POST' });
    expect(await (await get('/api/log')).json()).toEqual([]);
  });

  test('streams requests and profiles', async () => {
    const response = await get('/api/stream');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader.read()).value;
    };
    await hear('event: profiles\ndata: {"profiles":[]');
    await send();
    await hear('event: request\ndata: {"n":1');
    await hear('"anonymousId":"anon","events"');
    await reader.cancel();
  });
});
