/**
 * How long to wait before try number `tries` + 1, in milliseconds: full jitter under `base` * 2 ** `tries`, never more than `most`.
 * Full jitter keeps a crowd that lost the server together from coming back together.
 */
export declare const backoff: (tries: number, base: number, most: number, random?: number) => number;
