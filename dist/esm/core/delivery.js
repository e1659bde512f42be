// Brings what waits to its destination: deleted only when taken, retried with patience, one tab at a time.
import { backoff } from '../lib/backoff.js';
import { deadline } from '../lib/deadline.js';
import { exclusive } from '../lib/exclusive.js';
import { fault, guard } from '../lib/guard.js';
import { json } from '../lib/json.js';
import { randomId } from '../lib/random-id.js';
import { say } from '../lib/say.js';
import { countFor, drop, keysOf, startingWith, tally } from './queue.js';
import { isHeld, shaped } from './routing.js';
import { Later, Misconfigured, Partly, Refused, } from './types.js';
const SECOND = 1000; // milliseconds
const MINUTE = 60 * SECOND;
const OLDEST = 30 * 24 * 60 * MINUTE; // Customer.io forgets anonymous ids then
const MOST = 1000; // records of one destination
const BATCH = 50; // messages
const BYTES = 55000; // a request that is to outlive its page may have 64 KiB, with its envelope
const LEASE = 20 * SECOND;
const LONGEST = 60 * MINUTE; // a server may ask for more, a clock that jumped may seem to
const PAUSE = 5 * SECOND; // the answer to a page that leaves may still come, where it lives on
const GONE = 'gone/'; // + key: a page that left has sent the record
const keyOf = (destination) => `to/${destination.name}`;
const leaseOf = (destination) => `lease/${destination.name}`;
const deadlineOf = (destination) => deadline(`chatstone_wait/${destination.name}`);
/** How things stand with a destination, as stored. */
export const standing = (view, destination) => view.get(keyOf(destination)) ?? { tries: 0, until: 0 };
/** As many records as one request takes. */
function fill(view, keys, most = BATCH) {
    let bytes = 0;
    return keys
        .slice(0, most)
        .filter((key, i) => (bytes += new Blob([json(view.get(key).message)]).size) < BYTES || !i);
}
/** What a destination works through is there. */
export const isThere = ({ name, ready }) => !ready || !!guard(name, () => ready())();
/** It is there, and may be given something. */
export const open = (destination, present) => present.consent(destination) === 'granted' && isThere(destination);
/**
 * @param hold records of unknown persons stay, unless a destination's routing says otherwise
 */
