import { contact } from '../lib/contact.js';
import { guard } from '../lib/guard.js';
import { label } from '../lib/label.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function rocketChat() {
    const name = 'rocket-chat';
    return {
        name,
        tells: [
            'chat_opened',
            'chat_topic_set',
            'chat_first_message_sent',
            'chat_assigned',
            'chat_resolved?',
            'identity',
        ],
        ready: () => typeof page.RocketChat === 'function' && page.RocketChat,
        connect(emit) {
            let assigned;
            const person = (form) => {
                emit({ type: 'person', ...contact(form?.email, form?.name) });
                const topic = label(form?.department); // an id: the site names it in its list of topics
                if (topic)
                    emit({ type: 'topic', topic });
            };
            const heard = {
                onChatMaximized: () => emit({ type: 'opened' }),
                onPrechatFormSubmit: person,
                onOfflineFormSubmit: person,
                onAssignAgent(agent) {
                    if (!agent)
                        return; // back into the queue
                    assigned = { type: 'assigned', agent: label(agent.username) };
                    emit(assigned);
                },
                onChatStarted() {
                    emit({ type: 'message', from: 'visitor' });
                    // Routing assigns before the chat has begun: https://github.com/RocketChat/Rocket.Chat.Livechat/blob/73e35bf7/src/routes/Chat/container.js
                    if (assigned)
                        emit(assigned);
                },
                onChatEnded() {
                    assigned = undefined;
                    emit({ type: 'ended' });
                },
            };
            // A listener cannot be taken away; its own whitelist ignores names that it does not know.
            return subscribe(name, heard, (method, listener) => {
                const register = guard(name, (livechat) => livechat[method]?.(listener));
                page.RocketChat(function () {
                    register(this);
                });
            });
        },
        open: () => page.RocketChat(function () {
            this['maximizeWidget']?.();
        }),
    };
}
