// What must hold in every engine: a guest chats, the chat is held, the guest becomes known, and all arrives once.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { openShop, SECOND, type ShopOptions, until } from '../browser/harness.ts';
import { aWhile, expectSameOnEveryTry, nameOf, type Told } from '../journeys/steps.ts';
import type { Mode } from './browser.ts';
import type { EngineName } from './setup.ts';
import { closeDriver, driver, endVisits, newVisitor, type Tab } from './visitor.ts';

const ADA = 'ada@example.com';
const CHAT = ['chat_opened', 'chat_first_message_sent'];
const PATIENCE = 20 * SECOND; // a dead page's lease lasts as long
const ANSWER = ['chat_assigned', 'chat_agent_replied'];

declare const chatstone: (...call: unknown[]) => any;

// ——— in the page

const chats = () => {
  const from = Date.now();
  chatstone('open', 'tawk'); // no engine here is told of gestures; an opening on request counts as one
  window.fake.visitor('Hello');
  return [from, Date.now()] as [number, number];
};
const isAnswered = () => {
  const from = Date.now();
  window.fake.assign();
  window.fake.agent('Good day');
  return [from, Date.now()] as [number, number];
};
const becomesKnown = () => window.fake.prechat({ name: 'Ada', email: ' Ada@Example.com' });
const status = async () => {
  const { held, queued, delivered, dropped, storage, visitor, identity, errors } = await new Promise<any>(
    (resolve) => chatstone('status', resolve),
  );
  return { held, queued: queued.customerio, delivered, dropped, storage, visitor, identity, errors };
};
const visitorIds = () => ({
  cookie: document.cookie.match('(?:^|; )ajs_anonymous_id=([^;]*)')?.[1],
  localStorage: JSON.parse(localStorage.getItem('ajs_anonymous_id') ?? 'null') ?? undefined,
});

/** Before all else: the database never answers, until `answer()` is called. */
const HANGING_DATABASE = `{
  const { open } = IDBFactory.prototype;
  const asked = [];
  IDBFactory.prototype.open = function (...args) {
    const request = {};
    asked.push(() => {
      const real = open.apply(this, args);
      for (const name of ['onupgradeneeded', 'onsuccess', 'onerror', 'onblocked'])
        real[name] = (event) => {
          Object.defineProperty(request, 'result', { get: () => real.result, configurable: true });
          request[name]?.(event);
        };
    });
    return request;
  };
  window.answer = () => {
    IDBFactory.prototype.open = open;
    for (const one of asked.splice(0)) one();
  };
}`;

/** Before all else: notes the connections, so that they can be lost. */
const NOTED_CONNECTIONS = `{
  const { open } = IDBFactory.prototype;
  window.connections = [];
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  };
}`;

/** Before all else: an engine without Web Locks, in which no request outlives its page. */
const OLD_ENGINE = `{
  const { fetch } = window;
  window.fetch = (url, init) => {
    if (!init?.keepalive) return fetch(url, init);
    const { keepalive, ...rest } = init;
    const gone = new AbortController();
    addEventListener('pagehide', () => gone.abort(), { once: true });
    return window.left ? Promise.reject(new TypeError('the page has gone')) : fetch(url, { ...rest, signal: gone.signal });
  };
  addEventListener('pagehide', () => { window.left = true; }, true);
  delete Navigator.prototype.locks;
}`;

