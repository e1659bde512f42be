import { contact } from '../lib/contact.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { string } from '../lib/string.js';
const page = globalThis;
export function chatwoot() {
    const name = 'chatwoot';
    return {
        name,
        tells: [
            'chat_opened',
            'chat_first_message_sent',
            'chat_assigned?',
            'chat_agent_replied',
            'chat_csat_submitted',
            'identity',
        ],
        wake: ['chatwoot:ready'],
        ready: () => !!page.$chatwoot,
        connect: (emit) => on(name, globalThis, {
            'chatwoot:opened': () => emit({ type: 'opened' }),
            'chatwoot:on-message'({ detail }) {
                const { message_type, sender, content, ...line } = detail ?? {};
                const where = { conversation: label(line.conversation_id), at: label(line.created_at) };
                if (message_type === 0) {
                    // Who gave no name has a made-up one: https://github.com/chatwoot/chatwoot/issues/5930
                    const name = /^[a-z]+-[a-z]+-\d+$/.test(sender?.name) ? undefined : sender?.name;
                    emit({ type: 'person', ...contact(sender?.email, name, sender?.phone_number) });
                    emit({ type: 'message', from: 'visitor', ...where }, string(content));
                }
                const agent = label(line.conversation?.assignee_id);
                if (agent)
                    emit({ type: 'assigned', agent, ...where });
                // 2 and 3 are lines that nobody said. A campaign speaks in an agent's name, a rule in nobody's.
                if (message_type === 1) {
                    const person = line.sender_type === 'User' && !line.additional_attributes?.campaign_id;
                    emit({ type: 'message', from: person ? 'agent' : 'bot', ...where });
                }
                // The line that asked is told again with the answer; it was changed when that was given.
                const score = line.content_attributes?.submitted_values?.csat_survey_response?.rating;
                if (typeof score === 'number')
                    emit({ type: 'rated', score, worst: 1, best: 5, ...where, at: label(line.updated_at) });
            },
        }),
        open: () => page.$chatwoot?.toggle?.('open'),
    };
}
