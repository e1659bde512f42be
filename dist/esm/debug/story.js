const MOST = { pages: 100, signs: 400, told: 400, faults: 50 };
const ROLLUPS = [
    'last_chat_at',
    'last_chat_topic',
    'last_csat_score',
    'open_support_case',
    'support_case_opened_at',
    'support_risk_level',
    'chat_assisted',
];
/** What a parser could not read it quotes, and that may be a line of a chat. */
const unquoted = (message) => message.startsWith('SyntaxError') ? message.replace(/["'].*["']/s, '…') : message;
const blank = () => ({ pages: [], signs: [], told: [], faults: [] });
/** What each part of a story cannot do without. */
const SHAPES = {
    pages: ({ path }) => typeof path === 'string',
    signs: ({ widget, type }) => typeof widget === 'string' && typeof type === 'string',
    told: ({ messageId, name, properties, traits, to }) => [messageId, name].every((one) => typeof one === 'string') &&
        [properties, traits, to].every((one) => Object(one) === one),
    faults: ({ place, message }) => typeof place === 'string' && typeof message === 'string',
};
/** What was kept, where it has the shape of a story: another version of the panel may have left it. */
export function storyFrom(value) {
    const given = (value ?? {});
    const whole = blank();
    for (const part of Object.keys(whole))
        if (Array.isArray(given[part]))
            whole[part] = given[part].filter((one) => Number.isFinite(one?.at) && SHAPES[part](one));
    return whole;
}
const pick = (values = {}, names) => Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
/** The message's place in the story, made where it is new. */
function place(story, message) {
    const known = story.told.find(({ messageId }) => messageId === message.messageId);
    if (known)
        return known;
    const { messageId, type, event, timestamp, properties = {}, traits } = message;
    const made = {
        messageId,
        type,
        name: event ?? type,
        at: Date.parse(timestamp),
        properties,
        traits: pick(traits, ROLLUPS),
        to: {},
    };
    story.told.push(made);
    return made;
}
/** Notes a part of a message's way. */
function note(story, destination, messages, part) {
    for (const message of messages) {
        const { to } = place(story, message);
        to[destination] = {
            ...to[destination],
            name: message.event ?? message.type,
            key: message.userId ?? message.anonymousId,
            known: !!message.userId,
            ...(message.traits?.email !== message.userId && { email: message.traits?.email }),
            properties: Object.keys(message.properties ?? {}),
            ...part,
        };
    }
}
/** Takes an event into the story. */
export function hear(story, { event, detail, at }) {
    var _a;
    switch (event) {
        case 'signal': {
            const { type, from } = detail.signal;
            story.signs.push({ at: detail.at, widget: detail.widget, type, ...(from && { from }) });
            break;
        }
        case 'settled': {
            const { type, reached, why } = detail;
            // What was heard before the panel was there, or before consent, is met here for the first time.
            // Who said who it is stands there by its strength, not by its widget.
            let sign = story.signs.find((one) => one.at === detail.at &&
                one.type === type &&
                !one.reached &&
                (type === 'person' || one.widget === detail.widget));
            if (!sign) {
                sign = { at: detail.at, widget: detail.widget, type };
                story.signs.push(sign);
            }
            sign.reached = reached;
            sign.why = why;
            break;
        }
        case 'milestone':
            (_a = place(story, detail)).recorded ?? (_a.recorded = at);
            break;
        case 'sent':
            note(story, detail.destination, detail.messages, { sent: at });
            break;
        case 'delivered':
            note(story, detail.destination, detail.messages, { accepted: at });
            break;
        case 'dropped':
            note(story, detail.destination || 'every destination', detail.messages, { dropped: detail.reason });
            break;
        case 'error':
            story.faults.push({ at, ...detail, message: unquoted(detail.message) });
            break;
    }
    if (story.signs.length > MOST.signs) {
        const least = story.signs.findIndex(({ reached }) => reached && !reached.length);
        story.signs.splice(Math.max(0, least), 1);
    }
    for (const [list, most] of Object.entries(MOST))
        story[list].splice(0, Math.max(0, story[list].length - most));
}
/** The part of a story between two times, as the clock of the page has them: a milestone bears the vendor's. */
export const between = ({ pages, signs, told, faults }, from, to) => {
    const within = ({ at }) => at >= from && at <= to;
    const toldWithin = ({ at, recorded = at }) => recorded >= from && (recorded <= to || (at >= from && at <= to)); // or it was settled after the end
    return {
        // The page on which it begins was opened before.
        pages: [...pages.filter(({ at }) => at < from).slice(-1), ...pages.filter(within)],
        signs: signs.filter(within),
        told: told.filter(toldWithin),
        faults: faults.filter(within),
    };
};
