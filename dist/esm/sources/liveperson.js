import { label } from '../lib/label.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function liveperson() {
    const name = 'liveperson';
    return {
        name,
        tells: ['chat_opened', 'chat_first_message_sent?', 'chat_assigned', 'chat_resolved?'],
        ready: () => page.lpTag?.events?.bind && page.lpTag, // the tag puts other events into the same object
        connect(emit) {
            const tag = page.lpTag;
            let waits = false; // a running conversation is told as `chatting` on every page, without a wait before it
            let conversation;
            const opened = () => emit({ type: 'opened' });
            return subscribe(name, {
                'LP_OFFERS OFFER_CLICK': opened,
                'lpUnifiedWindow maximized': opened,
                'lpUnifiedWindow state'(data) {
                    const state = data?.state;
                    if (state === 'chatting' && waits)
                        emit({ type: 'message', from: 'visitor', conversation });
                    waits = state === 'waiting' || (waits && state !== 'chatting');
                    if (state !== 'ended')
                        return;
                    emit({ type: 'ended', conversation });
                    conversation = undefined;
                },
                // Messaging tells only what changed: https://developers.liveperson.com/web-tag-events-events.html#conversationinfo
                'lpUnifiedWindow conversationInfo'(data) {
                    if (!data || data.state === 'ended')
                        return;
                    const id = label(data.conversationId);
                    if (id && id !== conversation) {
                        conversation = id;
                        emit({ type: 'conversation', conversation });
                    }
                    const agent = label(data.agentId);
                    if (agent)
                        emit({ type: 'assigned', agent, team: label(data.skill), conversation });
                },
            }, (key, func) => {
                const [appName, eventName] = key.split(' ');
                const what = { appName, eventName, func };
                tag.events.bind(what);
                return () => tag.events?.unbind?.(what); // the stub knows none, and hands out no id
            });
        },
    };
}
