import { describe, expect, test } from 'vitest';
import { openShop } from './harness.ts';

const CLIENT = '/dist/chatstone-customerio.js';

/** In the page: loads the client, passes one track and one identify through it; returns what its last plugin saw. */
async function tell(url: string) {
  const { load } = await import(url);
  const client = await load('key');
  const seen: {
    type: string;
    event?: string;
    messageId: string;
    userId?: string;
    context: { messageId: string };
  }[] = [];
  const note = (context: { event: (typeof seen)[number] }) => {
    seen.push(JSON.parse(JSON.stringify(context.event)));
    return context;
  };
  await client.register({
    name: 'last',
    type: 'after',
    version: '1',
    isLoaded: () => true,
    load: async () => {},
    track: note,
    identify: note,
  });
  const ours = { messageId: 'our-id', timestamp: '2026-11-22T10:00:00.000Z' };
  await client.track('chat_opened', { widget: 'crisp' }, ours);
  await client.identify('ann@example.com', { phone: '1' }, ours);
  return { seen, userId: client.user().id() as string };
}

/** Runs in the page before all else: notes every write to storage, also those that are taken back at once. */
function watchStorage() {
  const writes: string[] = [];
  Object.assign(window, { writes });
  for (const name of ['setItem', 'removeItem', 'clear'] as const) {
    const real = Storage.prototype[name] as (...args: string[]) => void;
    Storage.prototype[name] = function (this: globalThis.Storage, ...args: string[]) {
      writes.push(`${name} ${args[0]}`);
      real.apply(this, args);
    };
  }
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(text: string) {
      writes.push(`cookie ${text}`);
      cookie.set!.call(this, text);
    },
  });
}

const page = { script: false, inline: `(${watchStorage})()` } as const;
const writes = () => (window as any).writes as string[];

describe('load', () => {
  test('passes messages through to a plugin, with our id and time', async () => {
    const shop = await openShop(page);
    const { seen, userId } = await (await (await shop.visitor()).goto('/')).run(tell, CLIENT);
    const ours = { timestamp: '2026-11-22T10:00:00.000Z', context: { messageId: 'our-id' } };
    expect(seen).toMatchObject([
      { type: 'track', event: 'chat_opened', properties: { widget: 'crisp' }, ...ours },
      { type: 'identify', userId: 'ann@example.com', traits: { phone: '1' }, ...ours },
    ]);
    expect(new Set(seen.map(({ messageId }) => messageId)).size).toBe(2);
    expect(userId).toBe('ann@example.com');
  });

  test('asks nothing of any server', async () => {
    const shop = await openShop(page);
    const visitor = await shop.visitor();
    await (await visitor.goto('/')).run(tell, CLIENT);
    expect(visitor.requests.map(({ url }) => url.replace(shop.url, ''))).toEqual(['/', CLIENT]);
  });

  test('writes nothing, not even for a moment', async () => {
    const shop = await openShop({
      ...page,
      inline: `localStorage.test = 'a thing of the shop';${page.inline}`,
    });
    const tab = await (await shop.visitor()).goto('/');
    await tab.run(tell, CLIENT);
    expect(await tab.run(writes)).toEqual([]);
    expect(await tab.storage()).toEqual({
      indexedDB: {},
      localStorage: { test: 'a thing of the shop' },
      sessionStorage: {},
      cookies: {},
    });
  });

  test('leaves the calls that wait for the client of the page', async () => {
    const shop = await openShop({
      ...page,
      inline: `window.analytics=[['track','theirs']];window.cioanalytics=[['page']]`,
    });
    const tab = await (await shop.visitor()).goto('/');
    const { seen } = await tab.run(tell, CLIENT);
    expect(seen).toHaveLength(2);
    expect(await tab.run(() => [(window as any).analytics, (window as any).cioanalytics])).toEqual([
      [['track', 'theirs']],
      [['page']],
    ]);
  });

  test('obeys no address', async () => {
    const shop = await openShop(page);
    const visitor = await shop.visitor();
    const tab = await visitor.goto('/?ajs_uid=eve&ajs_event=fooled&ajs_aid=x&cio_debug_session=true');
    const { seen } = await tab.run(tell, CLIENT);
    expect(seen.map(({ type, userId }) => [type, userId])).toEqual([
      ['track', undefined],
      ['identify', 'ann@example.com'],
    ]);
    expect(await tab.run(writes)).toEqual([]);
    expect(visitor.requests).toHaveLength(2);
  });
});
