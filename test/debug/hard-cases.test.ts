// Cases in which a report or a word of the panel was wrong once.
import { describe, expect, test, vi } from 'vitest';
import { offline, setOffline } from '../../src/debug/offline.ts';
import { reportPage } from '../../src/debug/report-page.ts';
import type { Heard, Story } from '../../src/debug/story.ts';
import { hear, storyFrom } from '../../src/debug/story.ts';
import { passed, report, type Trace } from '../../src/debug/trace.ts';
import { outcome, signal, stands, waits } from '../../src/debug/words.ts';
import { lytics } from '../../src/destinations/lytics.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { CHAT, message, NOON, status, step, storyOf, TRAITS } from './told.ts';

const MINUTE = 60_000;
const ADA = 'ada@example.com';
const TRACE: Trace = { from: NOON - 500, to: NOON + 30_000 };
const item = (one: ReturnType<typeof report>, name: string) =>
  one.checks.find((check) => check.item === name)!;
const clone = <T>(value: T): T => structuredClone(value);

/** The same messages on their way to one more destination, changed for it. */
const also = (destination: string, change: (message: any) => any): Heard[] =>
  CHAT.filter(({ event }) => event === 'sent' || event === 'delivered').map((one: any) => ({
    ...one,
    detail: { destination, messages: one.detail.messages.map((each: any) => change(clone(each))) },
  }));

describe('a report of several destinations', () => {
  test('fails a chat that is on one person here and on another there', () => {
    const story = storyOf([...CHAT, ...also('segment', (one) => ({ ...one, userId: 'bea@example.com' }))]);
    expect(item(report(TRACE, story, status()), 'identifier').passed).toBe(false);
    expect(item(report({ ...TRACE, expected: ADA }, story, status()), 'identifier')).toMatchObject({
      passed: false,
      why: expect.stringContaining('bea@example.com'),
    });
  });

  test.each([
    ['after', (hashed: Heard[]) => [...CHAT, ...hashed]],
    ['before', (hashed: Heard[]) => [...hashed, ...CHAT]],
  ])('passes one where an address goes as its hash, %s the other', (_, order) => {
    const hashed = also('segment', (one) => ({ ...one, userId: sha256(ADA) }));
    const one = report({ ...TRACE, expected: ADA }, storyOf(order(hashed)), status());
    expect(item(one, 'identifier')).toMatchObject({ passed: true });
  });

  test('does not call a profile what was dropped and never sent', () => {
    const story = storyOf([
      ...CHAT,
      {
        event: 'dropped',
        detail: {
          destination: 'segment',
          reason: 'no consent',
          messages: [message('chat_opened', NOON, { userId: undefined })],
        },
        at: NOON + 500,
      } as Heard,
    ]);
    const one = report(TRACE, story, status());
    expect(one.keys).toEqual({ customerio: [ADA] });
    expect(item(one, 'identifier')).toMatchObject({ passed: true });
    expect(item(one, 'accepted')).toMatchObject({
      passed: false,
      why: expect.stringContaining('no consent'),
    });
  });
});

test('where people are known by an id, the address that was told with it is theirs', () => {
  const byId = clone(CHAT).map((one: any) => {
    for (const each of one.detail.messages ?? [one.detail]) if (each.userId) each.userId = 'c-42';
    return one;
  });
  const known = status({ identity: { userId: 'c-42', by: 'site' } });
  expect(item(report({ ...TRACE, expected: ADA }, storyOf(byId), known), 'identifier')).toMatchObject({
    passed: true,
  });
  expect(
    item(report({ ...TRACE, expected: 'bea@example.com' }, storyOf(byId), known), 'identifier'),
  ).toMatchObject({ passed: false });
});

