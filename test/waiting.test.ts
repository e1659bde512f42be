import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chatstone } from '../src/calls.ts';
import { faults } from '../src/lib/guard.ts';
import { untold, waiting } from '../src/waiting.ts';

const NAMES = [
  ...['identify', 'milestone', 'topic', 'context', 'consent', 'purchase', 'open', 'reset', 'flush'],
  ...['status', 'on', 'stop'],
] as (keyof Chatstone)[];

/** A page, and what is brought when it is asked for. */
function open({ sign = () => false as unknown, fails = false } = {}) {
  const told: unknown[][] = [];
  const listeners = new Map<string, Set<(detail: any) => void>>();
  const whole = Object.fromEntries(
    NAMES.map((name) => [
      name,
      (...given: unknown[]) => {
        told.push([name, ...given]);
        return name === 'status' ? Promise.resolve('as it is') : undefined;
      },
    ]),
  ) as unknown as Chatstone;
  whole.on = (event, callback) => {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(callback));
    return () => all.delete(callback);
  };
  let asked = 0;
  const state = { fails };
  let denied = () => false;
  const page = waiting(sign, async (told) => {
    denied = told;
    asked++;
    if (state.fails) throw new Error('not here');
    return whole;
  });
  const emit = (event: string, detail: unknown) => {
    for (const one of listeners.get(event) ?? []) one(detail);
  };
  return { page, told, emit, state, asked: () => asked, denied: () => denied() };
}

/** An earlier page makes a database. */
const made = (name: string) =>
  new Promise<void>((resolve) => {
    indexedDB.open(name).onsuccess = ({ target }) => {
      (target as IDBOpenDBRequest).result.close();
      resolve();
    };
  });

/** Lets the page go on for so many milliseconds. */
const pass = (milliseconds = 10) => vi.advanceTimersByTimeAsync(milliseconds);
const NOW = Date.parse('2026-11-28T12:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  faults.counts = {};
  localStorage.clear();
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a page without a sign', () => {
  test('loads nothing, keeps nothing, and calls that say nothing wait', async () => {
    const { page, asked } = open();
    page.on('milestone', () => {});
    page.context({ product_sku: 'H-1' });
    page.consent('granted');
    await pass(600_000);
    expect(asked()).toBe(0);
    expect(Object.keys(localStorage)).toEqual([]);
    expect(await indexedDB.databases()).toEqual([]);
    expect(faults.counts).toEqual({});
    page.stop();
  });

  test('loads when there is one, once', async () => {
    let there = false;
    const { page, asked } = open({ sign: () => there });
    await pass(5000);
    expect(asked()).toBe(0);
    there = true;
    await pass(20_000);
    expect(asked()).toBe(1);
    page.stop();
  });

  test.each(['chatstone_turn', 'chatstone:in/1', 'chatstone_made'])(
    'loads where an earlier page left %s in localStorage, and databases cannot be listed',
    async (key) => {
      vi.stubGlobal('indexedDB', {});
      localStorage.setItem(key, '1');
      const { page, asked } = open();
      expect(asked()).toBe(0);
      await pass(3000);
      expect(asked()).toBe(1);
      page.stop();
    },
  );

  test('loads where an earlier page made the database, and not for that of somebody else', async () => {
    vi.useRealTimers();
    await made('chats');
    const other = open();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(other.asked()).toBe(0);
    other.page.stop();
    await made('chatstone');
    const { page, asked } = open();
    await vi.waitFor(() => expect(asked()).toBe(1), 3000);
    page.stop();
  });

  test('loads at once where consent is denied and something is left', async () => {
    vi.useRealTimers();
    await made('chatstone');
    Object.defineProperty(document, 'readyState', { value: 'loading', configurable: true }); // nothing is idle
    const { page, asked, told } = open();
    page.consent('granted');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked()).toBe(0);
    page.consent('denied');
    await vi.waitFor(() => expect(asked()).toBe(1));
    expect(told).toEqual([
      ['consent', 'granted', undefined],
      ['consent', 'denied', undefined],
    ]);
    page.stop();
    delete (document as { readyState?: string }).readyState;
  });

  test('loads for a denial though only a note is left, of a page that died before the database was made', async () => {
    vi.useRealTimers();
    localStorage.setItem('chatstone:in/1', '{"said":{"email":"ada@example.com"}}');
    const { page, asked, told } = open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked()).toBe(0);
    page.consent('denied');
    await vi.waitFor(() => expect(asked()).toBe(1));
    await vi.waitFor(() => expect(told).toEqual([['consent', 'denied', undefined]]));
    page.stop();
  });

  test('loads for a denial after it was stopped, and for nothing else', async () => {
    vi.useRealTimers();
    await made('chatstone');
    Object.defineProperty(document, 'readyState', { value: 'loading', configurable: true }); // nothing is idle
    const { page, asked, told } = open();
    page.stop();
    page.identify({ email: 'ada@example.com' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked()).toBe(0);
    page.consent('denied');
    await vi.waitFor(() => expect(told).toEqual([['stop'], ['consent', 'denied', undefined]]));
    delete (document as { readyState?: string }).readyState;
  });

  test('does not fail where storage throws', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { page, asked } = open();
    await pass(5000);
    expect(asked()).toBe(0);
    expect(faults.counts).toEqual({});
    page.stop();
  });
});

