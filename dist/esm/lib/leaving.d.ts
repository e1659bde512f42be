/** Where the page is about to go, as far as the engine tells. */
export interface Leaving {
    /** Another document is on its way to take this one's place. */
    soon(): boolean;
    /** The page of this site that comes next; known only in the very last moments. */
    next(): string | undefined;
    stop(): void;
}
/**
 * Watches the page go: the Navigation API tells when it is asked to, `pageswap` tells where it went, behind all redirects.
 * Neither is told of another site's address, and an engine without them tells nothing.
 *
 * https://developer.mozilla.org/docs/Web/API/Navigation/navigate_event
 * https://developer.mozilla.org/docs/Web/API/Window/pageswap_event
 */
export declare function leaving(now?: () => number): Leaving;
