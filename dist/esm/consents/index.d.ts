import type { Consent } from '../core/types.ts';
import { cookiebot } from './cookiebot.ts';
import { onetrust } from './onetrust.ts';
import { shopify } from './shopify.ts';
import { tcf } from './tcf.ts';
/**
 * In the order in which they are asked. The shop system comes last: where its own settings ask for nothing, it allows all,
 * while the banner of another platform waits for an answer.
 */
export declare const PLATFORMS: {
    onetrust: typeof onetrust;
    cookiebot: typeof cookiebot;
    tcf: typeof tcf;
    shopify: typeof shopify;
};
/** All of them, with options by name. */
export declare const all: (options?: Record<string, object>) => Consent[];
/** All of them as they are. */
export declare const consents: readonly Consent[];
