import { contact } from '../lib/contact.js';
import { email } from '../lib/email.js';
import { label } from '../lib/label.js';
import { slots, standing } from '../lib/slots.js';
import { string } from '../lib/string.js';
const page = globalThis;
export function livechatLegacy() {
    const name = 'livechat-legacy';
    return {
        name,
        tells: [
            'chat_opened',
            'chat_first_message_sent',
            'chat_assigned',
            'chat_agent_replied',
            'chat_resolved?',
            'chat_csat_submitted',
            'identity',
        ],
        ready: () => page.LC_API && !page.LiveChatWidget && standing(page.LC_API),
        connect(emit) {
            // Where the newer API comes, the older goes on and tells the same chat once more.
            const tell = (...signal) => {
                if (!page.LiveChatWidget)
                    emit(...signal);
            };
            // `get_chat_id` names what goes on from visit to visit, no conversation: https://platform.text.com/docs/messaging
            return slots(name, page.LC_API, {
                on_chat_window_opened: () => tell({ type: 'opened' }),
                on_message({ user_type, text, timestamp, invitation }) {
                    const at = label(timestamp);
                    if (user_type === 'visitor')
                        tell({ type: 'message', from: 'visitor', at }, string(text));
                    // Greetings come as an agent's.
                    else if (user_type === 'agent' && !invitation)
                        tell({ type: 'message', from: 'agent', at });
                },
                on_chat_started: () => tell({ type: 'assigned' }),
                on_chat_ended: () => tell({ type: 'ended' }),
                on_rating_submitted(value) {
                    // `none` takes a rating back
                    if (value === 'good' || value === 'bad')
                        tell({ type: 'rated', score: +(value === 'good'), worst: 0, best: 1 });
                },
                // The address is known by its look, for labels are in the shop's language; the name only by a certain label.
                on_prechat_survey_submitted({ form_data }) {
                    const fields = [form_data].flat();
                    tell({
                        type: 'person',
                        ...contact(fields.map((field) => email(field?.value)).find(Boolean), fields.find((field) => /^(your |full )*name\W*$/i.test(field?.label))?.value),
                    });
                },
                on_ticket_created: ({ visitor_email, visitor_name }) => tell({ type: 'person', ...contact(visitor_email, visitor_name) }),
            });
        },
        open: () => page.LC_API?.open_chat_window?.(),
    };
}
