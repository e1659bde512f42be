/**
 * How long to wait before try number `tries` + 1, in milliseconds: full jitter under `base` * 2 ** `tries`, never more than `most`.
 * Full jitter keeps a crowd that lost the server together from coming back together. Where the server named a time, it begins there,
 * and spreads over as long again: 5 s are 11 at most for one visitor, and a crowd that was told 10 minutes comes over 5 more.
 */
export const backoff = (
  tries: number,
  base: number,
  most: number,
  named = 0,
  random = Math.random(),
): number => named + Math.round(random * Math.min(most, named + base * 2 ** tries));
