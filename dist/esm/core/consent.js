// Whether we may store and send: pending, granted or denied, and who said so.
import { fault, guard } from '../lib/guard.js';
import { say } from '../lib/say.js';
/**
 * @param mode `granted`, `manual`, the name of one of the platforms, or `auto`: a platform with a sign on the page decides,
 * however late it comes; no sign by the `load` of the window means granted; `any`: the same, but no sign means nothing
 * @param platforms the most telling first: where several show a sign, the first of them decides
 * @param changed called with each new state
 */
export function consent(mode, platforms, changed) {
    let state = 'pending';
    let by = mode;
    let settled = false; // a platform, or the page itself, has taken over
    let overruled = false; // whoever speaks for the page has the last word
    let current;
    let stop = false; // false: it cannot be read yet
    const set = (next, who) => {
        by = who;
        if (next === state)
            return;
        state = next;
        changed(state);
    };
    const look = () => {
        if (overruled)
            return;
        const complete = document.readyState === 'complete';
        const found = platforms.find((one) => one === current ||
            ((mode === 'auto' || mode === 'any' || mode === one.name) && guard(one.name, () => one.sign())()));
        if (!found) {
            if (!settled && (mode === 'granted' || (mode === 'auto' && complete)))
                set('granted', mode);
            return;
        }
        const { name } = found;
        if (found !== current) {
            if (stop)
                stop();
            stop = false;
            current = found;
            settled = true;
            set('pending', name);
        }
        if (stop !== false)
            return;
        const tell = guard(name, (next) => {
            if (found === current && !overruled)
                set(next, name);
        });
        const off = guard(name, () => found.connect?.(tell) ?? false)(); // undefined where it threw: it is not asked again
        stop = off && guard(name, off);
        if (off === false && complete)
            say(`${name} manages consent and cannot be read yet: write chatstone('consent', 'granted') where it is given`);
    };
    return {
        state: () => state,
        by: () => by,
        set(next, who, last = true) {
            settled = true;
            overruled || (overruled = last);
            set(next, who);
        },
        look,
        stop() {
            overruled = true;
            if (stop)
                stop();
        },
    };
}
const STATES = ['granted', 'denied', 'pending'];
/** The site's own function as a platform that is always there. */
export const asking = (ask) => ({
    name: 'function',
    sign: () => true,
    connect(tell) {
        let live = true;
        let stop;
        const hear = (state) => {
            if (STATES.includes(state))
                tell(state);
            else
                say(`consent: tell one of ${STATES.join(', ')}`);
        };
        const take = (answer) => {
            if (typeof answer === 'boolean')
                tell(answer ? 'granted' : 'denied');
            else if (typeof answer === 'function') {
                stop = answer;
                if (!live)
                    answer();
            }
            else if (answer !== undefined)
                say('consent: answer true or false, or call tell');
        };
        const answer = ask(hear);
        if (answer instanceof Promise)
            answer.then(take).catch((error) => fault('function', error));
        else
            take(answer);
        return () => {
            live = false;
            if (typeof stop === 'function')
                stop();
        };
    },
});
