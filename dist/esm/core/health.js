// Once a day and visitor, where the site asked for it: counts that show when a shop's hooks have gone silent.
import { hash } from '../lib/hash.js';
import { keysOf, tally } from './queue.js';
import { VERSION } from './version.js';
const DAY = 24 * 60 * 60000; // milliseconds
const KEY = 'health';
/** All that is counted, flat. */
function countsOf({ milestones, known, ignored, to }) {
    const counts = { milestones, known };
    const add = (prefix, of) => {
        for (const [name, count] of Object.entries(of))
            counts[`${prefix}_${name.replace(/\W/g, '_')}`] = count;
    };
    add('ignored', ignored);
    for (const [name, { delivered, dropped }] of Object.entries(to)) {
        counts[`${name}_delivered`] = delivered;
        add(`${name}_dropped`, dropped);
    }
    return counts;
}
/** The message that is due now, if one is, and anything happened since the last. */
export function health(view, visitor, now, destinations) {
    const told = view.get(KEY) ?? { at: 0, counts: {} };
    if (now - told.at < DAY && told.at <= now)
        return undefined;
    const counts = countsOf(tally(view));
    const news = Object.entries(counts)
        .map(([name, count]) => [name, count - (told.counts[name] ?? 0)])
        .filter(([, count]) => count > 0);
    if (!news.length)
        return undefined;
    view.set(KEY, { at: now, counts });
    const since = Object.fromEntries(news);
    const waiting = destinations.map((name) => [`${name}_queued`, keysOf(view, name).length]);
    return {
        type: 'health',
        properties: {
            milestones: 0,
            known: 0,
            ...since,
            ...Object.fromEntries(waiting),
            ...(since.milestones && {
                match_rate: Math.min(100, Math.round((100 * (since.known ?? 0)) / since.milestones)) / 100,
            }),
            ...(told.at && { since: new Date(told.at).toISOString() }),
        },
        messageId: hash([visitor, KEY, now].join('\n')),
        timestamp: new Date(now).toISOString(),
        anonymousId: visitor,
        context: { library: { name: 'chatstone', version: VERSION } },
    };
}
