// A page whose deliveries find no network, to see that they wait. Only requests of ours fail: the shop goes on.
import { fault } from '../lib/guard.js';
/** What stands in every message of ours: docs/wire.md, and for Lytics docs/lytics.md. */
const OURS = /"library":\{"name":"chatstone"|"_e":"[^"]*","message_id":"[^"]*","happened_at":/;
let undo; // takes the fetch that fails away
let failing = false;
/** Whether deliveries of this page fail. */
export const offline = () => failing;
/** Lets deliveries of this page fail, or go again. */
export function setOffline(on) {
    if (on === failing)
        return;
    failing = false;
    if (!on) {
        undo?.();
        return;
    }
    const through = window.fetch;
    const made = (...given) => failing && typeof given[1]?.body === 'string' && OURS.test(given[1].body)
        ? Promise.reject(new TypeError('fetch fails: the QA panel is offline'))
        : through.apply(window, given);
    try {
        window.fetch = made;
    }
    catch (error) {
        fault('offline', error); // the page has locked it
    }
    failing = window.fetch === made;
    undo = () => {
        if (window.fetch === made)
            window.fetch = through; // else the page has wrapped it: then it stays, and lets all through
    };
}
