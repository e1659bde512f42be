// What goes on the wire: one track or identify message.
import { hash } from '../lib/hash.js';
import { VERSION } from './version.js';
const envelope = ({ visitor, userId, page, gpc }, at, messageId) => ({
    messageId,
    timestamp: new Date(at).toISOString(),
    anonymousId: visitor,
    ...(userId && { userId }),
    context: { page, library: { name: 'chatstone', version: VERSION }, ...(gpc && { gpc }) },
});
/** The widget of milestones that somebody simulates: they are marked, and say nothing of the person. */
export const TEST = 'test';
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
            ...(widget === TEST && { is_test: true }),
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
/** A flag that came or went, in the words of the Segment spec: https://www.twilio.com/docs/segment/engage/audiences */
export const audience = (event, key, at, scene) => ({
    type: 'track',
    event,
    properties: { audience_key: key, [key]: event === 'Audience Entered' },
    ...envelope(scene, at, hash([scene.visitor, event, key, at].join('\n'))),
});
