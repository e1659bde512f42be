import type { Events } from '../core/events.ts';
import type { Message } from '../core/types.ts';
/** An event of chatstone, and when it was heard. */
export type Heard = {
    [K in keyof Events]: {
        event: K;
        detail: Events[K];
        at: number;
    };
}[keyof Events];
/** A signal and what came of it. */
export interface Sign {
    at: number;
    widget: string;
    type: string;
    from?: string;
    /** The milestones that it made; absent as long as it is not settled. */
    reached?: readonly string[];
    /** Why it made none. */
    why?: string;
}
/** What became of a message at one destination; times in milliseconds. */
export interface Way {
    sent?: number;
    accepted?: number;
    dropped?: string;
    /** As it left: a destination may rename. */
    name?: string;
    /** The profile that it names: the userId, else the anonymous id. */
    key?: string;
    known?: boolean;
    /** The address that went along, where the profile is named by something else. */
    email?: string;
    /** Names of the properties that went along. */
    properties?: readonly string[];
}
/** A milestone, or what was told of the person. */
export interface Told {
    messageId: string;
    type: Message['type'];
    name: string;
    /** When it happened. */
    at: number;
    /** When this page heard that it was recorded; absent where another page did. */
    recorded?: number;
    properties: Record<string, unknown>;
    /** Rollups alone: nothing that names the person. */
    traits: Record<string, unknown>;
    to: Record<string, Way>;
}
export interface Story {
    pages: {
        at: number;
        path: string;
    }[];
    /** Of the signals above a number those that made no milestone go first. */
    signs: Sign[];
    told: Told[];
    faults: {
        at: number;
        place: string;
        message: string;
    }[];
}
/** What was kept, where it has the shape of a story: another version of the panel may have left it. */
export declare function storyFrom(value: unknown): Story;
/** Takes an event into the story. */
export declare function hear(story: Story, { event, detail, at }: Heard): void;
/** The part of a story between two times, as the clock of the page has them: a milestone bears the vendor's. */
export declare const between: ({ pages, signs, told, faults }: Story, from: number, to: number) => Story;
