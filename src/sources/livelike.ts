// A group chat: https://docs.livelike.com/docs/getting-started-with-the-web-sdk; its element's events stand in
// livelike.umd.dev.js of https://www.npmjs.com/package/@livelike/engagementsdk (2.57.3)
import type { Source } from '../core/types.ts';
import { label } from '../lib/label.ts';
import { on } from '../lib/on.ts';
import { string } from '../lib/string.ts';

const page = globalThis as { LiveLike?: object };

export function livelike(): Source {
  const name = 'livelike';
  return {
    name,
    tells: ['chat_opened?', 'chat_first_message_sent'],
    ready: () => page.LiveLike, // a global even where the site imports it
    connect(emit) {
      /** The event names are anybody's: only what the element itself tells counts, wherever it stands. */
      const own = (work: (detail: any, conversation?: string) => void) => (event: Event) => {
        const { detail } = event as CustomEvent;
        if ((event.composedPath()[0] as Element).localName === 'livelike-chat')
          work(detail, label(detail?.roomId));
      };
      return on(name, window, {
        roomentered: own((_, conversation) => emit({ type: 'opened', conversation })),
        // Everybody's lines, the visitor's too, come as `messagereceived`; this one tells that the visitor's was taken.
        messagesent: own((detail, conversation) => {
          const text = detail?.message;
          emit(
            { type: 'message', from: 'visitor', conversation, at: label(detail?.resPayload?.created_at) },
            string(text),
          );
        }),
      });
    },
  };
}
