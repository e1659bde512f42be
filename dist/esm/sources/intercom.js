import { contact } from '../lib/contact.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function intercom() {
    const name = 'intercom';
    return {
        name,
        tells: ['chat_opened', 'chat_agent_replied?', 'identity?'],
        ready: () => typeof page.Intercom === 'function' && page.Intercom,
        connect(emit) {
            const heard = {
                onShow: () => emit({ type: 'opened' }),
                onUnreadCountChange: (count) => emit({ type: 'unread', count }), // told at once, too
                // Documented without an argument; some sites get the address.
                onUserEmailSupplied: (address) => emit({ type: 'person', ...contact(address) }),
            };
            // A listener can never be taken away: https://github.com/devrnt/react-use-intercom/pull/509
            return subscribe(name, heard, page.Intercom);
        },
        open: () => page.Intercom?.('show'),
    };
}
