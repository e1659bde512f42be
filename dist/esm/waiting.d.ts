import type { Chatstone } from './calls.ts';
import type { Source } from './core/types.ts';
type Go = (whole: Chatstone) => unknown;
/** Whether the page says something by itself. */
export declare const untold: (options: {
    user?: object;
    order?: object;
    product?: object;
    context?: object;
}) => boolean;
/** Finds widgets before anybody listens to them. */
export interface Finder {
    /** What a source finds. */
    find(source: Source): unknown;
    /** Somebody listens now. */
    leave(): void;
}
export declare function finder(): Finder;
/**
 * chatstone as the page sees it.
 *
 * @param sign whether there is something to hear
 * @param load brings all else, and is asked again later if it fails; `denied`: the page has said so, which counts from the start
 * @param wakes events of window and document at which a sign may have appeared
 * @param early is handed what keeps something in its place among the calls until all else is there, and asks for that
 */
export declare function waiting(sign: () => unknown, load: (denied: () => boolean) => Promise<Chatstone>, wakes?: readonly string[], early?: (keep: (go: Go) => void) => void): Chatstone;
export {};