export function delivery(storage, all, hold, told, ahead, present = { visitor: () => '', consent: () => 'granted' }, now = Date.now) {
    const destinations = all.filter((one) => !!one.deliver);
    const tab = randomId();
    const underWay = new Map(); // how often a record is on the wire, by key
    const running = new Map(); // the last round
    const waiting = new Map(); // the round that has not begun
    const urgent = new Set(); // somebody has asked for it since the last round
    const timers = new Map();
    let stopped = false;
    const onWire = (keys, by) => {
        for (const key of keys) {
            const times = (underWay.get(key) ?? 0) + by;
            if (times)
                underWay.set(key, times);
            else
                underWay.delete(key);
        }
    };
    /** How long it is until then: not at all where a clock wrote it that has jumped since. */
    const away = (until) => (until - now() > LONGEST ? 0 : until - now());
    const goes = (view, key, { name }) => !isHeld(view.get(key), hold, destinations, name);
    /** What to send next, or how long to wait. */
    const take = (view, destination, asked, most) => {
        let pause = 0;
        for (const mark of startingWith(view, GONE)) {
            const key = mark.slice(GONE.length);
            const { at, raw } = view.get(mark);
            const left = at + PAUSE - now();
            if (view.has(key)) {
                if (raw && !view.get(key).ready)
                    view.set(key, { ...view.get(key), ready: true });
                if (left > 0 && left <= PAUSE && key.startsWith(`q/${destination.name}/`))
                    pause = Math.max(pause, left);
            }
            if (!view.has(key) || left <= 0 || left > PAUSE)
                view.delete(mark);
        }
        const all = keysOf(view, destination.name);
        const lose = (reason, which) => {
            const lost = all.filter((key, i) => view.has(key) && which(key, i));
            if (!lost.length)
                return;
            told.dropped(destination.name, reason, lost.map((key) => view.get(key).message));
            drop(view, lost, reason);
        };
        lose('expired', (key, i) => now() - view.get(key).since > OLDEST || i < all.length - MOST);
        if (present.consent(destination) === 'denied')
            lose('no consent', () => true);
        if (destination.here) {
            const who = present.visitor(view);
            if (!who)
                return []; // nobody can say who has the page
            lose('another person', (key) => view.get(key).message.anonymousId !== who);
        }
        const keys = all.filter((key) => view.has(key) && goes(view, key, destination));
        if (!keys.length || !open(destination, present))
            return [];
        // Sent on leaving, by this page or another: what comes later must not overtake it.
        if (keys.some((key) => underWay.has(key)))
            return SECOND;
        if (pause)
            return pause;
        if (ahead.soon())
            return SECOND; // nobody would hear the answer: leave() sends it, or the next page
        const state = standing(view, destination);
        let wait = away(state.until);
        if (wait > SECOND && asked && !state.firm) {
            // After many failures others have waited, too, perhaps for the same moment: a visitor alone has few.
            wait = Math.min(wait, SECOND + backoff(state.tries - 4, SECOND, MINUTE));
            view.set(keyOf(destination), { ...state, until: now() + wait });
        }
        if (wait > 0)
            return wait;
        if (!navigator.locks) {
            // One tab at a time by a lease. A lease that reaches further than leases do was written by a clock that has jumped.
            const lease = view.get(leaseOf(destination));
            if (lease && lease.tab !== tab && lease.until > now() && lease.until <= now() + LEASE)
                return SECOND;
            view.set(leaseOf(destination), { tab, until: now() + LEASE });
        }
        return fill(view, keys, destination.here ? 1 : most); // while one goes, the person may change
    };
    /** Lets a destination finish its messages, once, and stores what it made of them. */
    const prepare = async (destination, keys) => {
        const batch = new Map();
        for (const key of keys)
            batch.set(key, storage.last().get(key));
        const fresh = [...batch].filter(([, queued]) => destination.prepare && !queued.ready);
        if (fresh.length) {
            const finished = await Promise.all(fresh.map(async ([, { message }]) => {
                const made = await guard('prepare', (raw) => destination.prepare(raw))(shaped(message, destination))?.catch(() => undefined);
                return made ?? message;
            }));
            await storage.change((view) => {
                fresh.forEach(([key], i) => {
                    const queued = view.get(key);
                    if (!queued || queued.ready || view.has(GONE + key))
                        return;
                    // An identification may have come in the meantime.
                    const { userId } = queued.message;
                    view.set(key, { ...queued, ready: true, message: { ...finished[i], ...(userId && { userId }) } });
                });
            });
        }
        // While it was finished, the page may have sent it on leaving, or another tab.
        const still = keys.filter((key) => storage.last().has(key) && !underWay.has(key));
        return new Map(still.map((key) => [key, shaped(storage.last().get(key).message, destination)]));
    };
    const accept = (destination, batch) => storage
        .change((view) => {
        const taken = [...batch.keys()].filter((key) => view.delete(key));
        tally(view, ({ delivered, to }) => ({
            delivered: delivered + taken.length,
            to: countFor(to, destination.name, taken.length),
        }));
        const { until, firm } = standing(view, destination);
        view.set(keyOf(destination), {
            tries: 0,
            ...(firm && away(until) > 0 ? { until, firm } : { until: 0 }), // what the server said to a later request stands
            accepted: destination.target ?? '',
        });
        return taken;
    })
        .then((taken) => {
        if (taken.length)
            told.delivered(destination.name, taken.map((key) => batch.get(key)));
    });
    /** Sends a batch; a refused one is split in halves. Returns what was refused standing alone. */
    const send = async (destination, batch) => {
        const keys = [...batch.keys()];
        onWire(keys, 1);
        told.sent(destination.name, [...batch.values()]);
        try {
            await destination.deliver([...batch.values()], { leaving: false });
        }
        catch (thrown) {
            let error = thrown;
            let rest = [...batch];
            if (error instanceof Partly) {
                const { taken, cause } = error;
                await accept(destination, new Map(rest.filter(([, message]) => taken.includes(message))));
                rest = rest.filter(([, message]) => !taken.includes(message));
                error = cause;
            }
            if (!(error instanceof Refused))
                throw error;
            if (rest.length === 1) {
                fault(destination.name, error);
                return [rest[0][0]];
            }
            const half = (from, to) => send(destination, new Map(rest.slice(from, to)));
            const middle = rest.length >> 1;
            return [...(await half(0, middle)), ...(await half(middle))];
        }
        finally {
            onWire(keys, -1);
        }
        await accept(destination, batch);
        return [];
    };
    /** What a failure means for the next try. */
    const fail = (destination, error) => storage.change((view) => {
        const state = standing(view, destination);
        const slow = error instanceof Misconfigured;
        const named = error instanceof Later && error.seconds > 0 ? Math.min(error.seconds * SECOND, LONGEST) : 0;
        const wait = slow
            ? Math.max(30 * SECOND, backoff(state.tries, 30 * SECOND, 15 * MINUTE))
            : Math.min(backoff(state.tries, SECOND, 5 * MINUTE, named), LONGEST);
        const stands = state.firm && away(state.until) > wait; // a later request was told to wait longer
        const until = stands ? state.until : now() + wait;
        if (named)
            deadlineOf(destination).set(now() + named); // a page that leaves comes alone
        view.set(keyOf(destination), {
            tries: state.tries + 1,
            until,
            firm: named > 0 || stands,
            accepted: state.accepted,
            error: String(error?.message ?? error),
        });
        fault(destination.name, error);
        if (slow)
            say(`${destination.name} does not take our messages: ${error.message}`);
        return until - now();
    });
    const again = (destination, wait) => {
        clearTimeout(timers.get(destination));
        if (!stopped)
            timers.set(destination, setTimeout(() => start(destination, false), wait));
    };
    const round = async (destination, asked) => {
        // One goes ahead: while nobody answers, or all is refused, the others are not told again and again.
        let most = 1;
        try {
            while (!stopped) {
                const next = await storage.change((view) => take(view, destination, asked, most));
                if (typeof next === 'number')
                    return again(destination, next);
                if (!next.length)
                    return;
                const batch = await prepare(destination, next);
                if (!open(destination, present))
                    continue; // its consent may have been withdrawn meanwhile
                if (!batch.size)
                    continue; // another tab, or the page that left, has taken them
                const refused = await send(destination, batch);
                const alone = most === 1;
                most = BATCH;
                if (!refused.length || alone)
                    continue; // refused where it went ahead: it is tried in company
                const dropped = await storage.change((view) => {
                    if (standing(view, destination).accepted !== (destination.target ?? ''))
                        return undefined;
                    const messages = refused
                        .filter((key) => view.has(key))
                        .map((key) => view.get(key).message);
                    drop(view, refused, 'refused');
                    return messages;
                });
                if (!dropped)
                    throw new Misconfigured('it refuses every record and never took one; check the write key and the host');
                told.dropped(destination.name, 'refused', dropped);
            }
        }
        catch (error) {
            again(destination, await fail(destination, error));
        }
        finally {
            if (!navigator.locks)
                await storage.change((view) => {
                    if (view.get(leaseOf(destination))?.tab === tab)
                        view.delete(leaseOf(destination));
                });
        }
    };
    /** One round at a time in this tab; the wakes that come during a round are answered by one more. */
    const start = (destination, wake) => {
        if (wake)
            urgent.add(destination);
        const next = waiting.get(destination) ??
            (running.get(destination) ?? Promise.resolve())
                .then(() => {
                waiting.delete(destination);
                return exclusive(`chatstone ${destination.name}`, () => round(destination, urgent.delete(destination)));
            })
                .catch((error) => {
                fault('delivery', error);
                again(destination, 30 * SECOND); // the database does not answer
            });
        waiting.set(destination, next);
        running.set(destination, next);
        return next;
    };
    return {
        wake: () => Promise.all(destinations.map((destination) => start(destination, true))).then(() => undefined),
        leave() {
            if (!storage.fresh())
                return; // another tab knows more, and delivers
            if (ahead.ours())
                return; // the next page delivers, and hears the answer
            const view = storage.last();
            for (const destination of destinations) {
                if (destination.here || !open(destination, present))
                    continue;
                if (away(deadlineOf(destination).get()) > 0)
                    continue;
                const keys = fill(view, keysOf(view, destination.name).filter((key) => goes(view, key, destination)));
                const fresh = keys.filter((key) => !underWay.has(key));
                // What is on the wire already outlives the page. What is new goes with all that stands before it, lest it overtake.
                if (!fresh.length)
                    continue;
                onWire(keys, 1);
                for (const key of fresh) {
                    // From here on it goes as it stands. The record itself may be gone: this page's picture may be old.
                    storage.keep(GONE + key, {
                        at: now(),
                        raw: !!destination.prepare && !view.get(key).ready,
                    });
                }
                const batch = new Map(keys.map((key) => [key, shaped(view.get(key).message, destination)]));
                told.sent(destination.name, [...batch.values()]);
                const leaving = async () => destination.deliver([...batch.values()], { leaving: true }); // called in this very task
                leaving()
                    .then(() => accept(destination, batch))
                    // It waits as before, or until the server wants it.
                    .catch(async (error) => {
                    if (error instanceof Partly) {
                        const { taken } = error;
                        await accept(destination, new Map([...batch].filter(([, message]) => taken.includes(message))));
                    }
                    if (error instanceof Later)
                        await fail(destination, error);
                    else
                        fault(destination.name, error);
                    await storage.change((view) => {
                        for (const key of fresh) {
                            const gone = view.get(GONE + key);
                            if (gone)
                                view.set(GONE + key, { ...gone, at: 0 }); // the answer has come
                        }
                    });
                })
                    .catch((error) => fault('delivery', error)) // the database does not answer
                    .finally(() => {
                    onWire(keys, -1);
                    return start(destination, false);
                });
            }
        },
        stop() {
            stopped = true;
            for (const timer of timers.values())
                clearTimeout(timer);
        },
    };
}
