// A browser client of the analytics.js family, Segment's or Customer.io's: it gives identity, the site's middleware and context. A
// message passes through it with its own delivery switched off, and what comes out is caught.
import { guard } from './guard.js';
import { json } from './json.js';
const PATIENCE = 3000; // milliseconds
/** The client behind a page's global: a snippet's array of calls is none yet, and `load()` hands out a facade. */
export function clientOf(global) {
    if (!global || Array.isArray(global))
        return undefined;
    // AnalyticsBrowser.load() hands out a thenable whose methods answer later; behind it stands the client.
    const client = 'then' in Object(global) ? global.instance : global;
    return client?.register ? client : undefined;
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/**
 * Passes messages through a client. What comes out keeps all that is ours: id, time, person, traits, context. Where there is no client
 * within three seconds, the message stays as it is, and from then on a client is not waited for.
 */
export function passing({ name, skip, coming, find, tells, }) {
    const caught = new Map();
    const hooked = new Map();
    let patience = PATIENCE;
    const catchEvent = guard(name, (context) => {
        const { event } = context;
        caught.get(event.context?.messageId ?? event.messageId)?.(event); // the site's own events pass by
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
    const pass = async (message) => {
        if (message.type !== 'identify' && !message.event)
            return message;
        for (let waited = 0; coming() && waited < patience; waited += 100)
            await pause(100);
        const client = await find();
        if (!client)
            return message;
        await hook(client);
        const { messageId, timestamp, anonymousId, userId, context, traits } = message;
        if (message.type === 'identify' && !tells(client, userId))
            return message;
        const finished = await new Promise((resolve) => {
            caught.set(messageId, resolve);
            // The client writes into what it is given.
            const options = { messageId, timestamp, context: { ...context }, integrations: { [skip]: false } };
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
    return (message) => Promise.race([pass(message), pause(patience)]).then((finished) => {
        caught.delete(message.messageId);
        patience = finished ? PATIENCE : 0; // who was not in time once is not waited for again
        return finished ?? message;
    });
}
