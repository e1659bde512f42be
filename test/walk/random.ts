// A seed makes everything: what happens, ids, the jitter of backoffs, the weather.

export interface Random {
  /** At least 0, less than 1. */
  (): number;
  below(end: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** Numbers from a seed (mulberry32). */
export function random(seed: number): Random {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return Object.assign(next, {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(from: readonly T[]) => from[below(from.length)]!,
  });
}

/** A seed from several words. */
export function seedOf(...words: (string | number)[]): number {
  let bits = 0x811c9dc5;
  for (const letter of words.join('\n')) bits = Math.imul(bits ^ letter.charCodeAt(0), 0x01000193);
  return bits >>> 0;
}
