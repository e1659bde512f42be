// A crowd of pages that wait for a server: when each of them tries, by the rules of src/core/delivery.ts and with its own backoff.
// test/house/cost-doc.test.ts holds this against the real delivery, try by try.
import { backoff } from '../../dist/esm/lib/backoff.js';
import { chance, random } from './random.mjs';
import { LIMIT } from './shape.mjs';

export const SECOND = 1000; // milliseconds
export const MINUTE = 60 * SECOND;

/**
 * How pages wait. Absent: as chatstone does now.
 * @typedef {object} Rule
 * @property {number} [most] the longest backoff, in milliseconds
 * @property {boolean} [whole] jitter over the whole of `most` from the first failure on
 * @property {number} [spread] milliseconds over which tries are spread that were asked for (network back, page view, new record)
 * @property {number} [late] the same for those that the server put off (Retry-After)
 * @property {boolean} [alone] what goes ahead is all: no second request in a round
 */

/** One page that waits, as the rules have it. @param {() => number} dice @param {Rule} [rule] */
export function page(dice, { most = 5 * MINUTE, whole = false, spread = 0, late = 0 } = {}) {
  return {
    tries: 0,
    until: 0,
    firm: false,
    /** A try failed: when the next one is due. @param {number} now @param {number} [after] what the server said, in milliseconds */
    failed(now, after = 0) {
      this.firm = after > 0;
      const wait = this.firm
        ? after + (late && dice() * late)
        : backoff(this.tries, whole ? most : SECOND, most, dice());
      this.tries++;
      this.until = now + wait;
    },
    /** Somebody asks for it. */
    asked(now) {
      const soon = SECOND + (spread && dice() * spread);
      if (!this.firm && this.until - now > soon) this.until = now + soon;
    },
    /** Some of it was taken. */
    taken(now) {
      this.tries = 0;
      this.until = now;
      this.firm = false;
    },
  };
}

const TICK = 50; // milliseconds
const ANSWER = 200; // milliseconds until the answer of a server that is there
const END = 2 * 60 * MINUTE; // after the return, at the latest

/**
 * Pages that each have several records waiting: one goes ahead, then the rest follows.
 * @param {object} story
 * @param {number} story.pages
 * @param {number} story.outage in milliseconds
 * @param {number} story.seed
 * @param {Rule} [story.rule]
 * @param {number} [story.used] a page is viewed, or a record is made, so often on each, in milliseconds on average; absent: never
 * @param {boolean} [story.online] the network was away, not the server: all pages are told at once that it is back
 * @param {boolean} [story.date] the server says to all of them: not before the time at which it is back
 * @param {boolean} [story.strict] the server takes no more than the limit, and answers 429 to the rest
 */
export function crowd({
  pages,
  outage,
  seed,
  rule = {},
  used = 0,
  online = false,
  date = false,
  strict = false,
}) {
  const dice = random(seed);
  const ticks = Math.ceil((outage + END) / TICK) + 1;
  const first = new Int32Array(ticks).fill(-1); // page that is due in a tick; the others follow by `after`
  const after = new Int32Array(pages);
  const all = Array.from({ length: pages }, () => page(dice, rule));
  const wake = new Float64Array(pages); // when it is asked next
  const ahead = new Uint8Array(pages); // what went ahead was taken
  const put = (one, time) => {
    const tick = Math.ceil(time / TICK);
    if (tick >= ticks) return;
    after[one] = first[tick];
    first[tick] = one;
  };
  /** When a page has something to do next: its own time, or somebody asks before. */
  const plan = (one, now) => {
    const waiting = all[one];
    for (; wake[one] < waiting.until; wake[one] += chance(dice, used))
      if (wake[one] >= now) waiting.asked(wake[one]);
    if (online && now < outage && waiting.until > outage) waiting.asked(outage);
    put(one, Math.max(waiting.until, now + 1));
  };
  for (let one = 0; one < pages; one++) {
    all[one].until = dice() * outage; // its first try
    wake[one] = used ? all[one].until + chance(dice, used) : Number.POSITIVE_INFINITY;
    put(one, all[one].until);
  }
  const window = LIMIT.seconds * SECOND;
  const bins = new Uint32Array(Math.ceil((ticks * TICK) / SECOND) + 1); // requests by second
  let inWindow = 0;
  let windowEnds = 0;
  let left = pages;
  let delivered = 0;
  let tries = 0;
  for (let tick = 0; tick < ticks && left; tick++) {
    const now = tick * TICK;
    if (now >= windowEnds) {
      inWindow = 0;
      windowEnds = now + window;
    }
    for (let one = first[tick]; one >= 0; ) {
      const next = after[one];
      bins[Math.floor(now / SECOND)]++;
      tries++;
      if (now < outage) {
        all[one].failed(now, date ? outage - now : 0);
        plan(one, now);
      } else if (strict && inWindow >= LIMIT.requests) {
        ahead[one] = 0;
        all[one].failed(now);
        plan(one, now);
      } else {
        inWindow++;
        if (ahead[one] || rule.alone) {
          left--;
          if (left < pages / 100 && !delivered) delivered = now - outage;
        } else {
          ahead[one] = 1;
          all[one].taken(now);
          put(one, now + ANSWER);
        }
      }
      one = next;
    }
  }
  const from = Math.ceil(outage / SECOND);
  let peak = 0;
  let over = 0;
  for (let i = from; i + LIMIT.seconds <= bins.length; i++) {
    const sum = bins.subarray(i, i + LIMIT.seconds).reduce((a, b) => a + b);
    peak = Math.max(peak, sum);
    if (sum > LIMIT.requests) over++;
  }
  return {
    pages,
    /** Requests in the busiest three seconds from the return on. */
    peak,
    /** Seconds after the return until 99 of 100 pages had delivered all; null: not in two hours. */
    done: delivered ? Math.round(delivered / SECOND) : null,
    /** Of a page, the failed ones too. */
    requests: Number((tries / pages).toFixed(1)),
    /** Seconds in which three seconds begin that are over the limit. */
    over,
  };
}

/** The largest crowd whose busiest three seconds stay under the limit. Pages do not know of each other: it grows with them. */
export function holds({ peak, pages }) {
  return Number(((LIMIT.requests * pages) / peak).toPrecision(2));
}
