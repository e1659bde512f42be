import { email } from '../lib/email.js';
import { guard } from '../lib/guard.js';
import { label } from '../lib/label.js';
const page = globalThis;
const place = 'crisp';
export function crisp() {
    const get = guard(place, (what) => page.$crisp?.get?.(what));
    return {
        name: place,
        tells: ['chat_opened', 'chat_first_message_sent', 'chat_agent_replied', 'identity'],
        ready: () => page.$crisp,
        connect(emit) {
            const tell = (signal, text) => emit({ ...signal, conversation: label(get('session:identifier')) }, typeof text === 'string' ? text : undefined);
            const at = (message) => Number(message?.timestamp) || undefined;
            const heard = {
                'chat:opened': () => tell({ type: 'opened' }),
                'message:sent': (message) => tell({ type: 'message', from: 'visitor', at: at(message) }, message?.content),
                // Which of these fields reach the page is not documented; a line of the page's own `message:show` is `local`.
                'message:received': (message) => tell({
                    type: 'message',
                    from: message?.automated || /:bot:|^local$/.test(message?.origin) ? 'bot' : 'agent',
                    at: at(message),
                }),
                'user:email:changed': (address) => tell({ type: 'person', email: email(address) }),
                'user:phone:changed': (phone) => tell({ type: 'person', phone: label(phone) }),
                'user:nickname:changed': (nickname) => tell({ type: 'person', name: label(nickname) }),
            };
            const known = email(get('user:email'));
            if (known)
                tell({ type: 'person', email: known });
            return join(guard(place, (name, data) => heard[name](data)));
        },
        open: () => page.$crisp?.push(['do', 'chat:open']),
    };
}
// Crisp has one slot a name: the last `on` wins and `off` removes whoever is there
// (https://github.com/microsoft/clarity/issues/979), and the site's crisp-sdk-web says `off` before each `on`. So every `on`
// and `off` of the site becomes an `on` of a function that calls first us, then the site. Only what stood in the slots of a
// client that was there before us cannot be seen: load chatstone before Crisp where the site has handlers of its own.
const NAMES = [
    'chat:opened',
    'message:sent',
    'message:received',
    'user:email:changed',
    'user:phone:changed',
    'user:nickname:changed',
];
const listeners = new Set();
const shared = new WeakMap(); // a function of ours → the site's in it
let leave;
let hooked;
let unhook;
let slots; // what would stand in the slots without us
const share = (name, site) => {
    const both = function (...data) {
        for (const listener of listeners)
            listener(name, data[0]);
        return site?.apply(this, data); // what it throws goes where it would go without us
    };
    shared.set(both, site);
    return both;
};
/** Shares the slots of the array, or of the client that takes its place. */
const hook = guard(place, (crisp) => {
    if (!crisp || crisp === hooked)
        return;
    const queue = Array.isArray(crisp) ? crisp : undefined;
    if (queue || !hooked)
        slots = {};
    hooked = crisp;
    const { push } = crisp;
    const before = Object.getOwnPropertyDescriptor(crisp, 'push');
    const originals = new Map();
    const put = (entry) => {
        const verb = entry?.[0];
        const name = entry?.[1];
        if ((verb === 'on' || verb === 'off') && NAMES.includes(name)) {
            // The client may run the array through its own push: then the function is ours already.
            const site = shared.has(entry[2]) ? shared.get(entry[2]) : verb === 'on' ? entry[2] : undefined;
            slots[name] = site;
            const original = entry;
            entry = ['on', name, share(name, site)];
            originals.set(entry, original);
        }
        return push.call(crisp, entry);
    };
    const ours = (...entries) => entries.map(put).pop();
    const early = queue?.splice(0) ?? [];
    for (const name of NAMES) {
        const entry = ['on', name, share(name, slots[name])];
        originals.set(entry, undefined);
        push.call(crisp, entry);
    }
    early.forEach(put);
    Object.defineProperty(crisp, 'push', { value: ours, configurable: true, writable: true });
    unhook = () => {
        hooked = undefined;
        if (crisp.push === ours) {
            if (before)
                Object.defineProperty(crisp, 'push', before);
            else
                delete crisp.push;
        }
        const back = queue
            ? queue.splice(0).map((entry) => (originals.has(entry) ? originals.get(entry) : entry))
            : NAMES.map((name) => (slots[name] ? ['on', name, slots[name]] : ['off', name]));
        for (const entry of back)
            if (entry)
                push.call(crisp, entry);
    };
});
/** Hooks what is there, and what is assigned later at once: the site registers its handlers as soon as the client comes. */
function enter() {
    let value = page.$crisp;
    const before = Object.getOwnPropertyDescriptor(page, '$crisp');
    const get = () => value;
    // A `var $crisp` cannot be watched: its replacement is found at the next look.
    const watched = before?.configurable && 'value' in before;
    if (watched)
        Object.defineProperty(page, '$crisp', {
            configurable: true,
            enumerable: before.enumerable,
            get,
            set(next) {
                value = next;
                hook(next);
            },
        });
    hook(value);
    return () => {
        if (watched && Object.getOwnPropertyDescriptor(page, '$crisp')?.get === get)
            Object.defineProperty(page, '$crisp', { ...before, value });
        unhook();
    };
}
/** Given back a moment after the last listener left: where the array was replaced, it comes again in the same task. */
function join(listener) {
    listeners.add(listener);
    if (leave)
        hook(page.$crisp);
    else
        leave = enter();
    return () => {
        listeners.delete(listener);
        queueMicrotask(guard(place, () => {
            if (listeners.size)
                return;
            leave?.();
            leave = undefined;
        }));
    };
}
