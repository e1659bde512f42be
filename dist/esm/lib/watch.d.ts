/**
 * One look for everybody who waits for something on the page: at once, every 100 ms for a second, every second in the first
 * minute, every 5 s for ten minutes, then only when the page moves on or one of the `wakes` (window or document events) is heard.
 * A click begins this anew, for it may bring what is waited for. Returns what ends it.
 */
export declare function watch(look: () => void, wakes: readonly string[], now?: () => number): () => void;
