// A crowd of pages that wait for a server: when each of them tries, by the rules of src/core/delivery.ts and with its own backoff.
// test/house/cost-doc.test.ts holds this against the real delivery, try by try.
import { backoff } from '../../dist/esm/lib/backoff.js';
import { chance, random } from './random.mjs';
import { LIMIT } from './shape.mjs';

export const SECOND = 1000; // milliseconds
export const MINUTE = 60 * SECOND;

const HOUR = 60 * MINUTE;

/**
 * How pages wait. Absent: as chatstone does now.
 * @typedef {object} Rule
 * @property {number} [most] the longest backoff, in milliseconds
 * @property {number} [base] what the first backoff is under, in milliseconds
 * @property {boolean} [whole] jitter over the whole of `most` from the first failure on
 * @property {number} [spread] milliseconds over which tries are spread that were asked for (network back, page view, new record), however many failed
 * @property {number} [late] the same for those that the server put off (Retry-After), whatever it named
 * @property {boolean} [alone] what goes ahead is all: no second request in a round
 */

/** One page that waits, as the rules have it. @param {() => number} dice @param {Rule} [rule] */
export function page(dice, { most = 5 * MINUTE, base = SECOND, whole = false, spread, late } = {}) {
  return {
    tries: 0,
    until: 0,
    firm: false,
    /** A try failed: when the next one is due. @param {number} now @param {number} [after] what the server said, in milliseconds */
    failed(now, after = 0) {
      this.firm = after > 0;
      const wait =
        this.firm && late !== undefined
          ? after + (late && dice() * late)
          : backoff(this.tries, whole ? most : base, most, after, dice());
      this.tries++;
      this.until = now + Math.min(wait, HOUR);
    },
    /** Somebody asks for it. */
    asked(now) {
      if (this.firm || this.until - now <= SECOND) return;
      const over = spread ?? MINUTE; // 0: all at once
      const failed = spread === undefined ? this.tries - 4 : Number.POSITIVE_INFINITY;
      this.until = Math.min(this.until, now + SECOND + (over && backoff(failed, SECOND, over, 0, dice())));
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
  const all = Array.from({ length: pages }, () => page(dice, rule));
  const wake = new Float64Array(pages).fill(Number.POSITIVE_INFINITY); // when it is asked next
  let tries = 0;
  /** A try failed: when the page's next one is due, by itself or because somebody asks before. */
  const failed = (one, now, later = 0) => {
    const waiting = all[one];
    tries++;
    waiting.failed(now, later);
    for (; wake[one] < waiting.until; wake[one] += chance(dice, used))
      if (wake[one] >= now) waiting.asked(wake[one]);
    if (online && now < outage && waiting.until > outage) waiting.asked(outage);
    waiting.until = Math.max(waiting.until, now + 1);
  };
  // As long as nobody answers, pages have nothing to do with each other.
  for (let one = 0; one < pages; one++) {
    const waiting = all[one];
    waiting.until = dice() * outage; // its first try
    if (used) wake[one] = waiting.until + chance(dice, used);
    while (waiting.until < outage) failed(one, waiting.until, date ? outage - waiting.until : 0);
  }

  const ticks = END / TICK; // since the return
  const first = new Int32Array(ticks).fill(-1); // page that is due in a tick; the others follow by `after`
  const after = new Int32Array(pages);
  const put = (one) => {
    const tick = Math.ceil((all[one].until - outage) / TICK);
    if (tick >= ticks) return;
    after[one] = first[tick];
    first[tick] = one;
  };
  for (let one = 0; one < pages; one++) put(one);
  const ahead = new Uint8Array(pages); // what went ahead was taken
  const bins = new Uint32Array((ticks * TICK) / SECOND); // requests by second
  let inWindow = 0;
  let left = pages;
  let delivered = 0;
  for (let tick = 0; tick < ticks && left; tick++) {
    const since = tick * TICK;
    if (since % (LIMIT.seconds * SECOND) === 0) inWindow = 0;
    // A page that is due again comes in a later tick.
    for (let one = first[tick], next = -1; one >= 0; one = next) {
      next = after[one];
      bins[Math.floor(since / SECOND)]++;
      if (strict && inWindow >= LIMIT.requests) {
        ahead[one] = 0;
        failed(one, outage + since);
        put(one);
        continue;
      }
      inWindow++;
      tries++;
      if (!ahead[one] && !rule.alone) {
        ahead[one] = 1;
        all[one].taken(outage + since + ANSWER);
        put(one);
      } else if (--left < pages / 100 && !delivered) delivered = since || TICK;
    }
  }
  let peak = 0;
  let over = 0;
  for (let i = 0; i + LIMIT.seconds <= bins.length; i++) {
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
