const NOTHING = {
    n: 0,
    delivered: 0,
    dropped: {},
    ignored: {},
    orders: [],
    milestones: 0,
    known: 0,
    to: {},
};
/** The counts, changed by `change` where it is given. */
export function tally(view, change) {
    const now = { ...NOTHING, ...view.get('tally') };
    if (!change)
        return now;
    const next = { ...now, ...change(now) };
    view.set('tally', next);
    return next;
}
/** Counts one more under a reason. */
export const count = (counts, reason, by = 1) => ({
    ...counts,
    [reason]: (counts[reason] ?? 0) + by,
});
/** Counts what a destination took, and one that it will not get where a reason is given. */
export function countFor(to, name, taken, reason) {
    const { delivered = 0, dropped = {} } = to[name] ?? {};
    return {
        ...to,
        [name]: { delivered: delivered + taken, dropped: reason ? count(dropped, reason) : dropped },
    };
}
/** The keys that begin so, sorted. */
export const startingWith = (view, prefix) => [...view.keys()].filter((key) => key.startsWith(prefix)).sort();
/** The keys of the records that wait for a destination (for all, if none is named), oldest first. */
export const keysOf = (view, destination) => startingWith(view, destination ? `q/${destination}/` : 'q/');
/** The destination for which a record waits. */
export const destinationOf = (key) => key.split('/')[1];
/** Puts a message at the end of a destination's queue, or right before the record `before`. Returns its key. */
export function enqueue(view, destination, message, since, before) {
    const { n } = tally(view, (now) => ({ n: Math.max(since, now.n + 1) }));
    // "!" sorts before every messageId.
    const key = before
        ? `${before.slice(0, before.lastIndexOf('/'))}/!${message.messageId}`
        : `q/${destination}/${n}/${message.messageId}`;
    view.set(key, { message, since });
    return key;
}
/** Takes records away that will not be delivered, and counts them. What is gone already has been counted. */
export function drop(view, keys, reason) {
    const gone = keys.filter((key) => view.delete(key));
    if (!gone.length)
        return;
    tally(view, ({ dropped, to }) => ({
        dropped: count(dropped, reason, gone.length),
        to: gone.reduce((all, key) => countFor(all, destinationOf(key), 0, reason), to),
    }));
}
