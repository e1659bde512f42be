// What one entry of the journal does, decided and stored in one transaction: "told already?" and "queue it" are one question.
import { percentile } from '../lib/hash.js';
import { json } from '../lib/json.js';
import { say } from '../lib/say.js';
import { advance } from './conversation.js';
import { plain } from './facts.js';
import { clearFlags, currentFlags, flagTraits, isFlag, tellFlags, traitOf } from './flags.js';
import { health } from './health.js';
import { recognise, weaker } from './identity.js';
import { audience, identify, TEST, track } from './message.js';
import { isMilestone } from './milestones.js';
import { count, destinationOf, drop, enqueue, keysOf, tally } from './queue.js';
import { rollups } from './rollups.js';
import { holds, wants, withoutFlags } from './routing.js';
const MONTH = 30 * 24 * 60 * 60000; // milliseconds
const LARGEST = 9000; // characters of traits; an event may have 32 KB
const REMEMBERED = 20; // conversations of one visitor
const keyOf = (visitor) => `visitor/${visitor}`;
const topicKey = (widget) => `of ${widget}`; // no widget's name is one that every object has, such as `constructor`
const rowOf = (view, visitor) => view.get(keyOf(visitor)) ?? { at: 0, traits: {}, told: {}, conversations: [], topics: {}, holdout: {} };
/** Whoever has the device at `now`, where `visitor` had it when the page last looked. */
export function follow(view, visitor, now = Number.POSITIVE_INFINITY) {
    const before = new Set();
    for (let id = visitor;;) {
        const row = view.get(keyOf(id));
        if (!row?.next || before.has(row.next) || now < row.nextAt)
            return id; // a ring is none of ours
        before.add(id);
        id = row.next;
    }
}
/** The person behind a visitor id, as far as known. */
export const knownOf = (view, visitor) => rowOf(view, visitor);
/** Whether a conversation of a visitor waits for its end, or a flag. */
export const hasToEnd = (view, visitor) => {
    const { conversations, flags = {} } = rowOf(view, visitor);
    return (conversations.some((one) => one.open !== undefined) || Object.values(flags).some(({ until }) => until));
};
const ROLLUPS = /^(last_chat_topic|last_chat_at|last_csat_score|open_support_case|support_(case_opened_at|risk_level)|chat_assisted)$/;
/** The rollups that identify messages have carried so far. */
export const toldOf = (view, visitor) => Object.fromEntries(Object.entries(rowOf(view, visitor).told).filter(([name]) => ROLLUPS.test(name)));
/** Whether a person is held out at a destination: a stable share of them is. */
const heldOut = (row, visitor, { name, routing = {} }) => row.holdout[name] ?? (routing.holdout ? percentile(visitor) < routing.holdout : undefined);
/** What is known of a visitor and may be shown: rollups and flags, nothing that names the person. */
export function profileOf(view, visitor) {
    const row = rowOf(view, visitor);
    const { traits, flags = {} } = row;
    const mayShow = (name, value) => (ROLLUPS.test(name) || isFlag(name)) && plain(value);
    return (destination) => {
        // On a page that stays open a flag may have become old since.
        const now = { ...traits, ...flagTraits(flags, currentFlags(flags, Date.now())) };
        const shown = Object.fromEntries(Object.entries(now).filter(([name, value]) => mayShow(name, value)));
        return heldOut(row, visitor, destination) ? withoutFlags(shown) : shown;
    };
}
/** Whether a record of a visitor waits for a person. Counts are of nobody. */
const unclaimed = ({ message }, visitor) => message.anonymousId === visitor && !message.userId && message.type !== 'health';
/** Takes what a visitor left behind unidentified: dropped and counted, or, where anonymous records go out, set free. */
export function leaveBehind(view, visitor, { hold, destinations }, outcome) {
    const held = (key) => holds(hold, destinations, destinationOf(key));
    const left = keysOf(view).filter((key) => unclaimed(view.get(key), visitor));
    for (const key of left)
        if (!held(key))
            view.set(key, { ...view.get(key), free: true });
    const lost = left.filter(held);
    if (lost.length) {
        outcome.dropped.push({ reason: 'replaced', messages: lost.map((key) => view.get(key).message) });
        drop(view, lost, 'replaced');
    }
}
/** Whether the page's client says nothing new: what it said before, or what we told it ourselves. */
function echo(view, client, userId) {
    if (!client)
        return false;
    const before = view.get('client');
    view.set('client', client);
    return client === before || client === userId;
}
/** Settles one entry. Throws nothing that is not a fault of ours. */
export function settle(view, entry, rules) {
    const outcome = {
        visitor: follow(view, entry.visitor, entry.now),
        reached: [],
        messages: [],
        dropped: [],
    };
    let row = { ...rowOf(view, outcome.visitor), at: entry.now };
    let tidied = false; // a visit changed something
    let adopted = {}; // the first adopted record, by destination
    const handOver = (to) => {
        view.set(keyOf(outcome.visitor), { ...row, next: to, nextAt: entry.now });
        if (!row.userId)
            leaveBehind(view, outcome.visitor, rules, outcome);
        else if (!row.client)
            outcome.left = row.userId;
        outcome.visitor = to;
        row = { ...rowOf(view, to), at: entry.now };
    };
    const scene = () => ({
        visitor: outcome.visitor,
        userId: row.userId,
        page: entry.page,
        gpc: entry.gpc,
    });
    /** @param of the message as it is for one destination, if it is any */
    const post = (message, of = () => message) => {
        outcome.messages.push(message);
        for (const destination of rules.destinations) {
            const own = wants(destination, message) && of(destination);
            if (own)
                enqueue(view, destination.name, own, entry.now, own.type === 'identify' ? adopted[destination.name] : undefined);
        }
    };
    /** The first identification takes the records of this visitor id that wait for a person. */
    const adopt = () => {
        const facts = new Set();
        for (const key of keysOf(view)) {
            const queued = view.get(key);
            if (!unclaimed(queued, outcome.visitor))
                continue;
            view.set(key, { ...queued, message: { ...queued.message, userId: row.userId } });
            adopted = { [destinationOf(key)]: key, ...adopted };
            if (isMilestone(queued.message.event) && !queued.message.properties?.is_test)
                facts.add(queued.message.messageId);
        }
        if (facts.size)
            tally(view, ({ known }) => ({ known: known + facts.size }));
    };
    /** Tells what changed about the person, once they are known. */
    const announce = () => {
        if (!row.userId)
            return;
        const anew = row.toldAs !== row.userId;
        const news = Object.keys(row.traits).filter((name) => anew || json(row.traits[name]) !== json(row.told[name]));
        if (!news.length && !anew)
            return;
        // A date belongs to its flag.
        if (news.includes('open_support_case') && row.traits.open_support_case)
            news.push('support_case_opened_at');
        const traits = row.email ? { email: row.email } : {};
        for (const name of news) {
            // An event may have 32 KB; what does not fit is said, once, and goes no further.
            if (json(traits).length + json(row.traits[name]).length < LARGEST)
                traits[name] = row.traits[name];
            else
                say(`trait ${name} is left out: an identify has room for ${LARGEST} characters`);
        }
        const out = { ...row.holdout };
        for (const destination of rules.destinations) {
            const held = heldOut(row, outcome.visitor, destination);
            if (held !== undefined)
                out[destination.name] = held;
        }
        // Two of one millisecond may say the same: true, false, true.
        const message = identify(traits, entry.now, `${entry.now}-${tally(view).n}${json(traits)}`, scene());
        post(message, ({ name }) => {
            const held = out[name];
            const rest = held ? withoutFlags(traits) : traits;
            if (held && !anew && !news.some((trait) => !isFlag(trait)))
                return undefined; // it was about flags alone
            return { ...message, traits: { ...rest, ...(anew && held !== undefined && { chat_holdout: held }) } };
        });
        row = { ...row, told: { ...row.told, ...row.traits }, toldAs: row.userId, holdout: out };
    };
    /** Flags as they stand from now on; what changed becomes traits, and events where a destination asks for these. */
    const turn = (flags) => {
        const before = row.flags ?? {};
        if (flags === before)
            return;
        const changed = (one, other) => Object.keys(one).filter((name) => !(name in other));
        row = { ...row, flags, traits: { ...row.traits, ...flagTraits(before, flags) } };
        for (const [event, names] of [
            ['Audience Exited', changed(before, flags)],
            ['Audience Entered', changed(flags, before)],
        ])
            for (const name of names) {
                const message = audience(event, traitOf(name), entry.now, scene());
                post(message, (destination) => (heldOut(row, outcome.visitor, destination) ? undefined : message));
            }
    };
    const stands = row.flags && currentFlags(row.flags, entry.now);
    const roll = (reached) => {
        row.traits = rollups(row.traits, row.conversations, reached, rules);
    };
    if (entry.reset) {
        view.delete('client'); // whoever it names next is news
        if (outcome.visitor !== entry.fresh)
            handOver(entry.fresh);
    }
    if (entry.said && !echo(view, entry.said.client, row.userId)) {
        const { traits, ...said } = entry.said;
        let known = recognise(row, said, rules.identifyBy);
        if (known === 'another') {
            handOver(entry.fresh);
            known = recognise(row, said, rules.identifyBy);
        }
        if (known === 'weaker') {
            outcome.why = 'a stronger word stands';
            tally(view, ({ ignored }) => ({ ignored: count(ignored, 'weaker identity') }));
        }
        else {
            const before = row.userId;
            row = {
                ...row,
                ...known,
                // What a weaker source says completes what is known and replaces nothing.
                traits: weaker(said.by, row.by) ? { ...traits, ...row.traits } : { ...row.traits, ...traits },
            };
            if (rules.identifyBy === 'email' && row.id)
                row.traits.customer_id = row.id;
            if (row.email)
                row.traits.email = row.email;
            if (!before && row.userId)
                adopt();
            announce();
        }
    }
    if (entry.happened) {
        const signal = entry.happened;
        const test = signal.widget === TEST; // what is simulated stands apart, and changes nothing
        const step = advance(test ? (row.tests ?? []) : row.conversations, test ? signal : { ...signal, preset: row.topics[topicKey(signal.widget)] ?? row.topics[topicKey('')] }, rules.idle.conversation);
        outcome.why = step.why;
        outcome.reached = step.reached;
        for (const reached of step.reached)
            post(track(reached, entry.facts, scene()));
        if (test)
            row.tests = step.conversations.slice(-1);
        else {
            if (signal.type === 'topic' && step.why === 'no conversation')
                row.topics = { ...row.topics, [topicKey(signal.widget)]: signal.topic };
            else if (step.conversations.length > row.conversations.length)
                row.topics = {};
            row.conversations = step.conversations.slice(-REMEMBERED);
        }
        const { length } = step.reached;
        if (length && !test)
            tally(view, ({ milestones, known }) => ({
                milestones: milestones + length,
                known: known + (row.userId ? length : 0),
            }));
        if (!test)
            roll(step.reached);
        announce();
    }
    if (entry.user)
        view.set('about', { ...view.get('about'), user: entry.user });
    if (entry.order) {
        const { orders } = tally(view);
        if (!orders.includes(entry.order)) {
            tally(view, () => ({ orders: [...orders, entry.order].slice(-REMEMBERED) }));
            if (stands)
                turn(clearFlags(stands, rules.flags));
            announce();
        }
    }
    if (entry.flags || ((entry.visit || entry.happened) && stands !== row.flags)) {
        turn(tellFlags(stands ?? {}, entry.flags ?? {}, entry.now, rules.flags));
        tidied = true;
        announce();
    }
    if (entry.visit) {
        const over = (one) => one.open !== undefined && !one.ends && entry.now - one.at >= rules.idle.case;
        if (row.conversations.some(over)) {
            tidied = true;
            row.conversations = row.conversations.map((one) => over(one) ? { ...one, open: undefined, ended: true } : one);
            roll([]);
            announce();
        }
        for (const [key, old] of view)
            if (key.startsWith('visitor/') && key !== keyOf(outcome.visitor) && entry.now - old.at > MONTH)
                view.delete(key);
    }
    if (entry.counted && rules.destinations.some(({ routing }) => routing?.health)) {
        const names = rules.destinations.map(({ name }) => name);
        const well = health(view, outcome.visitor, entry.now, names);
        if (well)
            post(well);
    }
    if (!(entry.visit || entry.counted) || tidied)
        view.set(keyOf(outcome.visitor), row);
    return outcome;
}
