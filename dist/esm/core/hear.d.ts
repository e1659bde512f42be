import type { Entry } from './settle.ts';
import { type Topics } from './topics.ts';
import type { Person, Signal, Source, Strength } from './types.ts';
/** A string or number as a short trimmed text, or undefined. */
export declare const brief: (value: unknown) => string | undefined;
/** What somebody says of who the visitor is, if anything. `who` names the speaker in what is said to the developer. */
export declare function said({ id, email: given, phone, name, traits }: Person, by: Strength, who: string): Entry['said'] | undefined;
/** Where and when a signal is heard. */
export interface Hearing {
    topics: Topics;
    pages: Record<string, string>;
    now: number;
    fresh: string;
    /** A person just opened a window, or the page did on request. Asked for openings only. */
    gesture(widget: string): boolean;
    active: boolean;
}
/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export declare function hear({ name, tells }: Pick<Source, 'name' | 'tells'>, signal: Signal, text: unknown, { gesture, now, topics, pages, ...rest }: Hearing): Pick<Entry, 'happened' | 'said'> | undefined;
