import type { Consent, ConsentState } from './types.ts';
export interface Permission {
    state(): ConsentState;
    /** Who decided, or who is asked. */
    by(): string;
    /** The page itself says it. */
    set(state: ConsentState, by: string): void;
    /** Looks for a consent platform; one that comes late takes over at once. Wants to be asked when the window has loaded. */
    look(): void;
    stop(): void;
}
/**
 * @param mode `granted`, `manual`, the name of one of the platforms, or `auto`: a platform with a sign on the page decides,
 * however late it comes; no sign by the `load` of the window means granted
 * @param changed called with each new state
 */
export declare function consent(mode: string, platforms: readonly Consent[], changed: (state: ConsentState) => void): Permission;
