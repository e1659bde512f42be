// https://www.jivochat.com/docs/widget/
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { guard } from '../lib/guard.ts';
import { slots, standing } from '../lib/slots.ts';

const page = globalThis as { jivo_api?: { open?(): void; getContactInfo?(): any } };

export function jivochat(): Source {
  const name = 'jivochat';
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent', 'chat_assigned', 'chat_agent_replied', 'identity'],
    // Sites declare its handlers as global functions, over whatever stands there.
    ready: () => page.jivo_api && standing(page),
    connect(emit) {
      const person = guard(name, () => {
        const form = page.jivo_api?.getContactInfo?.();
        if (form?.email || form?.phone)
          emit({ type: 'person', ...contact(form.email, form.client_name, form.phone) });
      });
      // One is told where there was no talk before, the other where no invitation was shown: most often both.
      const message = () => emit({ type: 'message', from: 'visitor' });
      person();
      return slots(name, page, {
        jivo_onOpen: () => emit({ type: 'opened' }),
        jivo_onMessageSent: message,
        jivo_onClientStartChat: message,
        jivo_onAccept: () => emit({ type: 'assigned' }),
        jivo_onMessageReceived: () => emit({ type: 'message', from: 'agent' }),
        jivo_onIntroduction: person,
      });
    },
    open: () => page.jivo_api?.open?.(),
  };
}
