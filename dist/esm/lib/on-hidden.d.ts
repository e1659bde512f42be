/**
 * Calls `work` when the page may be about to go away: hidden, or `pagehide`. `unload` would cost the back/forward cache.
 * Returns what takes it back.
 */
export declare function onHidden(work: () => void): () => void;
