// Other systems on a page: what they are shown, whether they may be, and files that do not come.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { options as optionsOf } from '../src/core/options.ts';
import type { Entry } from '../src/core/settle.ts';
import { showing } from '../src/core/showing.ts';
import type { Destination, Profile } from '../src/core/types.ts';
import { agents } from '../src/destinations/agents.ts';
import { intercom } from '../src/destinations/intercom.ts';
import { engine, type Parts } from '../src/engine.ts';
import { init } from '../src/init.ts';
import { keep } from '../src/lib/keep.ts';
import { start } from '../src/script-engine.ts';
import { visitor as line, NOON, SECOND } from './core/builders.ts';
import { fakeLocks, installLocks, removeLocks } from './lib/fake-locks.ts';

const ADA = 'ada@example.com';
const BEA = 'bea@example.com';
const running: { stop(): void }[] = [];
let entries = 0;
const tick = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the engine works with on a page. */
function pageParts(more: Partial<Parts> = {}, id = 'V1') {
  const kept = keep('chatstone', () => {});
  const visitor = { id, read: () => visitor.id, write: (next = 'made') => (visitor.id = next), remove() {} };
  const entry = (): Entry => {
    entries++;
    return {
      now: NOON + entries * SECOND,
      visitor: visitor.id,
      fresh: `fresh${entries}`,
      page: { url: 'https://shop.example/' },
      facts: {},
    };
  };
  const parts: Parts = { kept, visitor, options: optionsOf({}), entry, tell() {}, ...more };
  const write = (part: Partial<Entry>) => {
    const one = { ...entry(), ...part };
    kept.put(`in/${one.now}-${String(entries).padStart(6, '0')}`, one);
  };
  return { parts, write, kept, visitor };
}
function page(destinations: Destination[], more: Partial<Parts> = {}, id = 'V1') {
  const made = pageParts(more, id);
  const whole = engine(made.parts, destinations, showing);
  running.push(whole);
  return { ...whole, ...made };
}

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  vi.useFakeTimers({ now: NOON, toFake: ['Date'] });
  installLocks(fakeLocks());
  localStorage.clear();
  for (const way of ['error', 'warn', 'info', 'log'] as const)
    vi.spyOn(console, way).mockImplementation((...all) => void said.push(all.join(' ')));
});
afterEach(() => {
  for (const one of running.splice(0)) one.stop();
  removeLocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('showing', () => {
  test('a flag that a purchase ended in one tab is not shown again by another', async () => {
    const shown: Profile[] = [];
    let seen = 'A';
    const desk = (): Destination => ({ name: 'desk', show: (values) => void shown.push(values) });
    const one = page([desk()]);
    one.write({ flags: { cart_abandoner: true } });
    await one.settle();
    const two = page([desk()], { shop: () => ({ last_viewed_product: seen }) });
    await two.settle();
    await tick();
    one.write({ order: 'o1' });
    await one.settle();
    await tick();
    expect(shown.at(-1)).toMatchObject({ cio_segment_cart_abandoner: false });
    seen = 'B'; // chatstone('context', { last_viewed_product: 'B' }) in the other tab, then a look
    two.look();
    await tick();
    expect(shown.at(-1)).toMatchObject({ cio_segment_cart_abandoner: false });
  });

  test('after a log-out in one tab, another shows nothing of the person who left', async () => {
    const shown: Profile[] = [];
    let seen = 'A';
    const desk = (): Destination => ({ name: 'desk', show: (values) => void shown.push(values) });
    const one = page([desk()], { shop: () => ({ last_viewed_product: seen }) });
    one.write({ flags: { vip: true } });
    await one.settle();
    await tick();
    const two = page([desk()]);
    two.write({ reset: true, fresh: 'V2' });
    await two.settle();
    await tick();
    expect(two.visitor.id).toBe('V2');
    expect(shown.at(-1)).toMatchObject({ cio_segment_vip: false });
    one.visitor.write('V2'); // one cookie for both
    seen = 'B';
    one.look();
    await tick();
    expect(shown.at(-1)).not.toMatchObject({ cio_segment_vip: true });
  });

  test('what the shop knows of Ada is not shown as Bea’s, where the page says who is here now', async () => {
    const shown: Profile[] = [];
    const shop = init({
      sources: [],
      consent: 'granted',
      destinations: [{ name: 'desk', show: (values) => void shown.push(values) }],
    });
    running.push(shop);
    shop.identify({ email: ADA });
    shop.context({ lifetime_orders: 30, last_cart_value: 99, flags: { vip: true } });
    for (let i = 0; i < 20; i++) await tick();
    expect(shown.at(-1)).toMatchObject({ lifetime_orders: 30 });
    const before = shown.length;
    shop.identify({ email: BEA });
    for (let i = 0; i < 20; i++) await tick();
    expect(shown.length).toBeGreaterThan(before);
    expect(shown.at(-1)).toMatchObject({ cio_segment_vip: false }); // the person has changed
    expect(shown.at(-1)).not.toMatchObject({ lifetime_orders: 30 });
  });

  test('a flag whose hours are over on a page that stays open is shown no more', async () => {
    const shown: Profile[] = [];
    const one = page([{ name: 'desk', show: (values) => void shown.push(values) }]);
    one.write({ flags: { cart_abandoner: true } });
    await one.settle();
    await tick();
    vi.setSystemTime(NOON + 80 * 3600 * SECOND);
    entries = 80 * 3600;
    one.write({ happened: { ...line(), fresh: 'c1', when: NOON + 80 * 3600 * SECOND } });
    await one.settle();
    await tick();
    expect(shown.at(-1)).toMatchObject({ cio_segment_cart_abandoner: false });
  });

  test('a trait of the site’s own that is no flat value does not take the memory of a limit away', async () => {
    let calls = 0;
    const desk = (): Destination => ({
      name: 'desk',
      limit: { most: 6, within: 30 * 60 * SECOND },
      show: () => void calls++,
    });
    for (let i = 0; i < 12; i++) {
      const one = page([desk()], { shop: () => ({ last_viewed_product: `${i}` }) });
      if (!i) one.write({ said: { email: ADA, by: 'site', traits: { cio_segment_x: { deep: 1 } } } });
      await one.settle();
      await tick(15);
      one.stop();
    }
    expect(calls).toBeLessThanOrEqual(6);
  });
});

describe('names', () => {
  test('two destinations of one name are said, or both get the record once', async () => {
    const got: [string, string][] = [];
    const make = (to: string): Destination => ({
      name: 'segment',
      deliver: async (messages) =>
        void got.push(...messages.map(({ messageId }): [string, string] => [to, messageId])),
    });
    const one = page([make('a'), make('b')], { options: optionsOf({ anonymous: 'send' }) });
    one.write({ happened: { ...line(), fresh: 'c1' } });
    await one.settle();
    await one.wake();
    await tick(100);
    const fine = new Set(got.map(([to]) => to)).size === 2 && new Set(got.map(String)).size === got.length;
    expect(fine || said.length > 0).toBe(true);
  });
});

describe('consent of its own', () => {
  test('given at once, without Web Locks: nothing goes before what is written down is settled', async () => {
    removeLocks();
    const told: [string, string][] = [];
    let who = ADA; // of Intercom on the page
    const make = (ready: boolean): Destination => ({
      name: 'desk',
      here: true,
      eventsOnly: true,
      routing: { consent: 'manual' },
      ready: () => ready,
      deliver: async (messages) => {
        for (const one of messages) told.push([`${one.userId}`, who]);
      },
    });
    const permit: Parts['permit'] = (_name, _asked, changed) => changed('granted');
    const first = page([make(false)], { permit });
    first.write({ said: { email: ADA, by: 'site', traits: {} } });
    first.write({ happened: { ...line(), fresh: 'c1' } });
    await first.settle();
    first.stop();
    await tick();
    who = BEA;
    const second = pageParts({ permit });
    second.write({ said: { email: BEA, by: 'site', traits: {} } });
    await tick();
    const whole = engine(second.parts, [make(true)], showing);
    running.push(whole);
    await Promise.resolve().then(() => whole.settle()); // as init.ts does
    await tick(100);
    expect(told.filter(([of, at]) => of !== at)).toEqual([]);
  });

  test('platforms that the site named and that are not there are no consent', async () => {
    const shop = init({
      sources: [],
      consent: 'granted',
      destinations: [
        {
          name: 'ads',
          deliver: async () => {},
          routing: { consent: [{ name: 'onetrust', sign: () => false }] },
        },
      ],
    });
    running.push(shop);
    await tick(200);
    const { destinations } = await shop.status();
    expect(document.readyState).toBe('complete');
    expect(destinations!.ads!.consent).not.toBe('granted');
  });

  test('a denial for a destination that has no consent of its own is said, or obeyed', async () => {
    const shop = init({
      sources: [],
      consent: 'granted',
      destinations: [{ name: 'ads', deliver: async () => {} }],
    });
    running.push(shop);
    shop.consent('denied', 'ads');
    shop.consent('denied', 'adz');
    await tick(200);
    const { destinations } = await shop.status();
    expect(destinations!.ads!.consent === 'denied' || said.length > 0).toBe(true);
  });
});

describe('the script’s engine', () => {
  const begin = (destinations: Record<string, any>, beside: any, more: object = {}) =>
    start(
      pageParts(more).parts,
      {
        destinations,
        platforms: (options: Record<string, object>) =>
          Object.keys(options).map((name) => ({ name, sign: () => false })),
        beside,
        ...more,
      } as any,
      () => {},
    );
  const within = (given: any, ms = 3000) =>
    Promise.race([
      Promise.resolve(given).then(
        (made: any) => {
          running.push(made);
          return 'started';
        },
        (error) => `rejected: ${error}`,
      ),
      tick(ms).then(() => 'nothing in 3 s'),
    ]);
  const own = { url: 'https://events.example.com/chat' };

  test('a file for showing that never comes holds up nobody', async () => {
    const beside = (what: string) => (what === 'showing' ? new Promise(() => {}) : Promise.resolve(agents()));
    expect(await within(begin({ collector: own, agents: {} }, beside))).toBe('started');
  });

  test('a bad address of one destination stops no other', async () => {
    const beside = () => Promise.resolve({ name: 'segment' });
    expect(await within(begin({ collector: own, segment: { apiHost: 'https://[shop' } }, beside))).toBe(
      'started',
    );
  });

  test('a consent asks the platforms that it names, and no other with a purpose nobody chose', async () => {
    const { all } = await import('../src/consents/index.ts');
    let asked: any[] = [];
    const permit: Parts['permit'] = (_name, of) => {
      asked = [...(of as any[])];
    };
    const beside = (_what: string, options: any) =>
      Promise.resolve({ name: 'segment', routing: options, deliver: async () => {} });
    await within(
      begin({ segment: { consent: { onetrust: { group: 'C0004' } } } }, beside, { platforms: all, permit }),
    );
    expect(asked.map(({ name }) => name)).toEqual(['onetrust']);
  });

  test.each([['a platform that does not exist', { onetrst: { group: 'C0004' } }]])(
    'a consent that cannot be understood counts as not given: %s',
    async (_name, consent) => {
      const { all } = await import('../src/consents/index.ts');
      const { consent: permission } = await import('../src/core/consent.ts');
      vi.stubGlobal('OneTrust', { IsAlertBoxClosed: () => true });
      vi.stubGlobal('OnetrustActiveGroups', ',C0001,C0002,'); // analytics, no marketing
      const states: string[] = [];
      const permit: Parts['permit'] = (_of, asked, changed) =>
        permission(asked === 'manual' ? asked : 'auto', asked === 'manual' ? [] : asked, (state) => {
          states.push(state);
          changed(state);
        }).look();
      const beside = (_what: string, options: any) =>
        Promise.resolve({ name: 'segment', routing: options, deliver: async () => {} });
      await within(begin({ segment: { consent } }, beside, { platforms: all, permit }));
      expect(states).not.toContain('granted');
    },
  );

  test('a consent that cannot be understood counts as not given: ""', async () => {
    let asked: unknown;
    const beside = (_what: string, options: any) =>
      Promise.resolve({ name: 'segment', routing: options, deliver: async () => {} });
    const permit: Parts['permit'] = (_name, of) => {
      asked = of;
    };
    await within(begin({ segment: { consent: '' } }, beside, { permit }));
    expect(asked).toBe('manual');
  });

  test('a file that is missing does not make good options bad ones', async () => {
    const beside = () => Promise.reject(new Error('404'));
    await within(begin({ segment: { writeKey: 'k' } }, beside));
    expect(said.filter((one) => /no option/.test(one))).toEqual([]);
  });

  test('where Intercom’s file was missing once, no identify is told to it as an event later', async () => {
    const one = pageParts();
    const beside = () => Promise.reject(new Error('404'));
    const first = await start(
      one.parts,
      { destinations: { intercom: {} }, platforms: () => [], beside } as any,
      () => {},
    );
    one.write({ said: { email: ADA, by: 'site', traits: {} } });
    await first.settle();
    first.stop();
    await tick();
    const calls: unknown[][] = [];
    vi.stubGlobal(
      'Intercom',
      Object.assign((...all: unknown[]) => void calls.push(all), { booted: true }),
    );
    const second = page([intercom()]);
    await second.settle();
    await second.wake();
    await tick(100);
    expect(calls.filter(([command, event]) => command === 'trackEvent' && typeof event !== 'string')).toEqual(
      [],
    );
  });
});
