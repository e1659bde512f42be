/** A platform with one of these globals, or a script whose address holds one of these. */
const platform = (name, globals, ...scripts) => ({
    name,
    sign: () => globals.some((global) => global in window) ||
        scripts.some((part) => document.querySelector(`script[src*="${part}"]`)),
});
/** In the order in which they are asked: the shop system's own first, the general interface last. */
export const consents = [
    /* @__PURE__ */ platform('shopify', ['Shopify']), // https://shopify.dev/docs/api/customer-privacy
    /* @__PURE__ */ platform('onetrust', ['OptanonWrapper', 'OneTrust'], 'onetrust.com', 'cookielaw.org'), // https://developer.onetrust.com/onetrust/docs/javascript-api
    /* @__PURE__ */ platform('cookiebot', ['Cookiebot'], 'cookiebot.com'), // https://www.cookiebot.com/en/developer/
    // The API, or the frame that stands for it before it loads (a named frame is a property of the window):
    // https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
    /* @__PURE__ */ platform('tcf', ['__tcfapi', '__tcfapiLocator']),
];