describe('accepted', () => {
  test('is not what was erased before it was sent', () => {
    const [first, rest] = [CHAT.slice(0, 5), CHAT.slice(5, 9)];
    const unsent = rest.filter(({ event }) => !['sent', 'delivered'].includes(event));
    const denied = status({
      consent: { state: 'denied', by: 'page' },
      waiting: undefined,
      identity: undefined,
      traits: undefined,
    });
    const one = report(TRACE, storyOf([...first, ...unsent]), denied);
    expect(item(one, 'accepted')).toMatchObject({
      passed: false,
      why: expect.stringContaining('chat_first_message_sent'),
    });
  });

  test('is not said of one that nobody saw sent, or taken, by a system that took others', () => {
    const unseen = clone(CHAT).map((one: any) =>
      one.event === 'sent' || one.event === 'delivered'
        ? {
            ...one,
            detail: {
              ...one.detail,
              messages: one.detail.messages.filter(({ event }: any) => event !== 'chat_opened'),
            },
          }
        : one,
    );
    vi.useFakeTimers({ now: NOON + MINUTE, toFake: ['Date'] });
    const one = report(TRACE, storyOf(unseen), status());
    vi.useRealTimers();
    expect(item(one, 'accepted')).toMatchObject({
      passed: undefined, // another tab may have delivered it
      why: expect.stringContaining('chat_opened: waits nowhere'),
    });
  });
});

describe('two widgets in one trace', () => {
  const OTHER: any = { widget: 'crisp' };
  test('may give their conversations the same id', () => {
    const other = step(NOON - 400, 'opened', ['chat_opened'], { properties: OTHER });
    const story = storyOf([...CHAT, ...other]);
    const one = report(TRACE, story, status());
    expect(item(one, 'names')).toMatchObject({ passed: true });
    expect(item(one, 'timing')).toMatchObject({ passed: true });
  });

  test('are told apart where both speak in the same millisecond', () => {
    const story = storyFrom(undefined);
    const heard = (widget: string): Heard => ({
      event: 'signal',
      detail: { widget, signal: { type: 'opened' }, at: NOON },
      at: NOON,
    });
    hear(story, heard('tawk'));
    hear(story, heard('crisp'));
    for (const [widget, why] of [
      ['crisp', 'no gesture'],
      ['tawk', undefined],
    ])
      hear(story, {
        event: 'settled',
        detail: { widget, type: 'opened', at: NOON, reached: why ? [] : ['chat_opened'], why },
        at: NOON + 20,
      } as Heard);
    expect(story.signs.map(({ widget, reached }) => [widget, reached!.length])).toEqual([
      ['tawk', 1],
      ['crisp', 0],
    ]);
  });
});

describe('what the widget can tell', () => {
  const cans = (all: readonly Heard[], now = status()) =>
    Object.fromEntries(report(TRACE, storyOf(all), now).milestones.map(({ name, can }) => [name, can]));
  const BY_THE_WIDGET = { chat_assigned: 'no', chat_topic_set: 'inferred', chat_opened: 'yes' };

  test('does not become more because somebody simulates beside it', () => {
    const signs: Heard[] = [
      {
        event: 'signal',
        detail: { widget: 'test', signal: { type: 'ended' }, at: NOON + 25_000 },
        at: NOON + 25_000,
      },
      {
        event: 'settled',
        detail: { widget: 'test', type: 'ended', at: NOON + 25_000, reached: [] },
        at: NOON + 25_020,
      },
    ];
    expect(cans([...CHAT, ...signs])).toMatchObject(BY_THE_WIDGET);
  });

  test('does not become more because the page names the topic', () => {
    const named: Heard = {
      event: 'signal',
      detail: { widget: '', signal: { type: 'topic' }, at: NOON + 1000 },
      at: NOON + 1000,
    };
    expect(cans([...CHAT, named])).toMatchObject(BY_THE_WIDGET);
    expect(Object.keys(report(TRACE, storyOf([...CHAT, named]), status()).widgets)).toEqual(['tawk']);
  });
});

