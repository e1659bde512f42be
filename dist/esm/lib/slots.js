// Some vendors call one handler of a certain name (`window.jivo_onOpen`): whoever assigns it last has it alone. So the slot
// is shared: the site's handler, whether it comes before us or after us, is called as if we were not there.
import { guard } from './guard.js';
const held = new WeakMap();
const sites = new WeakMap(); // our functions, and the handler of the site that each calls
const of = (target) => {
    const entry = held.get(target) ?? { token: {}, slots: new Map() };
    held.set(target, entry);
    return entry;
};
const stands = (target, name) => sites.has(Object(target[name]));
/** The same object as long as our hooks stand in the slots of a target, another when one was overwritten: then hook again. */
export function standing(target) {
    const entry = of(target);
    if ([...entry.slots.keys()].some((name) => !stands(target, name)))
        entry.token = {};
    return entry.token;
}
/** Hears what a vendor tells the slots of a target, with the site. Returns what gives the slots back. */
export function slots(place, target, listeners) {
    const undo = Object.entries(listeners).map(([name, work]) => {
        const listener = guard(place, work);
        hook(target, name).listeners.add(listener);
        return () => leave(target, name, listener);
    });
    return () => {
        for (const one of undo)
            one();
    };
}
function hook(target, name) {
    const { slots } = of(target);
    const known = slots.get(name);
    if (known && stands(target, name))
        return known;
    const slot = {
        listeners: known?.listeners ?? new Set(),
        site: target[name],
        before: Object.getOwnPropertyDescriptor(target, name),
    };
    slots.set(name, slot);
    let inside = false; // a handler of the site calls the one that it found there, which is ours
    let shown;
    const share = (site) => {
        slot.site = site;
        shown = function (...data) {
            const outside = !inside;
            inside = true;
            try {
                if (outside)
                    for (const listener of slot.listeners)
                        listener(...data);
                return typeof site === 'function' ? site.apply(this, data) : undefined; // what it throws goes where it would go
            }
            finally {
                if (outside)
                    inside = false;
            }
        };
        sites.set(shown, site);
    };
    share(slot.site);
    if (slot.before?.configurable === false)
        target[name] = shown; // declared as a global function: what replaces it is found at the next look
    else
        Object.defineProperty(target, name, {
            get: () => shown,
            set: (next) => share(sites.has(Object(next)) ? sites.get(next) : next),
            configurable: true,
            enumerable: true,
        });
    return slot;
}
function leave(target, name, listener) {
    const { slots } = of(target);
    const slot = slots.get(name);
    slot?.listeners.delete(listener);
    if (!slot || slot.listeners.size)
        return;
    slots.delete(name);
    if (!stands(target, name))
        return; // somebody overwrote it
    const { before, site } = slot;
    if (before?.configurable === false)
        target[name] = site;
    else if (before || site !== undefined)
        Object.defineProperty(target, name, {
            value: site,
            configurable: true,
            enumerable: before?.enumerable ?? true,
            writable: true,
        });
    else
        delete target[name];
}