describe('calls', () => {
  test('bring all else, and come there in their order, each once', async () => {
    const { page, told, asked } = open();
    page.context({ product_sku: 'H-1', page_type: 'product' });
    page.context({ page_type: 'cart', lang: undefined });
    page.consent('granted', 'segment');
    expect(asked()).toBe(0);
    page.identify({ email: 'ada@example.com' });
    page.context({ page_type: 'later' });
    page.topic('sizing');
    await pass();
    expect(asked()).toBe(1);
    expect(told).toEqual([
      ['context', { product_sku: 'H-1', page_type: 'cart', lang: undefined }],
      ['consent', 'granted', 'segment'],
      ['identify', { email: 'ada@example.com' }],
      ['context', { page_type: 'later' }],
      ['topic', 'sizing'],
    ]);
    page.topic('fit');
    page.context({ page_type: 'now' });
    expect(told.slice(5)).toEqual([
      ['topic', 'fit'],
      ['context', { page_type: 'now' }],
    ]);
    page.stop();
  });

  test('keep the time at which a milestone was told', async () => {
    const { page, told, state } = open({ fails: true });
    page.milestone('chat_opened', { widget: 'ours' });
    page.milestone('chat_resolved', { timestamp: 1 });
    page.milestone('chat_assigned', { timestamp: undefined });
    state.fails = false;
    await pass(60_000);
    page.flush();
    await pass();
    expect(told.slice(0, 3)).toEqual([
      ['milestone', 'chat_opened', { widget: 'ours', timestamp: NOW }],
      ['milestone', 'chat_resolved', { timestamp: 1 }],
      ['milestone', 'chat_assigned', { timestamp: NOW }],
    ]);
    page.stop();
  });

  test('and what is heard early come in their order', async () => {
    const order: string[] = [];
    const whole = { topic: (topic: string) => order.push(topic), stop() {} } as unknown as Chatstone;
    let keep: (go: () => void) => void = () => {};
    const page = waiting(
      () => false,
      async () => whole,
      [],
      (given) => {
        keep = given;
      },
    );
    page.topic('a call');
    keep(() => order.push('an event'));
    page.topic('another call');
    await pass();
    expect(order).toEqual(['a call', 'an event', 'another call']);
    page.stop();
  });

  test('with flags say something, each', async () => {
    const { page, told } = open();
    page.context({ page_type: 'cart' });
    page.context({ flags: { vip: true } });
    page.context({ lang: 'de' });
    page.context({ flags: { wholesale: true } });
    await pass();
    expect(told).toEqual([
      ['context', { page_type: 'cart' }],
      ['context', { flags: { vip: true }, lang: 'de' }],
      ['context', { flags: { wholesale: true } }],
    ]);
    page.stop();
  });

  test('of listeners hear what comes, until they are taken back', async () => {
    const { page, emit } = open();
    const heard: unknown[] = [];
    const stop = page.on('milestone', (one) => heard.push(one));
    const never = page.on('milestone', () => heard.push('never'));
    never();
    page.flush();
    await pass();
    emit('milestone', 1);
    stop();
    emit('milestone', 2);
    expect(heard).toEqual([1]);
    page.stop();
  });

  test('that deny consent are known before they are told', async () => {
    const { page, denied } = open();
    page.topic('sizing');
    expect(denied()).toBe(false);
    page.consent('denied', 'segment');
    expect(denied()).toBe(false);
    page.consent('denied');
    page.consent('granted', 'segment');
    expect(denied()).toBe(true);
    page.consent('granted');
    expect(denied()).toBe(false);
    await pass();
    page.stop();
  });

  test('wait where nothing comes, for half a minute, and status says what is known', async () => {
    const { page, told, asked, state } = open({ fails: true });
    page.topic('sizing');
    const seen = vi.fn();
    const status = await page.status(seen);
    expect(status).toMatchObject({ consent: { state: 'pending' }, errors: { listening: 1 } });
    expect(status.lastError).toMatch(/not here/);
    expect(seen).toHaveBeenCalledWith(status);
    await page.flush();
    expect(asked()).toBe(1);
    state.fails = false;
    await pass(29_000);
    expect(told).toEqual([]);
    await pass(6000); // nothing else is called, and there is no sign
    expect(told).toEqual([['topic', 'sizing']]);
    expect(await page.status()).toBe('as it is');
    page.stop();
  });

  test('are asked for again by a sign that stays', async () => {
    const { page, asked, state } = open({ sign: () => true, fails: true });
    await pass(29_000);
    expect(asked()).toBe(1);
    state.fails = false;
    await pass(10_000);
    expect(asked()).toBe(2);
    page.stop();
  });

  test('that are too many are counted, and nothing is thrown', async () => {
    const { page, told, state } = open({ fails: true });
    for (let i = 0; i < 600; i++) page.topic(`${i}`);
    for (let i = 0; i < 600; i++) page.context({ page_type: `${i}` });
    expect(faults.counts.waiting).toBe(101);
    state.fails = false;
    await pass(30_000);
    await page.flush();
    expect(told.filter(([name]) => name === 'topic')).toHaveLength(500);
    page.stop();
  });

  test.each(NAMES)('%s takes anything', async (name) => {
    const { page } = open();
    for (const one of [undefined, null, 1, '', {}, [], () => {}])
      (page[name] as (...given: unknown[]) => unknown)(one, one);
    await pass();
    page.stop();
    expect(Object.keys(faults.counts)).toEqual([]);
  });
});

test('stop keeps signs from loading anything, and stops what is on its way', async () => {
  let there = false;
  const first = open({ sign: () => there });
  first.page.stop();
  there = true;
  vi.stubGlobal('indexedDB', undefined);
  localStorage.setItem('chatstone_turn', '1');
  await pass(20_000);
  expect(first.asked()).toBe(0);

  const second = open({ sign: () => true });
  second.page.topic('sizing');
  second.page.stop();
  await pass();
  expect(second.told[0]).toEqual(['stop']);
});

test('untold sees what the page says by itself', () => {
  expect([{}, { user: {} }, { context: undefined }].map((one) => !!untold(one))).toEqual([
    false,
    false,
    false,
  ]);
  expect([{ user: { id: 1 } }, { order: { order_id: 1 } }].map((one) => !!untold(one))).toEqual([true, true]);
});
