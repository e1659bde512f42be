import { email } from '../lib/email.js';
import { guard } from '../lib/guard.js';
const page = globalThis;
export function intercom() {
    const name = 'intercom';
    return {
        name,
        tells: ['chat_opened', 'chat_agent_replied?', 'identity?'],
        ready: () => typeof page.Intercom === 'function' && page.Intercom,
        connect(emit) {
            let connected = true; // a listener can never be taken away: https://github.com/devrnt/react-use-intercom/pull/509
            let unread; // told at once: the first number is where we begin, not a reply
            const hear = (command, work) => page.Intercom(command, guard(name, (data) => connected && work(data)));
            hear('onShow', () => emit({ type: 'opened' }));
            hear('onUnreadCountChange', (count) => {
                if (typeof unread === 'number' && count > unread)
                    emit({ type: 'message', from: 'agent' });
                unread = count;
            });
            // Documented without an argument; some sites get the address.
            hear('onUserEmailSupplied', (address) => {
                const found = email(address);
                if (found)
                    emit({ type: 'person', email: found });
            });
            return () => {
                connected = false;
            };
        },
        open: () => page.Intercom?.('show'),
    };
}
