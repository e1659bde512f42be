import type { Consent, ConsentState, Stop } from './types.ts';
export interface Permission {
    state(): ConsentState;
    /** Who decided, or who is asked. */
    by(): string;
    /** The page itself says it, and has the last word unless `last` is false: then a platform may say otherwise later. */
    set(state: ConsentState, by: string, last?: boolean): void;
    /**
     * Looks for a consent platform; one that comes late takes over at once, also from one behind it in the list. Wants to be
     * asked when the window has loaded.
     */
    look(): void;
    stop(): void;
}
/**
 * @param mode `granted`, `manual`, the name of one of the platforms, or `auto`: a platform with a sign on the page decides,
 * however late it comes; no sign by the `load` of the window means granted; `any`: the same, but no sign means nothing
 * @param platforms the most telling first: where several show a sign, the first of them decides
 * @param changed called with each new state
 */
export declare function consent(mode: string, platforms: readonly Consent[], changed: (state: ConsentState) => void): Permission;
/** The site's own word: called once, it answers, now or later, or tells each decision and may return what ends that. */
export type Ask = (tell: (state: ConsentState) => void) => boolean | Stop | void | Promise<boolean | Stop | void>;
/** The site's own function as a platform that is always there. */
export declare const asking: (ask: Ask) => Consent;
