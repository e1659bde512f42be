import type { Consent } from '../core/types.ts';
type Category = 'preferences' | 'statistics' | 'marketing';
export interface CookiebotOptions {
    /** The categories that all have to be accepted; `statistics` where absent. */
    category?: Category | readonly Category[];
}
export declare function cookiebot(options?: CookiebotOptions): Consent;
export {};
