/** The writing half of a small database: what is put outlives a page that leaves in the same task. */
export interface Keep {
    readonly name: string;
    /** The connection; rejects where IndexedDB cannot be had. A connection that was lost is opened anew. */
    open(): Promise<IDBDatabase>;
    /** Whether there is a connection. */
    stands(): boolean;
    /** Whether the last transaction was given up because it hung. */
    hangs(): boolean;
    /** A transaction over the connection that stands. */
    begin(mode?: IDBTransactionMode): IDBTransaction;
    /** Ends when the page is back from the back/forward cache; undefined where it is not there. */
    asleep(): Promise<void> | undefined;
    /** How often it went there: what ran at that moment was ended. */
    naps(): number;
    /** The connection is of no use any more. */
    lose(): void;
    /** Writes a value in this very task. */
    put(key: string, value: unknown): void;
    /** What did not get into the database, for want of a connection or for another fault. */
    readonly early: Map<string, unknown>;
    /** What is noted in localStorage, of this page and of pages that died before their connection stood. */
    notes(): string[];
    forget(keys: readonly string[]): void;
    /** Deletes everything whose name begins with ours, for good: from here on nothing is kept. */
    erase(): void;
    dead(): boolean;
}
/**
 * The database `name`, with one store of the same name. What is put is noted in `localStorage` too until it stands there,
 * a note a value: a database that is still opening, or busy, keeps nothing for a page that leaves.
 *
 * @param erased called when another page of this site deleted the database
 */
export declare function keep(name: string, erased: () => void): Keep;
