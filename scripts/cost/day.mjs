// The same chats, as each set-up sends them.
import { chats } from './chats.mjs';
import { device, tidy } from './device.mjs';
import { oneByOne, together } from './others.mjs';
import { values } from './shape.mjs';

/** @typedef {import('./device.mjs').Request} Request */

const NOON = Date.UTC(2026, 10, 24, 12);

/** Each chat on a device of its own. @returns {Promise<{ requests: Request[], events: number, identifies: number }[]>} */
async function ours(all, seed, anonymous) {
  const told = [];
  for (const [i, chat] of all.entries()) {
    const one = await device({ seed: seed + i, now: NOON, anonymous });
    await one.play(chat);
    one.stop();
    told.push({
      requests: one.requests.map((request) => ({ ...request, at: request.at - NOON })),
      events: one.events.length,
    });
  }
  tidy();
  return told;
}

/** What a thousand chats cost; `requests` in milliseconds since the beginning of each. */
function perThousand(count, each, events) {
  const requests = each.flat();
  const sum = (what) => requests.reduce((whole, request) => whole + request[what], 0);
  const of = (total) => Math.round((total * 1000) / count);
  return {
    events: of(events),
    calls: of(sum('calls')),
    requests: of(requests.length),
    bytes: of(sum('bytes')),
  };
}

/**
 * A number of chats, with the openings without a line that belong to them.
 * @param {number} count
 * @param {number} seed
 */
export async function day(count, seed) {
  const all = chats(count, seed);
  const send = await ours(all, seed, 'send');
  const hold = await ours(all, seed, 'hold');
  const told = (some) => some.reduce((sum, { events }) => sum + events, 0);
  const steps = all.reduce((sum, chat) => sum + chat.steps.length, 0);
  const each = {
    message: all.map(oneByOne),
    messageTogether: all.map(together),
    send: send.map(({ requests }) => requests),
    hold: hold.map(({ requests }) => requests),
  };
  const talks = all.slice(0, count);
  const lines = talks.map((chat) => chat.lines).sort((a, b) => a - b);
  return {
    count,
    lines: {
      mean: round(lines.reduce((a, b) => a + b, 0) / count),
      median: lines[count >> 1],
      most: lines.at(-1),
    },
    known: round(talks.filter(({ steps }) => steps.some(({ kind }) => kind === 'person')).length / count, 3),
    rows: {
      message: perThousand(count, each.message, steps),
      messageTogether: perThousand(count, each.messageTogether, steps),
      send: perThousand(count, each.send, told(send)),
      hold: perThousand(count, each.hold, told(hold)),
    },
    longer: longer(count, seed),
    each,
  };
}

/** What message-level tracking costs where chats have fewer lines, or more. Milestones do not know the difference. */
function longer(count, seed) {
  return [0.5, 1, 2, 4].map((times) => {
    const shape = { ...values, lines: values.lines * times, botLines: values.botLines * times };
    const all = chats(count, seed, shape);
    return {
      times,
      events: Math.round((all.reduce((sum, { steps }) => sum + steps.length, 0) * 1000) / count),
    };
  });
}

const round = (value, digits = 1) => Number(value.toFixed(digits));
