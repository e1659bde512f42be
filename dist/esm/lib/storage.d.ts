import type { Keep } from './keep.ts';
/** What a transaction sees: all that is kept, by key. Values are never mutated: a change is a new value. */
export type View = Map<string, any>;
/** The reading half: one transaction over all that is kept; memory where IndexedDB cannot be had. */
export interface Storage {
    /** Writes one value in this very task. */
    keep(key: string, value: unknown): void;
    /**
     * Runs `work` in one transaction over all that is kept and stores what it changed; if it throws, nothing is stored. Throws
     * where the database is there and does not answer; ask again later.
     */
    change<T>(work: (view: View) => T): Promise<T>;
    /** All that was kept when this page last looked. */
    last(): View;
    /** Whether nobody else has changed anything since; true where that cannot be known. */
    fresh(): boolean;
    /** Where things stand now. */
    kind(): 'closed' | 'indexeddb' | 'memory';
}
/** Transactions over what `kept` keeps. */
export declare function storage(kept: Keep): Storage;
