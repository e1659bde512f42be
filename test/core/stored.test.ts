// What is stored may have been written by a version before, or by another script of the page: rows of every wrong shape.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chatstone } from '../../src/calls.ts';
import type { Destination, Message } from '../../src/core/types.ts';
import { init } from '../../src/init.ts';
import { faults } from '../../src/lib/guard.ts';
import { fakeLocks, installLocks, removeLocks } from '../lib/fake-locks.ts';

const NAME = 'chatstone';
const ANN = 'ann@example.com';
const VISITOR = 'V1';
const TALK = ['chat_opened', 'chat_first_message_sent'];

/** The database as a page finds it; what stands in it by key. */
async function database(rows?: readonly (readonly [IDBValidKey, unknown])[]): Promise<[IDBValidKey, any][]> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
  const db = await answer(opening);
  const store = db.transaction(NAME, 'readwrite').objectStore(NAME);
  for (const [key, value] of rows ?? []) store.put(value, key);
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
  db.close();
  return keys.map((key, i) => [key, values[i]]);
}

const running: Chatstone[] = [];

/** A page of the shop; its server takes everything, or answers as `deliver` does. */
function page(deliver: Destination['deliver'] = async () => {}, parts: object = {}) {
  const sent: Message[] = [];
  const server: Destination = {
    name: 'server',
    async deliver(messages, how) {
      sent.push(...messages);
      await deliver(messages, how);
    },
  };
  const chatstone = init({
    sources: [],
    destinations: [server],
    consent: 'granted',
    anonymous: 'send',
    ...parts,
  });
  running.push(chatstone);
  return { chatstone, sent };
}

/** Ann talks; all of it has to be told as if nothing had been there. */
async function expectTalk({ chatstone, sent }: ReturnType<typeof page>, conversation = 'c1') {
  chatstone.identify({ email: ANN });
  for (const name of TALK)
    chatstone.milestone(name as 'chat_opened', { conversation_id: conversation, widget: 'ours' });
  await vi.waitFor(async () => {
    await chatstone.flush();
    expect(sent.filter(({ event }) => event).map(({ event }) => event)).toEqual(TALK);
  });
  for (const message of sent)
    expect(message).toMatchObject({ anonymousId: VISITOR, userId: ANN, messageId: expect.any(String) });
  for (const { properties } of sent.filter(({ event }) => event))
    expect(properties).toEqual({ channel: 'live_chat', widget: 'ours', conversation_id: conversation });
  expect(JSON.stringify(sent)).not.toContain('poison');
  expect(({} as any).polluted).toBeUndefined();
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  installLocks(fakeLocks());
  localStorage.clear();
  localStorage.setItem('ajs_anonymous_id', JSON.stringify(VISITOR));
  faults.counts = {};
});

