// Customer.io's Data Pipelines API: https://docs.customer.io/api/cdp/
// Its browser client gives identity, the site's middleware and context; it gives no acknowledgement, no durability and not
// our messageId. So a record passes through it, and our own wire posts what comes out and judges the answer.
import type { Destination, Routing } from '../core/types.ts';
import { type Client, clientOf, passing } from '../lib/analytics-client.ts';
import { hash } from '../lib/hash.ts';
import { post } from '../lib/post.ts';

export type { Client };

/** What the destination is told. */
export interface CustomerioOptions extends Routing {
  /** The write key of a JavaScript source (Data & Integrations → Integrations). */
  writeKey: string;
  /** Where the workspace lives: `us` (default) or `eu`. */
  region?: 'us' | 'eu';
  /** Another host, such as a proxy of your own; events go to `{apiHost}/v1/b`. */
  apiHost?: string;
  /** `auto`: through Customer.io's own client, the page's or else the one that `load` brings; `none`: plain HTTP only. */
  client?: 'auto' | 'none';
  /** Brings a client where the page has none. */
  load?: (writeKey: string) => Promise<Client>;
  /** `chat`: our own event names; `live-chat-spec`: the Live Chat semantic events, as Customer.io reads them. */
  names?: 'chat' | 'live-chat-spec';
}

const HOSTS = { us: 'https://cdp.customer.io', eu: 'https://cdp-eu.customer.io' };
const DELIVERY = 'Customer.io Data Pipelines'; // the client's own delivery, which we switch off event by event

// Told from the company's side: "Message Sent" is what the agent says. Segment tells them from the customer's.
const SEMANTIC: Record<string, string> = {
  chat_first_message_sent: 'Live Chat Conversation Started',
  chat_agent_replied: 'Live Chat Message Sent',
  chat_resolved: 'Live Chat Conversation Ended',
};

/** What the page runs of Customer.io's client. */
const global = () => (window as { cioanalytics?: unknown }).cioanalytics;
const onPage = () => clientOf(global());

/** Delivers to Customer.io. */
export function customerio({
  writeKey,
  region = 'us',
  apiHost = HOSTS[region],
  client: mode = 'auto',
  load,
  names = 'chat',
  ...routing
}: CustomerioOptions): Destination {
  let ours: Promise<Client | undefined> | undefined;
  const passed = passing({
    name: 'customerio client',
    skip: DELIVERY,
    // The page's snippet stands there but its client is still on its way: it is waited for, not for ever.
    coming: () => !!global() && !onPage(),
    find: async () => onPage() ?? (load && (ours ??= load(writeKey))),
    tells: (client, userId) => !client.user().id() || client.user().id() === userId, // it is never called with another user
  });

  const theirs = () => (mode === 'auto' ? onPage() : undefined);

  return {
    name: 'customerio',
    target: hash(apiHost + writeKey),
    routing,
    user: () => theirs()?.user().id(),
    forget(userId) {
      const client = theirs();
      if (client?.user().id() !== userId) return false;
      client.reset();
      return true;
    },
    ...(mode === 'auto' && { prepare: passed }),
    deliver(messages, { leaving }) {
      const sentAt = new Date().toISOString();
      const batch = messages.map((message) => ({
        ...message,
        ...(message.event &&
          names === 'live-chat-spec' && { event: SEMANTIC[message.event] ?? message.event }),
        writeKey,
        sentAt,
      }));
      return post(`${apiHost}/v1/b`, { batch, writeKey, sentAt }, leaving);
    },
  };
}
