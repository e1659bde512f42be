import type { MilestoneName, Plain, Signal } from './types.ts';
/** Why a rating made no milestone. */
export declare const OFF_SCALE = "not on its scale";
/** A signal with all that the decision needs; the agent only as a hash. */
export type Happened = Signal & {
    widget: string;
    /** In milliseconds: the vendor's time where it is sane, else the device's. */
    when: number;
    /** The vendor's own time, however old: what it tells again it tells with the same. */
    own?: number;
    /** A person just did something that may have opened the window, or the page opened it itself. */
    gesture: boolean;
    /** This page has seen a gesture since it loaded. */
    active: boolean;
    /** An id for the conversation that may begin now. */
    fresh: string;
    /** What the visitor's words, or else the page, speak of. */
    guess?: string;
    /** A topic that was named before the conversation began. */
    preset?: string;
    /** The source can tell the end of a conversation. */
    ends: boolean;
};
/** How far a conversation is. */
export interface Conversation {
    /** `conversation_id` on the wire; never changes. */
    id: string;
    widget: string;
    /** The vendor's id; it may come late. */
    vendor?: string;
    /** Time of the last signal. */
    at: number;
    /** Timestamp of the last milestone: the next one is never before it. */
    told: number;
    /** The facts that were told, each once. */
    facts: readonly string[];
    topic?: string;
    team?: string;
    score?: number;
    /** Time of the visitor's message that opened the case; absent when nothing is open. */
    open?: number;
    /** It has ended, and no later message has reopened it. */
    ended?: boolean;
    /** The latest message of the visitor and the latest end, each by its own clock: what is not newer is a replay. */
    heard: {
        message?: number;
        end?: number;
    };
    /** When the last change of a value was told, by milestone. */
    changed: Readonly<Record<string, number>>;
    ends: boolean;
}
/** A milestone that was reached. */
export interface Reached {
    name: MilestoneName;
    conversation: Conversation;
    /** What it is once per, beside the conversation. */
    once: string;
    /** When it happened, in milliseconds. */
    at: number;
    properties: Record<string, Plain>;
}
/** What a signal did: the conversations as they are now, what was reached, and otherwise why nothing was. */
export interface Step {
    conversations: readonly Conversation[];
    reached: Reached[];
    why?: string;
}
/** Maps a rating linearly to 1 (worst) to 5 (best), two decimals; undefined if it does not lie on its scale. */
export declare function score(rating: unknown, worst: number, best: number): number | undefined;
/**
 * Takes one signal to the conversations of a visitor, oldest first.
 *
 * @param idle milliseconds of silence after which a conversation without a vendor's id is over
 */
export declare function advance(all: readonly Conversation[], signal: Happened, idle: number): Step;
