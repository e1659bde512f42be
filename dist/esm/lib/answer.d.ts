/** The server refused what was sent (400, 413, 422): the batch is split until the bad record stands alone. */
export declare class Refused extends Error {
}
/** A wrong key or host (401, 403, 404), not a wrong record: everything is kept and tried again slowly. */
export declare class Misconfigured extends Error {
}
/** The server asked to come back later (429 or 503 with Retry-After). */
export declare class Later extends Error {
    /** How long to wait, in seconds. */
    readonly seconds: number;
    constructor(seconds: number, message?: string);
}
/** Some of a batch was taken, the rest was not, for a cause of its own. */
export declare class Partly<T = unknown> extends Error {
    readonly taken: readonly T[];
    readonly cause: unknown;
    constructor(taken: readonly T[], cause: unknown);
}
