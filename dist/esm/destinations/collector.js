import { post } from '../lib/post.js';
/**
 * Posts `{ batch: […], sentAt }` as text/plain to `url`; anything but a 2xx answer means "not taken".
 *
 * @throws Refused, Misconfigured, Later, or an Error that may pass (see lib/post)
 */
export const collector = ({ url, name = 'collector', ...routing }) => ({
    name,
    routing,
    also: ['health'],
    target: url,
    deliver(messages, { leaving }) {
        const sentAt = new Date().toISOString();
        return post(url, { batch: messages.map((message) => ({ ...message, sentAt })), sentAt }, leaving);
    },
});
