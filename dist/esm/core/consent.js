// Whether we may store and send: pending, granted or denied, and who said so.
import { guard } from '../lib/guard.js';
import { say } from '../lib/say.js';
/**
 * @param mode `granted`, `manual`, the name of one of the platforms, or `auto`: a platform with a sign on the page decides,
 * however late it comes; no sign by the `load` of the window means granted
 * @param changed called with each new state
 */
export function consent(mode, platforms, changed) {
    let state = 'pending';
    let by = mode;
    let settled = false; // a platform, or the page itself, has taken over
    let overruled = false; // whoever speaks for the page has the last word
    let stop;
    const set = (next, who) => {
        by = who;
        if (next === state)
            return;
        state = next;
        changed(state);
    };
    const look = () => {
        if (settled)
            return;
        const found = platforms.find((one) => (mode === 'auto' || mode === one.name) && guard(one.name, () => one.sign())());
        if (found) {
            settled = true;
            set('pending', found.name);
            if (found.connect)
                stop = guard(found.name, () => found.connect(guard(found.name, (next) => overruled || set(next, found.name))))();
            else
                say(`${found.name} manages consent and cannot be read yet: write chatstone('consent', 'granted') where it is given`);
        }
        else if (mode === 'granted' || (mode === 'auto' && document.readyState === 'complete'))
            set('granted', mode);
    };
    return {
        state: () => state,
        by: () => by,
        set(next, who) {
            settled = overruled = true;
            set(next, who);
        },
        look,
        stop: () => stop?.(),
    };
}
