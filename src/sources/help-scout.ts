// Help Scout Beacon: https://developer.helpscout.com/beacon-2/web/javascript-api/
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { guard } from '../lib/guard.ts';
import { string } from '../lib/string.ts';
import { subscribe } from '../lib/subscribe.ts';

const page = globalThis as {
  Beacon?: (method: string, event?: string, listener?: (data?: any) => void) => any;
};

export function helpScout(): Source {
  const name = 'help-scout';
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent?', 'chat_resolved?', 'identity'],
    ready: () => typeof page.Beacon === 'function' && page.Beacon,
    connect(emit) {
      const person = (visitor: any) => {
        if (visitor?.email) emit({ type: 'person', ...contact(visitor.email, visitor.name) });
      };
      const ask = guard(name, () => person(page.Beacon!('info')?.visitor)); // the function that queues knows nothing
      const sent = (data: any) => {
        person(data);
        ask();
        const text = data?.text ?? data?.subject;
        emit({ type: 'message', from: 'visitor' }, string(text));
      };
      const stop = subscribe(
        name,
        {
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
          page.Beacon!('on', event, listener);
        },
      );
      ask();
      return stop;
    },
    open: () => page.Beacon?.('open'),
  };
}
