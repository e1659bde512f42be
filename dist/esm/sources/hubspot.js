import { contact } from '../lib/contact.js';
import { label } from '../lib/label.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
/** Before the conversation begins the widget tells the id of a placeholder, which is no number above 0. */
const id = (payload) => {
    const given = payload?.conversation?.conversationId;
    return given > 0 ? label(given) : undefined;
};
export function hubspot() {
    const name = 'hubspot';
    return {
        name,
        tells: [
            'chat_opened?',
            'chat_topic_set?',
            'chat_first_message_sent?',
            'chat_agent_replied?',
            'chat_resolved',
            'identity?',
        ],
        ready: () => page.HubSpotConversations,
        connect(emit) {
            const api = page.HubSpotConversations;
            emit({ type: 'unread', count: 0 }); // it is told when it changes only, so the first number may be a reply
            return subscribe(name, {
                userInteractedWithWidget: () => emit({ type: 'opened' }),
                quickReplyButtonClick(payload) {
                    const topic = label(payload?.value?.[0]);
                    if (topic)
                        emit({ type: 'topic', topic });
                },
                userSelectedThread(payload) {
                    const conversation = id(payload);
                    if (conversation)
                        emit({ type: 'conversation', conversation });
                },
                conversationStarted: (payload) => emit({ type: 'message', from: 'visitor', conversation: id(payload) }),
                unreadConversationCountChanged: (payload) => emit({ type: 'unread', count: payload?.unreadCount }),
                conversationClosed: (payload) => emit({ type: 'ended', conversation: id(payload) }),
                // Newer than the documentation; a build that does not know the name never calls it.
                emailCaptured: (payload) => emit({ type: 'person', ...contact(payload?.email) }),
            }, (event, listener) => api.on(event, listener), (event, listener) => api.off(event, listener));
        },
        open: () => page.HubSpotConversations?.widget.open(),
    };
}
