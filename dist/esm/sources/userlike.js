import { contact } from '../lib/contact.js';
import { guard } from '../lib/guard.js';
import { label } from '../lib/label.js';
import { slots, standing } from '../lib/slots.js';
const page = globalThis;
const WORDS = new Map([
    ['chat_window_maximized', { type: 'opened' }],
    ['contact_first_message', { type: 'message', from: 'visitor' }],
    ['message_operator_terminating', { type: 'message', from: 'visitor' }], // it ends at the operator
    ['message_client_terminating', { type: 'message', from: 'agent' }],
    ['chat_quit', { type: 'ended' }],
]);
const BY_EVENT = [
    'chat_opened',
    'chat_first_message_sent',
    'chat_assigned?',
    'chat_agent_replied',
    'chat_resolved?',
];
const BY_STATE = ['chat_opened', 'chat_agent_replied?', 'identity'];
/** The messenger of the script tag; the one of the npm package where the site hands it over, for it has no global. */
export function userlike(options = {}) {
    const name = 'userlike';
    return {
        name,
        tells: 'messenger' in options ? BY_STATE : BY_EVENT,
        ready: () => options.messenger ?? ((page.userlike || page['userlikeTrackingEvent']) && standing(page)),
        connect(emit) {
            const { messenger } = options;
            let before;
            if (!messenger)
                return slots(name, page, {
                    userlikeTrackingEvent(event, _widget, chat) {
                        const conversation = label(chat?.chat_id);
                        const agent = label(chat?.operator_id);
                        const signal = WORDS.get(event);
                        if (signal)
                            emit({ ...signal, conversation });
                        const now = `${conversation} ${agent}`;
                        if (agent && now !== before)
                            emit({ type: 'assigned', agent, conversation });
                        before = now;
                    },
                });
            let known = ',,';
            const next = guard(name, ({ state, contact: who, conversations }) => {
                if (state === 'maximized' && state !== before)
                    emit({ type: 'opened' });
                before = state;
                const person = contact(who.email, who.name, who.phone_number || who.mobile_number);
                const now = Object.values(person).join();
                if (now !== known)
                    emit({ type: 'person', ...person });
                known = now;
                emit({
                    type: 'unread',
                    count: conversations.flatMap(({ unread }) => unread).length,
                    conversation: label(conversations.find(({ unread }) => unread.length)?.id),
                });
            });
            next(messenger.getState()); // whether subscribing tells it is not documented
            const subscription = messenger.state$.subscribe({ next });
            return () => subscription.unsubscribe();
        },
        open: () => (options.messenger ? options.messenger.maximize() : page.userlike?.userlikeStartChat?.()),
    };
}
