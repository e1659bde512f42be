// Zendesk Web Widget (Classic): https://developer.zendesk.com/api-reference/widget/chat-api/
import type { Source } from '../core/types.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

type Ze = { (scope: string, what: string, listener?: (data?: any) => void): unknown; widget?: string };
const page = globalThis as { zE?: Ze };
// Zendesk messaging has the same global and throws at these words. The queue before the bundle does not say which of the
// two will come: https://github.com/zendesk/copenhagen_theme/pull/440
const found = () => (page.zE?.widget === 'classic' ? page.zE : undefined);

export function zendeskClassic(): Source {
  const name = 'zendesk-classic';
  return {
    name,
    tells: [
      'chat_opened',
      'chat_topic_set?',
      'chat_first_message_sent?',
      'chat_assigned',
      'chat_agent_replied?',
      'chat_resolved?',
      'chat_csat_submitted',
    ],
    ready: found,
    connect(emit) {
      // Only rises are told: that lines were read, or that those of the last page have been counted, is known by other signs.
      const read = () => emit({ type: 'unread', count: 0 });
      const GOOD = 'Chat Rating Good';
      const heard: Record<string, (data?: any) => void> = {
        open() {
          emit({ type: 'opened' });
          read();
        },
        'chat:connected': read,
        'chat:start'() {
          emit({ type: 'message', from: 'visitor' });
          read();
        },
        'chat:unreadMessages': (count) => emit({ type: 'unread', count }),
        'chat:end': () => emit({ type: 'ended' }), // by the visitor, or by idleness; never by an agent
        // https://developer.zendesk.com/api-reference/widget/core/#on-userevent
        userEvent(event) {
          const action = event?.action;
          if (action === 'Chat Served by Operator') emit({ type: 'assigned' }); // it has but a name
          if (action === GOOD || action === 'Chat Rating Bad')
            emit({ type: 'rated', score: Number(action === GOOD), worst: 0, best: 1 });
          const topic = action === 'Chat Request Form Submitted' && label(event.properties?.department);
          if (topic) emit({ type: 'topic', topic });
        },
      };
      // A listener cannot be taken away, and of more than four for one event the widget keeps four.
      return subscribe(name, heard, (event, listener) => page.zE!('webWidget:on', event, listener));
    },
    open: () => found()?.('webWidget', 'open'),
  };
}
