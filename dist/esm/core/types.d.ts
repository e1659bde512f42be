import type { MilestoneName } from './milestones.ts';
export { Later, Misconfigured, Partly, Refused } from '../lib/answer.ts';
export type { MilestoneName };
/** Undoes what the function that returned it did. */
export type Stop = () => void;
/** Who speaks. Never "sent" or "received": vendors disagree on the side from which they are told. */
export type Party = 'visitor' | 'agent' | 'bot' | 'system';
/** How firmly an identity is known, strongest first. */
export type Strength = 'site' | 'checkout' | 'widget' | 'form';
/** Who a visitor is, as far as somebody says. */
export interface Person {
    /** The site's own id of the customer. */
    id?: string | number;
    email?: string;
    phone?: string;
    name?: string;
    /** Further attributes of the person; only the site itself hands these over. */
    traits?: Record<string, unknown>;
}
interface Happening {
    /** The widget that tells, where one source hears several; else it is the source's name. */
    widget?: string;
    /** The vendor's id of the conversation, where it gives one. */
    conversation?: string | number;
    /** The vendor's time of the event as it stands: seconds, milliseconds or ISO 8601. The core decides whether it is sane. */
    at?: number | string;
}
/** What a source tells. No signal has a field for text. */
export type Signal = Happening & ({
    type: 'opened';
    gesture?: boolean;
} | {
    type: 'message';
    from: Party;
} | {
    type: 'unread';
    count: number;
} | {
    type: 'assigned';
    agent?: string | number;
    team?: string;
} | {
    type: 'topic';
    topic: string;
} | {
    type: 'ended';
} | {
    type: 'rated';
    score: number;
    worst: number;
    best: number;
} | ({
    type: 'person';
    by?: Strength;
    unsent?: boolean;
} & Person) | {
    type: 'conversation';
} | {
    type: 'context';
    facts: Record<string, Plain>;
    lasting?: boolean;
});
/**
 * Hands a signal over. `text` is the visitor's own line, for the topic words only: it is matched on the device in this
 * very call and forgotten; no other argument and no type holds text.
 */
