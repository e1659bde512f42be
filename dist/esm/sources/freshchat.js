import { contact } from '../lib/contact.js';
import { string } from '../lib/string.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function freshchat() {
    const name = 'freshchat';
    return {
        name,
        tells: [
            'chat_opened',
            'chat_first_message_sent',
            'chat_agent_replied',
            'chat_csat_submitted?',
            'identity?',
        ],
        wake: ['fwcrm_event_consume'], // newer builds tell the window of each event
        // `destroy` empties the lists of listeners, and `init` makes another frame.
        ready: () => page.fcWidget && (document.getElementById('fc_frame') ?? page.fcWidget),
        connect(emit) {
            const widget = page.fcWidget;
            return subscribe(name, {
                'widget:opened': () => emit({ type: 'opened' }),
                // Two of its messages become this event: one with the line in `message`, one with the line itself.
                'message:sent'(data) {
                    const text = (data?.message ?? data)?.messageFragments?.[0]?.content;
                    emit({ type: 'message', from: 'visitor' }, string(text));
                },
                'message:received': () => emit({ type: 'message', from: 'agent' }),
                'csat:updated'(data) {
                    const rating = data?.data ?? data;
                    const score = rating?.stars ?? rating?.rating;
                    if (typeof score === 'number')
                        emit({ type: 'rated', score, worst: 1, best: 5 });
                },
                'user:created': (user) => emit({ type: 'person', ...contact(user?.data?.email, undefined, user?.data?.phone) }),
            }, 
            // `off` takes away the first function of the same name, and most have none: it would be one of the site's.
            (event, listener) => widget.on(event, listener));
        },
        open: () => page.fcWidget?.open(),
    };
}
