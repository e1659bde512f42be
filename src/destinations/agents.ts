// What is known of a visitor, beside the chat, for whoever answers it. Intercom has a destination of its own.
// Not in the table, for they take nothing of the kind from a page (docs/agents.md): Gorgias, HubSpot, Shopify Inbox, Front, Gladly,
// LivePerson, Userlike, Drift, LiveLike, Zendesk's classic widget and LiveChat's old API.
import { type Destination, type Plain, type Profile, type Routing, SHOWN } from '../core/types.ts';
import { fit, impersonal, type Room } from '../lib/fit.ts';
import { fault, guard } from '../lib/guard.ts';
import { say } from '../lib/say.ts';

type Values = Record<string, Plain>;

interface Widget extends Room {
  /** Only looks: would what is pushed now arrive? */
  there(): unknown;
  push(values: Values): unknown;
  /** The vendor's name of a value. */
  key?(name: string, value: Plain): string;
  /** It has fields that the shop sets up, under names of the vendor's: nothing goes there but what the site maps. */
  mapped?: true;
}

const place = 'agents';
const page = globalThis as Record<string, any>;
const SUFFIX: Record<string, string> = { string: 'Str', number: 'Num', boolean: 'Bool' };
const rename = (values: Values, to: (name: string, value: Plain) => string | number | undefined): Values =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const key = to(name, value);
      return key === undefined ? [] : [[key, value]];
    }),
  );

const WIDGETS = {
  // The contact's: a conversation's need a conversation. https://www.chatwoot.com/docs/product/channels/live-chat/sdk/setup
  chatwoot: {
    there: () => page.$chatwoot?.hasLoaded,
    push: (values) => page.$chatwoot.setCustomAttributes(values),
  },
  // https://help.crisp.chat/en/article/how-can-i-automatically-set-custom-data-1xh7pqk/
  crisp: {
    there: () => page.$crisp?.is, // the array has none
    key: (name) => name.toLowerCase().replace(/[^a-z0-9_-]/g, '_'),
    push: (values) => page.$crisp.push(['set', 'session:data', [Object.entries(values)]]),
  },
  // Newer accounts may want names that begin with `cf_`: unverified. https://developers.freshchat.com/web-sdk/v1/
  freshchat: {
    there: () => page.fcWidget?.isLoaded?.(),
    push: (values) => page.fcWidget.user.setProperties(values),
  },
  // A function that queues stands there first: https://developer.helpscout.com/beacon-2/web/javascript-api/
  'help-scout': {
    there: () => typeof page.Beacon === 'function',
    most: 20,
    longest: 10_000,
    text: true,
    push: (values) => page.Beacon('session-data', values),
  },
  // Its `setClientAttributes` may be called ten times an hour, this as often as one likes: https://www.jivochat.com/docs/widget/
  jivochat: {
    there: () => page.jivo_api?.setCustomData,
    most: 10,
    text: true,
    push: (values) =>
      page.jivo_api.setCustomData(Object.entries(values).map(([key, content]) => ({ key, content }))),
  },
  // The frame comes with `start`. A name's end says its type; that the web chat takes them so is unverified:
  // https://developer.kustomer.com/docs/concepts/custom-attributes
  kustomer: {
    there: () => document.getElementById('kustomer-ui-sdk-iframe'),
    longest: 1024,
    key: (name, value) =>
      name.toLowerCase().replace(/[^a-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase()) +
      SUFFIX[typeof value],
    push: (customAttributes) => page.Kustomer.describeCustomer({ customAttributes }),
  },
  // `set_…` would take the site's own away: https://platform.text.com/docs/extending-chat-widget/javascript-api
  livechat: {
    there: () => page.LiveChatWidget?._h,
    text: true,
    push: (values) => page.LiveChatWidget.call('update_session_variables', values),
  },
  // A function that queues stands there first: https://www.olark.com/api/
  olark: {
    there: () => typeof page.olark === 'function',
    push: (values) => page.olark('api.visitor.updateCustomFields', values),
  },
  // https://developer.rocket.chat/docs/livechat-api
  'rocket-chat': {
    there: () => page.RocketChat?.livechat,
    text: true,
    push(values) {
      for (const [name, value] of Object.entries(values))
        page.RocketChat.livechat.setCustomField(name, value, true);
    },
  },
  // https://developer.salesforce.com/docs/service/messaging-web/references/m4w-reference/prechatAPI.html
  salesforce: {
    // Nothing is taken before `onEmbeddedMessagingReady`, which nobody can ask for; the button comes with it.
    there: () => document.getElementById('embeddedMessagingConversationButton'),
    text: true,
    mapped: true,
    push: (values) => page.embeddedservice_bootstrap.prechatAPI.setHiddenPrechatFields(values),
  },
  // That `vid` shows a loaded box is unverified. https://docs.smartsupp.com/chat-box/javascript-api/methods/
  smartsupp: {
    there: () => page.smartsupp?.vid, // comes with the visitor's connection
    push: (values) =>
      page.smartsupp(
        'variables',
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, { label: name.replace(/_/g, ' '), value }]),
        ),
      ),
  },
  // https://developer.tawk.to/jsapi/
  tawk: {
    there: () => page.Tawk_API?.setAttributes,
    most: 50,
    longest: 255,
    text: true,
    key: (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    push: (values) =>
      page.Tawk_API.setAttributes(values, (error: unknown) => error && fault(`${place} tawk`, error)),
  },
  // The call and the length are unverified. https://help.tidio.com/hc/en-us/articles/5463607160860-Widget-SDK
  tidio: {
    there: () => page.tidioChatApi?.setContactProperties,
    longest: 1000,
    text: true,
    push: (values) => page.tidioChatApi.setContactProperties(values),
  },
  // By the ids of ticket fields: https://developer.zendesk.com/api-reference/widget-messaging/web/core/#set-conversation-fields
  // Tags are left alone: setting them may take away those that the site has set (unverified).
  zendesk: {
    there: () => page.zE?.widget === 'messenger',
    mapped: true,
    push: (values) =>
      page.zE(
        'messenger:set',
        'conversationFields',
        Object.entries(values).map(([id, value]) => ({ id, value })),
      ),
  },
} satisfies Record<string, Widget>;

