import { guard } from '../lib/guard.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { string } from '../lib/string.js';
const page = globalThis;
const ROLES = new Map([
    ['EndUser', 'visitor'],
    ['Agent', 'agent'],
    ['Chatbot', 'bot'],
]);
export function salesforce() {
    const name = 'salesforce';
    const about = ({ detail }) => ({
        conversation: label(detail?.conversationId),
        at: label(detail?.conversationEntry?.transcriptedTimestamp),
    });
    const payload = guard(name, ({ detail }) => JSON.parse(detail.conversationEntry.entryPayload));
    return {
        name,
        tells: ['chat_opened', 'chat_first_message_sent', 'chat_assigned', 'chat_agent_replied', 'chat_resolved'],
        wake: ['onEmbeddedMessagingReady'],
        ready: () => page.embeddedservice_bootstrap,
        connect(emit) {
            const opened = () => emit({ type: 'opened' });
            const ended = (event) => emit({ type: 'ended', ...about(event) });
            return on(name, window, {
                onEmbeddedMessagingButtonClicked: opened, // the first click only; the window may take a while to come
                onEmbeddedMessagingWindowMaximized: opened,
                onEmbeddedMessageSent(event) {
                    const from = ROLES.get(event.detail?.conversationEntry?.sender?.role);
                    const text = from === 'visitor' && payload(event)?.abstractMessage?.staticContent?.text;
                    if (from)
                        emit({ type: 'message', from, ...about(event) }, string(text));
                },
                onEmbeddedMessagingConversationParticipantChanged(event) {
                    for (const { operation, participant } of payload(event)?.entries ?? [])
                        if (operation === 'add' && participant?.role === 'Agent')
                            emit({ type: 'assigned', agent: label(participant.subject), ...about(event) });
                },
                onEmbeddedMessagingConversationClosed: ended, // by the visitor; a session ends by anybody's hand:
                // https://developer.salesforce.com/docs/service/messaging-api/references/about/server-sent-events-structure.html
                onEmbeddedMessagingSessionStatusUpdate(event) {
                    if (payload(event)?.sessionStatus === 'Ended')
                        ended(event);
                },
            });
        },
        open: guard(name, () => page.embeddedservice_bootstrap?.utilAPI?.launchChat?.()), // a promise
    };
}
