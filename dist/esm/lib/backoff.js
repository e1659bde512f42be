/**
 * How long to wait before try number `tries` + 1, in milliseconds: full jitter under `base` * 2 ** `tries`, never more than `most`.
 * Full jitter keeps a crowd that lost the server together from coming back together.
 */
export const backoff = (tries, base, most, random = Math.random()) => Math.round(random * Math.min(most, base * 2 ** tries));
