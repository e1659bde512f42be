import { guard } from '../lib/guard.js';
import { hash } from '../lib/hash.js';
import { json } from '../lib/json.js';
import { post } from '../lib/post.js';
const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' };
const DELIVERY = 'Customer.io Data Pipelines'; // the client's own delivery, which we switch off event by event
const PATIENCE = 3000; // milliseconds
// Told from the company's side: "Message Sent" is what the agent says. Segment tells them from the customer's.
const SEMANTIC = {
    chat_first_message_sent: 'Live Chat Conversation Started',
    chat_agent_replied: 'Live Chat Message Sent',
    chat_resolved: 'Live Chat Conversation Ended',
};
/** What the page runs of Customer.io's client: the snippet's array of calls, the package's facade, or the client itself. */
const global = () => window
    .cioanalytics;
/** The client that the page itself runs, once it is loaded. */
function onPage() {
    const found = global();
    if (!found || Array.isArray(found))
        return undefined;
    // AnalyticsBrowser.load() hands out a thenable whose methods answer later; behind it stands the client.
    const client = 'then' in found ? found.instance : found;
    return client?.register ? client : undefined;
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Delivers to Customer.io. */
export function customerio({ writeKey, region = 'us', apiHost = HOSTS[region], client: mode = 'auto', load, names = 'chat', holdout, }) {
    const caught = new Map();
    const hooked = new Map();
    let ours;
    let patience = PATIENCE;
    const find = async () => {
        // The page's snippet stands there but its client is still on its way: wait for it, not for ever.
        for (let waited = 0; global() && !onPage() && waited < patience; waited += 100)
            await pause(100);
        const found = onPage();
        if (found || !load)
            return found;
        ours ?? (ours = load(writeKey));
        return ours;
    };
    const catchEvent = guard('customerio client', (context) => {
        const { event } = context;
        caught.get(event.context?.messageId ?? '')?.(event); // the site's own events pass by
        return context;
    });
    const hook = (client) => {
        if (!hooked.has(client))
            hooked.set(client, client.register({
                name: 'chatstone',
                type: 'after',
                version: '1',
                isLoaded: () => true,
                load: () => Promise.resolve(),
                track: catchEvent,
                identify: catchEvent,
            }));
        return hooked.get(client);
    };
    /** Takes a message through a client and returns the finished event with our authoritative fields laid over it. */
    const pass = async (message) => {
        const client = await find();
        if (!client)
            return message;
        await hook(client);
        const { messageId, timestamp, anonymousId, userId, context, traits } = message;
        const own = client.user().id();
        if (message.type === 'identify' && own && own !== userId)
            return message; // it is never called with another user
        const finished = await new Promise((resolve) => {
            caught.set(messageId, resolve);
            // The client writes into what it is given.
            const options = { messageId, timestamp, context: { ...context }, integrations: { [DELIVERY]: false } };
            if (message.type === 'identify')
                client.identify(userId, traits, options);
            else
                client.track(message.event, message.properties, options);
        });
        const { type, event, properties, context: added } = JSON.parse(json(finished));
        const { messageId: _ours, ...rest } = added;
        return {
            type,
            ...(event && { event, properties }),
            ...(traits && { traits }),
            messageId,
            timestamp,
            anonymousId,
            ...(userId && { userId }),
            context: { ...rest, ...context },
        };
    };
    const theirs = () => (mode === 'auto' ? onPage() : undefined);
    return {
        name: 'customerio',
        target: hash(apiHost + writeKey),
        holdout,
        user: () => theirs()?.user().id(),
        forget(userId) {
            const client = theirs();
            if (client?.user().id() !== userId)
                return false;
            client.reset();
            return true;
        },
        ...(mode === 'auto' && {
            prepare: (message) => Promise.race([pass(message), pause(patience)]).then((finished) => {
                caught.delete(message.messageId);
                patience = finished ? PATIENCE : 0; // who was not in time once is not waited for again
                return finished ?? message;
            }),
        }),
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
