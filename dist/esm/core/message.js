// What goes on the wire: one track or identify message.
import { hash } from '../lib/hash.js';
/** Set when the script is built. */
export const VERSION = '0.1.0';
/** Facts that may be known of a milestone beside what the conversation says. */
const FACTS = ['order_id', 'product_sku', 'agent_team', 'page_type'];
// They overwrite the page's context in Customer.io's client, or are reserved there.
const NEVER = ['path', 'referrer', 'search', 'title', 'url', 'recipient', 'from_address', 'reply_to'];
const LONGEST = 500; // characters of a property
/** Keeps what may leave the page: plain values under known names, or under names that the site registered. */
export function allowed(facts, registered, refuse) {
    const kept = {};
    for (const name of Object.keys(facts)) {
        const value = facts[name];
        if (value === undefined || value === null)
            continue;
        if (NEVER.includes(name))
            refuse(name, 'is reserved: choose another name');
        else if (!FACTS.includes(name) && !registered.includes(name))
            refuse(name, 'is not on the list: register it under "properties" in the configuration');
        else if (typeof value === 'string')
            kept[name] = value.slice(0, LONGEST);
        else if (typeof value === 'boolean' || Number.isFinite(value))
            kept[name] = value;
        else
            refuse(name, 'must be a string, a number, true or false');
    }
    return kept;
}
const envelope = ({ visitor, userId, page, gpc }, at, messageId) => ({
    messageId,
    timestamp: new Date(at).toISOString(),
    anonymousId: visitor,
    ...(userId && { userId }),
    context: { page, library: { name: 'chatstone', version: VERSION }, ...(gpc && { gpc }) },
});
/** A milestone as a track message. The same fact has the same messageId. */
export function track({ name, conversation, once, at, properties }, facts, scene) {
    const { id, widget, topic, team } = conversation;
    return {
        type: 'track',
        event: name,
        properties: {
            ...facts,
            channel: 'live_chat',
            widget,
            conversation_id: id,
            ...(topic && { topic }),
            ...(team && { agent_team: team }),
            ...properties,
        },
        ...envelope(scene, at, hash([scene.visitor, widget, id, name, once].join('\n'))),
    };
}
/** What is known of the person, as an identify message; `cause` names the fact it goes back to. */
export const identify = (traits, at, cause, scene) => ({
    type: 'identify',
    traits,
    ...envelope(scene, at, hash([scene.visitor, scene.userId, 'identify', cause].join('\n'))),
});
