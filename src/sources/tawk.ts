// tawk.to: https://developer.tawk.to/jsapi/
// Its window events leave the one `Tawk_API.onX` to the site: https://github.com/tawk/tawk-messenger-vue-3
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { email } from '../lib/email.ts';
import { label } from '../lib/label.ts';
import { on } from '../lib/on.ts';
import { string } from '../lib/string.ts';

const page = globalThis as { Tawk_API?: { maximize?(): void } };

export function tawk(): Source {
  const name = 'tawk';
  return {
    name,
    tells: [
      'chat_opened',
      'chat_topic_set?',
      'chat_first_message_sent',
      'chat_assigned',
      'chat_agent_replied',
      'chat_resolved?',
      'chat_csat_submitted',
      'identity',
    ],
    wake: ['tawkBeforeLoad', 'tawkLoad'],
    ready: () => !!page.Tawk_API,
    connect: (emit) =>
      on(name, globalThis as unknown as Window, {
        tawkChatMaximized: () => emit({ type: 'opened' }),
        tawkChatMessageVisitor({ detail }) {
          const text = detail?.message ?? detail?.text ?? detail;
          emit({ type: 'message', from: 'visitor' }, string(text));
        },
        tawkChatMessageAgent: () => emit({ type: 'message', from: 'agent' }),
        tawkAgentJoinChat: ({ detail }) => emit({ type: 'assigned', agent: label(detail?.id) }),
        tawkTagsUpdated({ detail }) {
          const topic = label([detail].flat().pop()); // all tags each time, the newest last
          if (topic) emit({ type: 'topic', topic });
        },
        tawkChatEnded: () => emit({ type: 'ended' }),
        tawkChatSatisfaction({ detail }) {
          if (typeof detail === 'number') emit({ type: 'rated', score: detail, worst: -1, best: 1 });
        },
        // The address is known by its look, for labels are in the shop's language; a name or phone only by a certain label.
        tawkPrechatSubmit({ detail }) {
          const fields: any[] = [detail].flat();
          const answer = (words: RegExp) => label(fields.find((field) => words.test(field?.label))?.answer);
          emit({
            type: 'person',
            ...contact(
              fields.map((field) => email(field?.answer)).find(Boolean),
              answer(/^(your |full )*name$/i),
              answer(/^(your )?(mobile |tele)?phone( number)?$/i),
            ),
          });
        },
        tawkOfflineSubmit: ({ detail }) => emit({ type: 'person', ...contact(detail?.email, detail?.name) }),
      }),
    open: () => page.Tawk_API?.maximize?.(),
  };
}
