// Audience flags that the site, or a system behind it, hands to the page. They travel as traits, never as events; each has an end.
import { say } from '../lib/say.js';
const HOUR = 60 * 60000; // milliseconds
const RECENT = 72; // hours
const MOST = 50;
const NAME = /^[a-z][a-z0-9_]{0,49}$/;
/** Of these a browser cannot see anything: the site tells them. They stand until it takes them back. */
const TOLD = {
    refunded: { hours: 0, purchase: false },
    unsubscribed: { hours: 0, purchase: false },
};
/** The trait under which a flag travels. */
export const traitOf = (name) => `cio_segment_${name}`;
/** Whether a trait is a flag, or the time of one. */
export const isFlag = (trait) => trait.startsWith(traitOf(''));
/** What the site says of flags, checked; undefined where nothing of it is any. */
export function flagsOf(given) {
    const told = {};
    for (const [name, on] of Object.entries(Object(given)).slice(0, MOST))
        if (NAME.test(name) && (typeof on === 'boolean' || on == null))
            told[name] = !!on;
        else
            say('flags: write names such as cart_abandoner (a-z, 0-9, _) with true or false');
    return Object.keys(told).length ? told : undefined;
}
/** Which flags stand after what was told. */
export function tellFlags(before, told, now, declared) {
    const after = { ...(told.refunded ? clearFlags(before, declared) : before) };
    for (const name of Object.keys(told)) {
        if (!told[name]) {
            delete after[name];
            continue;
        }
        const { hours = RECENT } = declared[name] ?? TOLD[name] ?? {};
        after[name] = {
            since: after[name]?.since ?? now,
            ...(hours > 0 && Number.isFinite(hours) && { until: now + hours * HOUR }),
        };
    }
    return after.unsubscribed ? keep(after, (name) => name in TOLD) : after;
}
/** Without those that a purchase or a refund ends. */
export const clearFlags = (flags, declared) => keep(flags, (name) => (declared[name] ?? TOLD[name])?.purchase === false);
/** Without those that have become old, or were told by a clock that was far ahead. */
export const currentFlags = (flags, now) => keep(flags, (name) => {
    const { since, until } = flags[name];
    return until === undefined || (until > now && since < now + 24 * HOUR);
});
function keep(flags, holds) {
    const names = Object.keys(flags);
    return names.every(holds)
        ? flags
        : Object.fromEntries(names.filter(holds).map((name) => [name, flags[name]]));
}
/** The traits that say how flags stand, where some stood before. */
export function flagTraits(before, after) {
    const traits = {};
    for (const name of Object.keys({ ...before, ...after })) {
        const flag = after[name];
        traits[traitOf(name)] = !!flag;
        if (flag)
            traits[`${traitOf(name)}_entered_at`] = Math.floor(flag.since / 1000);
    }
    return traits;
}
