import type { Entry } from './settle.ts';
import { type Topics } from './topics.ts';
import type { Person, Signal, Source, Strength } from './types.ts';
/** A short trimmed text of a string or number, or undefined. */
export declare const brief: (value: unknown) => string | undefined;
/** What somebody says of who the visitor is. `who` names the speaker in messages to the developer. */
export declare function said(person: Person, by: Strength, who: string): Entry['said'] | undefined;
/** What turns a source's signals into entries of the journal. */
export interface Hearing {
    topics: Topics;
    pages: Record<string, string>;
    now: number;
    fresh: string;
    path: string;
    /** A person just opened a window, or the page did on request. Asked for openings only. */
    gesture(widget: string): boolean;
    active: boolean;
}
/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export declare function hear(source: Pick<Source, 'name' | 'tells'>, signal: Signal, text: string | undefined, { topics, pages, now, fresh, path, gesture, active }: Hearing): Pick<Entry, 'happened' | 'said'> | undefined;
