// POST /api/sample fills the collector with the invented days; GET /api/sample tells what really happened in them, and what
// message-level tracking would have made of the same.
import { Hono } from 'hono';
import { createCollector } from './collector.mjs';
import { SEED, sampleDay } from './sample-day.mjs';
import { asMessages, asMilestones } from './sample-told.mjs';

const AT_ONCE = 100; // messages in a request

/** @param {import('./collector.mjs').Collector} collector @param {Message[]} messages @param {number} now */
function fill(collector, messages, now) {
  const writeKey = 'sample';
  const sentAt = new Date(now).toISOString();
  const send = (path, body) => {
    const { status, answer } = collector.receive({ path, body: JSON.stringify(body) });
    if (status >= 300) throw new Error(`The collector answered ${status}: ${JSON.stringify(answer)}`);
  };
  // Orders come one by one from the shop's server, as orders.mjs tells them; the rest from browsers.
  const isOrder = ({ event }) => event === 'Order Completed';
  const told = messages.filter((message) => !isOrder(message));
  for (let i = 0; i < told.length; i += AT_ONCE) {
    const batch = told.slice(i, i + AT_ONCE).map((message) => ({ ...message, writeKey, sentAt }));
    send('/v1/b', { batch, writeKey, sentAt });
  }
  for (const order of messages.filter(isOrder)) send('/v1/t', { ...order, writeKey, sentAt });
}

/**
 * @param {import('./collector.mjs').Collector} collector
 * @param {{ now?: () => number }} [options]
 */
export function createSample(collector, { now = Date.now } = {}) {
  /** @type {{ people: import('./sample-day.mjs').Person[], first: string, counts: object, messages: object } | undefined} */
  let sample;
  // It went with the rest when the collector was emptied.
  const stands = () => sample && collector.messages().some(({ messageId }) => messageId === sample.first);

  const routes = new Hono();
  routes.post('/api/sample', (c) => {
    if (stands()) return c.json({ filled: false });
    const time = now();
    const people = sampleDay({ now: time });
    const milestones = asMilestones(people);
    const messages = asMessages(people);
    const other = createCollector({ now });
    try {
      fill(collector, milestones, time);
      fill(other, messages, time);
    } catch (error) {
      return c.json({ error: `${error.message}. Is the weather fine?` }, 502);
    }
    const tracks = (all) => all.filter(({ type }) => type === 'track').length;
    sample = {
      people,
      first: milestones[0].messageId,
      counts: { milestones: tracks(milestones), messages: tracks(messages) },
      messages: other.profiles(),
    };
    return c.json({ filled: true, seed: SEED, people: people.length }, 201);
  });
  routes.get('/api/sample', (c) => {
    if (!stands()) return c.json({ filled: false });
    const { people, counts, messages } = sample;
    return c.json({ filled: true, seed: SEED, people, counts, messages });
  });
  return routes;
}
