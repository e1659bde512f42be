import { guard } from './guard.js';
/**
 * Registers listeners with a vendor in the vendor's own way, for those that take several side by side. What a listener
 * throws is counted under `place`. Returns what takes them away: by the function that `add` returned, or by `remove`, and
 * where the vendor has neither, they hear nothing any more.
 */
export function subscribe(place, listeners, add, remove) {
    let live = true;
    const undo = Object.entries(listeners).map(([name, work]) => {
        const listener = guard(place, (...data) => {
            if (live)
                work(...data);
        });
        const off = guard(place, add)(name, listener);
        return guard(place, () => (typeof off === 'function' ? off() : remove?.(name, listener)));
    });
    return () => {
        live = false;
        for (const one of undo)
            one();
    };
}
