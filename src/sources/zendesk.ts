// Zendesk messaging: https://developer.zendesk.com/api-reference/widget-messaging/web/events/
import type { Party, Source } from '../core/types.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

type Ze = { (scope: string, what: string, listener?: (data?: any) => void): unknown; widget?: string };
const page = globalThis as { zE?: Ze };
// Web Widget (Classic) has the same global and throws at these words. The queue before the bundle does not say which of the
// two will come: https://github.com/zendesk/copenhagen_theme/pull/440
const found = () => (page.zE?.widget === 'messenger' ? page.zE : undefined);

export function zendesk(): Source {
  const name = 'zendesk';
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent?', 'chat_assigned', 'chat_agent_replied?'],
    ready: found,
    connect(emit) {
      const since = Date.now();
      const answers = new Map<string | undefined, Party>(); // who does, in the conversations of this page view
      const of = (event: any) => label(event?.payload?.conversation?.id); // `null` in a window that has none yet
      const known = (event: any) => {
        const conversation = of(event);
        if (conversation) emit({ type: 'conversation', conversation, at: label(event.createdAt) });
        return conversation;
      };
      return subscribe(
        name,
        {
          open: (event) => emit({ type: 'opened', at: label(event?.createdAt) }),
          // The window is enough to start one: the visitor has said nothing yet.
          conversationStarted: (event) => answers.set(known(event), 'bot'),
          conversationOpened: known,
          conversationAgentAssigned(event) {
            const conversation = of(event);
            answers.set(conversation, 'agent');
            emit({ type: 'assigned', conversation, at: label(event?.createdAt) });
          },
          messagesShown(event) {
            const conversation = of(event);
            for (const message of [event?.payload?.messages].flat()) {
              const role = label(message?.role);
              // Older lines are shown again. `business` is a bot and an agent.
              if (role && (answers.has(conversation) || !(+new Date(message.received) < since)))
                emit({
                  type: 'message',
                  from: /user|visitor/i.test(role) ? 'visitor' : (answers.get(conversation) ?? 'bot'),
                  conversation,
                  at: label(message.received),
                });
            }
          },
          unreadMessages: (count) => emit({ type: 'unread', count }),
        },
        (event, listener) => page.zE!('messenger:on', event, listener),
      );
    },
    open: () => found()?.('messenger', 'open'),
  };
}
