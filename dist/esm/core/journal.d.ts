import type { Storage } from '../lib/storage.ts';
import { type Entry, type Outcome, type Rules } from './settle.ts';
import type { Visitor } from './visitor.ts';
export interface Journal {
    /** Writes an entry down and settles it. */
    write(entry: Entry): void;
    /** Settles what is there, also what other pages left. */
    settle(): Promise<void>;
}
/**
 * @param visit stands for the visit of this page, and is settled once, if there is a visitor
 * @param settled called with what came of each entry, after it is stored
 */
export declare function journal(storage: Storage, visitor: Visitor, rules: Rules, visit: Entry | undefined, settled: (outcome: Outcome, entry: Entry) => void): Journal;
