import { email } from '../lib/email.js';
import { guard } from '../lib/guard.js';
import { label } from '../lib/label.js';
import { string } from '../lib/string.js';
const place = 'crisp';
const page = globalThis;
const get = guard(place, (what) => page.$crisp?.get?.(what)); // the array has none
const at = (message) => Number(message?.timestamp) || undefined;
const WORDS = {
    'chat:opened': () => ({ type: 'opened' }),
    'message:sent': (message) => ({ type: 'message', from: 'visitor', at: at(message) }),
    // Which of these fields reach the page is not documented; a line of the page's own `message:show` is `local`.
    'message:received': (message) => ({
        type: 'message',
        from: message?.automated || /:bot:|^local$/.test(message?.origin) ? 'bot' : 'agent',
        at: at(message),
    }),
    'user:email:changed': (address) => ({ type: 'person', email: email(address) }),
    'user:phone:changed': (phone) => ({ type: 'person', phone: label(phone) }),
    'user:nickname:changed': (name) => ({ type: 'person', name: label(name) }),
};
const NAMES = Object.keys(WORDS);
export function crisp() {
    return {
        name: place,
        early: true,
        tells: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'identity'],
        ready() {
            // Its client may take the site's handlers between two looks: what is put here is hooked at once.
            if (!('$crisp' in page)) {
                leave?.();
                leave = enter();
            }
            return page.$crisp;
        },
        connect(emit) {
            const known = email(get('user:email'));
            if (known)
                emit({ type: 'person', email: known });
            return join(guard(place, (name, data) => {
                const text = name === 'message:sent' && data?.content;
                // The only id that Crisp has is that of the session, which lasts for months: no conversation does.
                emit(WORDS[name](data), string(text));
            }));
        },
        open: () => page.$crisp?.push(['do', 'chat:open']),
    };
}
// Crisp has one slot a name: the last `on` wins and `off` empties it (https://github.com/microsoft/clarity/issues/979), and
// the site's crisp-sdk-web says `off` before each `on`. So every `on` and `off` of the site becomes an `on` of a function
// that calls first us, then the site. When we leave, such functions stay: without listeners they are as good as the site's
// own handler, while a slot that was given back could not be taken again unseen. What stood in the slots of a client that was
// there before us cannot be seen at all: a site with handlers of its own loads chatstone before Crisp.
const listeners = new Set();
const ours = new WeakSet(); // our functions, and whose slots hold them
let last; // what was hooked last
let unhook;
let leave;
function share(name, site) {
    const both = function (...data) {
        for (const listener of listeners)
            listener(name, data[0]);
        return site?.apply(this, data); // what it throws goes where it would go without us
    };
    ours.add(both);
    return both;
}
/** Shares the slots of the array, or of the client that takes its place. */
const hook = guard(place, (crisp) => {
    if (!crisp || ours.has(crisp.push))
        return;
    const { push } = crisp;
    const before = Object.getOwnPropertyDescriptor(crisp, 'push');
    const put = (entry) => {
        const verb = entry?.[0];
        const name = entry?.[1];
        const site = verb === 'on' ? entry[2] : undefined;
        if (NAMES.includes(name) && (verb === 'off' || typeof site === 'function')) {
            push.call(crisp, ['off', name]);
            // A client may run the array through its own push: then the function is ours already.
            if (!ours.has(site))
                entry = ['on', name, share(name, site)];
        }
        return push.call(crisp, entry);
    };
    const shared = (...entries) => entries.map(put).pop();
    ours.add(shared);
    if (!ours.has(crisp)) {
        ours.add(crisp);
        const queue = Array.isArray(crisp) && crisp.splice(0);
        // To a client that takes the place of the array they come with its queue.
        if (queue || !Array.isArray(last))
            for (const name of NAMES)
                push.call(crisp, ['on', name, share(name)]);
        if (queue)
            queue.forEach(put);
    }
    last = crisp;
    Object.defineProperty(crisp, 'push', { value: shared, configurable: true, writable: true });
    unhook = () => {
        if (crisp.push !== shared)
            return; // somebody hung something over it
        if (before)
            Object.defineProperty(crisp, 'push', before);
        else
            delete crisp.push;
    };
});
/** Hooks what is there, and at once what is put in its place: that is when sites register their handlers. */
function enter() {
    let value = page.$crisp;
    const before = Object.getOwnPropertyDescriptor(page, '$crisp');
    const accessor = {
        get: () => value,
        set(next) {
            value = next;
            hook(next);
        },
    };
    // A `var $crisp` is not configurable: what replaces it is found at the next look.
    if (!before || (before.value && before.configurable))
        Object.defineProperty(page, '$crisp', { ...accessor, enumerable: true, configurable: true });
    hook(value);
    return () => {
        if (Object.getOwnPropertyDescriptor(page, '$crisp')?.get === accessor.get) {
            const plain = { configurable: true, enumerable: true, writable: true, ...before, value };
            if (before || value)
                Object.defineProperty(page, '$crisp', plain);
            else
                delete page.$crisp;
        }
        unhook?.();
    };
}
function join(listener) {
    listeners.add(listener);
    if (leave)
        hook(page.$crisp);
    else
        leave = enter();
    return () => {
        listeners.delete(listener);
        if (listeners.size)
            return;
        leave?.();
        leave = undefined;
    };
}
