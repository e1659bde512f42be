import type { Destination, Routing } from '../core/types.ts';
/** What the destination is told. */
export interface CollectorOptions extends Routing {
    /** Where to. */
    url: string;
    /** Another name, where there are several. */
    name?: string;
}
/**
 * Posts `{ batch: […], sentAt }` as text/plain to `url`; anything but a 2xx answer means "not taken".
 *
 * @throws Refused, Misconfigured, Later, or an Error that may pass (see lib/post)
 */
export declare const collector: ({ url, name, ...routing }: CollectorOptions) => Destination;
