import { type Destination, type Message, type Plain, type Routing } from '../core/types.ts';
/** What the destination is told. */
export interface LyticsOptions extends Routing {
    /** The data stream in Lytics; `chatstone` where it is not said. */
    stream?: string;
    /** An API token that may collect and nothing else: every visitor can read it. With it, or with `apiHost`, the collect API is used. */
    apiKey?: string;
    /** Where to, such as a proxy of your own that adds the token: `{apiHost}/collect/json/{stream}`. */
    apiHost?: string;
}
/** A message as one flat object; times in epoch milliseconds. */
export declare function flat({ type, event, properties, traits, timestamp, messageId, anonymousId, userId, }: Message): Record<string, Plain>;
/** Delivers to Lytics. */
export declare function lytics({ stream, apiKey, apiHost, ...routing }?: LyticsOptions): Destination;
