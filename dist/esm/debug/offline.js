// A page whose deliveries find no network, to see that they wait. Only requests of ours fail: the shop goes on.
/** What stands in every message of ours: docs/wire.md. */
const OURS = '"library":{"name":"chatstone"';
let real; // under the one that fails
/** Whether deliveries of this page fail. */
export const offline = () => real !== undefined;
/** Lets deliveries of this page fail, or go again. */
export function setOffline(on) {
    if (on === offline())
        return;
    if (!on) {
        window.fetch = real;
        real = undefined;
        return;
    }
    const through = window.fetch;
    real = through;
    window.fetch = (...given) => typeof given[1]?.body === 'string' && given[1].body.includes(OURS)
        ? Promise.reject(new TypeError('fetch fails: the QA panel is offline'))
        : through.apply(window, given);
}
