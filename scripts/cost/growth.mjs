// From a thousand chats a day to ten million: what reaches the server in its busiest moment, on paper and counted.
import { random } from './random.mjs';
import { DAY, LIMIT } from './shape.mjs';

const HOUR = 3600;
const SECONDS = 24 * HOUR;
const BUSY = (DAY.to - DAY.from) * HOUR; // seconds
const RATE = DAY.share / BUSY; // of a day's chats, in one second of the busy hours

/** The number that chance exceeds less than once in `times`, where `mean` are expected (Poisson). */
function rarely(mean, times) {
  let term = Math.exp(-mean);
  if (!term) return Math.ceil(mean + 4 * Math.sqrt(mean)); // 1 in 18,000 is 3.9 standard deviations
  let sum = term;
  let n = 0;
  while (1 - sum > 1 / times) {
    n++;
    term *= mean / n;
    sum += term;
  }
  return n;
}

/** @param {number} chats a day @param {{ calls: number, requests: number, bytes: number, events: number }} row of a thousand chats */
export function onPaper(chats, { events, calls, requests, bytes }) {
  const a = (of) => (of * chats) / 1000;
  const busy = (of, seconds) => rarely(a(of) * RATE * seconds, BUSY / seconds);
  return {
    chats,
    eventsPerSecond: a(events) / SECONDS,
    busiestSecond: busy(requests, 1),
    busiestWindow: busy(requests, LIMIT.seconds),
    callsWindow: busy(calls, LIMIT.seconds),
    calls: Math.round(a(calls)),
    bytes: Math.round(a(bytes)),
  };
}

/** Chats a day at which the busiest three seconds reach the limit, counted by `requests` or by `calls` in them. */
export function reached(row, of) {
  let low = 0;
  let high = 1e10;
  while (high - low > 1000) {
    const middle = (low + high) / 2;
    const mean = ((row[of] * middle) / 1000) * RATE * LIMIT.seconds;
    if (rarely(mean, BUSY / LIMIT.seconds) < LIMIT.requests) low = middle;
    else high = middle;
  }
  return Number(low.toPrecision(2));
}

/**
 * Counts a day: each chat is one of those that were lived through, at a time of the day's curve.
 * @param {number} count chats
 * @param {import('./device.mjs').Request[][]} each chat's requests, first those of the chats, then of the openings without a line
 * @param {number} talks how many of `each` are chats
 * @param {number} seed
 */
export function counted(count, each, talks, seed) {
  const dice = random(seed);
  const seconds = new Uint32Array(SECONDS);
  const offsets = each.map((requests) => Int32Array.from(requests, ({ at }) => Math.floor(at / 1000)));
  const idle = each.length - talks;
  const begin = () => {
    const busy = dice() < DAY.share;
    const at = dice() * (busy ? BUSY : SECONDS - BUSY);
    if (busy) return DAY.from * HOUR + at;
    return at < DAY.from * HOUR ? at : at + BUSY;
  };
  const add = (from, of) => {
    const start = Math.floor(begin());
    for (const offset of offsets[from + Math.floor(dice() * of)]) seconds[(start + offset) % SECONDS]++;
  };
  let owed = 0; // openings
  for (let i = 0; i < count; i++) {
    add(0, talks);
    for (owed += idle / talks; owed >= 1; owed--) add(talks, idle);
  }
  let requests = 0;
  let busiestSecond = 0;
  let busiestWindow = 0;
  for (let i = 0; i < SECONDS; i++) {
    requests += seconds[i];
    busiestSecond = Math.max(busiestSecond, seconds[i]);
    let sum = 0;
    for (let j = 0; j < LIMIT.seconds; j++) sum += seconds[(i + j) % SECONDS];
    busiestWindow = Math.max(busiestWindow, sum);
  }
  return { chats: count, requests, busiestSecond, busiestWindow };
}
