import { say } from '../lib/say.js';
import { cookiebot } from './cookiebot.js';
import { onetrust } from './onetrust.js';
import { shopify } from './shopify.js';
import { tcf } from './tcf.js';
/**
 * In the order in which they are asked. The shop system comes last: where its own settings ask for nothing, it allows all,
 * while the banner of another platform waits for an answer.
 */
export const PLATFORMS = { onetrust, cookiebot, tcf, shopify };
/** All of them, with options by name. */
export const all = (options = {}) => {
    const names = Object.keys(PLATFORMS);
    if (Object.keys(options).some((name) => !names.includes(name)))
        say(`consents: write some of ${names.join(', ')}`);
    return names.map((name) => PLATFORMS[name](options[name]));
};
/** All of them as they are. */
export const consents = /* @__PURE__ */ all();
