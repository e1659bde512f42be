import type { View } from '../lib/storage.ts';
import { type Happened, type Reached } from './conversation.ts';
import { type Known, type Said } from './identity.ts';
import type { Rules } from './rules.ts';
import type { Destination, Message, Plain, Profile } from './types.ts';
/** One thing that happened on a page, written down in the task in which it happened. */
export interface Entry {
    /** The device's clock, in milliseconds. */
    now: number;
    /** The visitor id at that moment; '' if there was none yet. */
    visitor: string;
    /** A visitor id, in case a new one is needed. */
    fresh: string;
    page: Record<string, string>;
    gpc?: boolean;
    /** What the site has said about the next milestones. */
    facts: Record<string, Plain>;
    happened?: Happened;
    said?: Said & {
        traits: Record<string, unknown>;
    };
    /** Marks the page's own word of who this is, so that it is not written down again on every page. */
    user?: string;
    /** A purchase, by its order id. */
    order?: string;
    /** Flags that the site tells, on or off. */
    flags?: Record<string, boolean>;
    /** The person left: `fresh` is the visitor id from now on. */
    reset?: boolean;
    /** A page was visited: time to see what has become old. */
    visit?: boolean;
    /** A page begins: what the pages before have counted may be told. */
    counted?: boolean;
}
/** What came of an entry. */
export interface Outcome {
    /** The visitor id from now on. */
    visitor: string;
    reached: Reached[];
    messages: Message[];
    dropped: {
        reason: string;
        messages: Message[];
    }[];
    /** Why a signal made no milestone. */
    why?: string;
    /** The userId of the person who left the device, where ours is not the client's. */
    left?: string;
}
/** Whoever has the device at `now`, where `visitor` had it when the page last looked. */
export declare function follow(view: View, visitor: string, now?: number): string;
/** The person behind a visitor id, as far as known. */
export declare const knownOf: (view: View, visitor: string) => Known;
/** Whether a conversation of a visitor waits for its end, or a flag. */
export declare const hasToEnd: (view: View, visitor: string) => boolean;
/** The rollups that identify messages have carried so far. */
export declare const toldOf: (view: View, visitor: string) => Record<string, unknown>;
/** What is known of a visitor and may be shown: rollups and flags, nothing that names the person. */
export declare function profileOf(view: View, visitor: string): (destination: Destination) => Profile;
/** Takes what a visitor left behind unidentified: dropped and counted, or, where anonymous records go out, set free. */
export declare function leaveBehind(view: View, visitor: string, { hold, destinations }: Pick<Rules, 'hold' | 'destinations'>, outcome: Outcome): void;
/** Settles one entry. Throws nothing that is not a fault of ours. */
export declare function settle(view: View, entry: Entry, rules: Rules): Outcome;
