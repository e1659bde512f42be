import { guard } from './guard.js';
/**
 * Calls `work` when the page may be about to go away: hidden, or `pagehide`. `unload` would cost the back/forward cache.
 * Returns what takes it back.
 */
export function onHidden(work) {
    const leave = guard('leaving', (event) => {
        if (event.type === 'pagehide' || document.visibilityState === 'hidden')
            work();
    });
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
        removeEventListener('pagehide', leave);
        document.removeEventListener('visibilitychange', leave);
    };
}
