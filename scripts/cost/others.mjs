// What other set-ups send of the same chats. Their events are counted in chatstone's own envelope, which is smaller than theirs.
import { VERSION } from '../../dist/esm/core/version.js';
import { WRITE_KEY } from './device.mjs';

/** How clients put events together when nobody tells them otherwise, as their packages say. */
export const DEFAULTS = [
  {
    client: '@customerio/cdp-analytics-browser',
    where: 'src/plugins/customerio/index.ts',
    option: "deliveryStrategy.strategy, 'standard' where it is not 'batching'",
    does: 'a request an event',
  },
  {
    client: '@segment/analytics-next',
    where: 'src/plugins/segmentio/index.ts',
    option: "deliveryStrategy.strategy, 'standard' where it is not 'batching'",
    does: 'a request an event',
  },
  {
    client: '@snowplow/tracker-core (of @snowplow/browser-tracker)',
    where: 'dist/index.module.js, newEmitter',
    option: 'bufferSize = 1',
    does: 'a request an event',
  },
  {
    client: 'posthog-js',
    where: 'lib/src/posthog-core.js and lib/src/request-queue.js',
    option: 'request_batching: true, DEFAULT_FLUSH_INTERVAL_MS = 3000',
    does: 'what comes in 3 s in one request',
  },
];

const TOGETHER = 3000; // milliseconds
const ID = '3f1c7a52-8d2e-4c8b-9a55-0b7d9c1e4f60';
const NAMES = {
  opened: 'Chat Opened',
  closed: 'Chat Closed',
  typing: 'Typing Started',
  message: 'Chat Message',
  topic: 'Topic Set',
  assigned: 'Agent Assigned',
  rated: 'Chat Rated',
  ended: 'Chat Ended',
};

/** @param {import('./chats.mjs').Step} step @param {boolean} known */
function eventOf({ kind, from, topic, score }, known) {
  const email = 'a1b2c3d4@example.com';
  const what =
    kind === 'person'
      ? { type: 'identify', traits: { email, name: 'Ada Example' } }
      : {
          type: 'track',
          event: NAMES[kind],
          properties: {
            page_type: 'product',
            channel: 'live_chat',
            widget: 'tawk',
            conversation_id: ID.slice(0, 13),
            from,
            topic,
            score,
          },
        };
  return {
    ...what,
    messageId: '1k2j3h4g5f-6d7s8a9p0o',
    timestamp: '2026-11-24T12:00:00.000Z',
    anonymousId: ID,
    ...(known && { userId: email }),
    context: {
      page: {
        url: 'https://shop.example/products/linen-shirt?utm_source=newsletter&utm_campaign=autumn',
        path: '/products/linen-shirt',
        search: '?utm_source=newsletter&utm_campaign=autumn',
      },
      library: { name: 'chatstone', version: VERSION },
    },
    writeKey: WRITE_KEY,
    sentAt: '2026-11-24T12:00:00.000Z',
  };
}

/** Every step of a chat as an event. @param {import('./chats.mjs').Chat} chat */
function* events({ steps }) {
  let known = false;
  for (const step of steps) {
    known ||= step.kind === 'person';
    yield { at: Math.round(step.at * 1000), event: eventOf(step, known) };
  }
}

const size = (body) => Buffer.byteLength(JSON.stringify(body));

/** A request an event. @param {import('./chats.mjs').Chat} chat @returns {import('./device.mjs').Request[]} */
export const oneByOne = (chat) =>
  [...events(chat)].map(({ at, event }) => ({ at, bytes: size(event), calls: 1 }));

/** What comes in three seconds goes together. @param {import('./chats.mjs').Chat} chat @returns {import('./device.mjs').Request[]} */
export function together(chat) {
  /** @type {{ at: number, batch: object[] }[]} */
  const all = [];
  for (const { at, event } of events(chat)) {
    const last = all.at(-1);
    if (last && at < last.at) last.batch.push(event);
    else all.push({ at: at + TOGETHER, batch: [event] });
  }
  return all.map(({ at, batch }) => ({
    at,
    bytes: size({ batch, writeKey: WRITE_KEY }),
    calls: batch.length,
  }));
}
