// https://github.com/RocketChat/Rocket.Chat.Livechat/blob/73e35bf7/src/widget.js
import type { Signal, Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { guard } from '../lib/guard.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

type Livechat = Record<string, ((listener?: (data?: any) => void) => void) | undefined>;
const page = globalThis as { RocketChat?: (work: (this: Livechat) => void) => void };

export function rocketChat(): Source {
  const name = 'rocket-chat';
  return {
    name,
    tells: [
      'chat_opened',
      'chat_topic_set',
      'chat_first_message_sent',
      'chat_assigned',
      'chat_resolved?',
      'identity',
    ],
    ready: () => typeof page.RocketChat === 'function' && page.RocketChat,
    connect(emit) {
      let assigned: Signal | undefined;
      const person = (form: any) => {
        emit({ type: 'person', ...contact(form?.email, form?.name) });
        const topic = label(form?.department); // an id: the site names it in its list of topics
        if (topic) emit({ type: 'topic', topic });
      };
      const heard: Record<string, (data?: any) => void> = {
        onChatMaximized: () => emit({ type: 'opened' }),
        onPrechatFormSubmit: person,
        onOfflineFormSubmit: person,
        onAssignAgent(agent) {
          if (!agent) return; // back into the queue
          assigned = { type: 'assigned', agent: label(agent.username) };
          emit(assigned);
        },
        onChatStarted() {
          emit({ type: 'message', from: 'visitor' });
          // Routing assigns before the chat has begun: https://github.com/RocketChat/Rocket.Chat.Livechat/blob/73e35bf7/src/routes/Chat/container.js
          if (assigned) emit(assigned);
        },
        onChatEnded() {
          assigned = undefined;
          emit({ type: 'ended' });
        },
      };
      // A listener cannot be taken away; its own whitelist ignores names that it does not know.
      return subscribe(name, heard, (method, listener) => {
        const register = guard(name, (livechat: Livechat) => livechat[method]?.(listener));
        page.RocketChat!(function () {
          register(this);
        });
      });
    },
    open: () =>
      page.RocketChat!(function () {
        this['maximizeWidget']?.();
      }),
  };
}
