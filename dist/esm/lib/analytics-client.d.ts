/** What we use of such a client. */
export interface Client {
    register(...plugins: unknown[]): Promise<unknown>;
    user(): {
        id(): string | null | undefined;
    };
    reset(): void;
    identify(userId: string | undefined, traits: object | undefined, options: object): unknown;
    track(event: string, properties: object | undefined, options: object): unknown;
}
/** What passes through. */
interface Passing {
    type: string;
    event?: string;
    properties?: Record<string, any>;
    traits?: Record<string, unknown>;
    messageId: string;
    timestamp: string;
    anonymousId: string;
    userId?: string;
    context: Record<string, unknown>;
}
/** The client behind a page's global: a snippet's array of calls is none yet, and `load()` hands out a facade. */
export declare function clientOf<C extends Client>(global: unknown): C | undefined;
interface Options {
    /** In what is counted when it fails. */
    name: string;
    /** The client's own delivery, which is switched off event by event. */
    skip: string;
    /** A client is on its way. */
    coming(): boolean;
    find(): Promise<Client | undefined>;
    /** Whether the client may be told of this user. */
    tells(client: Client, userId: string | undefined): boolean;
}
/**
 * Passes messages through a client. What comes out keeps all that is ours: id, time, person, traits, context. Where there is no client
 * within three seconds, the message stays as it is, and from then on a client is not waited for.
 */
export declare function passing({ name, skip, coming, find, tells, }: Options): <M extends Passing>(message: M) => Promise<M>;
export {};
