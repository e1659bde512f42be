import { on } from './on.js';
const SOON = 2000; // milliseconds; a page that stays all the same (a download, a cancelled click) must not be held up for long
/**
 * Watches the page go: the Navigation API tells when it is asked to, `pageswap` tells where it went, behind all redirects.
 * Neither is told of another site's address, and an engine without them tells nothing.
 *
 * https://developer.mozilla.org/docs/Web/API/Navigation/navigate_event
 * https://developer.mozilla.org/docs/Web/API/Window/pageswap_event
 */
export function leaving(now = Date.now) {
    let since = 0;
    let next;
    const offs = [
        on('page', window, {
            pageswap({ activation }) {
                next = activation?.entry?.url ?? undefined;
            },
            pageshow() {
                since = 0; // back from the back/forward cache
                next = undefined;
            },
        }),
    ];
    const { navigation } = window;
    if (navigation?.addEventListener)
        offs.push(on('page', navigation, {
            navigate({ destination: to, downloadRequest }) {
                if (!to.sameDocument && downloadRequest === null)
                    since = now();
            },
        }));
    return {
        soon: () => now() - since >= 0 && now() - since < SOON,
        next: () => next,
        stop() {
            for (const off of offs)
                off();
        },
    };
}
