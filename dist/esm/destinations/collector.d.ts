import type { Destination } from '../core/types.ts';
/**
 * Posts `{ batch: […], sentAt }` as text/plain to `url`; anything but a 2xx answer means "not taken".
 *
 * @throws Refused, Misconfigured, Later, or an Error that may pass (see lib/post)
 */
export declare const collector: ({ url, name }: {
    url: string;
    name?: string;
}) => Destination;