/** The widgets that take attributes. */
export type AgentsWidget = keyof typeof WIDGETS;
const NAMES = Object.keys(WIDGETS) as AgentsWidget[];

/** Our names of values, and the vendor's: ids of ticket fields in Zendesk. */
interface FieldMap {
  fields: Readonly<Record<string, string | number>>;
}

/** What the site chooses. */
export interface AgentsOptions extends Routing {
  /** Which widgets are told; absent: every one that is on the page. */
  widgets?: readonly AgentsWidget[];
  /** Ids of ticket fields, by our names: `{ fields: { last_cart_value: 123456 } }`. Without it Zendesk is told nothing. */
  zendesk?: FieldMap;
  /** Names of hidden pre-chat fields, by ours. Without it Salesforce is told nothing. */
  salesforce?: FieldMap;
  /** Shows since when a flag stands, too (`…_entered_at`, Unix seconds). */
  enteredAt?: boolean;
}

/** Shows what is known of the visitor in every widget on the page that takes it. No widget is told who somebody is. */
export function agents({
  widgets = NAMES,
  zendesk,
  salesforce,
  enteredAt,
  ...routing
}: AgentsOptions = {}): Destination {
  const maps: Record<string, FieldMap | undefined> = { zendesk, salesforce };
  const chosen = NAMES.filter((name) => widgets.includes(name));
  if (!chosen.length || widgets.some((name) => !NAMES.includes(name)))
    say(`${place}: write some of ${NAMES.join(', ')} into "widgets", or leave it out`);
  const row = (name: AgentsWidget): Widget => WIDGETS[name];
  const here = () =>
    chosen.filter((name) => (!row(name).mapped || maps[name]) && guard(place, row(name).there)());

  const push = (name: AgentsWidget, profile: Values) => {
    const { mapped, key = (own) => own, ...widget } = row(name);
    const { fields = {} } = maps[name] ?? {};
    const named = rename(profile, (own, value) =>
      mapped ? new Map(Object.entries(fields)).get(own) : key(own, value),
    );
    const values = fit(named, widget);
    return Object.keys(values).length ? widget.push(values) : undefined; // Chatwoot throws at nothing
  };

  return {
    name: place,
    limit: { most: 20, within: 30 * 60_000 }, // Chatwoot takes sixty an hour from an address
    ready: () => here().join(),
    async show(profile: Profile) {
      const entries = Object.entries(impersonal(profile));
      const values = Object.fromEntries(
        entries.filter(([name]) => enteredAt || !name.endsWith('_entered_at')),
      );
      // Each is told, whatever becomes of another; one that fails has all shown again later.
      const told = await Promise.allSettled(here().map(async (name) => push(name, values)));
      for (const one of told) if (one.status === 'rejected') throw one.reason;
    },
    routing: { traits: SHOWN, ...routing },
  };
}
