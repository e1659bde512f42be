import type { Ask } from './core/consent.ts';
import type { Events } from './core/events.ts';
import type { MilestoneName } from './core/milestones.ts';
import type { Options, Order } from './core/options.ts';
import type { Consent, ConsentState, Destination, Person, Source, Stop, Told } from './core/types.ts';
import type { EngineStatus } from './engine.ts';
/** What chatstone works with. */
export interface Setup extends Omit<Options, 'consent'> {
    /** The widgets and forms to listen to. */
    sources: readonly Source[];
    /** Where milestones go; each has a queue under its name. */
    destinations: readonly Destination[];
    /** The platforms that `auto` looks for, and that `consent` may name. */
    consents?: readonly Consent[];
    /** `auto`, `granted`, `manual`, the name of one of `consents`, or the site's own function. */
    consent?: string | Ask;
}
/** How things stand; what waits and what was delivered is known once consent is given. */
export interface Status extends Partial<EngineStatus> {
    version: string;
    /** Whether we may store and send, and who said so or is asked. */
    consent: {
        state: ConsentState;
        by: string;
    };
    /** The visitor id, which goes out as anonymousId; '' as long as there is nothing to tell. */
    visitor: string;
    /** By source; `tells` is known once its file is there. */
    widgets: Record<string, {
        found: boolean;
        tells: readonly Told[];
    }>;
    /** The ids of the topics. */
    topics: string[];
    /** What was said to the developer on the console. */
    said: string[];
    /** How often something failed and was caught, by place. */
    errors: Record<string, number>;
    /** Place and message of the last of them. */
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
    /** Opens a widget on request; it counts as an opening. One that is on its way is waited for, 5 s at most. */
    open(widget?: string): void;
    /** Log-out: forgets the person and takes a new visitor id. */
    reset(): void;
    /** Delivers what waits, now; resolves when that was tried. */
    flush(): Promise<void>;
    /** How things stand now. The callback is for the tag's stub, whose calls return nothing. */
    status(callback?: (status: Status) => void): Promise<Status>;
    /** Listens to an event; returns what ends that. */
    on<K extends keyof Events>(event: K, callback: (event: Events[K]) => void): Stop;
    /** Takes all hooks off the page and delivers no more. What waits stays on the device for the next page. */
    stop(): void;
}
