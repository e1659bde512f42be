// Consent platforms that `auto` recognises by a sign on the page.
import type { Consent } from '../core/types.ts';
import { say } from '../lib/say.ts';
import { cookiebot } from './cookiebot.ts';
import { onetrust } from './onetrust.ts';
import { shopify } from './shopify.ts';
import { tcf } from './tcf.ts';

/**
 * In the order in which they are asked. The shop system comes last: where its own settings ask for nothing, it allows all,
 * while the banner of another platform waits for an answer.
 */
export const PLATFORMS = { onetrust, cookiebot, tcf, shopify };

/** All of them, with options by name. */
export const all = (options: Record<string, object> = {}): Consent[] => {
  const names = Object.keys(PLATFORMS) as (keyof typeof PLATFORMS)[];
  if (Object.keys(options).some((name) => !names.includes(name as keyof typeof PLATFORMS)))
    say(`consents: write some of ${names.join(', ')}`);
  return names.map((name) => PLATFORMS[name](options[name]));
};

/** All of them as they are. */
export const consents: readonly Consent[] = /* @__PURE__ */ all();
