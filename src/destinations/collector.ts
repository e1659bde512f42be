// A plain POST to an endpoint of your own.
import type { Destination, Routing } from '../core/types.ts';
import { post } from '../lib/post.ts';

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
export const collector = ({ url, name = 'collector', ...routing }: CollectorOptions): Destination => ({
  name,
  routing,
  also: ['health'],
  target: url,
  deliver(messages, { leaving }) {
    const sentAt = new Date().toISOString();
    return post(url, { batch: messages.map((message) => ({ ...message, sentAt })), sentAt }, leaving);
  },
});
