// https://developers.intercom.com/installing-intercom/web/methods and https://www.intercom.com/help/en/articles/175
// Whom Intercom knows is the site's business (identity verification with it), so it is told of nobody: no address, no id.
import { type Destination, type Message, type Routing, SHOWN } from '../core/types.ts';
import { fit, impersonal } from '../lib/fit.ts';
import { oneByOne } from '../lib/one-by-one.ts';

interface Messenger {
  (command: 'trackEvent', event: string, metadata: Record<string, unknown>): unknown;
  (command: 'update', attributes: Record<string, unknown>): unknown;
  /** Set by the bundle when a messenger runs; the snippet's stub has none, and forgets what it queues with its page. */
  booted?: boolean;
}
const page = globalThis as { Intercom?: Messenger };

const MOST = 20; // pieces of metadata of an event
const LONGEST = 255; // characters

/**
 * A milestone's properties as an event's metadata. A name has neither a period nor a dollar sign; one that ends in `_date` is shown as a
 * date, from Unix seconds.
 */
function metadata({ properties = {}, timestamp, messageId }: Message): Record<string, unknown> {
  const named = Object.entries(properties).map(([name, value]) => [name.replace(/[.$]/g, '_'), value]);
  return {
    ...fit(Object.fromEntries(named), { most: MOST - 2, longest: LONGEST }),
    happened_date: Math.floor(Date.parse(timestamp) / 1000),
    message_id: messageId,
  };
}

/** Tells milestones as events of the person on the page, and shows the agent what is known of them. */
export const intercom = ({ ...routing }: Routing = {}): Destination => ({
  name: 'intercom',
  routing: { traits: SHOWN, anonymous: 'send', ...routing }, // it knows its own visitor
  here: true,
  keeps: true,
  eventsOnly: true,
  ready: () => typeof page.Intercom === 'function' && !!page.Intercom.booted,
  deliver: (messages) =>
    oneByOne(messages, (message) => page.Intercom!('trackEvent', message.event!, metadata(message))),
  limit: { most: 20, within: 30 * 60_000 }, // https://developers.intercom.com/installing-intercom/web/methods#intercomupdate
  show(profile) {
    const values = Object.entries(fit(impersonal(profile), { longest: LONGEST }));
    // A name that ends in `_at` would be read as a date.
    page.Intercom!('update', Object.fromEntries(values.filter(([name]) => !/_at$/.test(name))));
  },
});
