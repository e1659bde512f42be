import type { Strength } from './types.ts';
/** What is known of the person behind a visitor id. */
export interface Known {
    userId?: string;
    /** The userId is that of the vendor's own client on the page: ours follows it and is never another. */
    client?: boolean;
    id?: string;
    email?: string;
    by?: Strength;
}
/** What somebody says now, trimmed and checked. */
export interface Said {
    id?: string;
    email?: string;
    by: Strength;
    /** The user id that the vendor's client on the page has. */
    client?: string;
}
/** Whether the first word stands behind the second. */
export declare const weaker: (a: Strength, b?: Strength) => boolean;
/**
 * Decides what `said` means.
 *
 * @returns the person as known now; `another` when it is a different person, of the same strength or stronger; `weaker` when
 * it names somebody else but stands behind a stronger word, and so is no news
 */
export declare function recognise(known: Known, said: Said, identifyBy: 'email' | 'id'): Known | 'another' | 'weaker';
