// https://help.tidio.com/hc/en-us/articles/5463607160860-Widget-SDK
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { email } from '../lib/email.ts';
import { guard } from '../lib/guard.ts';
import { on } from '../lib/on.ts';
import { string } from '../lib/string.ts';

const SECOND = 1000; // milliseconds
const page = globalThis as { tidioChatApi?: { open?(): void } };

/** Every event of the API comes to the document, too, where listeners can be taken away; builds differ in its place. */
const told = ({ data, detail }: any) => data ?? detail ?? {};

export function tidio(): Source {
  const name = 'tidio';
  return {
    name,
    tells: [
      'chat_opened',
      'chat_first_message_sent',
      'chat_agent_replied',
      'chat_csat_submitted',
      'identity',
    ],
    wake: ['tidioChat-ready'],
    ready: () => !!page.tidioChatApi,
    connect(emit) {
      let card = 0; // when the widget last showed a card of its own
      const person = guard(name, (who: any) => {
        if (who) emit({ type: 'person', ...contact(who.email, who.name, who.phone) });
      });
      person((document as { tidioIdentify?: object }).tidioIdentify); // whom the site told Tidio of
      return on(name, document, {
        'tidioChat-open': () => emit({ type: 'opened' }),
        'tidioChat-messageFromVisitor'(event) {
          const { message, type } = told(event);
          if (type === 'satisfaction_survey_rating')
            emit({ type: 'rated', score: Number(message), worst: 1, best: 5 });
          // `fromBot` says here that a bot listens, not that it speaks. An upload is told by its address.
          else emit({ type: 'message', from: 'visitor' }, type === 'upload' ? undefined : string(message));
        },
        // Told of every line, also of the widget's own: cards without words, the pre-chat, the visitor's own address, and the
        // thanks that follow the card of an address at once.
        'tidioChat-messageFromOperator'(event) {
          const { message, fromBot } = told(event);
          if (fromBot) emit({ type: 'message', from: 'bot' });
          else if (!message) card = Date.now();
          else if (Date.now() - card < SECOND) card = 0;
          else if (message !== 'preChat' && !email(message)) emit({ type: 'message', from: 'agent' });
        },
        'tidioChat-preFormFilled': (event) => person(told(event).form_data),
      });
    },
    open: () => page.tidioChatApi?.open?.(),
  };
}
