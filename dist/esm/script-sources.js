import { guard } from './lib/guard.js';
import { crisp } from './sources/crisp.js';
import { custom } from './sources/custom.js';
/** Sources that are hooked too late if they come later. */
export const PRESENT = { crisp, custom };
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
/** Whether a vendor shows a sign. */
export const signed = (name) => SIGNS[name].split(' ').some((sign) => sign in window || (/^[a-z]+-[a-z-]+$/.test(sign) && !!document.querySelector(sign)));
const AGAIN = 30000; // milliseconds until a file that did not come is asked for again
/**
 * A source whose file is loaded when its widget shows a sign, or at once where the site names it.
 *
 * @param load brings the file
 * @param look is called when the source is there
 */
export function onDemand(name, named, load, look) {
    let source;
    let asked = false;
    const ask = guard(name, async () => {
        asked = true;
        try {
            source = await load();
            look();
        }
        catch (error) {
            setTimeout(() => {
                asked = false;
            }, AGAIN);
            throw error;
        }
    });
    return {
        name,
        get tells() {
            return source?.tells ?? [];
        },
        ready() {
            if (!source && !asked && (named || signed(name)))
                ask();
            return source?.ready();
        },
        connect: (emit) => source.connect(emit),
        get open() {
            return source?.open;
        },
    };
}
