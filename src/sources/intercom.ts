// https://developers.intercom.com/installing-intercom/web/methods
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { subscribe } from '../lib/subscribe.ts';

/** What we ask of Intercom. */
export type Command = 'show' | 'onShow' | 'onUnreadCountChange' | 'onUserEmailSupplied';
const page = globalThis as { Intercom?: (command: string, listener?: (data?: any) => void) => void };

export function intercom(): Source {
  const name = 'intercom';
  return {
    name,
    tells: ['chat_opened', 'chat_agent_replied?', 'identity?'],
    ready: () => typeof page.Intercom === 'function' && page.Intercom,
    connect(emit) {
      const heard: Partial<Record<Command, (data?: any) => void>> = {
        onShow: () => emit({ type: 'opened' }),
        onUnreadCountChange: (count) => emit({ type: 'unread', count }), // told at once, too
        // Documented without an argument; some sites get the address.
        onUserEmailSupplied: (address) => emit({ type: 'person', ...contact(address) }),
      };
      // A listener can never be taken away: https://github.com/devrnt/react-use-intercom/pull/509
      return subscribe(name, heard, page.Intercom!);
    },
    open: () => page.Intercom?.('show'),
  };
}
