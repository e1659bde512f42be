/** What a transaction sees: all that is stored, sorted by key. Values are never mutated: a change is a new value. */
export type View = Map<string, any>;
/** A small database that never throws into the page: IndexedDB, and memory where that cannot be had. */
export interface Storage {
    /** Writes one value in this very task, so that it outlives a page that leaves at once. */
    keep(key: string, value: unknown): void;
    /** Runs `work` in one transaction over all that is stored and stores what it changed; if it throws, nothing is stored. */
    change<T>(work: (view: View) => T): Promise<T>;
    /** All that was stored when this page last looked. */
    last(): View;
    /** Deletes everything of ours, the notes too, for good: from here on it keeps nothing. */
    erase(): Promise<void>;
    /** Where things stand now. */
    kind(): 'closed' | 'indexeddb' | 'memory';
}
/**
 * The database `name`, opened when it is first used. What is kept before the connection stands goes into `localStorage`, a
 * note a value, because a database that is still opening keeps nothing for a page that leaves; it moves over afterwards.
 *
 * @param erased called when another page of this site deleted the database
 */
export declare function storage(name: string, erased: () => void): Storage;
