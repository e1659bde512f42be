// What is stored may be of another version, or of another script of the page. What has not our shape is taken away and counted.
import { json } from '../lib/json.js';
import { plain } from './facts.js';
import { count, tally } from './queue.js';
const LARGEST = 32000; // characters of a message: an event may have 32 KB
const object = (value) => Object.prototype.toString.call(value) === '[object Object]';
const list = Array.isArray;
const text = (value) => typeof value === 'string' && value.length < 300;
const number = Number.isFinite;
const id = (value) => text(value) && !/[\s<>]/.test(value);
const all = (check) => (value) => object(value) && Object.values(value).every((one) => check(one));
const may = (check) => (value) => value === undefined || check(value);
const each = (check) => (value) => list(value) && value.every((one) => check(one));
const shape = (checks) => (value) => object(value) && Object.keys(checks).every((name) => checks[name](value[name]));
const talks = each(shape({
    id: text,
    widget: text,
    at: number,
    told: number,
    facts: each(text),
    topic: may(text),
    team: may(text),
    vendor: may(text),
    heard: object,
    changed: object,
}));
/** It has an end, and is not too long. */
const ends = (value, most = Number.POSITIVE_INFINITY) => {
    try {
        return json(value).length < most;
    }
    catch {
        return false; // a cycle, or a getter that throws
    }
};
const entry = shape({
    now: number,
    visitor: (value) => value === '' || id(value),
    fresh: id,
    page: all(plain),
    facts: all(plain),
    happened: may(shape({ type: text, widget: text, when: number, topic: may(text), conversation: may(text) })),
    said: may(shape({
        by: (by) => /^(site|checkout|widget|form)$/.test(by),
        traits: object,
        id: may(text),
        email: may(text),
        client: may(text),
    })),
    order: may(text),
    flags: may(all((on) => typeof on === 'boolean')),
});
const queued = shape({
    since: number,
    message: shape({
        type: (type) => /^(track|identify|health)$/.test(type),
        messageId: text,
        timestamp: text,
        anonymousId: id,
        userId: may(text),
        traits: may(object),
        context: object,
    }),
});
/** By the first word of the key; what is not named here is of a later version, and stays. */
const SHAPES = new Map([
    ['in', (value) => entry(value) && ends(value)],
    [
        'q',
        // What the page's client made of a message may have any properties.
        (value) => queued(value) && (value.ready || may(all(plain))(value.message.properties)) && ends(value, LARGEST),
    ],
    [
        'visitor',
        shape({
            at: number,
            traits: object,
            told: object,
            topics: all(text),
            holdout: object,
            flags: may(all(shape({ since: number, until: may(number) }))),
            next: may(id),
            userId: may(text),
            email: may(text),
            conversations: talks,
            tests: may(talks),
        }),
    ],
    ['to', shape({ tries: (tries) => tries >= 0 && tries < 1e6, until: number })],
    ['lease', shape({ until: number })],
    ['gone', shape({ at: number })],
    [
        'tally',
        shape({
            n: (n) => n >= 0 && n < 1e14,
            delivered: number,
            dropped: object,
            ignored: object,
            orders: each(text),
            to: may(all(shape({ delivered: number, dropped: object }))),
        }),
    ],
    ['about', shape({ visitor: id, places: may(each(text)) })],
    [
        'seen',
        shape({ visitor: (value) => value === '' || id(value), facts: all(plain), shop: may(all(plain)) }),
    ],
    ['shown', shape({ visitor: text, values: all(plain), times: each(number) })],
    ['health', shape({ at: number, counts: all(number) })],
    ['client', text],
    ['settled', each(text)],
]);
/** Takes away what is not sound. `known`: what was looked at before; values are never mutated. */
export function tidy(view, known) {
    let bad = 0;
    for (const [key, value] of view) {
        if (known.has(value))
            continue; // first: it is asked of all that waits, in every transaction
        const check = SHAPES.get(key.split('/')[0]);
        if (!check)
            continue;
        if (check(value) && `visitor/${value.next}` !== key)
            known.add(Object(value));
        else if (view.delete(key))
            bad++;
    }
    if (bad)
        tally(view, ({ dropped }) => ({ dropped: count(dropped, 'unreadable', bad) }));
}
