// Chats as a widget lives through them, from a seed: every line, every opening, every “is typing”.
import { chance, random, tailed } from './random.mjs';
import { values } from './shape.mjs';

/**
 * One thing that happens in a chat, in seconds since its beginning. `typing` and `closed` are what a widget tells and chatstone
 * does not listen to.
 * @typedef {{ at: number, kind: 'opened' | 'closed' | 'typing' | 'message' | 'topic' | 'assigned' | 'rated' | 'ended' | 'person',
 *   from?: 'visitor' | 'agent' | 'bot', topic?: string, agent?: string, score?: number }} Step
 * @typedef {{ steps: Step[], lines: number }} Chat
 */

const TOPICS = ['sizing', 'shipping', 'order_status', 'returns', 'product', 'payment'];

/** Lines between two sides, spread over a time; each is typed first. */
function talk(dice, steps, from, length, count, other, shape) {
  for (let i = 0; i < count; i++) {
    const at = from + (length * (i + 0.2 + 0.6 * dice())) / count;
    const side = i % 2 ? 'visitor' : other;
    if (dice() < shape.typing && side !== 'bot') steps.push({ at: at - 0.1, kind: 'typing', from: side });
    steps.push({ at, kind: 'message', from: side });
  }
}

/** @param {() => number} dice @param {Record<string, number>} shape @returns {Chat} */
function chat(dice, shape) {
  const steps = [{ at: 0, kind: 'opened' }];
  const pick = (all) => all[Math.floor(dice() * all.length)];
  const lines = (mean) => Math.max(1, Math.round(tailed(dice, mean, shape.lineSpread)) - 1);
  const known = dice();
  if (known < shape.knownBefore) steps.push({ at: 4, kind: 'person' });
  steps.push({ at: 9, kind: 'typing', from: 'visitor' }, { at: 10, kind: 'message', from: 'visitor' });
  if (dice() < shape.topic) {
    const topic = pick(TOPICS);
    steps.push({ at: 10.5, kind: 'topic', topic });
    const next = pick(TOPICS);
    if (dice() < shape.newTopic && next !== topic) steps.push({ at: 100, kind: 'topic', topic: next });
  }
  let now = 11;
  let agent = true;
  if (dice() < shape.withBot) {
    const length = chance(dice, shape.botDuration);
    talk(dice, steps, now, length, lines(shape.botLines), 'bot', shape);
    now += length;
    agent = dice() >= shape.botAlone;
  }
  let answered = false;
  if (agent) {
    now += chance(dice, shape.wait);
    answered = dice() >= shape.missed;
    if (answered) {
      const length = chance(dice, shape.duration);
      steps.push({ at: now, kind: 'assigned', agent: 'a' });
      talk(dice, steps, now, length, lines(shape.lines), 'agent', shape);
      if (dice() < shape.transferred) steps.push({ at: now + length / 2, kind: 'assigned', agent: 'b' });
      now += length;
    }
  }
  if (dice() < shape.reopened)
    steps.push({ at: 5 + now / 2, kind: 'closed' }, { at: 15 + now / 2, kind: 'opened' });
  now += 20;
  if (dice() < shape.ended) steps.push({ at: now, kind: 'ended' });
  if (answered && dice() < shape.rated)
    steps.push({ at: now + 8, kind: 'rated', score: pick([1, 3, 4, 5, 5]) });
  steps.push({ at: now + 15, kind: 'closed' });
  if (known >= shape.knownBefore && known < shape.knownBefore + shape.knownAfter)
    steps.push({ at: now + 60 + chance(dice, 240), kind: 'person' });
  return ordered(steps);
}

const ordered = (steps) => ({
  steps: steps.sort((a, b) => a.at - b.at),
  lines: steps.filter(({ kind }) => kind === 'message').length,
});

/**
 * `count` chats, and after them the openings without a line that belong to so many.
 * @param {number} count
 * @param {number} seed
 * @param {Record<string, number>} [shape]
 * @returns {Chat[]}
 */
export function chats(count, seed, shape = values) {
  const dice = random(seed);
  const all = Array.from({ length: count }, () => chat(dice, shape));
  const idle = Array.from({ length: Math.round(count * shape.idleOpenings) }, () =>
    ordered([
      { at: 0, kind: 'opened' },
      { at: 3 + chance(dice, 10), kind: 'closed' },
    ]),
  );
  return [...all, ...idle];
}
