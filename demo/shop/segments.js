// Segments as a retention team builds them: pure rules over what is known of a person.

/**
 * @typedef {object} PersonFacts times in milliseconds
 * @property {string} who the e-mail address, else the id
 * @property {string} name
 * @property {boolean} reachable whether there is an address to write to
 * @property {{ topic: string, at: number }[]} topics
 * @property {number[]} purchases
 * @property {{ score: number, at: number }[]} ratings
 * @property {number | undefined} openSince
 *
 * @typedef {Record<string, any>} Profile as /api/profiles has it
 * @typedef {{ name: string, label: string, kind: 'topic' | 'number', initial: string | number, most?: number }} Parameter
 */

const HOUR = 3_600_000; // milliseconds
const time = ({ correctedAt, timestamp }) => Date.parse(correctedAt ?? timestamp);
/** What somebody has simulated happened to nobody: docs/recipes.md. */
const named = (events, name) =>
  events.filter(({ event, properties }) => event === name && !properties?.is_test);

const common = ({ id, email, traits = {}, events }) => ({
  who: email ?? id ?? 'nobody',
  name: traits.name ?? '',
  reachable: Boolean(email),
  purchases: named(events, 'Order Completed').map(time),
});

/**
 * What milestones and rollups tell of a profile.
 * @param {Profile} profile
 * @returns {PersonFacts}
 */
export const factsOfMilestones = (profile) => ({
  ...common(profile),
  topics: named(profile.events, 'chat_topic_set').map((event) => ({
    topic: event.properties.topic,
    at: time(event),
  })),
  ratings: named(profile.events, 'chat_csat_submitted').map((event) => ({
    score: event.properties.csat_score,
    at: time(event),
  })),
  // A case without a time is the helpdesk's: nobody here knows how long it has been open.
  openSince:
    profile.traits.open_support_case && Number.isFinite(profile.traits.support_case_opened_at)
      ? profile.traits.support_case_opened_at * 1000
      : undefined,
});

/**
 * What message-level tracking tells of a profile: it has no word for an open case, so it is a message with no end after it.
 * @param {Profile} profile
 * @returns {PersonFacts}
 */
export function factsOfMessages(profile) {
  const { events } = profile;
  const sent = named(events, 'Message Sent');
  const closed = Math.max(0, ...named(events, 'Chat Closed').map(time));
  const open = sent.map(time).filter((at) => at > closed);
  return {
    ...common(profile),
    topics: sent.map((event) => ({ topic: event.properties.topic, at: time(event) })),
    ratings: named(events, 'Chat Rated').map((event) => ({ score: event.properties.score, at: time(event) })),
    openSince: open.length ? Math.min(...open) : undefined,
  };
}

/**
 * What really happened to a person of the invented days.
 * @param {{ name: string, email?: string, anonymousId: string, chats: Record<string, any>[], purchases: { at: number }[] }} person
 * @returns {PersonFacts}
 */
export function factsOfPerson({ name, email, anonymousId, chats, purchases }) {
  const open = chats.filter(({ ended }) => !ended).map(({ at }) => at);
  return {
    who: email ?? anonymousId,
    name,
    reachable: Boolean(email),
    topics: chats.map(({ topic, at }) => ({ topic, at })),
    purchases: purchases.map(({ at }) => at),
    ratings: chats.filter(({ rating }) => rating).map(({ rating, at }) => ({ score: rating, at })),
    openSince: open.length ? Math.min(...open) : undefined,
  };
}

const within = (at, span, now) => at > now - span && at <= now;

/** @type {Record<string, { title: string, parameters: Parameter[], has: (person: PersonFacts, values: Record<string, any>, now: number) => boolean }>} */
export const SEGMENTS = {
  asked: {
    title: 'Asked, and has not bought',
    parameters: [
      { name: 'topic', label: 'Topic', kind: 'topic', initial: 'sizing' },
      { name: 'asked', label: 'asked in the last … hours', kind: 'number', initial: 48, most: 720 },
      { name: 'bought', label: 'no purchase in … hours', kind: 'number', initial: 24, most: 720 },
    ],
    has: ({ topics, purchases }, { topic, asked, bought }, now) =>
      topics.some((one) => one.topic === topic && within(one.at, asked * HOUR, now)) &&
      !purchases.some((at) => within(at, bought * HOUR, now)),
  },
  open: {
    title: 'Open case',
    parameters: [
      { name: 'hours', label: 'open for at least … hours', kind: 'number', initial: 0, most: 720 },
    ],
    has: ({ openSince }, { hours }, now) => openSince !== undefined && now - openSince >= hours * HOUR,
  },
  low: {
    title: 'Low rating',
    parameters: [
      { name: 'score', label: 'rated … or lower', kind: 'number', initial: 2, most: 5 },
      { name: 'days', label: 'in the last … days', kind: 'number', initial: 7, most: 90 },
    ],
    has: ({ ratings }, { score, days }, now) =>
      ratings.some((one) => one.score <= score && within(one.at, days * 24 * HOUR, now)),
  },
};

/**
 * The members that can be written to.
 * @param {string} name of a segment
 * @param {PersonFacts[]} people
 * @param {Record<string, any>} values
 * @param {number} now
 */
export const membersOf = (name, people, values, now) =>
  people.filter((person) => person.reachable && SEGMENTS[name].has(person, values, now));

/**
 * What a rule finds against what it should.
 * @param {PersonFacts[]} found @param {PersonFacts[]} wanted
 */
export function compare(found, wanted) {
  const there = new Set(found.map(({ who }) => who));
  const should = new Set(wanted.map(({ who }) => who));
  return {
    found: there.size,
    should: should.size,
    missing: [...should].filter((who) => !there.has(who)).length,
    wrong: [...there].filter((who) => !should.has(who)).length,
  };
}
