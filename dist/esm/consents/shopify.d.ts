import type { Consent } from '../core/types.ts';
type Purpose = 'analytics' | 'marketing' | 'preferences';
export interface ShopifyOptions {
    /** The purposes that all have to be allowed; `analytics` where absent. */
    purpose?: Purpose | readonly Purpose[];
}
export declare function shopify(options?: ShopifyOptions): Consent;
export {};
