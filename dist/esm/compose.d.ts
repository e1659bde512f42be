import { type Ask } from './core/consent.ts';
import { EVENTS, type Events } from './core/events.ts';
import { type MilestoneName } from './core/milestones.ts';
import { type Choices, type Options, type Order } from './core/options.ts';
import type { Consent, ConsentState, Destination, Person, Source, Stop, Told } from './core/types.ts';
import type { Engine, EngineStatus, Parts } from './engine.ts';
export { EVENTS };
/** What chatstone works with. */
export interface Setup extends Omit<Options, 'consent'> {
    sources: readonly Source[];
    destinations: readonly Destination[];
    /** The platforms that `auto` looks for, and that `consent` may name. */
    consents?: readonly Consent[];
    /** `auto`, `granted`, `manual`, the name of one of `consents`, or the site's own function. */
    consent?: string | Ask;
}
/** How things stand; what waits and what was delivered is known once consent is given. */
export interface Status extends Partial<EngineStatus> {
    version: string;
    consent: {
        state: ConsentState;
        by: string;
    };
    /** '' as long as there is nothing to tell. */
    visitor: string;
    /** `tells` is known once its file is there. */
    widgets: Record<string, {
        found: boolean;
        tells: readonly Told[];
    }>;
    /** The ids of the topics. */
    topics: string[];
    /** What was said to the developer on the console. */
    said: string[];
    errors: Record<string, number>;
    lastError?: string;
}
/** The running chatstone. Every call is safe at any time, in any order, with any arguments. */
export interface Chatstone {
    /** The page knows who this is. */
    identify(person: Person): void;
    /** A home-made widget tells a milestone itself. */
    milestone(name: MilestoneName, properties?: Record<string, unknown>): void;
    /** Sets the topic of the current conversation, or of the next one. */
    topic(topic: string): void;
    /**
     * Facts for the next milestones; `undefined` takes one back. Under `flags` audience flags, on or off; the names of the shop's
     * context (docs/data-contract.md) are shown to agents.
     */
    context(facts: Record<string, unknown> & {
        flags?: Record<string, boolean>;
    }): void;
    /** Says, or withdraws, that we may store and send; or, of one destination that asks for a consent of its own, send to it. */
    consent(state: 'granted' | 'denied', destination?: string): void;
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
/** The listening half of what npm's `init` was given. The engine is a module of its own: bundlers may bring it later. */
export declare const composed: ({ sources, destinations, consents, consent: mode, ...options }: Setup, denied?: () => boolean) => Chatstone;
/**
 * Starts the listening half.
 *
 * @param bring makes the sources; `look` is to be called when one of them is ready that was not before
 * @param load brings the engine, when there is something to tell; asked again later if it fails
 * @param shows whether a destination shows the shop's context: nobody else needs it, so it is not kept for anybody else
 * @param denied whether the page has denied consent before this was there
 */
export declare function compose(bring: (look: () => void) => readonly Source[], consents: readonly Consent[], options: Choices, load: (parts: Parts) => Promise<Engine>, shows?: boolean, denied?: () => boolean): Chatstone;
