// What the tests of the core are made of: signals, entries and storages, each with all that a test does not speak of.
import { advance, type Conversation, type Happened, type Reached } from '../../src/core/conversation.ts';
import type { Rules } from '../../src/core/rules.ts';
import { type Entry, type Outcome, settle } from '../../src/core/settle.ts';
import type { Message, Party, Signal, Strength } from '../../src/core/types.ts';
import type { Storage, View } from '../../src/lib/storage.ts';

/** When the stories begin: a day on which nothing else happens. */
export const NOON = Date.UTC(2026, 10, 22, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

// ——— signals

type Parts = Partial<Omit<Happened, 'type'>>;

/** A signal of the widget `tawk` at noon, on a page that somebody has touched. */
export const happened = (signal: Signal, parts: Parts = {}): Happened =>
  ({
    widget: 'tawk',
    when: NOON,
    gesture: true,
    active: true,
    fresh: 'fresh',
    ends: false,
    ...signal,
    ...parts,
  }) as Happened;

export const opened = (parts?: Parts) => happened({ type: 'opened' }, parts);
export const line = (from: Party, parts?: Parts) => happened({ type: 'message', from }, parts);
export const visitor = (parts?: Parts) => line('visitor', parts);
export const agent = (parts?: Parts) => line('agent', parts);
export const bot = (parts?: Parts) => line('bot', parts);
export const topic = (id: string, parts?: Parts) => happened({ type: 'topic', topic: id }, parts);
export const assigned = (by: { agent?: string; team?: string }, parts?: Parts) =>
  happened({ type: 'assigned', ...by }, parts);
export const ended = (parts?: Parts) => happened({ type: 'ended' }, parts);
export const rated = (score: number, parts?: Parts) =>
  happened({ type: 'rated', score, worst: 1, best: 5 }, parts);
/** The vendor's id became known. */
export const known = (conversation: string, parts?: Parts) =>
  happened({ type: 'conversation', conversation }, parts);

/** The same signal so many milliseconds after noon. */
export const after = (milliseconds: number, signal: Happened): Happened => ({
  ...signal,
  when: NOON + milliseconds,
});

// ——— conversations

/** Takes signals one after another; a conversation that begins with the nth signal is called `cn`. */
export function story(
  signals: readonly Happened[],
  idle = 30 * MINUTE,
): { conversations: readonly Conversation[]; reached: Reached[] } {
  let conversations: readonly Conversation[] = [];
  const reached: Reached[] = [];
  signals.forEach((signal, i) => {
    const step = advance(conversations, { ...signal, fresh: `c${i + 1}` }, idle);
    conversations = step.conversations;
    reached.push(...step.reached);
  });
  return { conversations, reached };
}

// ——— entries

const RULES: Rules = {
  destinations: [{ name: 'customerio' }],
  identifyBy: 'email',
  hold: true,
  idle: { conversation: 30 * MINUTE, case: 72 * HOUR },
  risk: ['returns'],
  openCase: true,
  flags: {},
};

let conversations = 0;

/**
 * A page on a device: the database as a Map, the visitor id, and entries that are settled one after another, a second apart.
 * It starts with the visitor `V1`; each further visitor is `V2`, `V3` … A second tab is another page over the same view.
 */
export function device(rules: Partial<Rules> = {}, view: View = new Map()) {
  let now = NOON;
  let visitors = 1;
  let who = 'V1';
  const settled = (part: Partial<Entry>): Outcome => {
    now += SECOND;
    const entry: Entry = {
      now,
      visitor: who,
      fresh: `V${visitors + 1}`,
      page: { url: 'https://shop.example/' },
      facts: {},
      ...part,
    };
    const outcome = settle(view, entry, { ...RULES, ...rules });
    if (outcome.visitor === entry.fresh) visitors++;
    who = outcome.visitor;
    return outcome;
  };
  const waiting = (destination = 'customerio') =>
    [...view.keys()].filter((key) => key.startsWith(`q/${destination}/`)).sort();
  const queue = (destination?: string): Message[] => waiting(destination).map((key) => view.get(key).message);
  return {
    view,
    settled,
    /** A signal; at this moment, unless it has a time other than noon. */
    hear: (signal: Happened, part: Partial<Entry> = {}) =>
      settled({
        ...part,
        happened: {
          ...signal,
          when: signal.when === NOON ? now + SECOND : signal.when,
          fresh: `c${++conversations}`,
        },
      }),
    say: (
      {
        traits = {},
        ...person
      }: { id?: string; email?: string; client?: string; traits?: Record<string, unknown> },
      by: Strength = 'site',
      part: Partial<Entry> = {},
    ) => settled({ ...part, said: { ...person, by, traits } }),
    visit: () => settled({ visit: true }),
    /** Another page begins. */
    page: () => settled({ counted: true }),
    reset: () => settled({ reset: true }),
    /** Time passes. */
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    now: () => now,
    visitor: () => who,
    /** The messages that wait for a destination, in the order in which they go. */
    queue,
    /** The same as words: what, and under which id. */
    waiting: (destination?: string) =>
      queue(destination).map(
        ({ type, event, userId, anonymousId }) => `${event ?? type} of ${userId ?? anonymousId}`,
      ),
    /** The traits of the identify messages that wait. */
    traits: () => queue().flatMap(({ traits }) => (traits ? [traits] : [])),
    /** What is delivered is gone. */
    deliver: () => {
      for (const key of view.keys()) if (key.startsWith('q/')) view.delete(key);
    },
  };
}

// ——— storage

/** A storage that is a Map: each change sees all, and is stored only if it does not throw. */
export function mapStorage(view: View = new Map()): Storage & { view(): View } {
  return {
    view: () => view,
    keep(key, value) {
      view = new Map(view).set(key, value);
    },
    async change(work) {
      const next = new Map(view);
      const result = work(next);
      view = next;
      return result;
    },
    last: () => view,
    fresh: () => true,
    kind: () => 'indexeddb',
  };
}

// ——— messages

/** A milestone of Ada's as it waits in the queue. */
export const message = (id: string, parts: Partial<Message> = {}): Message => ({
  type: 'track',
  event: 'chat_opened',
  messageId: id,
  timestamp: '2026-11-22T12:00:00.000Z',
  anonymousId: 'V1',
  userId: 'ada@example.com',
  context: {},
  ...parts,
});
