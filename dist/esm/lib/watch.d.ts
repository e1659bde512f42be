/**
 * One look for everybody who waits for something on the page: at once, after 100 ms, then whenever as long again has passed, but
 * every second in the first minute and every 5 s for ten minutes; after that only when the page moves on or one of the `wakes`
 * (window or document events) is heard. A click begins this anew, and for a second it is every 100 ms: it may bring what is
 * waited for, and open it. Returns what ends it.
 */
export declare function watch(look: () => void, wakes: readonly string[], now?: () => number): () => void;
