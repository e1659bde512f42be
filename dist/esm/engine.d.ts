import { type Standing } from './core/delivery.ts';
import type { Events } from './core/events.ts';
import { type Entry, type Rules } from './core/settle.ts';
import type { Destination, Strength } from './core/types.ts';
import type { Visitor } from './core/visitor.ts';
import type { Storage } from './lib/storage.ts';
/** How milestones and their delivery stand. */
export interface EngineStatus {
    identity: {
        userId?: string;
        by?: Strength;
    };
    /** Records that wait, by destination. */
    queued: Record<string, number>;
    /** How many of them wait for a person. */
    held: number;
    delivered: number;
    dropped: Record<string, number>;
    ignored: Record<string, number>;
    destinations: Record<string, Standing>;
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
/** What the engine works with. */
export interface Parts {
    kept: Storage;
    visitor: Visitor;
    rules: Omit<Rules, 'destinations'>;
    /** An entry of this moment, without anything that happened. */
    entry(): Entry;
    tell<K extends keyof Events>(event: K, detail: Events[K]): void;
}
/** Composes settling, queue and delivery. */
export declare function engine({ kept, visitor, rules, entry, tell }: Parts, destinations: readonly Destination[]): Engine;
