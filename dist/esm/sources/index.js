import { chatwoot } from './chatwoot.js';
import { crisp } from './crisp.js';
import { custom } from './custom.js';
import { drift } from './drift.js';
import { form } from './form.js';
import { freshchat } from './freshchat.js';
import { front } from './front.js';
import { gladly } from './gladly.js';
import { gorgias } from './gorgias.js';
import { helpScout } from './help-scout.js';
import { hubspot } from './hubspot.js';
import { intercom } from './intercom.js';
import { jivochat } from './jivochat.js';
import { kustomer } from './kustomer.js';
import { livechat } from './livechat.js';
import { livechatLegacy } from './livechat-legacy.js';
import { livelike } from './livelike.js';
import { liveperson } from './liveperson.js';
import { olark } from './olark.js';
import { rocketChat } from './rocket-chat.js';
import { salesforce } from './salesforce.js';
import { shopifyInbox } from './shopify-inbox.js';
import { shopifyStorefront } from './shopify-storefront.js';
import { smartsupp } from './smartsupp.js';
import { tawk } from './tawk.js';
import { tidio } from './tidio.js';
import { userlike } from './userlike.js';
import { zendesk } from './zendesk.js';
import { zendeskClassic } from './zendesk-classic.js';
/** All sources, by name. */
export const sources = {
    chatwoot,
    crisp,
    custom,
    drift,
    form,
    freshchat,
    front,
    gladly,
    gorgias,
    'help-scout': helpScout,
    hubspot,
    intercom,
    jivochat,
    kustomer,
    livechat,
    'livechat-legacy': livechatLegacy,
    livelike,
    liveperson,
    olark,
    'rocket-chat': rocketChat,
    salesforce,
    'shopify-inbox': shopifyInbox,
    'shopify-storefront': shopifyStorefront,
    smartsupp,
    tawk,
    tidio,
    userlike,
    zendesk,
    'zendesk-classic': zendeskClassic,
};
