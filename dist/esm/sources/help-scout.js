import { contact } from '../lib/contact.js';
import { guard } from '../lib/guard.js';
import { string } from '../lib/string.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function helpScout() {
    const name = 'help-scout';
    return {
        name,
        tells: ['chat_opened', 'chat_first_message_sent?', 'chat_resolved?', 'identity'],
        ready: () => typeof page.Beacon === 'function' && page.Beacon,
        connect(emit) {
            const person = (visitor) => {
                if (visitor?.email)
                    emit({ type: 'person', ...contact(visitor.email, visitor.name) });
            };
            const ask = guard(name, () => person(page.Beacon('info')?.visitor)); // the function that queues knows nothing
            const sent = (data) => {
                person(data);
                ask();
                const text = data?.text ?? data?.subject;
                emit({ type: 'message', from: 'visitor' }, string(text));
            };
            const stop = subscribe(name, {
                open() {
                    emit({ type: 'opened' });
                    ask();
                },
                'chat-started': sent,
                'email-sent': sent,
                'chat-ended': () => emit({ type: 'ended' }),
            }, 
            // Without `off`: whether it takes away one function or all of an event is not documented.
            (event, listener) => {
                page.Beacon('on', event, listener);
            });
            ask();
            return stop;
        },
        open: () => page.Beacon?.('open'),
    };
}
