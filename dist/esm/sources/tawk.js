import { contact } from '../lib/contact.js';
import { email } from '../lib/email.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { string } from '../lib/string.js';
const page = globalThis;
export function tawk() {
    const name = 'tawk';
    return {
        name,
        tells: [
            'chat_opened',
            'chat_topic_set?',
            'chat_first_message_sent',
            'chat_assigned',
            'chat_agent_replied',
            'chat_resolved?',
            'chat_csat_submitted',
            'identity',
        ],
        wake: ['tawkBeforeLoad', 'tawkLoad'],
        ready: () => !!page.Tawk_API,
        connect: (emit) => on(name, globalThis, {
            tawkChatMaximized: () => emit({ type: 'opened' }),
            tawkChatMessageVisitor({ detail }) {
                const text = detail?.message ?? detail?.text ?? detail;
                emit({ type: 'message', from: 'visitor' }, string(text));
            },
            tawkChatMessageAgent: () => emit({ type: 'message', from: 'agent' }),
            tawkAgentJoinChat: ({ detail }) => emit({ type: 'assigned', agent: label(detail?.id) }),
            tawkTagsUpdated({ detail }) {
                const topic = label([detail].flat().pop()); // all tags each time, the newest last
                if (topic)
                    emit({ type: 'topic', topic });
            },
            tawkChatEnded: () => emit({ type: 'ended' }),
            tawkChatSatisfaction({ detail }) {
                if (typeof detail === 'number')
                    emit({ type: 'rated', score: detail, worst: -1, best: 1 });
            },
            // The address is known by its look, for labels are in the shop's language; a name or phone only by a certain label.
            tawkPrechatSubmit({ detail }) {
                const fields = [detail].flat();
                const answer = (words) => label(fields.find((field) => words.test(field?.label))?.answer);
                emit({
                    type: 'person',
                    ...contact(fields.map((field) => email(field?.answer)).find(Boolean), answer(/^(your |full )*name$/i), answer(/^(your )?(mobile |tele)?phone( number)?$/i)),
                });
            },
            tawkOfflineSubmit: ({ detail }) => emit({ type: 'person', ...contact(detail?.email, detail?.name) }),
        }),
        open: () => page.Tawk_API?.maximize?.(),
    };
}
