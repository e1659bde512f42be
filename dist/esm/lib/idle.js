import { guard } from './guard.js';
const LATEST = 2000; // milliseconds after `load`
/** Does what can wait until the page has loaded and the browser has nothing better to do. */
export function idle(place, work) {
    const guarded = guard(place, () => work());
    // Not in Safari: https://developer.mozilla.org/docs/Web/API/Window/requestIdleCallback
    const wait = () => 'requestIdleCallback' in window
        ? requestIdleCallback(guarded, { timeout: LATEST })
        : setTimeout(guarded, LATEST / 10);
    if (document.readyState === 'complete')
        wait();
    else
        addEventListener('load', wait, { once: true });
}
