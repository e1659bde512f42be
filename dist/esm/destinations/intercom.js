// https://developers.intercom.com/installing-intercom/web/methods and https://www.intercom.com/help/en/articles/175
// Whom Intercom knows is the site's business (identity verification with it), so it is told of nobody: no address, no id.
import { SHOWN } from '../core/types.js';
import { oneByOne } from '../lib/one-by-one.js';
import { without } from '../lib/without.js';
const page = globalThis;
const MOST = 20; // pieces of metadata of an event
const LONGEST = 255; // characters
/** A milestone's properties as an event's metadata. A name that ends in `_date` is shown as a date, from Unix seconds. */
function metadata({ properties = {}, timestamp, messageId }) {
    const short = Object.entries(properties).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, LONGEST) : value,
    ]);
    return Object.fromEntries([
        ['happened_date', Math.floor(Date.parse(timestamp) / 1000)],
        ['message_id', messageId],
        ...short.slice(0, MOST - 2),
    ]);
}
/** Tells milestones as events of the person on the page, and shows the agent what is known of them. */
export const intercom = ({ ...routing } = {}) => ({
    name: 'intercom',
    routing: { traits: SHOWN, ...routing },
    here: true,
    eventsOnly: true,
    ready: () => typeof page.Intercom === 'function' && !!page.Intercom.booted,
    deliver: (messages) => oneByOne(messages, (message) => page.Intercom('trackEvent', message.event, metadata(message))),
    limit: { most: 20, within: 30 * 60000 }, // https://developers.intercom.com/installing-intercom/web/methods#intercomupdate
    show(profile) {
        page.Intercom('update', without(profile, /_at$/));
    },
});