afterEach(() => {
  for (const chatstone of running.splice(0)) chatstone.stop();
  removeLocks();
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const KEYS = {
  entry: 'in/1700000000000-000000-x',
  queued: 'q/server/1700000000000/m',
  visitor: `visitor/${VISITOR}`,
  standing: 'to/server',
  tally: 'tally',
  about: 'about',
};

/** Shapes that are never right. */
const SHAPES: Record<string, unknown> = {
  null: null,
  'a number': 5,
  'a string': 'poison',
  'a list': ['poison'],
  'a date': new Date(0),
  'an object of something else': { poison: 'poison' },
};

const message = {
  type: 'track',
  event: 'chat_opened',
  messageId: 'poison',
  timestamp: '2026-11-22T12:00:00.000Z',
  anonymousId: VISITOR,
  properties: {},
  context: {},
};
const row = { at: 1, traits: {}, told: {}, conversations: [], topics: {}, holdout: {} };
const conversation = {
  id: 'poison',
  widget: 'ours',
  at: Date.now(),
  told: 1,
  facts: [],
  heard: {},
  changed: {},
  ends: false,
};
const entry = {
  now: Date.now(),
  visitor: VISITOR,
  fresh: 'F1',
  page: {},
  facts: {},
};

const proto = JSON.parse('{"__proto__":{"polluted":"poison"}}');

const POISON: readonly (readonly [what: string, key: keyof typeof KEYS, value: unknown])[] = [
  ...Object.entries(SHAPES).flatMap(([shape, value]) =>
    (Object.keys(KEYS) as (keyof typeof KEYS)[])
      .filter((key) => key !== 'about' || typeof value !== 'object' || Array.isArray(value) || !value) // one without a visitor is right
      .map((key) => [shape, key, value] as const),
  ),
  [
    'without a clock',
    'entry',
    { ...entry, now: undefined, said: { email: 'poison@b.cd', by: 'site', traits: {} } },
  ],
  [
    'at no time',
    'entry',
    { ...entry, now: Number.NaN, said: { email: 'poison@b.cd', by: 'site', traits: {} } },
  ],
  ['an address that is none', 'entry', { ...entry, said: { email: { poison: 1 }, by: 'site', traits: {} } }],
  ['a person by nobody', 'entry', { ...entry, said: { email: 'poison@b.cd', by: 'poison', traits: {} } }],
  ['a visitor that is none', 'entry', { ...entry, visitor: { poison: 1 }, order: '1' }],
  ['a visitor in markup', 'entry', { ...entry, visitor: '<b>poison</b>', order: '1' }],
  ['facts that are no values', 'entry', { ...entry, facts: { poison: {} }, order: '1' }],
  [
    'a signal without a widget',
    'entry',
    { ...entry, happened: { type: 'message', from: 'visitor', when: 1 } },
  ],
  ['a message that is a number', 'queued', { message: 5, since: 1 }],
  ['without an id', 'queued', { message: { ...message, messageId: undefined }, since: Date.now() }],
  ['of no visitor', 'queued', { message: { ...message, anonymousId: 7 }, since: Date.now() }],
  ['of a person that is none', 'queued', { message: { ...message, userId: { id: 1 } }, since: Date.now() }],
  [
    'with a property that is no value',
    'queued',
    { message: { ...message, properties: { a: { b: 1 } } }, since: Date.now() },
  ],
  ['with a prototype', 'queued', { message: { ...message, properties: proto }, since: Date.now() }],
  ['of no age', 'queued', { message }],
  [
    'larger than an event may be',
    'queued',
    { message: { ...message, context: { a: 'x'.repeat(40_000) } }, since: Date.now() },
  ],
  ['without conversations', 'visitor', { ...row, conversations: undefined }],
  ['without traits', 'visitor', { ...row, traits: null }],
  ['with a conversation that is a number', 'visitor', { ...row, conversations: [5] }],
  [
    'with a conversation without facts',
    'visitor',
    { ...row, conversations: [{ ...conversation, facts: null }] },
  ],
  [
    'with a topic that is none',
    'visitor',
    { ...row, conversations: [{ ...conversation, vendor: 'c1', topic: { poison: 1 } }] },
  ],
  ['of a person that is none', 'visitor', { ...row, userId: { poison: 1 }, by: 'site' }],
  ['followed by markup', 'visitor', { ...row, next: '<b>poison</b>', nextAt: 1 }],
  ['tries that are no number', 'standing', { tries: 'poison', until: 0 }],
  ['fewer tries than none', 'standing', { tries: -1e9, until: 0 }],
  ['no time', 'standing', { tries: 0, until: 'poison' }],
  ['a number that is none', 'tally', { n: 'poison', delivered: 0, dropped: {}, ignored: {}, orders: [] }],
  ['no orders', 'tally', { n: 1, delivered: 0, dropped: {}, ignored: {}, orders: null }],
  ['words for counts', 'tally', { n: 1, delivered: 'poison', dropped: {}, ignored: {}, orders: [] }],
  ['a visitor that is none', 'about', { visitor: { poison: 1 }, open: true }],
  ['a visitor in markup', 'about', { visitor: '<img src=x>poison', open: true }],
];

describe('a row of a wrong shape', () => {
  test.each(POISON)('%s (%s): it is dropped and counted, and all else is told', async (_, kind, value) => {
    await database([[KEYS[kind], value]]);
    const first = page();
    await expectTalk(first);
    const { dropped, queued, errors, storage } = await first.chatstone.status();
    expect(sum(dropped!)).toBe(1);
    expect({ queued, errors, storage }).toEqual({ queued: { server: 0 }, errors: {}, storage: 'indexeddb' });
    expect(JSON.stringify(await database())).not.toContain('poison');

    first.chatstone.stop();
    const next = page();
    await next.chatstone.flush();
    expect(sum((await next.chatstone.status()).dropped!)).toBe(1); // once, not on each page
    expect(next.sent).toEqual([]);
  });

  test.each(POISON.filter(([what]) => what !== 'a date' && what !== 'at no time'))(
    '%s (%s), as a note in localStorage: the same',
    async (_, kind, value) => {
      localStorage.setItem(`${NAME}:${KEYS[kind]}`, JSON.stringify(value ?? 5));
      const first = page();
      await expectTalk(first);
      const { dropped, queued } = await first.chatstone.status();
      expect({ dropped: sum(dropped!), queued }).toEqual({ dropped: 1, queued: { server: 0 } });
      expect(JSON.stringify([await database(), { ...localStorage }])).not.toContain('poison');
    },
  );

  test.each([
    ['a ring', ring, 'queued'],
    ['a ring in an entry', () => ({ ...entry, said: { by: 'site', traits: ring() } }), 'entry'],
    ['a ring in a visitor', () => ({ ...row, userId: ANN, traits: ring() }), 'visitor'],
  ] as const)('%s has no end, and is dropped', async (_, make, kind) => {
    const value =
      kind === 'queued' ? { message: { ...message, properties: make() }, since: Date.now() } : make();
    await database([[KEYS[kind], value]]);
    await expectTalk(page());
  });

  test('a note that cannot be stored, or read, holds nothing up', async () => {
    localStorage.setItem(`${NAME}:${KEYS.queued}`, `{"message":${'['.repeat(5000)}${']'.repeat(5000)}}`);
    localStorage.setItem(`${NAME}:${KEYS.entry}`, '{"poison');
    localStorage.setItem(`${NAME}:__proto__`, '{"polluted":"poison"}');
    await expectTalk(page());
    expect(Object.keys(localStorage).filter((key) => key.startsWith(`${NAME}:`))).toEqual([]);
  });

  test('a key that is no string is never told, and not again and again', async () => {
    await database([
      [['q/server/1/m'], { message, since: Date.now() }],
      [['in/1-0-x'], { ...entry, said: { email: 'poison@b.cd', by: 'site', traits: {} } }],
      [7, { message, since: Date.now() }],
    ]);
    const one = page();
    await expectTalk(one);
    await one.chatstone.flush();
    const ids = one.sent.map(({ messageId }) => messageId);
    expect(ids).toEqual([...new Set(ids)]);
    expect((await database()).filter(([key]) => typeof key !== 'string')).toEqual([]);
  });

  test.each([
    ['itself', VISITOR],
    ['who is followed by them', 'V2'],
  ])('a visitor followed by %s: it ends', async (_, next) => {
    await database([
      [KEYS.visitor, { ...row, next, nextAt: 1 }],
      ['visitor/V2', { ...row, next: VISITOR, nextAt: 1 }],
    ]);
    const { chatstone, sent } = page();
    chatstone.milestone('chat_first_message_sent', { conversation_id: 'c1' });
    await vi.waitFor(async () => {
      await chatstone.flush();
      expect(sent.map(({ event }) => event)).toEqual(['chat_first_message_sent']);
    });
  });

  test('how delivery stands, in no shape, lets no loop run against a server that fails', async () => {
    await database([[KEYS.standing, { tries: 'poison', until: 'poison' }]]);
    let asked = 0;
    const { chatstone } = page(async () => {
      asked++;
      throw new Error('status 500');
    });
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    chatstone.milestone('chat_first_message_sent', { conversation_id: 'c1' });
    await vi.waitFor(() => expect(asked).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).toBe(1);
  });
});

/** Structured clones may have rings. */
function ring(): Record<string, unknown> {
  const poison: Record<string, unknown> = {};
  poison.poison = poison;
  return poison;
}

describe('a deadline that another script wrote', () => {
  test.each(['poison', '', '-1', 'Infinity', '1e400', 'NaN', '9e15', '{"until":1}'])(
    '%j holds up nothing that a leaving page sends',
    async (text) => {
      localStorage.setItem('chatstone_wait/server', text);
      const left: string[] = [];
      vi.spyOn(Math, 'random').mockReturnValue(0.999);
      const { chatstone, sent } = page(async (messages, { leaving }) => {
        if (!leaving) throw new Error('status 500');
        left.push(...messages.map(({ event }) => event!));
      });
      chatstone.milestone('chat_opened', {});
      await vi.waitFor(() => expect(sent).toHaveLength(1));
      await vi.waitFor(() => {
        window.dispatchEvent(new Event('pagehide'));
        expect(left).toEqual(['chat_opened']);
      });
    },
  );
});

describe('a visitor id that another script wrote', () => {
  test.each([
    ['markup', '<img src=x onerror=poison()>'],
    ['lines', 'poison\r\nSet-Cookie: poison=1'],
    ['blanks', 'poison poison'],
    ['a cookie of its own', 'poison; domain=example.com'],
    ['an object', '{"poison":1}'],
    ['longer than an event may be', `poison${'x'.repeat(40_000)}`],
    ['a list', '["poison"]'],
  ])('%s: it is none, and a new one is made', async (_, id) => {
    localStorage.setItem('ajs_anonymous_id', id);
    const { chatstone, sent } = page();
    chatstone.identify({ email: ANN });
    await vi.waitFor(async () => {
      await chatstone.flush();
      expect(sent.map(({ type }) => type)).toEqual(['identify']);
    });
    expect(sent[0]!.anonymousId).toMatch(/^[\w-]{20,64}$/);
    expect(JSON.stringify([sent, await database(), document.cookie])).not.toContain('poison');
  });
});
