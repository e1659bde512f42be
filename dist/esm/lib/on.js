import { guard } from './guard.js';
/**
 * Hears events of a target before anybody below it, without a chance to hold them up. What a listener throws is counted
 * under `place`. Returns what takes the listeners away.
 */
export function on(place, target, listeners) {
    const how = { capture: true, passive: true };
    const heard = Object.entries(listeners).map(([name, work]) => [name, guard(place, work)]);
    for (const [name, listener] of heard)
        target.addEventListener(name, listener, how);
    return () => {
        for (const [name, listener] of heard)
            target.removeEventListener(name, listener, how);
    };
}
