// The signs at which the tag loads a widget's file, and by which the QA panel says how it was found.
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
    .filter((sign) => sign in window || (/^[a-z]+-[a-z-]+$/.test(sign) && !!document.querySelector(sign)));
