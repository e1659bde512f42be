import { guard } from './lib/guard.js';
import { crisp } from './sources/crisp.js';
import { custom } from './sources/custom.js';
/** Sources that are hooked too late if they come later. */
export const PRESENT = { crisp, custom };
/** What a vendor leaves on a page: names of globals, of elements, and of the events at which it comes. */
export const SIGNS = {
    chatwoot: '$chatwoot chatwoot:ready',
    drift: 'drift',
    freshchat: 'fcWidget',
    front: 'FrontChat',
    gladly: 'Gladly',
    gorgias: 'GorgiasChat gorgias-widget-loaded',
    'help-scout': 'Beacon',
    hubspot: 'HubSpotConversations',
    intercom: 'Intercom',
    jivochat: 'jivo_api',
    kustomer: 'Kustomer kustomerLoaded',
    livechat: 'LiveChatWidget',
    'livechat-legacy': 'LC_API',
    livelike: 'LiveLike livelike-chat',
    liveperson: 'lpTag',
    olark: 'olark',
    'rocket-chat': 'RocketChat',
    salesforce: 'embeddedservice_bootstrap onEmbeddedMessagingReady',
    'shopify-inbox': 'shopify-chat inbox-online-store-chat',
    smartsupp: 'smartsupp',
    tawk: 'Tawk_API tawkBeforeLoad',
    tidio: 'tidioChatApi tidioChat-ready',
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
        wake: SIGNS[name].split(' '),
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
