import { contact } from '../lib/contact.js';
import { guard } from '../lib/guard.js';
import { string } from '../lib/string.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function olark() {
    const name = 'olark';
    return {
        name,
        tells: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved?', 'identity'],
        ready: () => typeof page.olark === 'function' && page.olark,
        connect(emit) {
            let known = ',,';
            const person = guard(name, (details) => {
                const who = contact(details?.emailAddress, details?.fullName, details?.phoneNumber);
                const now = Object.values(who).join();
                if (now !== known)
                    emit({ type: 'person', ...who });
                known = now;
            });
            // Nothing is told when they change.
            const ask = () => page.olark('api.visitor.getDetails', person);
            // A listener cannot be taken away.
            return subscribe(name, {
                'api.visitor.getDetails': person,
                'api.box.onExpand': () => emit({ type: 'opened' }),
                'api.chat.onMessageToOperator'(event) {
                    const text = event?.message?.body;
                    emit({ type: 'message', from: 'visitor' }, string(text));
                    ask();
                },
                'api.chat.onOfflineMessageToOperator': ask,
                'api.chat.onMessageToVisitor'(event) {
                    const { automated, targeted } = event?.message ?? {};
                    emit({ type: 'message', from: automated || targeted ? 'bot' : 'agent' });
                },
                // `!end`: https://github.com/Automattic/wp-calypso, client/me/help/help-contact
                'api.chat.onCommandFromOperator'(event) {
                    if (event?.command?.name === 'end')
                        emit({ type: 'ended' });
                },
            }, (command, listener) => page.olark(command, listener));
        },
        open: () => page.olark?.('api.box.expand'),
    };
}
