/** What the site declares of a flag. */
export interface Declared {
    /** Hours after the last telling in which it stands; 72 where it is not said, 0 for no end. */
    hours?: number;
    /** Whether a purchase or a refund clears it; true where it is not said. */
    purchase?: boolean;
}
/** A flag that stands. */
export interface Flag {
    /** When it was entered, in milliseconds. */
    since: number;
    /** When it ends, in milliseconds; absent: not by itself. */
    until?: number;
}
export type Flags = Readonly<Record<string, Flag>>;
/** The trait under which a flag travels. */
export declare const traitOf: (name: string) => string;
/** Whether a trait is a flag, or the time of one. */
export declare const isFlag: (trait: string) => boolean;
/** What the site says of flags, checked; undefined where nothing of it is any. */
export declare function flagsOf(given: unknown): Record<string, boolean> | undefined;
/** Which flags stand after what was told. */
export declare function tellFlags(before: Flags, told: Readonly<Record<string, boolean>>, now: number, declared: Readonly<Record<string, Declared>>): Flags;
/** Without those that a purchase or a refund ends. */
export declare const clearFlags: (flags: Flags, declared: Readonly<Record<string, Declared>>) => Flags;
/** Without those that have become old, or were told by a clock that was far ahead. */
export declare const currentFlags: (flags: Flags, now: number) => Flags;
/** The traits that say how flags stand, where some stood before. */
export declare function flagTraits(before: Flags, after: Flags): Record<string, boolean | number>;
