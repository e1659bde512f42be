import { guard } from './guard.js';
import { on } from './on.js';
const SECOND = 1000; // milliseconds
const MINUTE = 60 * SECOND;
// A page moves on without loading anew; capture on window hears events of the document too.
const MOVES = ['DOMContentLoaded', 'load', 'pageshow', 'popstate', 'hashchange'];
/**
 * One look for everybody who waits for something on the page: at once, every second in the first minute, every 5 s for ten
 * minutes, then only when the page moves on or one of the `wakes` (window or document events) is heard.
 * Returns what ends it.
 */
export function watch(look, wakes, now = Date.now) {
    const begun = now();
    const seen = guard('look', look);
    let timer;
    const again = () => {
        seen();
        const age = now() - begun;
        if (age < 11 * MINUTE)
            timer = setTimeout(again, age < MINUTE ? SECOND : 5 * SECOND);
    };
    const stop = on('look', window, Object.fromEntries([...MOVES, ...wakes].map((name) => [name, look])));
    const { navigation } = window; // Chrome 102, Safari 26.2; pushState tells nobody else
    navigation?.addEventListener('navigatesuccess', seen);
    again();
    return () => {
        clearTimeout(timer);
        stop();
        navigation?.removeEventListener('navigatesuccess', seen);
    };
}
