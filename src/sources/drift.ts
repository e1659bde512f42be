// Off line since 2025, wound down in 2026: https://devdocs.drift.com/docs/drift-events
import type { Source } from '../core/types.ts';
import { contact } from '../lib/contact.ts';
import { label } from '../lib/label.ts';
import { subscribe } from '../lib/subscribe.ts';

interface Drift {
  on?(event: string, listener: (event?: any) => void): unknown;
  api?: { openChat?(): void };
}
const page = globalThis as { drift?: Drift };

export function drift(): Source {
  const name = 'drift';
  return {
    name,
    tells: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'identity'],
    ready: () => typeof page.drift?.on === 'function' && page.drift,
    connect(emit) {
      const opened = () => emit({ type: 'opened' });
      const about = (event: any) => ({ conversation: label(event?.conversationId) });
      const said = (event: any) => emit({ type: 'message', from: 'visitor', ...about(event) });
      // `off` is not called: sites call it without a listener, and whether it takes one is not documented.
      return subscribe(
        name,
        {
          chatOpen: opened,
          sidebarOpen: opened, // before there was a chatOpen
          startConversation: said,
          'message:sent': said,
          message: (event) =>
            emit({ type: 'message', from: event?.teamMember?.bot ? 'bot' : 'agent', ...about(event) }),
          emailCapture: (event) => emit({ type: 'person', ...contact(event?.data?.email) }),
          phoneCapture: (event) =>
            emit({ type: 'person', ...contact('', '', event?.data?.phone ?? event?.phone) }),
        },
        (event, listener) => page.drift!.on!(event, listener),
      );
    },
    open: () => page.drift?.api?.openChat?.(),
  };
}
