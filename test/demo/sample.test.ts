// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { createCollector } from '../../demo/collector.mjs';
import { createSample } from '../../demo/sample.mjs';
import { sampleDay } from '../../demo/sample-day.mjs';
import { asMessages, asMilestones } from '../../demo/sample-told.mjs';
import {
  compare,
  factsOfMessages,
  factsOfMilestones,
  factsOfPerson,
  membersOf,
} from '../../demo/shop/segments.js';
import { topicsOf } from '../../src/core/topics.ts';
import { MILESTONES } from '../../src/index.ts';
import { wrongWith } from '../house/valid.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;
const people = sampleDay({ now: NOW });
const milestones: any[] = asMilestones(people);
const messages: any[] = asMessages(people);
const isOrder = ({ event }: any) => event === 'Order Completed';

describe('sampleDay', () => {
  test('is the same each time, and another one from another seed', () => {
    expect(sampleDay({ now: NOW })).toEqual(people);
    expect(sampleDay({ now: NOW, seed: 1 })).not.toEqual(people);
  });

  test('is sixty people, some of whom nobody ever knows, and some of whom buy', () => {
    expect(people).toHaveLength(60);
    const known = people.filter(({ email }) => email);
    expect(known.length).toBeGreaterThan(40);
    expect(known.length).toBeLessThan(60);
    expect(people.filter(({ purchases }) => purchases.length).length).toBeGreaterThan(10);
    expect(new Set(known.map(({ email }) => email)).size).toBe(known.length);
  });
});

describe('asMilestones', () => {
  test('has the shape that chatstone’s messages have', () => {
    const batch = milestones
      .filter((one) => !isOrder(one))
      .map((one) => ({ ...one, writeKey: 'k', sentAt: one.timestamp }));
    expect(wrongWith({ batch, writeKey: 'k', sentAt: new Date(NOW).toISOString() })).toEqual([]);
  });

  test('tells all seven milestones, and topics of the list alone', () => {
    const events = new Set(milestones.flatMap(({ event }) => event ?? []));
    expect([...events].sort()).toEqual([...MILESTONES, 'Order Completed'].sort());
    const topics = new Set(milestones.flatMap(({ properties }) => properties?.topic ?? []));
    for (const topic of topics) expect(Object.keys(topicsOf())).toContain(topic);
  });

  test('keeps back what nobody is known for, and is of the last 48 hours', () => {
    for (const { userId, timestamp } of milestones) {
      expect(userId).toMatch(/@example\.com$/);
      expect(Date.parse(timestamp)).toBeGreaterThan(NOW - 49 * HOUR);
      expect(Date.parse(timestamp)).toBeLessThanOrEqual(NOW);
    }
  });

  test('has an id of its own for each', () => {
    expect(new Set(milestones.map(({ messageId }) => messageId)).size).toBe(milestones.length);
  });
});

describe('asMessages', () => {
  test('is more, with topics as somebody typed them, and guests under their cookie', () => {
    expect(messages.length).toBeGreaterThan(2 * milestones.length);
    const topics = new Set(messages.flatMap(({ properties }) => properties?.topic ?? []));
    expect(topics.has('shipping ') && topics.has('SHIP')).toBe(true);
    const guests = people.filter(({ email, knownAt, chats }) => email && knownAt! > chats[0]!.at);
    expect(guests.length).toBeGreaterThan(10);
    for (const { anonymousId } of guests)
      expect(messages.some((one) => one.anonymousId === anonymousId && one.userId)).toBe(false);
  });

  test('tells of the same orders', () => {
    const ids = (all: any[]) =>
      all
        .filter(isOrder)
        .map(({ messageId }) => messageId)
        .sort();
    expect(ids(messages)).toEqual(ids(milestones));
  });
});

describe('createSample', () => {
  let collector: ReturnType<typeof createCollector>;
  let app: ReturnType<typeof createSample>;
  let now: number;
  beforeEach(() => {
    now = NOW;
    collector = createCollector({ now: () => now });
    app = createSample(collector, { now: () => now });
  });
  const post = () => app.request('/api/sample', { method: 'POST' });
  const get = async () => (await app.request('/api/sample')).json();

  test('fills the collector, without a duplicate, a contradiction or a suspicion', async () => {
    expect((await post()).status).toBe(201);
    expect(collector.messages()).toHaveLength(milestones.length);
    const { duplicates, conflicts, errors, profiles } = collector.profiles();
    expect([duplicates.total, conflicts, errors]).toEqual([0, [], []]);
    expect(profiles).toHaveLength(people.filter(({ email }) => email).length);
    expect(collector.log().flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(collector.messages()[0]).toMatchObject({
      timestamp: milestones[0].timestamp,
      correctedAt: milestones[0].timestamp,
    });
  });

  test('fills it once, and anew when it was emptied', async () => {
    await post();
    now += HOUR;
    expect(await (await post()).json()).toEqual({ filled: false });
    expect(collector.profiles().duplicates.total).toBe(0);
    collector.reset();
    expect(await get()).toEqual({ filled: false });
    expect((await post()).status).toBe(201);
  });

  test('says when the collector does not take it', async () => {
    collector.weather({ status: 500 });
    const response = await post();
    expect(response.status).toBe(502);
    expect((await response.json()).error).toMatch(/answered 500.*weather/);
    expect(await get()).toEqual({ filled: false });
  });

  test.each([
    ['asked', { topic: 'sizing', asked: 48, bought: 24 }],
    ['asked', { topic: 'shipping', asked: 48, bought: 24 }],
    ['open', { hours: 0 }],
    ['low', { score: 2, days: 7 }],
  ])(
    'milestones find all of “%s” %j and no other, message by message most are missing',
    async (name, values) => {
      await post();
      const { people: truth, messages: told } = await get();
      const verdict = (facts: any[]) =>
        compare(membersOf(name, facts, values, NOW), membersOf(name, truth.map(factsOfPerson), values, NOW));
      const clean = verdict(collector.profiles().profiles.map(factsOfMilestones));
      const noisy = verdict(told.profiles.map(factsOfMessages));
      expect(clean.should).toBeGreaterThan(2);
      expect(clean).toMatchObject({ found: clean.should, missing: 0, wrong: 0 });
      expect(noisy.missing).toBeGreaterThanOrEqual(clean.should / 3);
    },
  );
});
