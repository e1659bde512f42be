import type { Status } from '../calls.ts';
import type { Sign, Told } from './story.ts';
/** 14:03:27 */
export declare const clock: (time: number) => string;
/** 2026-11-28, where the tester is: as the clock beside it. */
export declare const day: (time: number) => string;
/** How long, for people: `0.4 s`, `3 min`, `2 h`. */
export declare function span(milliseconds: number): string;
export declare const many: (count: number, what: string) => string;
/** What a signal says. */
export declare function signal({ type, from }: Pick<Sign, 'type' | 'from'>): string;
/** Why a signal made no milestone. */
export declare function reason({ type, from, why }: Sign): string;
/** What came of a signal. */
export declare function outcome(sign: Sign, consent: string): string;
/** How far a message is at one destination. */
export interface Stand {
    state: 'accepted' | 'sent' | 'waiting' | 'dropped' | 'elsewhere';
    words: string;
}
/** How far a message is, by destination. */
export declare function stands({ messageId, recorded, at, to }: Told, status: Status, now?: number): Record<string, Stand>;
/** Who says whether we may. */
export declare function consent({ state, by }: Status['consent']): string;
/** The rule by which somebody is known. */
export declare function identity({ identity, held }: Status): string;
/** What waits at a destination, and why. '' where nothing does. */
export declare function waits(name: string, status: Status, now: number): string;
/** What to do about what went wrong; '' where that is said already. */
export declare function remedy(message: string): string;
