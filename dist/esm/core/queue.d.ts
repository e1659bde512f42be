import type { View } from '../lib/storage.ts';
import type { Message } from './types.ts';
/** A message that waits for its destination. */
export interface Queued {
    message: Message;
    /** When it was recorded, in milliseconds. */
    since: number;
    /** It goes out although nobody knows the person. */
    free?: boolean;
    /** Its destination has finished it; from here on it is sent as it stands. */
    ready?: boolean;
}
/** Counts that outlive the page. */
export interface Tally {
    /** The number of the last record: a time in milliseconds, always rising. */
    n: number;
    delivered: number;
    /** By reason. */
    dropped: Record<string, number>;
    /** News that were none, by reason. */
    ignored: Record<string, number>;
    /** Orders that were told. */
    orders: readonly string[];
    /** Milestones that were recorded … */
    milestones: number;
    /** … and those of them whose person is known. */
    known: number;
    /** The same by destination. */
    to: Record<string, {
        delivered: number;
        dropped: Record<string, number>;
    }>;
}
/** The counts, changed by `change` where it is given. */
export declare function tally(view: View, change?: (now: Tally) => Partial<Tally>): Tally;
/** Counts one more under a reason. */
export declare const count: (counts: Record<string, number>, reason: string, by?: number) => Record<string, number>;
/** Counts what a destination took, and one that it will not get where a reason is given. */
export declare function countFor(to: Tally['to'], name: string, taken: number, reason?: string): Tally['to'];
/** The keys that begin so, sorted. */
export declare const startingWith: (view: View, prefix: string) => string[];
/** The keys of the records that wait for a destination (for all, if none is named), oldest first. */
export declare const keysOf: (view: View, destination?: string) => string[];
/** The destination for which a record waits. */
export declare const destinationOf: (key: string) => string;
/** Puts a message at the end of a destination's queue, or right before the record `before`. Returns its key. */
export declare function enqueue(view: View, destination: string, message: Message, since: number, before?: string): string;
/** Takes records away that will not be delivered, and counts them. What is gone already has been counted. */
export declare function drop(view: View, keys: readonly string[], reason: string): void;