export type Emit = (signal: Signal, text?: string) => void;
/** What a source can tell: outright, or (with `?`) inferred from another sign. */
export type Told = What | `${What}?`;
type What = MilestoneName | 'identity';
/** A chat widget, form or shop surface. */
export interface Source {
    /** The vendor's name; the file's name too. */
    readonly name: string;
    /** Which milestones, and whether identity, it can tell. */
    readonly tells: readonly Told[];
    /** Window events at which it is worth looking at once. */
    readonly wake?: readonly string[];
    /** Its hooks have to stand before the vendor's client takes those of the site: it is connected when it is found, though nobody listens yet. */
    readonly early?: boolean;
    /**
     * Only looks, and is asked often: what it found, or something falsy. When it finds another object than the one that is
     * connected (a stub that its bundle replaced, a widget booted again), the old connection is stopped and a new one made.
     */
    ready(): unknown;
    /** Called after `ready`; returns what takes the hooks away again. */
    connect(emit: Emit): Stop;
    /** Opens the widget on the page's request. */
    open?(): void;
}
/** Values that may stand in properties. */
export type Plain = string | number | boolean;
/** One message on its way to a destination, as it stands on the wire (docs/wire.md). */
export interface Message {
    type: 'track' | 'identify' | 'health';
    event?: string;
    properties?: Record<string, Plain>;
    traits?: Record<string, unknown>;
    /** Fixed when recorded, the same on every retry and for the same fact. */
    messageId: string;
    /** ISO 8601 with milliseconds: when it happened. */
    timestamp: string;
    anonymousId: string;
    userId?: string;
    context: Record<string, unknown>;
}
/** What the site chooses for one destination. The core does all of it; a destination only hands it over. */
export interface Routing {
    /** The milestones that go to it; absent: all. */
    milestones?: readonly MilestoneName[];
    /** The properties that go to it, `*` at the end for any rest; absent: all. */
    properties?: readonly string[];
    /** The traits that go to it, and what is shown there, `*` at the end for any rest; absent: all. */
    traits?: readonly string[];
    /** The e-mail address, as trait and as user id: as it is (default), as its SHA-256 in hex, or not at all. */
    email?: 'plain' | 'sha256' | 'none';
    /** Overrides the option `anonymous` for it. */
    anonymous?: 'hold' | 'send';
    /** A consent of its own, beside the one that chatstone needs: platforms with the purpose to ask for, or `manual`. */
    consent?: readonly Consent[] | 'manual';
    /** Percent of persons, 0 to 100, who are marked `chat_holdout` and get no flags there. */
    holdout?: number;
    /** Tells `Audience Entered` and `Audience Exited` as flags come and go (Segment). */
    audiences?: boolean;
    /** Sends one `health` message a day and visitor (the collector). */
    health?: boolean;
}
/** What is known of a visitor now, in flat values: rollups, the shop's context, flags (docs/data-contract.md). */
export type Profile = Readonly<Record<string, Plain>>;
/** Traits that a system which knows persons gets where its list says nothing else: no phone, no name, nothing of the site's own. */
export declare const LEAN: readonly string[];
/** What is shown where a destination's list says nothing else: the shop's context, rollups and flags. */
export declare const SHOWN: readonly string[];
/** A system that takes messages, or shows what is known of the visitor, or both. */
export interface Destination {
    readonly name: string;
    /**
     * Resolves when the messages are taken. Rejects with Refused (split, at last drop), Misconfigured (keep, retry slowly),
     * Later(seconds) (keep until then), Partly (some were taken), anything else: keep and back off. Absent: it takes none.
     */
    deliver?(messages: readonly Message[], how: {
        leaving: boolean;
    }): Promise<void>;
    /** Finishes a message once, before its first try; what it returns is stored and sent unchanged on every try. */
    prepare?(message: Message): Promise<Message>;
    /**
     * Shows what is known of the visitor now to whoever talks with them: called on each page (see `keeps`) and at each change, with all values.
     * What throws or rejects is shown again later.
     */
    show?(profile: Profile): void | Promise<unknown>;
    /** How often the vendor lets `show` be called: `most` times in `within` milliseconds. */
    readonly limit?: {
        readonly most: number;
        readonly within: number;
    };
    /** What it was shown stands there on the next page, too: it is not shown the same again. */
    readonly keeps?: boolean;
    /**
     * Only looks, asked often: what it works through, or something falsy as long as that is not on the page; until then all waits and
     * nothing fails. When it finds something else, that is shown what is known, too. Absent: always.
     */
    ready?(): unknown;
    /** What it can be told beside milestones and persons, where the site asks for it. */
    readonly also?: readonly ('audiences' | 'health')[];
    /** It is told events alone, never who somebody is: no identify message is queued for it. */
    readonly eventsOnly?: boolean;
    /** It knows only whoever has the page now: a message of another visitor is dropped, and none is sent in leaving. */
    readonly here?: boolean;
    /** SHA-256 in hex, where it takes addresses so (`lib/sha256`). */
    digest?(text: string): string;
    /** The user id that the vendor's own client on this page already has; null: it has no user, undefined: there is no client. */
    user?(): string | null | undefined;
    /** The person left: a client that still has this user, whom we told it, is logged out, and its visitor id goes with it. */
    forget?(userId: string): boolean;
    /** Names the key and host it delivers to: whether these ever took a record tells a wrong set-up from a wrong record. */
    readonly target?: string;
    /** What the site chose for it. */
    readonly routing?: Routing;
}
/** Whether we may store and send. */
export type ConsentState = 'pending' | 'granted' | 'denied';
/** A consent management platform. */
export interface Consent {
    readonly name: string;
    /** Only looks: is there a sign of it on the page? */
    sign(): boolean;
    /**
     * Tells each decision, the present one too if there is one; a question that is not answered yet is `pending`. Returns what
     * ends that, or `false` where it cannot be read yet: then it is called again at the next look. Absent: it is known by its
     * sign only.
     */
    connect?(tell: (state: ConsentState) => void): Stop | false;
}
