import { label } from '../lib/label.js';
import { string } from '../lib/string.js';
import { subscribe } from '../lib/subscribe.js';
const page = globalThis;
const PARTIES = new Map([
    ['agent', 'agent'],
    ['bot', 'bot'],
    ['contact', 'visitor'],
    ['trigger', 'bot'],
]);
export function smartsupp() {
    const name = 'smartsupp';
    return {
        name,
        tells: ['chat_first_message_sent', 'chat_agent_replied'],
        ready: () => typeof page.smartsupp === 'function' && page.smartsupp,
        connect(emit) {
            let last;
            // What the visitor sent comes back, https://github.com/smartsupp/smartsupp-sdk-websocket/blob/f1ff51b3/docs/usage.md
            // and what a press on a bot's button says only comes back. One `chatId` holds all conversations of a visitor.
            const heard = (from, message) => {
                if (!from || (last && last === message?.id))
                    return;
                last = message?.id;
                const text = from === 'visitor' && message?.content?.text;
                emit({ type: 'message', from, at: label(message?.createdAt) }, string(text));
            };
            // There is no `off`.
            return subscribe(name, {
                message_sent: (message) => heard('visitor', message),
                message_received: (message) => heard(PARTIES.get(message?.subType), message),
            }, (event, listener) => page.smartsupp('on', event, listener));
        },
    };
}