/** Tells the stories of one engine. */
export function stories(engine: EngineName): void {
  const found = inject('engines')[engine];
  const lines: string[] = [];
  /** What an engine does, or cannot do, in a story; it is printed. */
  const note = (line: string) => lines.push(line);

  /** Counts as skipped, never as passed. */
  const cannot = (skip: (reason: string) => never, reason: string): never => {
    note(`cannot: ${reason}`);
    return skip(reason);
  };

  const visit = async (options: ShopOptions = {}, mode?: Mode) => {
    const shop = await openShop({
      widget: 'tawk',
      ...options,
      head: await driver(),
      script: { client: 'none', ...options.script },
    });
    const visitor = newVisitor(engine, shop.url, mode);
    const messages = () => shop.collector.messages() as Told[];
    return {
      shop,
      visitor,
      messages,
      arrived: () => messages().map(nameOf),
      untilArrived: (count: number) =>
        until(() => messages().length >= count, `${count} messages arrive`, 2 * PATIENCE).catch(() =>
          expect(messages().map(nameOf)).toHaveLength(count),
        ),
    };
  };
  type Visit = Awaited<ReturnType<typeof visit>>;

  const untilHeld = (tab: Tab, count: number) =>
    until(async () => (await tab.run(status)).held === count, `${count} are held`, PATIENCE).catch(async () =>
      expect(await tab.run(status)).toMatchObject({ held: count }),
    );

  /** What arrived is whole: of one person, in order, each fact once, every try the first one again. */
  const expectWhole = ({ shop, messages, visitor }: Visit, names: readonly string[]) => {
    expect(messages().map(nameOf)).toEqual(names);
    expectSameOnEveryTry(shop);
    expect(new Set(messages().map(({ anonymousId }) => anonymousId)).size).toBe(1);
    expect(messages().map(({ userId }) => userId)).toEqual(names.map(() => ADA));
    const times = messages()
      .filter(({ type }) => type === 'track')
      .map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort());
    expect(shop.collector.profiles()).toMatchObject({
      profiles: [{ email: ADA }],
      anonymous: [],
      errors: [],
      conflicts: [],
    });
    expect(visitor.hurts()).toEqual([]);
  };
  /** How often messages came again; the tries of a message are the same. */
  const duplicates = ({ shop }: Visit) =>
    [...expectSameOnEveryTry(shop).values()].reduce((sum, tries) => sum + tries.length - 1, 0);

  afterEach(endVisits);
  afterEach(({ task }) => {
    const notes = lines.splice(0).join('; ');
    const version = 'version' in found ? found.version : '';
    console.log(`${engine} ${version}: ${task.name}: ${task.result?.state}${notes && ` (${notes})`}`);
  });

  describe.skipIf(found.missing !== undefined)(engine, () => {
    test('a guest chats, becomes known, and all arrives once', async () => {
      const all = await visit();
      const [tab] = await all.visitor.open('/socks');
      const spans = [await tab!.run(chats), await tab!.run(isAnswered)];
      await untilHeld(tab!, 4);
      expect(all.shop.collector.requests()).toEqual([]);
      const ids = await tab!.run(visitorIds);
      await tab!.run(becomesKnown);
      await all.untilArrived(5);
      await aWhile();

      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      expect(duplicates(all)).toBe(0);
      const [identify, opened, first, assigned, replied] = all.messages();
      expect(ids).toEqual({ cookie: identify!.anonymousId, localStorage: identify!.anonymousId });
      expect(identify!.traits).toMatchObject({ email: ADA, name: 'Ada', open_support_case: true });
      for (const [{ timestamp }, [from, to]] of [
        [opened, spans[0]],
        [first, spans[0]],
        [assigned, spans[1]],
        [replied, spans[1]],
      ] as [Told, [number, number]][]) {
        expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(from);
        expect(Date.parse(timestamp)).toBeLessThanOrEqual(to);
      }
      expect(await tab!.run(status)).toMatchObject({
        held: 0,
        queued: 0,
        delivered: 5,
        storage: 'indexeddb',
      });
      note(/(Chrome|Firefox|Version)\/[\d.]+/.exec(tab!.agent())?.[0] ?? tab!.agent());
    });

    test('what is held outlives a restart of the browser', async () => {
      const all = await visit();
      await (await all.visitor.open('/socks'))[0]!.run(chats);
      await delay(500);
      await all.visitor.end('close');
      const [tab] = await all.visitor.open('/cart');
      await untilHeld(tab!, 2);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT]);
      expect(duplicates(all)).toBe(0);
      expect(all.messages().map(({ context }) => context.page.path)).toEqual(['/cart', '/socks', '/socks']);
    });

    test('what is held outlives two kills half a second later', async () => {
      const all = await visit();
      await (await all.visitor.open('/socks'))[0]!.run(chats);
      await delay(500);
      await all.visitor.end('kill');
      await (await all.visitor.open('/scarves'))[0]!.run(isAnswered);
      await delay(500);
      await all.visitor.end('kill');
      const [tab] = await all.visitor.open('/cart');
      await untilHeld(tab!, 4);
      await tab!.run(becomesKnown);
      await all.untilArrived(5);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      expect(duplicates(all)).toBe(0);
    });

    test('what is told in the task that leaves the page is kept, and known in one it is delivered', async () => {
      const all = await visit();
      const tab = (await all.visitor.open('/socks'))[0]!;
      await tab.run(chats);
      await tab.leave('/scarves', (path) => {
        window.fake.assign();
        window.fake.agent('Good day');
        location.href = path;
      });
      await tab.leave('/cart', (path) => {
        window.fake.prechat({ email: 'ada@example.com' });
        location.href = path;
      });
      await all.untilArrived(5).catch(async (error) => {
        throw new Error(`${error.message}\nThe page says ${JSON.stringify(await tab.run(status))}`);
      });
      await aWhile();
      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      note(`${duplicates(all)} delivered twice`);
    });

    test('a server that fails gets all in order once it is well', async () => {
      const all = await visit();
      all.shop.collector.weather([{ status: 500, times: 2 }]);
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await tab!.run(isAnswered);
      await all.untilArrived(6);
      expectWhole(all, ['identify', ...CHAT, ...ANSWER, 'identify']);
      expect(duplicates(all)).toBeGreaterThanOrEqual(2);
    });

    test('a server that is busy is not asked before the time that it named', async () => {
      const all = await visit();
      all.shop.collector.weather([{ status: 429, retryAfter: 3 }]);
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await tab!.run(becomesKnown);
      await until(() => all.shop.collector.requests().length === 1, 'it is asked', PATIENCE);
      await tab!.run(() => chatstone('flush'));
      await all.untilArrived(3);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT]);
      const [busy, next] = all.shop.collector.requests().map(({ at }) => Date.parse(at));
      expect(next! - busy!).toBeGreaterThanOrEqual(2.9 * SECOND); // the page's timers and this clock differ a little
    });

    test('a record that is refused is dropped and counted, and holds up no other', async () => {
      const all = await visit({ config: { user: { email: ADA } } });
      const [tab] = await all.visitor.open('/socks');
      await all.untilArrived(1);
      all.shop.collector.weather([{ status: 400 }, { status: 400 }]); // ahead, and in company of itself
      await tab!.run(() => chatstone('milestone', 'chat_opened', { conversation_id: 'bad' }));
      await until(async () => (await tab!.run(status)).dropped.refused === 1, 'it is dropped', PATIENCE);
      await tab!.run(() => chatstone('milestone', 'chat_opened', { conversation_id: 'good' }));
      await all.untilArrived(2);
      await aWhile();
      expect(all.arrived()).toEqual(['identify', 'chat_opened']);
      expect(all.messages()[1]!.properties.conversation_id).toBe('good');
    });

    test('a guest becomes known by the checkout form, in the task that leaves for another page', async () => {
      const all = await visit();
      all.shop.show('/checkout', {
        body: `<form class="checkout" action="/thanks"><input id="billing_email" type="email" name="billing_email"></form>`,
      });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await untilHeld(tab!, 2);
      await tab!.goto('/checkout');
      await tab!.leave('/thanks', () => {
        document.querySelector<HTMLInputElement>('#billing_email')!.value = ' Ada@Example.com ';
        document.querySelector('form')!.requestSubmit();
      });
      await all.untilArrived(3);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT]);
      note(`${duplicates(all)} delivered twice`);
    });

    test('without consent nothing is stored and nothing sent, and nothing is left when it is withdrawn', async () => {
      const all = await visit({
        script: { consent: 'manual' },
        config: { user: { email: ADA } },
      });
      const ours = async () => ({
        names: [...Object.keys(localStorage), document.cookie].filter((name) =>
          /chatstone|ajs_anonymous_id/.test(name),
        ),
        databases: (await indexedDB.databases()).filter(({ name }) => name === 'chatstone').length,
      });
      const NONE = { names: [], databases: 0 };
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await aWhile();
      expect(await tab!.run(ours)).toEqual(NONE);
      expect(all.shop.collector.requests()).toEqual([]);
      await tab!.run(() => chatstone('consent', 'granted'));
      await all.untilArrived(3);
      expect(await tab!.run(ours)).toMatchObject({ databases: 1 });
      await tab!.run(() => chatstone('consent', 'denied'));
      const before = all.shop.collector.requests().length;
      await tab!.run(isAnswered);
      await aWhile();
      expect(await tab!.run(ours)).toEqual(NONE);
      expect(all.shop.collector.requests()).toHaveLength(before);
      expect(all.arrived()).toEqual(['identify', ...CHAT]);
    });

    test('two tabs that hear the same chat tell it once', async () => {
      const all = await visit();
      const tabs = await all.visitor.open('/socks', '/scarves');
      await Promise.all(tabs.map((tab) => tab.run(chats)));
      await Promise.all(tabs.map((tab) => tab.run(isAnswered)));
      await until(async () => (await tabs[1]!.run(status)).held === 4, 'four are held', PATIENCE);
      await Promise.all(tabs.map((tab) => tab.run(becomesKnown)));
      await all.untilArrived(5);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      expect(duplicates(all)).toBe(0);
    });

    test('memory stands in for a database that hangs, until it answers', async () => {
      const all = await visit({ inline: HANGING_DATABASE });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await until(async () => (await tab!.run(status)).storage === 'memory', 'memory stands in', PATIENCE);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      expectWhole(all, ['identify', ...CHAT]);
    });

    test('what was held while the database hung is there on the next page', async () => {
      const all = await visit({ inline: HANGING_DATABASE });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await until(async () => (await tab!.run(status)).storage === 'memory', 'memory stands in', PATIENCE);
      all.shop.show('/cart', { inline: '' });
      await tab!.goto('/cart');
      await untilHeld(tab!, 2);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT]);
    });

    test('a page that leaves before the database answers leaves notes for the next', async () => {
      const all = await visit({ inline: HANGING_DATABASE });
      all.shop.show('/cart', { inline: '' });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await tab!.goto('/cart');
      await untilHeld(tab!, 2);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await aWhile();
      expectWhole(all, ['identify', ...CHAT]);
    });

    test('a lost connection is opened anew', async () => {
      const all = await visit({ inline: NOTED_CONNECTIONS });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await untilHeld(tab!, 2);
      await tab!.run(() => {
        for (const db of (window as any).connections.splice(0)) {
          db.close();
          db.dispatchEvent(new Event('close'));
        }
        window.fake.assign();
      });
      await untilHeld(tab!, 3);
      await tab!.run(() => {
        for (const db of (window as any).connections) db.close(); // without a word
        window.fake.agent('Good day');
      });
      await untilHeld(tab!, 4);
      await tab!.run(becomesKnown);
      await all.untilArrived(5);
      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      expect(await tab!.run(status)).toMatchObject({ storage: 'indexeddb' });
    });

    test('the process that holds the database may die', async ({ skip }) => {
      const program = { chromium: undefined, firefox: undefined, webkit: 'WebKitNetworkProcess' }[engine];
      if (!program)
        return cannot(
          skip,
          'the database lives in the browser process; the story of the lost connection stands for it',
        );
      const all = await visit();
      const tab = (await all.visitor.open('/socks'))[0]!;
      await tab.run(chats);
      await untilHeld(tab, 2);
      expect(all.visitor.browser().endProcesses(program)).toBe(1);
      await delay(SECOND); // the page's own line to this test went with it
      await tab.run(isAnswered);
      await untilHeld(tab, 4);
      await tab.run(becomesKnown);
      await all.untilArrived(5);
      expectWhole(all, ['identify', ...CHAT, ...ANSWER]);
      note(`storage ${(await tab.run(status)).storage}`);
    });

    test.for(['private', 'strict', 'refusing'] as const)(
      'a %s browser delivers, and nothing throws',
      async (mode, { skip }) => {
        if (mode === 'strict' && engine !== 'firefox') return cannot(skip, 'there is no such setting');
        if (mode === 'refusing' && engine === 'webkit')
          return cannot(skip, 'MiniBrowser refuses cookies only, the database stays');
        const all = await visit({}, mode);
        const [tab] = await all.visitor.open('/socks');
        await tab!.run(chats);
        await untilHeld(tab!, 2);
        await tab!.run(becomesKnown);
        await all.untilArrived(3);
        expectWhole(all, ['identify', ...CHAT]);
        const { storage, errors } = await tab!.run(status);
        expect(storage).toBe(mode === 'refusing' ? 'memory' : 'indexeddb');
        note(`storage ${storage}${Object.keys(errors).length ? `, counted ${JSON.stringify(errors)}` : ''}`);
      },
    );

    test.each([
      ['database and localStorage', true, false],
      ['cookie and localStorage', false, true],
    ])('whose %s are evicted between visits is still the same person', async (_what, database, cookie) => {
      const all = await visit();
      all.shop.show('/away', { script: false, inline: '' });
      const [tab] = await all.visitor.open('/socks');
      await tab!.run(chats);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await untilHeld(tab!, 0);
      await tab!.goto('/away');
      await tab!.run(
        async (database, cookie) => {
          localStorage.clear();
          for (const domain of cookie ? ['', `; domain=${location.hostname}`, '; domain=localhost'] : []) {
            // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in some engines
            document.cookie = `ajs_anonymous_id=; path=/; max-age=0${domain}`;
          }
          if (database)
            await new Promise((resolve, reject) => {
              const request = indexedDB.deleteDatabase('chatstone');
              request.onsuccess = resolve;
              request.onerror = () => reject(request.error);
            });
        },
        database,
        cookie,
      );
      await tab!.goto('/cart');
      await tab!.run(isAnswered);
      await tab!.run(becomesKnown);
      await aWhile();
      note(`then: ${all.arrived().slice(3).join(', ') || 'nothing more'}`);
      expect(all.arrived().slice(0, 3)).toEqual(['identify', ...CHAT]);
      expect(all.arrived().filter((name) => CHAT.includes(name))).toEqual(CHAT);
      expectWhole(all, all.arrived());
      expect((await tab!.run(status)).visitor).toBe(all.messages()[0]!.anonymousId);
    });

    test('the QA panel follows a chat from its signals to the acceptance, in a root of its own', async () => {
      const all = await visit({ script: { debug: true } });
      all.shop.show('/shirts', { script: false }); // a panel there would write its own tab over it
      const [tab] = await all.visitor.open('/shirts');
      await tab!.run(() => sessionStorage.setItem('chatstone_debug', '{"tab":"Timeline","small":false}'));
      await tab!.goto('/coats');
      await tab!.run(chats);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      const look = () =>
        tab!.run(() => {
          const host = document.querySelector('chatstone-panel');
          const list = host?.shadowRoot?.querySelector('[aria-label^="Timeline"]');
          return { words: list?.textContent ?? '', position: host ? getComputedStyle(host).position : '' };
        });
      const { words, position } = await until(
        async () => /chat_first_message_sentcustomerio: accepted/.test((await look()).words),
        'the panel sees that it was accepted',
        PATIENCE,
      ).then(look, look);
      expect(words).toMatch(/the window is open tawk→ chat_opened/);
      expect(words).toMatch(/chat_first_message_sentcustomerio: accepted/);
      expect(position).toBe('fixed');
      expect(all.visitor.hurts()).toEqual([]);
    });

    test('without locks and requests that outlive the page, the next page delivers', async () => {
      const all = await visit({ inline: OLD_ENGINE });
      const [tab] = await all.visitor.open('/socks');
      note(
        await tab!.run(
          () =>
            `keepalive of its own: ${'keepalive' in Request.prototype}, durability of its own: ${'durability' in IDBTransaction.prototype}`,
        ),
      );
      expect(await tab!.run(() => 'locks' in navigator)).toBe(false);
      await tab!.run(chats);
      await tab!.run(becomesKnown);
      await all.untilArrived(3);
      await tab!.leave('/cart', (path) => {
        window.fake.assign();
        window.fake.agent('Good day');
        location.href = path;
      });
      await all.untilArrived(6); // a page that died has the lease for 20 s
      await aWhile();
      expectWhole(all, ['identify', ...CHAT, ...ANSWER, 'identify']);
      note(`${duplicates(all)} delivered twice`);
    });
  });

  afterAll(closeDriver);
  afterAll(() => {
    if (found.missing !== undefined) console.log(`${engine}: no story was told: ${found.missing}`);
  });
}
