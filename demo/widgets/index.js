// The fakes, by the name of their source, with what README and the demo say of each.
import { about as chatwoot } from './chatwoot.js';
import { about as crisp } from './crisp.js';
import { about as custom } from './custom.js';
import { about as drift } from './drift.js';
import { about as freshchat } from './freshchat.js';
import { about as front } from './front.js';
import { about as gladly } from './gladly.js';
import { about as gorgias } from './gorgias.js';
import { about as helpScout } from './help-scout.js';
import { about as hubspot } from './hubspot.js';
import { about as intercom } from './intercom.js';
import { about as jivochat } from './jivochat.js';
import { about as kustomer } from './kustomer.js';
import { about as livechat } from './livechat.js';
import { about as livechatLegacy } from './livechat-legacy.js';
import { about as livelike } from './livelike.js';
import { about as liveperson } from './liveperson.js';
import { about as olark } from './olark.js';
import { about as rocketChat } from './rocket-chat.js';
import { about as salesforce } from './salesforce.js';
import { about as shopifyInbox } from './shopify-inbox.js';
import { about as smartsupp } from './smartsupp.js';
import { about as tawk } from './tawk.js';
import { about as tidio } from './tidio.js';
import { about as userlike } from './userlike.js';
import { about as zendesk } from './zendesk.js';
import { about as zendeskClassic } from './zendesk-classic.js';

export const widgets = {
  chatwoot,
  crisp,
  custom,
  drift,
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
  smartsupp,
  tawk,
  tidio,
  userlike,
  zendesk,
  'zendesk-classic': zendeskClassic,
};
