// https://developer.gladly.com/sidekick/
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { guard } from '../lib/guard.ts';
import { subscribe } from '../lib/subscribe.ts';

type Listener = (data?: any) => void;
const page = globalThis as {
  Gladly?: { on?(event: string, listener: Listener): unknown; getUser?(): any; show?(): void };
};

export function gladly(): Source {
  const name = 'gladly';
  let early = false;
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'chat_resolved?', 'identity?'],
    // The loader's stub has only `init`, and listeners are taken after it only: who came too early comes again.
    ready: () => typeof page.Gladly?.on === 'function' && (early ? {} : page.Gladly),
    connect(emit) {
      early = false;
      const person = guard(name, () => {
        const visitor = page.Gladly?.getUser?.();
        emit({ type: 'person', ...contact(visitor?.identity, visitor?.name) });
      });
      return subscribe(
        name,
        {
          'sidekick:opened': () => emit({ type: 'opened' }),
          'customer:onboarded': person,
          'message:sent'() {
            person();
            emit({ type: 'message', from: 'visitor' });
          },
          'message:received': () => emit({ type: 'message', from: 'agent' }),
          'conversation:ended': () => emit({ type: 'ended' }),
        },
        (event, listener) => {
          try {
            return page.Gladly!.on!(event, listener);
          } catch {
            early = true;
            return undefined;
          }
        },
      );
    },
    open: () => page.Gladly?.show?.(),
  };
}
