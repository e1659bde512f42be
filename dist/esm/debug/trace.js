// A trace: what came of one chat, from the widget's signals to the profile, and whether that is what should have come of it.
import { MILESTONES } from '../core/milestones.js';
import { sha256 } from '../lib/sha256.js';
import { between } from './story.js';
import { clock, many, outcome, reason, signal, span, stands } from './words.js';
/** The items of the checklist, in its order. */
export const ITEMS = [
    'identifier',
    'names',
    'topics in the list',
    'required properties',
    'rollups',
    'timing',
    'accepted',
    'profile',
];
const REQUIRED = ['channel', 'widget', 'conversation_id'];
/** The names that the presets use on the wire: docs/data-contract.md. */
const WIRE = /^Live Chat (Conversation (Started|Ended)|Message (Sent|Received))$/;
const isPublished = (name) => WIRE.test(name) || MILESTONES.includes(name);
const LONG = 60000; // milliseconds between an event and its signal, or between two signals of one fact
const AHEAD = 5000; // milliseconds that the vendor's clock may be ahead of the device's
const TEST = 'test'; // the widget of what is simulated
/** The milestone that a signal may make. */
const aims = ({ type, from }) => type === 'message'
    ? from === 'visitor'
        ? 'chat_first_message_sent'
        : from === 'agent' || from === 'bot'
            ? 'chat_agent_replied'
            : undefined
    : {
        opened: 'chat_opened',
        topic: 'chat_topic_set',
        assigned: 'chat_assigned',
        ended: 'chat_resolved',
        rated: 'chat_csat_submitted',
    }[type];
