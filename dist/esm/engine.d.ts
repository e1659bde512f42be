import { type Standing } from './core/delivery.ts';
import type { Events } from './core/events.ts';
import type { Choices } from './core/options.ts';
import { type Entry } from './core/settle.ts';
import type { showing } from './core/showing.ts';
import type { ConsentState, Destination, Plain, Routing, Strength } from './core/types.ts';
import type { Visitor } from './core/visitor.ts';
import type { Keep } from './lib/keep.ts';
/** How a destination stands. */
export interface DestinationStatus extends Standing {
    /** Messages that it took. */
    delivered: number;
    /** Messages that it will not get, by reason. */
    dropped: Record<string, number>;
    /** What it works through is on the page. */
    ready: boolean;
    /** Whether it may be given anything; its own consent, where it has one. */
    consent: ConsentState;
}
/** How milestones and their delivery stand. */
export interface EngineStatus {
    /** `client`: the userId is the one that the vendor's client on the page has. */
    identity: {
        userId?: string;
        by?: Strength;
        client?: boolean;
    };
    /** The rollups that identify messages have carried so far. */
    traits: Record<string, unknown>;
    /** Records that wait, by destination. */
    queued: Record<string, number>;
    /** How many of them wait for a person. */
    held: number;
    /** Each of them, oldest first. */
    waiting: {
        destination: string;
        name: string;
        messageId: string;
        held: boolean;
    }[];
    delivered: number;
    dropped: Record<string, number>;
    ignored: Record<string, number>;
    destinations: Record<string, DestinationStatus>;
    /** What was said to the developer on the console. */
    said: string[];
    storage: 'closed' | 'indexeddb' | 'memory';
}
export interface Engine {
    /** Settles what was written down, on this page or on others. */
    settle(): Promise<void>;
    /** Something may be ready to go. */
    wake(): Promise<void>;
    /** The page may be about to go. */
    leave(): void;
    /** Looks whether the page's clients know somebody new. */
    look(): void;
    status(): Promise<EngineStatus>;
    stop(): void;
}
/** The one row that a page reads before it has an engine. */
export interface About {
    visitor: string;
    /** Marks the page's own word of who this is. */
    user?: string;
    /** A case is open, or a flag stands. */
    open: boolean;
    /** Marks the parts of the site in which we were at work. */
    places?: readonly string[];
}
/** What the engine works with. */
export interface Parts {
    kept: Keep;
    visitor: Pick<Visitor, 'read' | 'write'>;
    options: Choices;
    /** An entry of this moment, without anything that happened. */
    entry(): Entry;
    tell<K extends keyof Events>(event: K, detail: Events[K]): void;
    /** The shop's context, as it is known now. */
    shop?(): Record<string, Plain>;
    /** Asks for a consent of a destination's own; `changed` is told each state. */
    permit?(name: string, asked: NonNullable<Routing['consent']>, changed: (state: ConsentState) => void): void;
    /** What the page has said of a destination that has no consent of its own. */
    word?(name: string): ConsentState | undefined;
}
/**
 * Composes settling, queue and delivery.
 *
 * @param show where a destination shows what is known; in a module of its own, for few need it
 */
export declare function engine({ kept: writing, visitor, options, entry, tell, shop, permit, word }: Parts, given: readonly Destination[], show?: typeof showing): Engine;
