import { type Destination, type Routing } from '../core/types.ts';
/** What the destination is told. */
export interface SegmentOptions extends Routing {
    /** The write key of a source; absent: that of the page's analytics.js. */
    writeKey?: string;
    /** Where to, such as a proxy of your own: `{apiHost}/b` takes the batches; absent: the page's, else Segment's. */
    apiHost?: string;
    /** `auto`: through the page's analytics.js where it is there; `none`: plain HTTP only, for which a write key is needed. */
    client?: 'auto' | 'none';
    /** `live-chat-spec` (default): the Live Chat semantic events as Segment reads them; `chat`: our own event names. */
    names?: 'chat' | 'live-chat-spec';
}
/** Delivers to Segment. */
export declare function segment({ writeKey, apiHost, client, names, ...routing }?: SegmentOptions): Destination;
