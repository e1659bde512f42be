// The signs at which the tag loads a source's file, and by which the QA panel says how a widget was found.
/** What a vendor leaves on a page: names of globals and of elements. */
export const SIGNS = {
    chatwoot: '$chatwoot',
    drift: 'drift',
    freshchat: 'fcWidget',
    front: 'FrontChat',
    gladly: 'Gladly',
    gorgias: 'GorgiasChat',
    'help-scout': 'Beacon',
    hubspot: 'HubSpotConversations',
    intercom: 'Intercom',
    jivochat: 'jivo_api',
    kustomer: 'Kustomer',
    livechat: 'LiveChatWidget',
    'livechat-legacy': 'LC_API',
    livelike: 'LiveLike livelike-chat',
    liveperson: 'lpTag',
    olark: 'olark',
    'rocket-chat': 'RocketChat',
    salesforce: 'embeddedservice_bootstrap',
    'shopify-inbox': 'shopify-chat inbox-online-store-chat',
    'shopify-storefront': 'Shopify',
    smartsupp: 'smartsupp',
    tawk: 'Tawk_API',
    tidio: 'tidioChatApi',
    userlike: 'userlike userlikeConfig userlikeTrackingEvent',
    zendesk: 'zE',
    'zendesk-classic': 'zE',
};
/** The signs of a vendor that are on the page. */
export const signsOf = (name) => (SIGNS[name] ?? '')
    .split(' ')
    .filter((sign) => sign in window || (/^[a-z]+-[a-z-]+$/.test(sign) && !!document.getElementsByTagName(sign)[0]));
const ADDRESS = 'input[type=email], input[autocomplete~=email]';
const CHECKOUT = '[class*=checkout i], [id*=checkout i], [action*=checkout i]';
const OFTEN = 1000; // milliseconds: to search a page costs more than all other signs together
let searched = Number.NEGATIVE_INFINITY; // when
const ELSEWHERE = '#co-shipping-method-form, #co-payment-form'; // Magento's, beside the field
/**
 * Whether a form is there that is to be heard: of a checkout, or on a page that is called so; where the site has options for forms, any, once the page was touched
 * or a field for an address has a value.
 */
export function formed(forms) {
    if (/checkout/i.test(location.pathname))
        return true;
    const now = performance.now();
    if (now - searched < OFTEN)
        return false;
    searched = now;
    const roots = [document];
    let focus = document.activeElement;
    while (focus?.shadowRoot) {
        roots.push(focus.shadowRoot);
        focus = focus.shadowRoot.activeElement;
    }
    const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    const own = Object.keys(Object(forms)).length > 0; // they may name any form
    if (!own && !roots.some((root) => root.querySelector(ADDRESS)))
        return false; // asked often, and mostly so
    const fields = all(ADDRESS);
    if (fields.some((field) => field.closest(CHECKOUT)) || (fields[0] && all(ELSEWHERE)[0]))
        return true;
    return (own &&
        all('form').length > 0 &&
        ((navigator.userActivation?.hasBeenActive ?? true) ||
            !!focus?.matches('input, select, textarea') ||
            fields.some(({ value }) => value)));
}
