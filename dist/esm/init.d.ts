import { type Standing } from './core/delivery.ts';
import { type MilestoneName } from './core/milestones.ts';
import { type Options, type Order } from './core/options.ts';
import type { Consent, ConsentState, Destination, Message, Person, Signal, Source, Stop, Strength } from './core/types.ts';
/** What chatstone works with. */
export interface Setup extends Options {
    sources: readonly Source[];
    destinations: readonly Destination[];
    consents?: readonly Consent[];
}
/** How things stand. */
export interface Status {
    version: string;
    consent: {
        state: ConsentState;
        by: string;
    };
    /** '' as long as there is nothing to tell. */
    visitor: string;
    identity: {
        userId?: string;
        by?: Strength;
    };
    widgets: Record<string, {
        found: boolean;
    }>;
    storage: 'closed' | 'indexeddb' | 'memory';
    /** Records that wait, by destination; `held` of them wait for a person. */
    queued: Record<string, number>;
    held: number;
    delivered: number;
    dropped: Record<string, number>;
    ignored: Record<string, number>;
    destinations: Record<string, Standing>;
    errors: Record<string, number>;
    lastError?: string;
}
/** What can be listened to. */
export interface Events {
    signal: {
        widget: string;
        signal: Omit<Signal, 'conversation'>;
        at: number;
        why?: string;
    };
    milestone: Message & {
        name: string;
    };
    delivered: {
        destination: string;
        messages: Message[];
    };
    dropped: {
        destination: string;
        reason: string;
        messages: Message[];
    };
    error: {
        place: string;
        message: string;
    };
}
/** The running chatstone. Every call is safe at any time, in any order, with any arguments. */
export interface Chatstone {
    /** The page knows who this is. */
    identify(person: Person): void;
    /** A home-made widget tells a milestone itself. */
    milestone(name: MilestoneName, properties?: Record<string, unknown>): void;
    /** Sets the topic of the current conversation, or of the next one. */
    topic(topic: string): void;
    /** Facts for the next milestones; `undefined` takes one back. */
    context(facts: Record<string, unknown>): void;
    /** Says, or withdraws, that we may store and send. */
    consent(state: 'granted' | 'denied'): void;
    /** A purchase, once per order id. */
    purchase(order: Order): void;
    /** Opens a widget on request; it counts as an opening. */
    open(widget?: string): void;
    /** Log-out: forgets the person and takes a new visitor id. */
    reset(): void;
    /** Delivers what waits, now. */
    flush(): Promise<void>;
    status(callback?: (status: Status) => void): Promise<Status>;
    on<K extends keyof Events>(event: K, callback: (event: Events[K]) => void): Stop;
    stop(): void;
}
/** Starts chatstone. Nothing runs before this is called. */
export declare function init({ sources, destinations, consents, ...options }: Setup): Chatstone;
