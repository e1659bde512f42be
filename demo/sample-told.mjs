// The invented days as two kinds of tracking tell them: milestones, made by chatstone's own core, and an event a message.
import { createHash } from 'node:crypto';
import { settle } from '../dist/esm/core/settle.js';
import { orderMessage } from './orders.mjs';
import { happeningsOf } from './sample-day.mjs';

/** @typedef {import('./sample-day.mjs').Person} Person */
/** @typedef {import('./judgement.mjs').Message} Message */

const MINUTE = 60_000;
const RULES = {
  destinations: [{ name: 'customerio' }],
  identifyBy: 'email',
  hold: true,
  idle: { conversation: 30 * MINUTE, case: 72 * 60 * MINUTE },
  risk: ['returns', 'order_status', 'payment'],
  openCase: true,
  flags: {},
};
const SIGNALS = {
  opened: () => ({ type: 'opened' }),
  visitor: ({ topic }) => ({ type: 'message', from: 'visitor', guess: topic }),
  agent: () => ({ type: 'message', from: 'agent' }),
  assigned: () => ({ type: 'assigned', agent: 'a7', team: 'Mill desk' }),
  ended: () => ({ type: 'ended' }),
  rated: ({ rating }) => ({ type: 'rated', score: rating, worst: 1, best: 5 }),
};

const byTime = (one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp);
const ordersOf = ({ email, purchases }) =>
  email ? purchases.map(({ at, ...order }) => orderMessage({ ...order, currency: 'GBP', email }, at)) : [];

/**
 * As chatstone tells them: what a browser with that person's chats would have delivered by now.
 * @param {Person[]} people
 * @returns {Message[]}
 */
export function asMilestones(people) {
  return people.flatMap((person) => {
    const { email, name, anonymousId, knownAt } = person;
    const device = new Map();
    const entries = person.chats.flatMap((chat, i) =>
      happeningsOf(chat).map(({ at, what }) => ({
        now: at,
        facts: { product_sku: chat.sku },
        happened: {
          widget: 'tawk',
          conversation: `${anonymousId.slice(0, 8)}-${i + 1}`,
          when: at,
          gesture: true,
          active: true,
          fresh: `${anonymousId.slice(0, 8)}-${i + 1}`,
          ends: true,
          ...SIGNALS[what](chat),
        },
      })),
    );
    if (email)
      entries.push({ now: knownAt, facts: {}, said: { email, by: 'site', traits: { email, name } } });
    entries.sort((one, other) => one.now - other.now);
    for (const entry of entries)
      settle(
        device,
        { visitor: anonymousId, fresh: '', page: { url: 'https://shop.example/' }, ...entry },
        RULES,
      );
    const queue = [...device.keys()].filter((key) => key.startsWith('q/customerio/')).sort();
    const messages = queue.map((key) => device.get(key).message).filter(({ userId }) => userId); // the others are held
    return [...messages, ...ordersOf(person)];
  });
}

/**
 * As message-level tracking tells them: an event a message, the topic as somebody typed it, and a guest stays who the
 * cookie says, whatever becomes known later.
 * @param {Person[]} people
 * @returns {Message[]}
 */
export function asMessages(people) {
  const NAMES = {
    visitor: 'Message Sent',
    agent: 'Message Received',
    ended: 'Chat Closed',
    rated: 'Chat Rated',
  };
  return people.flatMap((person) => {
    const { email, name, anonymousId, knownAt, chats } = person;
    const isCustomer = email && knownAt < chats[0].at;
    const who = { anonymousId, ...(isCustomer && { userId: email }) };
    const envelope = (at, fact) => ({
      messageId: createHash('sha256').update(`${anonymousId} ${at} ${fact}`).digest('hex').slice(0, 24),
      timestamp: new Date(at).toISOString(),
    });
    const told = chats.flatMap((chat) =>
      happeningsOf(chat)
        .filter(({ what }) => NAMES[what])
        .map(({ at, what }) => ({
          type: 'track',
          event: NAMES[what],
          properties: { topic: chat.words, ...(what === 'rated' && { score: chat.rating }) },
          ...who,
          ...envelope(at, what),
        })),
    );
    const identify = email && {
      type: 'identify',
      traits: { email, name },
      userId: email,
      ...(isCustomer && { anonymousId }),
      ...envelope(knownAt, 'identify'),
    };
    return [...(identify ? [identify] : []), ...told, ...ordersOf(person)].sort(byTime);
  });
}
