import type { Destination } from '../core/types.ts';
/** What we use of Customer.io's browser client, the page's own or ours. */
export interface Client {
    register(...plugins: unknown[]): Promise<unknown>;
    user(): {
        id(): string | null | undefined;
    };
    reset(): void;
    identify(userId: string | undefined, traits: object | undefined, options: object): unknown;
    track(event: string, properties: object | undefined, options: object): unknown;
}
/** What the destination is told. */
export interface CustomerioOptions {
    /** The write key of a JavaScript source (Data & Integrations → Integrations). */
    writeKey: string;
    /** Where the workspace lives: `us` (default) or `eu`. */
    region?: 'us' | 'eu';
    /** Another host, such as a proxy of your own; events go to `{apiHost}/v1/b`. */
    apiHost?: string;
    /** `auto`: through Customer.io's own client, the page's or else the one that `load` brings; `none`: plain HTTP only. */
    client?: 'auto' | 'none';
    /** Brings a client where the page has none. */
    load?: (writeKey: string) => Promise<Client>;
    /** `chat`: our own event names; `live-chat-spec`: the Live Chat semantic events, as Customer.io reads them. */
    names?: 'chat' | 'live-chat-spec';
    /** Percent of persons who are marked `chat_holdout`. */
    holdout?: number;
}
/** Delivers to Customer.io. */
export declare function customerio({ writeKey, region, apiHost, client: mode, load, names, holdout, }: CustomerioOptions): Destination;
