import { string } from '../lib/string.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
export function gorgias() {
    const name = 'gorgias';
    return {
        name,
        tells: ['chat_opened', 'chat_first_message_sent?', 'chat_agent_replied'],
        wake: ['gorgias-widget-loaded'],
        // Until the bundle has come a Proxy stands here that throws at every property but `init`: so it is only asked for one.
        ready: () => page.GorgiasChat && 'on' in page.GorgiasChat && page.GorgiasChat,
        connect: (emit) => subscribe(name, {
            'widget:opened': () => emit({ type: 'opened' }),
            'message:sent'(message) {
                const text = message?.content?.text;
                emit({ type: 'message', from: 'visitor' }, string(text));
            },
            // Of an automaton's line, too: nothing is known that tells it apart.
            'message:received': () => emit({ type: 'message', from: 'agent' }),
        }, (event, listener) => page.GorgiasChat.on(event, listener)),
        open: () => page.GorgiasChat?.open(),
    };
}
