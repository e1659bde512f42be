import type { Storage, View } from '../lib/storage.ts';
import { type ConsentState, type Destination, type Message } from './types.ts';
/** How things stand with a destination. */
export interface Standing {
    /** Failures in a row. */
    tries: number;
    /** Not before this time, in milliseconds. */
    until: number;
    /** The server said so (Retry-After): nothing goes before. */
    firm?: boolean;
    /** The target that has taken a record. */
    accepted?: string;
    /** What went wrong last. */
    error?: string;
}
/** What delivery tells. */
export interface Told {
    sent(destination: string, messages: Message[]): void;
    delivered(destination: string, messages: Message[]): void;
    dropped(destination: string, reason: string, messages: Message[]): void;
}
export interface Delivery {
    /** Something may be ready to go: a new record, an identification, the network, the page is back. */
    wake(): Promise<void>;
    /** The page may be about to go: what waits is sent at once, and kept. */
    leave(): void;
    stop(): void;
}
/** How things stand with a destination, as stored. */
export declare const standing: (view: View, destination: Destination) => Standing;
/** Where the page is about to go. */
export interface Ahead {
    /** Another document is on its way. */
    soon(): boolean;
    /** It is a page of this site on which we are at work, too. */
    ours(): boolean;
}
/** What is so on the page now. */
export interface Present {
    /** The visitor who has it. */
    visitor(view: View): string;
    /** Whether a destination may be given anything. */
    consent(destination: Destination): ConsentState;
}
/** What a destination works through is there. */
export declare const isThere: ({ name, ready }: Destination) => boolean;
/** It is there, and may be given something. */
export declare const open: (destination: Destination, present: Present) => boolean;
/**
 * @param hold records of unknown persons stay, unless a destination's routing says otherwise
 */
export declare function delivery(storage: Storage, all: readonly Destination[], hold: boolean, told: Told, ahead: Ahead, present?: Present, now?: () => number): Delivery;
