// One visitor who comes again and again: what stands on the device.
import { chats } from './chats.mjs';
import { device, tidy } from './device.mjs';

const EVERY = 3 * 3600_000; // milliseconds from chat to chat

/**
 * @param {'known' | 'unknown' | 'unreachable'} kind known: the server takes all; unknown: all waits for a person; unreachable: no
 *   server answers
 * @param {readonly number[]} marks after so many chats it is looked at
 * @param {number} seed
 */
export async function visitor(kind, marks, seed) {
  const all = chats(marks.at(-1), seed).slice(0, marks.at(-1));
  const one = await device({
    seed,
    now: Date.UTC(2026, 10, 1),
    anonymous: 'hold',
    gone: kind === 'unreachable',
  });
  const found = [];
  for (const [i, { steps, lines }] of all.entries()) {
    const rest = steps.filter((step) => step.kind !== 'person');
    const person = { at: 1, kind: 'person' };
    await one.play({ steps: kind === 'unknown' ? rest : [person, ...rest], lines });
    if (marks.includes(i + 1)) found.push({ chats: i + 1, ...(await one.stored()) });
    await one.later(EVERY);
  }
  one.stop();
  tidy();
  return found;
}
