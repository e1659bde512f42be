// A seed makes everything: the chats, the ids, the jitter of the crowd.

/** Numbers from 0 to below 1 (mulberry32). @param {number} seed */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number with the bell around 0 (Box–Muller). @param {() => number} dice */
const bell = (dice) => Math.sqrt(-2 * Math.log(1 - dice())) * Math.cos(2 * Math.PI * dice());

/** A count with a long tail, by its mean. @param {() => number} dice @param {number} mean @param {number} spread of its logarithm */
export const tailed = (dice, mean, spread) => mean * Math.exp(spread * bell(dice) - (spread * spread) / 2);

/** The time until something that comes by chance. @param {() => number} dice @param {number} mean */
export const chance = (dice, mean) => -mean * Math.log(1 - dice());
