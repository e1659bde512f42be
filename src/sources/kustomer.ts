// https://developer.kustomer.com/chat-sdk/v2.0-Web/docs/kustomer-add-listener
import type { Source } from '../core/types.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

type Listener = (response?: any) => void;
interface Kustomer {
  addListener?(event: string, listener: Listener): void;
  removeListener(event: string, listener: Listener): void;
  getUnreadCount?(): { total: number };
  open?(): void;
}
const page = globalThis as { Kustomer?: Kustomer };

export function kustomer(): Source {
  const name = 'kustomer';
  let early = false;
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent?', 'chat_agent_replied?', 'chat_resolved?'],
    wake: ['kustomerLoaded'],
    // The loader's stub has only `start`. What `start` puts on the page goes with `stop`, and with it all listeners.
    ready() {
      const frame =
        typeof page.Kustomer?.addListener === 'function' && document.getElementById('kustomer-ui-sdk-iframe');
      return frame && (early ? {} : frame);
    },
    connect(emit) {
      const sdk = page.Kustomer!;
      const unread = () => emit({ type: 'unread', count: sdk.getUnreadCount?.().total as number });
      try {
        early = false;
        unread();
      } catch {
        early = true; // before `start` has finished nothing works: who came too early comes again
        return () => {};
      }
      const conversation = (response: any) => label(response?.conversationId);
      return subscribe(
        name,
        {
          onOpen: () => emit({ type: 'opened' }),
          onConversationCreate: (response) =>
            emit({
              type: 'message',
              from: 'visitor',
              conversation: conversation(response),
              at: label(response?.createdAt),
            }),
          onUnread: unread,
          onConversationEnded: (response) => emit({ type: 'ended', conversation: conversation(response) }),
        },
        (event, listener) => sdk.addListener!(event, listener),
        (event, listener) => sdk.removeListener(event, listener),
      );
    },
    open: () => page.Kustomer?.open?.(),
  };
}
