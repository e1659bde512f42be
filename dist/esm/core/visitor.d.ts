/** The visitor id of this browser; the names of cookie and localStorage item are handed in. */
export interface Visitor {
    /** The id that stands there now, or ''. */
    read(): string;
    /** Writes an id, a new one if none is given, and notes that we made it. */
    write(id?: string): string;
    /** Takes the id away if we made it. */
    remove(): void;
    /** Told once: the id that stood here on this page and was taken away since, as the `reset` of analytics.js does; else ''. */
    gone(): string;
    /** An id of ours stood here on an earlier page: while our note of it is left, it was taken away since. */
    stood(id: string): void;
}
/**
 * @param name cookie and localStorage item; localStorage holds a JSON string, the cookie the bare id, a year long, on the
 * registrable domain, as analytics.js-like clients write them
 */
export declare function visitorId(name: string): Visitor;