describe('time', () => {
  test('of the vendor that runs behind does not take a milestone out of the trace in which it was told', () => {
    const late = clone(CHAT).map((one: any) => {
      for (const each of one.detail.messages ?? [one.detail])
        if (each.event === 'chat_opened') each.timestamp = new Date(NOON - 20_000).toISOString();
      return one;
    });
    const one = report(TRACE, storyOf(late), status());
    expect(one.milestones[0]).toMatchObject({ name: 'chat_opened', told: 1 });
    expect(passed(one)).toBe(true);
  });

  test('of a replayed history is seen: it is far from its signal', () => {
    const old = clone(CHAT).map((one: any) => {
      for (const each of one.detail.messages ?? [one.detail])
        if (each.event === 'chat_opened') each.timestamp = new Date(NOON - 180 * MINUTE).toISOString();
      return one;
    });
    expect(item(report(TRACE, storyOf(old), status()), 'timing')).toMatchObject({
      passed: false,
      why: expect.stringMatching(/chat_opened bears a time 3 h off/),
    });
  });

  test('of the vendor may run five seconds ahead: its answer comes before it', () => {
    const ahead = clone(CHAT).map((one: any) => {
      for (const each of one.detail.messages ?? [one.detail])
        if (each.event === 'chat_csat_submitted') each.timestamp = new Date(NOON + 24_000).toISOString();
      return one;
    });
    const one = report({ ...TRACE, to: NOON + 21_000 }, storyOf(ahead), status());
    expect(one.milestones[6]).toMatchObject({ told: 1 });
    expect(item(one, 'timing')).toMatchObject({ passed: true });
    expect(Math.min(...one.latencies)).toBeGreaterThanOrEqual(0);
  });

  test('passes where the banner was answered two minutes after the first line', () => {
    const late = clone(CHAT).map((one: any) =>
      one.event === 'signal' ? one : { ...one, at: one.at + 2 * MINUTE },
    );
    const one = report({ ...TRACE, to: NOON + 3 * MINUTE }, storyOf(late), status());
    expect(item(one, 'timing')).toMatchObject({ passed: true });
  });

  test('is in order where another tab’s milestone is heard of late', () => {
    const elsewhere = message('chat_assigned', NOON + 10_000, { userId: ADA });
    const sent = ['sent', 'delivered'].map(
      (event) =>
        ({ event, detail: { destination: 'customerio', messages: [elsewhere] }, at: NOON + 21_000 }) as Heard,
    );
    expect(item(report(TRACE, storyOf([...CHAT, ...sent]), status()), 'timing')).toMatchObject({
      passed: true,
    });
  });
});

test('a long evening keeps the signals that made milestones', () => {
  const lines = Array.from({ length: 450 }, (_, i) =>
    step(NOON + 61_000 + i * 1000, 'message', [], { from: 'agent', why: 'nothing new' }),
  ).flat();
  const one = report(TRACE, storyOf([...CHAT, ...lines]), status());
  expect(item(one, 'timing')).toMatchObject({ passed: true });
  expect(passed(one)).toBe(true);
});

describe('rollups', () => {
  test('sees that last_chat_at is of an earlier chat', () => {
    const old = status({ traits: { ...TRAITS, last_chat_at: NOON / 1000 - 86_400 } });
    expect(item(report(TRACE, storyOf(CHAT), old), 'rollups')).toMatchObject({
      passed: false,
      why: expect.stringContaining('last_chat_at'),
    });
  });

  test('sees that no case is open although the chat goes on', () => {
    const closed = { ...TRAITS, open_support_case: false };
    expect(item(report(TRACE, storyOf(CHAT), status({ traits: closed })), 'rollups')).toMatchObject({
      passed: false,
      why: expect.stringContaining('has not ended'),
    });
    const over = [...CHAT, ...step(NOON + 25_000, 'ended', ['chat_resolved'])];
    const after = status({ traits: { ...closed, last_chat_at: NOON / 1000 + 25 } });
    expect(item(report(TRACE, storyOf(over), after), 'rollups')).toMatchObject({ passed: true });
  });
});

test('a name that only looks like one of ours is no published name', () => {
  const story = storyOf(CHAT);
  story.told[0]!.to.customerio!.name = 'chat_was_opened';
  expect(item(report(TRACE, story, status()), 'names')).toMatchObject({ passed: false });
});