/** What a widget can tell of a milestone. */
function can(name, widgets, status) {
    const all = widgets.flatMap((widget) => status.widgets[widget]?.tells ?? []);
    // A home-made widget, or a simulated one, tells what the page lets it tell.
    if (all.includes(name) || widgets.some((widget) => !status.widgets[widget]))
        return 'yes';
    return all.includes(`${name}?`) ? 'inferred' : 'no';
}
const check = (item, faults, good) => ({
    item,
    passed: !faults.length,
    why: faults.join('; ') || good,
});
const skip = (item, why) => ({ item, passed: undefined, why });
/** Whether a message was sent there: what was dropped before has reached no profile. */
const left = ({ sent, accepted, key }) => !!key && !!(sent ?? accepted);
const unique = (list) => [...new Set(list)];
const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
/** The conversation of a milestone: each widget has ids of its own. */
const conversationOf = ({ properties: { widget, conversation_id: id } }) => `${widget} ${id}`;
function identifier(milestones, story, keys, trace) {
    const ways = milestones.flatMap(({ to }) => Object.values(to)).filter(left);
    if (!ways.length)
        return skip('identifier', 'nothing has been sent');
    const { expected } = trace;
    /** The addresses that were told with a profile's key. */
    const told = story.told.flatMap(({ to }) => Object.values(to));
    const isOf = (address) => (key) => same(key, address) ||
        key === sha256(address.trim().toLowerCase()) ||
        (!key.includes('@') && told.some((way) => way.key === key && way.email && same(way.email, address)));
    const faults = Object.entries(keys)
        .filter(([, all]) => all.length > 1)
        .map(([name, all]) => `${name} got ${many(all.length, 'profile')}: ${all.join(', ')}`);
    const all = unique(Object.values(keys).flat());
    if (ways.some(({ known }) => !known))
        faults.push('some went out under the anonymous id');
    const wanted = expected ?? all.find((key) => key.includes('@'));
    const others = wanted ? all.filter((key) => !isOf(wanted)(key)) : [];
    if (expected && others.length)
        faults.push(`it went to ${others.join(', ')}, not to ${expected}`);
    // What goes by an id here and by an address there is one person as far as anybody can see.
    else if (others.some((key) => key.includes('@')) && !faults.length)
        faults.push(`systems got different profiles: ${all.join(', ')}`);
    return check('identifier', faults, `all on ${all.join(', ')}`);
}
function names(milestones) {
    const sent = milestones.flatMap(({ name, to }) => [
        name,
        ...Object.values(to).map((way) => way.name ?? name),
    ]);
    const faults = unique(sent.filter((name) => !isPublished(name))).map((name) => `${name} is no published name`);
    const once = milestones.filter(({ name }) => /opened|first|replied/.test(name));
    const facts = once.map((one) => `${one.name} ${one.properties.is_bot ?? ''} ${conversationOf(one)}`);
    const twice = once.filter((_, i) => facts.indexOf(facts[i]) < i);
    for (const { name, properties } of twice) {
        const { conversation_id: id, is_bot: bot } = properties;
        faults.push(`${name} of ${id}${bot === undefined ? '' : bot ? ' by a bot' : ' by a person'} was told twice`);
    }
    return check('names', unique(faults), many(unique(sent).length, 'published name'));
}
function topics(milestones, { topics: list = [] }) {
    const told = unique(milestones.map(({ properties: { topic } }) => topic).filter((topic) => topic !== undefined));
    if (!told.length)
        return skip('topics in the list', 'no topic was told');
    const faults = told
        .filter((topic) => !list.includes(String(topic)))
        .map((topic) => `${topic} is not in the list`);
    return check('topics in the list', faults, told.join(', '));
}
function required(milestones) {
    const faults = milestones.flatMap(({ name, properties, to }) => {
        const own = { ...properties };
        const lacks = REQUIRED.filter((property) => own[property] === undefined || own[property] === '');
        const more = name === 'chat_topic_set' && !own.topic
            ? ['topic']
            : name === 'chat_csat_submitted' && own.csat_score === undefined
                ? ['csat_score']
                : name === 'chat_agent_replied' && own.is_bot === undefined
                    ? ['is_bot']
                    : [];
        const cut = Object.entries(to).flatMap(([destination, way]) => way.properties && !way.properties.includes('conversation_id')
            ? [`${destination} gets ${name} without conversation_id`]
            : []);
        return [...[...lacks, ...more].map((property) => `${name} has no ${property}`), ...cut];
    });
    return check('required properties', unique(faults), `${REQUIRED.join(', ')} on all`);
}
function rollups(milestones, { traits = {}, identity }) {
    const real = milestones.filter(({ properties }) => !properties.is_test);
    if (!real.length)
        return skip('rollups', 'simulated milestones say nothing of the person');
    const has = (name, of) => real.some((one) => one.name === name && (!of || of(one)));
    const wanted = [
        [has('chat_first_message_sent') || has('chat_resolved'), 'last_chat_at'],
        [has('chat_topic_set'), 'last_chat_topic'],
        [has('chat_csat_submitted'), 'last_csat_score'],
        [has('chat_first_message_sent'), 'support_risk_level'],
        [has('chat_agent_replied', ({ properties }) => properties.is_bot === false), 'chat_assisted'],
    ];
    const asked = wanted.filter(([holds]) => holds).map(([, trait]) => trait);
    if (!asked.length)
        return skip('rollups', 'nothing that changes them has happened');
    if (!identity?.userId)
        return check('rollups', ['nobody is known, so there is nobody to tell them of'], '');
    const faults = asked.filter((trait) => traits[trait] === undefined).map((trait) => `${trait} was not told`);
    const latest = Math.max(...real.filter(({ name }) => /sent|replied|resolved/.test(name)).map(({ at }) => at));
    if (Number(traits.last_chat_at) < Math.floor(latest / 1000))
        faults.push(`last_chat_at is ${traits.last_chat_at}, which is before this chat`);
    const last = (of) => [...real].reverse().find(({ name }) => name === of)?.properties;
    const rating = last('chat_csat_submitted')?.csat_score;
    if (rating !== undefined && traits.last_csat_score !== rating)
        faults.push(`last_csat_score is ${traits.last_csat_score}, the last rating ${rating}`);
    const topic = last('chat_topic_set')?.topic;
    if (topic !== undefined && traits.last_chat_topic !== topic)
        faults.push(`last_chat_topic is ${traits.last_chat_topic}, the last topic ${topic}`);
    const { open_support_case: open } = traits;
    // It goes with the risk, always, unless the page leaves it to the helpdesk.
    const theirs = has('chat_first_message_sent') && open === undefined;
    if (theirs && traits.support_risk_level === undefined)
        faults.push('open_support_case was not told');
    // Another chat may be open still; where a visitor writes again, no milestone tells that it is open again.
    const began = new Set(real.filter(({ name }) => name === 'chat_first_message_sent').map(conversationOf));
    const ended = new Set(real.filter(({ name }) => name === 'chat_resolved').map(conversationOf));
    if (open === false && [...began].some((id) => !ended.has(id)))
        faults.push('open_support_case is false, and the chat has not ended');
    const told = asked.map((trait) => `${trait}: ${traits[trait]}`).join(', ');
    return check('rollups', faults, theirs ? `${told}; open_support_case is not told, which is right if the page says openCase: false` : told);
}
function timing(milestones, { signs }) {
    if (!milestones.length)
        return skip('timing', 'no milestone was told');
    const faults = [];
    const latest = new Map();
    for (const one of milestones) {
        const { name, at, recorded, to } = one;
        const id = conversationOf(one);
        // Of what another tab or page has recorded nobody here knows when.
        if (recorded && at < (latest.get(id) ?? 0))
            faults.push(`${name} is earlier than the one before`);
        if (recorded)
            latest.set(id, Math.max(at, latest.get(id) ?? 0));
        for (const { accepted } of Object.values(to))
            if (accepted && accepted < at - AHEAD)
                faults.push(`${name} is later than its acceptance`);
        const made = signs.filter(({ reached }) => reached?.includes(name));
        const off = Math.min(...(made.length ? made : signs).map((sign) => Math.abs(sign.at - at)));
        if (off > LONG)
            faults.push(made.length ? `${name} bears a time ${span(off)} off` : `no signal stands near ${name}`);
    }
    return check('timing', unique(faults), 'each at the time of its signal, in order');
}
function accepted(milestones, status) {
    if (!milestones.length)
        return skip('accepted', 'no milestone was told');
    const faults = [];
    const same = new Map(); // what is said of several is said once
    const unseen = []; // another tab may have delivered it, and heard the answer
    let taken = false;
    for (const told of milestones) {
        const all = Object.entries(stands(told, status));
        // Without a queue, as where consent was withdrawn, it is gone.
        if (!all.length)
            (status.waiting ? unseen : faults).push(`${told.name}: nothing was seen of it, and nothing waits`);
        for (const [destination, { state, words }] of all)
            if (state === 'accepted')
                taken = true;
            else if (state === 'elsewhere')
                unseen.push(`${told.name}: ${words}`);
            else {
                const what = `at ${destination}: ${words}`;
                same.set(what, [...(same.get(what) ?? []), told.name]);
            }
    }
    for (const [what, names] of same)
        faults.push(`${unique(names).join(', ')} ${what}`);
    if (!taken)
        faults.push(...unseen);
    else if (!faults.length && unseen.length)
        return skip('accepted', unseen.join('; '));
    return check('accepted', faults, `${many(milestones.length, 'milestone')}, by all destinations`);
}
function profile(milestones, found, keys, { traits = {} }) {
    if (!found)
        return skip('profile', 'profiles can be asked of the demo’s collector only: look in Customer.io');
    if (!milestones.length)
        return skip('profile', 'no milestone was told');
    const [key] = Object.values(keys)[0] ?? [];
    if (!found.key)
        return check('profile', [`there is no profile ${key ?? ''}`.trim()], '');
    const faults = milestones.flatMap(({ name, messageId }) => {
        const times = found.events[messageId] ?? 0;
        return times === 1 ? [] : [times ? `${name} stands there ${times} times` : `${name} is not on it`];
    });
    for (const [name, value] of Object.entries(traits))
        if (found.traits[name] !== value)
            faults.push(`${name} is ${found.traits[name] ?? 'not there'}, and should be ${value}`);
    return check('profile', faults, `${found.key} has them all, each once, and the rollups`);
}
/** Notes what the widgets of a page can tell; returns whether that was news. */
export function noteWidgets(trace, { widgets }) {
    const news = Object.entries(widgets).filter(([name, { found, tells }]) => found && tells.length > (trace.tells?.[name]?.tells.length ?? 0));
    if (news.length)
        trace.tells = { ...trace.tells, ...Object.fromEntries(news) };
    return news.length > 0;
}
/** Traces that were kept, where they are any. */
export const tracesFrom = (value) => Array.isArray(value)
    ? value.filter((one) => Number.isFinite(one?.from) && (!one.status || one.status.widgets))
    : [];
