// Front Chat: https://dev.frontapp.com/docs/chat-sdk-reference
import type { Source } from '../core/types.ts';
import { subscribe } from '../lib/subscribe.ts';

const page = globalThis as { FrontChat?: (command: string, listener?: (data?: any) => void) => unknown };

export function front(): Source {
  const name = 'front';
  let early = false;
  return {
    name,
    tells: ['chat_opened', 'chat_agent_replied?'],
    // The frame is another after each `init`. Before it is set up, commands are refused: who came too early comes again.
    ready() {
      const frame = typeof page.FrontChat === 'function' && document.querySelector('#front-chat-iframe');
      return frame && (early ? {} : frame);
    },
    connect(emit) {
      early = false;
      return subscribe(
        name,
        {
          onWindowVisibilityChanged({ is_window_visible }) {
            if (is_window_visible === true) emit({ type: 'opened' });
          },
          onUnreadChange: ({ unread_count }) => emit({ type: 'unread', count: unread_count }), // told at once, too
        },
        (command, listener) => {
          const unbind = page.FrontChat!(command, listener);
          early ||= !unbind;
          return unbind;
        },
      );
    },
    open: () => page.FrontChat?.('show'),
  };
}