describe('words', () => {
  test('of a line whose signal was not heard name nobody', () => {
    const story = storyFrom(undefined);
    hear(story, {
      event: 'settled',
      detail: { widget: 'tawk', type: 'message', at: NOON, reached: [], why: 'nothing new' },
      at: NOON,
    });
    expect(signal(story.signs[0]!)).not.toContain('undefined');
    expect(outcome(story.signs[0]!, 'granted')).not.toContain('undefined');
    // Nobody knows whose it was: it is no reason why the agent's is missing.
    const one = report(TRACE, story, status());
    expect(one.milestones[4]).toMatchObject({
      name: 'chat_agent_replied',
      why: expect.stringContaining('told nothing'),
    });
  });

  test('of a pause that the server asked for name no failure that was none', () => {
    const one = status({
      queued: { customerio: 1 },
      waiting: [{ destination: 'customerio', name: 'chat_opened', messageId: 'm', held: false }],
      destinations: {
        customerio: {
          delivered: 1,
          dropped: {},
          tries: 0,
          until: NOON + 30_000,
          ready: true,
          consent: 'granted',
        },
      },
    });
    expect(waits('customerio', one, NOON)).toBe('1 waits: next try in 30 s: the server asked for it');
  });

  test('of what waits nowhere do not claim that somebody has delivered it', () => {
    const told = storyOf(CHAT.slice(0, 3)).told[0]!;
    const [stand] = Object.values(stands(told, status(), NOON + MINUTE));
    expect(stand!.words).not.toMatch(/has delivered it$/);
  });
});

describe('offline', () => {
  test('leaves the page its own fetch, where the page wrapped it meanwhile', async () => {
    const before = window.fetch;
    window.fetch = vi.fn(async () => new Response('')) as any;
    setOffline(true);
    const under = window.fetch;
    const wrapped = vi.fn((...given: Parameters<typeof fetch>) => under.apply(window, given));
    window.fetch = wrapped;
    setOffline(false);
    expect(window.fetch).toBe(wrapped);
    const ours = { body: '{"batch":[{"context":{"library":{"name":"chatstone"}}}]}' };
    expect((await window.fetch('/v1/b', ours)).ok).toBe(true);
    setOffline(true);
    await expect(window.fetch('/v1/b', ours)).rejects.toThrow('offline');
    setOffline(false);
    expect((await window.fetch('/v1/b', ours)).ok).toBe(true);
    window.fetch = before;
  });

  test('stops what goes to Lytics, too', async () => {
    const before = window.fetch;
    const through = vi.fn(async () => new Response('{}'));
    window.fetch = through as any;
    setOffline(true);
    const sent = lytics({ apiKey: 'k' }).deliver!([message('chat_opened', NOON)], { leaving: false });
    await expect(sent).rejects.toThrow('offline');
    expect(through).not.toHaveBeenCalled();
    setOffline(false);
    window.fetch = before;
  });

  test('says that it is on only where it is', () => {
    const before = window.fetch;
    Object.defineProperty(window, 'fetch', { value: before, writable: false, configurable: true });
    expect(() => setOffline(true)).not.toThrow();
    expect(offline()).toBe(false);
    Object.defineProperty(window, 'fetch', { value: before, writable: true, configurable: true });
  });
});

export type { Story };

test('an error that quotes what it could not read tells no word of it', () => {
  const story = storyFrom(undefined);
  const quoted: string[] = [];
  for (const text of [
    'canary-visitor asks: does the M run small?',
    '{"text":"canary-agent',
    '{"a":canary-name}',
  ])
    try {
      JSON.parse(text);
    } catch (error) {
      quoted.push(`SyntaxError: ${(error as Error).message}`);
    }
  expect(quoted.join()).toContain('canary'); // V8 quotes it
  for (const message of quoted)
    hear(story, { event: 'error', detail: { place: 'salesforce', message }, at: NOON });
  expect(story.faults).toHaveLength(3);
  expect(JSON.stringify(story)).not.toContain('canary');
});

test('the date of a report is that of the clock beside it', () => {
  // Half past midnight where the tester is, the day before by Greenwich.
  const from = new Date(2026, 10, 29, 0, 30).getTime();
  const one = { ...report({ from, to: from + 1000 }, storyOf([]), status()), from };
  const behind = vi.spyOn(Date.prototype, 'toISOString').mockReturnValue('2026-11-28T23:30:00.000Z');
  const page = reportPage([one]);
  behind.mockRestore();
  expect(page).toContain('2026-11-29');
});
