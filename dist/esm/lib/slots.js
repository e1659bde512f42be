// Some vendors call one handler of a certain name (`window.jivo_onOpen`): whoever assigns it last has it alone. So the slot
// is shared: the site's handler, whether it comes before us or after us, is called as if we were not there.
import { fault, guard } from './guard.js';
const held = new WeakMap();
const sites = new WeakMap(); // our functions, and the handler of the site that each calls
const OURS = Symbol.for('chatstone slot'); // marks them for another copy of this module, lest the two hook each other for ever
const of = (target) => {
    const entry = held.get(target) ?? { token: {}, slots: new Map() };
    held.set(target, entry);
    return entry;
};
const stands = (target, name) => OURS in Object(target[name]);
/** The same object as long as our hooks stand in the slots of a target, another when one was overwritten: then hook again. */
export function standing(target) {
    const entry = of(target);
    if ([...entry.slots].some(([name, { shut }]) => !shut && !stands(target, name)))
        entry.token = {};
    return entry.token;
}
/** Hears what a vendor tells the slots of a target, with the site. Returns what gives the slots back. */
export function slots(place, target, listeners) {
    const undo = Object.entries(listeners).map(([name, work]) => {
        const listener = guard(place, work);
        hook(place, target, name).listeners.add(listener);
        return () => leave(target, name, listener);
    });
    return () => {
        for (const one of undo)
            one();
    };
}
function hook(place, target, name) {
    const { slots } = of(target);
    const known = slots.get(name);
    if (known && stands(target, name))
        return known;
    const slot = {
        listeners: known?.listeners ?? new Set(),
        site: target[name],
        before: Object.getOwnPropertyDescriptor(target, name),
        shut: false,
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
        Object.defineProperty(shown, OURS, {});
    };
    share(slot.site);
    try {
        if (assigned(slot))
            target[name] = shown;
        else
            Object.defineProperty(target, name, {
                get: () => shown,
                set: (next) => share(sites.has(Object(next)) ? sites.get(next) : next),
                configurable: true,
                enumerable: true,
            });
    }
    catch (error) {
        fault(place, error);
        slot.shut = true;
    }
    return slot;
}
/** A global function, or an accessor of the site's own: what replaces ours there is found at the next look. */
const assigned = ({ before }) => before?.configurable === false || !!(before?.get || before?.set);
function leave(target, name, listener) {
    const { slots } = of(target);
    const slot = slots.get(name);
    slot?.listeners.delete(listener);
    if (!slot || slot.listeners.size)
        return;
    slots.delete(name);
    if (!sites.has(Object(target[name])))
        return; // somebody overwrote it
    const { before, site } = slot;
    if (assigned(slot))
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
