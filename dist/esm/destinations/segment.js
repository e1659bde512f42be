// https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api
// Through the page's analytics.js (https://github.com/segmentio/analytics-next) a message gets the site's middleware and reaches its
// device-mode integrations; that client does not say whether Segment has taken a message, so our own wire posts it.
import { LEAN } from '../core/types.js';
import { clientOf, passing } from '../lib/analytics-client.js';
import { hash } from '../lib/hash.js';
import { post } from '../lib/post.js';
import { sha256 } from '../lib/sha256.js';
// Told from the customer's side: what the customer receives is what the agent says. Customer.io tells them from the company's.
// https://www.twilio.com/docs/segment/connections/spec/live-chat
const SEMANTIC = {
    chat_first_message_sent: 'Live Chat Conversation Started',
    chat_agent_replied: 'Live Chat Message Received',
    chat_resolved: 'Live Chat Conversation Ended',
};
const global = () => window.analytics;
const onPage = () => clientOf(global());
const DELIVERY = 'Segment.io';
/** Where the page's own analytics.js sends to. */
function hostOnPage() {
    const { apiHost, protocol = 'https' } = onPage()?.queue?.plugins?.find(({ name }) => name === DELIVERY)?.metadata ?? {};
    return apiHost && `${protocol}://${apiHost}`;
}
/** Delivers to Segment. */
export function segment({ writeKey, apiHost, client = 'auto', names = 'live-chat-spec', ...routing } = {}) {
    const key = () => writeKey ?? onPage()?.settings?.writeKey;
    const host = () => apiHost ?? (client === 'auto' ? hostOnPage() : undefined) ?? 'https://api.segment.io/v1';
    return {
        name: 'segment',
        routing: { traits: LEAN, ...routing },
        get target() {
            return hash(host() + key());
        },
        also: ['audiences'],
        digest: sha256,
        ready: () => !!key(),
        ...(client === 'auto' && {
            prepare: passing({
                name: 'segment client',
                skip: DELIVERY,
                coming: () => !!global() && !onPage(),
                find: async () => onPage(),
                // It is told of nobody: a site that calls it with its own id later would find another person, and a new visitor id.
                tells: (client, userId) => client.user().id() === userId,
            }),
        }),
        deliver(messages, { leaving }) {
            const sentAt = new Date().toISOString();
            const writeKey = key();
            const batch = messages.map((message) => ({
                ...message,
                ...(message.event &&
                    names === 'live-chat-spec' && { event: SEMANTIC[message.event] ?? message.event }),
                sentAt,
            }));
            return post(`${host()}/b`, { batch, writeKey, sentAt }, leaving);
        },
    };
}
