// Through the page's jstag: https://docs.lytics.com/docs/jstag-plugin-send. Or to the collect API:
// https://www.contentstack.com/docs/developers/apis/lytics-api/v1/dataupload. What becomes of each field: docs/lytics.md
import { LEAN } from '../core/types.js';
import { email } from '../lib/email.js';
import { hash } from '../lib/hash.js';
import { oneByOne } from '../lib/one-by-one.js';
import { post } from '../lib/post.js';
import { sha256 } from '../lib/sha256.js';
const page = globalThis;
const HOST = 'https://api.lytics.io';
/** Properties under names that say what they are of; what the site has registered keeps its name. */
const NAMES = {
    widget: 'chat_widget',
    conversation_id: 'chat_conversation_id',
    topic: 'chat_topic',
    agent_team: 'chat_agent_team',
    is_bot: 'chat_is_bot',
    is_test: 'chat_is_test',
    csat_score: 'chat_csat_score',
    csat_raw: 'chat_csat_raw',
    sentiment: 'chat_sentiment',
};
/** A message as one flat object; times in epoch milliseconds. */
export function flat({ type, event, properties = {}, traits = {}, timestamp, messageId, anonymousId, userId, }) {
    const at = Date.parse(timestamp);
    const address = email(traits.email ?? userId);
    const made = {
        // In quotes: a bare name that begins so is shortened in the built file.
        ['_e']: event ?? type,
        message_id: messageId,
        happened_at: at,
        visitor_id: anonymousId,
        ...(address && { email: address }),
        ...(userId && !email(userId) && { user_id: userId }),
        ...(event && { chat_event: event, [`${event.toLowerCase().replace(/\W+/g, '_')}_at`]: at }),
    };
    for (const [name, value] of Object.entries(properties))
        if (name !== 'channel')
            made[NAMES[name] ?? name] = value;
    for (const [name, value] of Object.entries(traits))
        if (name !== 'email')
            // The dates of our traits are in seconds.
            made[name] = /_at$/.test(name) && typeof value === 'number' ? value * 1000 : value;
    const plain = Object.entries(made).filter(([, value]) => Object(value) !== value && value != null);
    return Object.fromEntries(plain);
}
/** Delivers to Lytics. */
export function lytics({ stream = 'chatstone', apiKey, apiHost, ...routing } = {}) {
    const direct = !!apiKey || !!apiHost;
    const token = apiKey ? `access_token=${encodeURIComponent(apiKey)}&` : '';
    const address = `${apiHost ?? HOST}/collect/json/${encodeURIComponent(stream)}`;
    const handed = new Map(); // what the tag has not acknowledged yet
    /** A tag that the site has blocked keeps what it is given until it is unblocked: it is not given the same again on this page. */
    const hand = (message) => {
        const { messageId } = message;
        const under = handed.get(messageId) ?? new Promise((taken) => page.jstag.send(stream, flat(message), taken));
        handed.set(messageId, under);
        const forget = () => handed.delete(messageId);
        under.then(forget, forget);
        return under;
    };
    return {
        name: 'lytics',
        // Its tag knows its own visitor.
        routing: { traits: LEAN, ...(!direct && { anonymous: 'send' }), ...routing },
        digest: sha256,
        ...(direct
            ? {
                target: hash(address + apiKey),
                deliver: (messages, { leaving }) => post(`${address}?${token}timestamp_field=happened_at`, messages.map(flat), leaving),
            }
            : {
                here: true, // it adds the cookie of whoever is here
                ready: () => !!page.jstag?.isLoaded,
                deliver: (messages) => oneByOne(messages, hand),
            }),
    };
}
