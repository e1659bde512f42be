import type { Consent } from '../core/types.ts';
/** In the order in which they are asked: the shop system's own first, the general interface last. */
export declare const consents: readonly Consent[];
