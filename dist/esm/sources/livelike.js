import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { string } from '../lib/string.js';
const page = globalThis;
export function livelike() {
    const name = 'livelike';
    return {
        name,
        tells: ['chat_opened?', 'chat_first_message_sent'],
        ready: () => page.LiveLike, // a global even where the site imports it
        connect(emit) {
            /** The event names are anybody's: only what the element itself tells counts, wherever it stands. */
            const own = (work) => (event) => {
                const { detail } = event;
                if (event.composedPath()[0].localName === 'livelike-chat')
                    work(detail, label(detail?.roomId));
            };
            return on(name, window, {
                roomentered: own((_, conversation) => emit({ type: 'opened', conversation })),
                // Everybody's lines, the visitor's too, come as `messagereceived`; this one tells that the visitor's was taken.
                messagesent: own((detail, conversation) => {
                    const text = detail?.message;
                    emit({ type: 'message', from: 'visitor', conversation, at: label(detail?.resPayload?.created_at) }, string(text));
                }),
            });
        },
    };
}
