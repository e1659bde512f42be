// Consent platforms that `auto` recognises by a sign on the page. They are known by their sign only so far: until the page
// says otherwise with chatstone('consent', …), nothing is stored or sent where one of them is found.
import type { Consent } from '../core/types.ts';

const has = (name: string) => name in window;
const script = (part: string) => !!document.querySelector(`script[src*="${part}"]`);

/** https://shopify.dev/docs/api/customer-privacy */
const shopify: Consent = { name: 'shopify', sign: () => has('Shopify') };
/** https://developer.onetrust.com/onetrust/docs/javascript-api */
const onetrust: Consent = {
  name: 'onetrust',
  sign: () => has('OptanonWrapper') || has('OneTrust') || script('onetrust.com') || script('cookielaw.org'),
};
/** https://www.cookiebot.com/en/developer/ */
const cookiebot: Consent = { name: 'cookiebot', sign: () => has('Cookiebot') || script('cookiebot.com') };
/** IAB TCF 2: the API, or the frame that stands for it before it loads. https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework */
const tcf: Consent = { name: 'tcf', sign: () => has('__tcfapi') || '__tcfapiLocator' in frames };

/** In the order in which they are asked: the shop system's own first, the general interface last. */
export const consents: readonly Consent[] = [shopify, onetrust, cookiebot, tcf];
