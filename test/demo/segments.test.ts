// @vitest-environment node
import { describe, expect, test } from 'vitest';
import {
  compare,
  factsOfMessages,
  factsOfMilestones,
  factsOfPerson,
  membersOf,
  SEGMENTS,
} from '../../demo/shop/segments.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 28, 12);
const ago = (hours: number) => NOW - hours * HOUR;
const iso = (hours: number) => new Date(ago(hours)).toISOString();

type Facts = ReturnType<typeof factsOfMilestones>;
const person = (some: Partial<Facts> = {}): Facts => ({
  who: 'ada@example.com',
  name: 'Ada',
  reachable: true,
  topics: [],
  purchases: [],
  ratings: [],
  openSince: undefined,
  ...some,
});
const sizing = (hours: number) => ({ topic: 'sizing', at: ago(hours) });

describe('SEGMENTS', () => {
  const ASKED = { topic: 'sizing', asked: 48, bought: 24 };
  test.each<[string, object, Partial<Facts>, boolean]>([
    ['asked, bought nothing', ASKED, { topics: [sizing(3)] }, true],
    ['asked about something else', ASKED, { topics: [{ topic: 'shipping', at: ago(3) }] }, false],
    ['asked about many things', ASKED, { topics: [{ topic: 'shipping', at: ago(3) }, sizing(2)] }, true],
    ['asked too long ago', ASKED, { topics: [sizing(49)] }, false],
    ['asked, and bought in time', ASKED, { topics: [sizing(3)], purchases: [ago(1)] }, false],
    ['asked, and bought long ago', ASKED, { topics: [sizing(3)], purchases: [ago(25)] }, true],
    ['a free-text topic is another one', ASKED, { topics: [{ topic: 'Sizing ', at: ago(3) }] }, false],
    ['a wider question', { ...ASKED, asked: 72 }, { topics: [sizing(49)] }, true],
  ])('asked: %s', (_, values, facts, is) => {
    expect(SEGMENTS.asked!.has(person(facts), values, NOW)).toBe(is);
  });

  test.each<[string, object, Partial<Facts>, boolean]>([
    ['none is open', { hours: 0 }, {}, false],
    ['open', { hours: 0 }, { openSince: ago(1) }, true],
    ['open, not for long enough', { hours: 2 }, { openSince: ago(1) }, false],
    ['open just long enough', { hours: 2 }, { openSince: ago(2) }, true],
  ])('open: %s', (_, values, facts, is) => {
    expect(SEGMENTS.open!.has(person(facts), values, NOW)).toBe(is);
  });

  test.each<[string, object, Partial<Facts>, boolean]>([
    ['no rating', { score: 2, days: 7 }, {}, false],
    ['a low one', { score: 2, days: 7 }, { ratings: [{ score: 2, at: ago(24) }] }, true],
    ['a better one', { score: 2, days: 7 }, { ratings: [{ score: 3, at: ago(24) }] }, false],
    ['a low one long ago', { score: 2, days: 7 }, { ratings: [{ score: 1, at: ago(8 * 24) }] }, false],
    [
      'a low one among better ones',
      { score: 2, days: 7 },
      {
        ratings: [
          { score: 5, at: ago(1) },
          { score: 1, at: ago(9) },
        ],
      },
      true,
    ],
  ])('low: %s', (_, values, facts, is) => {
    expect(SEGMENTS.low!.has(person(facts), values, NOW)).toBe(is);
  });

  test('nobody is a member who cannot be written to', () => {
    const open = { openSince: ago(1) };
    expect(
      membersOf('open', [person(open), person({ ...open, reachable: false })], { hours: 0 }, NOW),
    ).toHaveLength(1);
  });
});

const track = (event: string, hours: number, properties = {}) => ({
  event,
  timestamp: iso(hours),
  properties,
});

describe('the facts of a profile', () => {
  const base = { email: 'ada@example.com', id: undefined, anonymousIds: [], identifies: 1 };

  test('from milestones and rollups', () => {
    const facts = factsOfMilestones({
      ...base,
      traits: { name: 'Ada', open_support_case: true, support_case_opened_at: ago(3) / 1000 },
      events: [
        track('chat_topic_set', 3, { topic: 'sizing' }),
        track('chat_csat_submitted', 2, { csat_score: 2 }),
        track('Order Completed', 1, { order_id: 'o' }),
      ],
    });
    expect(facts).toEqual(
      person({
        topics: [sizing(3)],
        ratings: [{ score: 2, at: ago(2) }],
        purchases: [ago(1)],
        openSince: ago(3),
      }),
    );
  });

  test('a case that was closed is not open, whenever it was opened', () => {
    const traits = { open_support_case: false, support_case_opened_at: ago(3) / 1000 };
    expect(factsOfMilestones({ ...base, traits, events: [] }).openSince).toBeUndefined();
  });

  test.each<[string, ReturnType<typeof track>[], number | undefined]>([
    ['a message', [track('Message Sent', 3, { topic: 'x' })], 3],
    ['two messages', [track('Message Sent', 3, { topic: 'x' }), track('Message Sent', 2, { topic: 'x' })], 3],
    ['a message and an end', [track('Message Sent', 3, { topic: 'x' }), track('Chat Closed', 1)], undefined],
    ['an end and a message', [track('Chat Closed', 3), track('Message Sent', 1, { topic: 'x' })], 1],
  ])('message by message, open since: %s', (_, events, since) => {
    const { openSince } = factsOfMessages({ ...base, traits: {}, events });
    expect(openSince).toBe(since === undefined ? undefined : ago(since));
  });

  test('of what happened', () => {
    const chats = [
      { topic: 'sizing', at: ago(5), ended: true, rating: 1 },
      { topic: 'returns', at: ago(2), ended: false },
    ];
    expect(
      factsOfPerson({ name: 'Ada', email: 'ada@example.com', anonymousId: 'a', chats, purchases: [] }),
    ).toEqual(
      person({
        topics: [sizing(5), { topic: 'returns', at: ago(2) }],
        ratings: [{ score: 1, at: ago(5) }],
        openSince: ago(2),
      }),
    );
  });
});

describe('compare', () => {
  const named = (...names: string[]) => names.map((who) => person({ who }));
  test.each([
    [named('a', 'b'), named('a', 'b'), { found: 2, should: 2, missing: 0, wrong: 0 }],
    [named('a', 'c'), named('a', 'b'), { found: 2, should: 2, missing: 1, wrong: 1 }],
    [[], named('a'), { found: 0, should: 1, missing: 1, wrong: 0 }],
  ])('%#', (found, wanted, verdict) => {
    expect(compare(found, wanted)).toEqual(verdict);
  });
});