/** Makes the report of a trace from the story of the tab. */
export function report(trace, whole, now) {
    const { from, to = Date.now(), expected } = trace;
    const ended = trace.status ?? now;
    const status = { ...ended, widgets: { ...ended.widgets, ...trace.tells } };
    const story = between(whole, from, to);
    const tracks = story.told.filter(({ name, type, recorded }) => type === 'track' && (recorded || MILESTONES.includes(name)));
    const real = tracks.filter(({ properties }) => !properties.is_test);
    const milestones = real.length ? real : tracks; // what was simulated proves nothing of the widget
    // The page itself speaks without a widget, and beside a chat what was simulated is none.
    const widgets = unique([
        ...story.signs.filter(({ type }) => type !== 'person').map(({ widget }) => widget),
        ...milestones.map(({ properties }) => String(properties.widget)),
    ]).filter((name) => name && (name !== TEST || !real.length));
    const found = Object.keys(status.widgets).filter((name) => status.widgets[name].found);
    const talking = widgets.length
        ? widgets
        : found.filter((name) => !['custom', 'form', 'shopify-storefront'].includes(name));
    const keys = {};
    for (const { to: ways } of milestones)
        for (const [name, way] of Object.entries(ways))
            if (left(way))
                keys[name] = unique([...(keys[name] ?? []), way.key]);
    const why = (name, told) => {
        const ability = can(name, talking, status);
        if (told)
            return '';
        const sign = story.signs.filter((one) => aims(one) === name).pop();
        if (sign)
            return sign.reached ? reason(sign) : outcome(sign, status.consent.state);
        if (ability === 'no')
            return 'this widget does not tell it';
        return `the widget told nothing of it${ability === 'inferred' ? ' (it is inferred, docs/widgets.md)' : ''}: if it did happen, it was not heard`;
    };
    return {
        version: status.version,
        from,
        to,
        pages: unique(story.pages.map(({ path }) => path)),
        widgets: Object.fromEntries(talking.map((name) => [name, (status.widgets[name]?.tells ?? []).join(', ')])),
        consent: `${status.consent.state}, by ${status.consent.by}`,
        visitor: status.visitor,
        keys,
        ...(expected && { expected }),
        steps: [
            ...story.pages.map(({ at, path }) => ({ at, what: `page ${path}`, outcome: '' })),
            ...story.signs.map((sign) => ({
                at: sign.at,
                what: `${sign.widget}: ${signal(sign)}`,
                outcome: outcome(sign, status.consent.state),
            })),
            ...story.told.map((told) => ({
                at: told.at,
                what: told.type === 'identify'
                    ? `identify: ${Object.keys(told.traits).join(', ') || 'who it is'}`
                    : told.name,
                outcome: Object.entries(stands(told, status))
                    .map(([name, { words }]) => (name === '?' ? words : `${name}: ${words}`))
                    .join('; '),
            })),
            ...story.faults.map(({ at, place, message }) => ({ at, what: `error in ${place}`, outcome: message })),
        ].sort((a, b) => a.at - b.at),
        milestones: MILESTONES.map((name) => {
            const told = milestones.filter((one) => one.name === name).length;
            return { name, can: can(name, talking, status), told, why: why(name, told) };
        }),
        latencies: milestones.flatMap(({ at, to: ways }) => Object.values(ways).flatMap(({ accepted }) => (accepted ? [Math.max(0, accepted - at)] : []))),
        checks: [
            identifier(milestones, story, keys, trace),
            milestones.length ? names(milestones) : skip('names', 'no milestone was told'),
            topics(milestones, status),
            milestones.length ? required(milestones) : skip('required properties', 'no milestone was told'),
            rollups(milestones, status),
            timing(milestones, story),
            accepted(milestones, now),
            profile(milestones, trace.profile, keys, status),
        ],
    };
}
/** Failed where an item failed, or where nothing at all was told; else passed. */
export const passed = ({ checks, milestones }) => milestones.some(({ told }) => told) && checks.every((one) => one.passed !== false);
/** Milestones that the widgets of some chats can tell, and in how many of these they were told. */
export const seen = (reports) => MILESTONES.map((name) => {
    const all = reports.map(({ milestones }) => milestones.find((one) => one.name === name));
    return {
        name,
        can: all.filter((one) => one.can !== 'no').length,
        told: all.filter(({ told }) => told).length,
    };
});
/** `Chat of 14:03:27` */
export const title = ({ from }) => `Chat of ${clock(from)}`;
