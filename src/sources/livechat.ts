// LiveChat: https://platform.text.com/docs/extending-chat-widget/javascript-api
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { guard } from '../lib/guard.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

type Listener = (data?: any) => void;
type Widget = Record<'on' | 'off', (event: string, listener: Listener) => void> &
  Record<'get' | 'call', (what: string) => any>;
const page = globalThis as { LiveChatWidget?: Widget };

const PARTIES: Record<string, 'visitor' | 'agent'> = { customer: 'visitor', agent: 'agent' };

export function livechat(): Source {
  const name = 'livechat';
  return {
    name,
    tells: [
      'chat_opened',
      'chat_first_message_sent',
      'chat_assigned?',
      'chat_agent_replied',
      'chat_resolved?',
      'chat_csat_submitted',
      'identity',
    ],
    ready: () => page.LiveChatWidget?.on && page.LiveChatWidget,
    connect(emit) {
      const widget = page.LiveChatWidget!;
      let chatting = false;
      const get = guard(name, (what: string) => widget.get(what));
      // A thread is what we call a conversation; the chat around it never ends: https://platform.text.com/docs/messaging
      // The line that begins a thread comes before it, while the getter may still name the one that has ended.
      const conversation = () => (chatting ? label(get('chat_data')?.threadId) : undefined);
      const person = (customer = get('customer_data')) => {
        if (customer?.email) emit({ type: 'person', ...contact(customer.email, customer.name) });
      };
      const status = (now: unknown) => {
        if (now === 'chatting' && !chatting) {
          chatting = true;
          emit({ type: 'assigned', conversation: conversation() });
        } else if (chatting && (now === 'browsing' || now === 'invited')) {
          emit({ type: 'ended', conversation: conversation() });
          chatting = false;
        }
      };
      return subscribe(
        name,
        {
          // Told at once where the widget stands already.
          ready({ customerData }) {
            person(customerData);
            status(customerData?.status);
          },
          visibility_changed({ visibility }) {
            if (visibility === 'maximized') emit({ type: 'opened' });
          },
          form_submitted: () => person(),
          customer_status_changed(data) {
            person(); // a form begins the chat, and its fields may come later than its event
            status(data.status);
          },
          new_event({ author, greeting, timestamp }) {
            const from = PARTIES[author.type];
            if (from && !greeting)
              emit({ type: 'message', from, at: label(timestamp), conversation: conversation() });
          },
          rating_submitted(value) {
            // `none` takes a rating back
            if (value === 'good' || value === 'bad')
              emit({ type: 'rated', score: +(value === 'good'), worst: 0, best: 1 });
          },
        },
        widget.on,
        widget.off,
      );
    },
    open: () => page.LiveChatWidget?.call('maximize'),
  };
}
