const has = (name) => name in window;
const script = (part) => !!document.querySelector(`script[src*="${part}"]`);
/** https://shopify.dev/docs/api/customer-privacy */
const shopify = { name: 'shopify', sign: () => has('Shopify') };
/** https://developer.onetrust.com/onetrust/docs/javascript-api */
const onetrust = {
    name: 'onetrust',
    sign: () => has('OptanonWrapper') || has('OneTrust') || script('onetrust.com') || script('cookielaw.org'),
};
/** https://www.cookiebot.com/en/developer/ */
const cookiebot = { name: 'cookiebot', sign: () => has('Cookiebot') || script('cookiebot.com') };
/** IAB TCF 2: the API, or the frame that stands for it before it loads. https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework */
const tcf = { name: 'tcf', sign: () => has('__tcfapi') || '__tcfapiLocator' in frames };
/** In the order in which they are asked: the shop system's own first, the general interface last. */
export const consents = [shopify, onetrust, cookiebot, tcf];
