import { chatwoot } from './chatwoot.ts';
import { crisp } from './crisp.ts';
import { custom } from './custom.ts';
import { drift } from './drift.ts';
import { form } from './form.ts';
import { freshchat } from './freshchat.ts';
import { front } from './front.ts';
import { gladly } from './gladly.ts';
import { gorgias } from './gorgias.ts';
import { helpScout } from './help-scout.ts';
import { hubspot } from './hubspot.ts';
import { intercom } from './intercom.ts';
import { jivochat } from './jivochat.ts';
import { kustomer } from './kustomer.ts';
import { livechat } from './livechat.ts';
import { livechatLegacy } from './livechat-legacy.ts';
import { livelike } from './livelike.ts';
import { liveperson } from './liveperson.ts';
import { olark } from './olark.ts';
import { rocketChat } from './rocket-chat.ts';
import { salesforce } from './salesforce.ts';
import { shopifyInbox } from './shopify-inbox.ts';
import { shopifyStorefront } from './shopify-storefront.ts';
import { smartsupp } from './smartsupp.ts';
import { tawk } from './tawk.ts';
import { tidio } from './tidio.ts';
import { userlike } from './userlike.ts';
import { zendesk } from './zendesk.ts';
import { zendeskClassic } from './zendesk-classic.ts';

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
