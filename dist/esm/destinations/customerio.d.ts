import type { Destination, Routing } from '../core/types.ts';
import { type Client } from '../lib/analytics-client.ts';
export type { Client };
/** What the destination is told. */
export interface CustomerioOptions extends Routing {
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
}
/** Delivers to Customer.io. */
export declare function customerio({ writeKey, region, apiHost, client: mode, load, names, ...routing }: CustomerioOptions): Destination;
