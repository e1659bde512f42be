import { clientOf, passing } from '../lib/analytics-client.js';
import { hash } from '../lib/hash.js';
import { post } from '../lib/post.js';
const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' };
const DELIVERY = 'Customer.io Data Pipelines'; // the client's own delivery, which we switch off event by event
// Told from the company's side: "Message Sent" is what the agent says. Segment tells them from the customer's.
const SEMANTIC = {
    chat_first_message_sent: 'Live Chat Conversation Started',
    chat_agent_replied: 'Live Chat Message Sent',
    chat_resolved: 'Live Chat Conversation Ended',
};
/** What the page runs of Customer.io's client. */
const global = () => window.cioanalytics;
const onPage = () => clientOf(global());
/** Delivers to Customer.io. */
export function customerio({ writeKey, region = 'us', apiHost = HOSTS[region], client: mode = 'auto', load, names = 'chat', ...routing }) {
    let ours;
    const passed = passing({
        name: 'customerio client',
        skip: DELIVERY,
        // The page's snippet stands there but its client is still on its way: it is waited for, not for ever.
        coming: () => !!global() && !onPage(),
        find: async () => onPage() ?? (load && (ours ?? (ours = load(writeKey)))),
        tells: (client, userId) => !client.user().id() || client.user().id() === userId, // it is never called with another user
    });
    const theirs = () => (mode === 'auto' ? onPage() : undefined);
    return {
        name: 'customerio',
        target: hash(apiHost + writeKey),
        routing,
        user: () => theirs()?.user().id(),
        forget(userId) {
            const client = theirs();
            if (client?.user().id() !== userId)
                return false;
            client.reset();
            return true;
        },
        ...(mode === 'auto' && { prepare: passed }),
        deliver(messages, { leaving }) {
            const sentAt = new Date().toISOString();
            const batch = messages.map((message) => ({
                ...message,
                ...(message.event &&
                    names === 'live-chat-spec' && { event: SEMANTIC[message.event] ?? message.event }),
                writeKey,
                sentAt,
            }));
            return post(`${apiHost}/v1/b`, { batch, writeKey, sentAt }, leaving);
        },
    };
}
