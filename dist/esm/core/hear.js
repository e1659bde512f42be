// What a source says, checked and made ours: bad values get a clear word and are left out, text ends here.
import { email } from '../lib/email.js';
import { guard } from '../lib/guard.js';
import { json } from '../lib/json.js';
import { mark } from '../lib/mark.js';
import { say } from '../lib/say.js';
import { sane, vendorTime } from './time.js';
import { topicOfPage, topicOfTag, topicOfText } from './topics.js';
const LONGEST = 200; // characters of an id or a name
/** A string or number as a short trimmed text, or undefined. */
export const brief = (value) => typeof value === 'string' || Number.isFinite(value)
    ? String(value).trim().slice(0, LONGEST) || undefined
    : undefined;
/** What somebody says of who the visitor is, if anything. `who` names the speaker in what is said to the developer. */
export function said({ id, email: given, phone, name, traits }, by, who) {
    const plain = guard(who, json)(traits) ?? ''; // without what cannot be stored; a cycle has no end
    const rest = by === 'site' && plain[0] === '{' ? JSON.parse(plain) : {};
    if (traits && plain[0] !== '{')
        say(`${who}: write traits as an object`);
    const address = email(given ?? rest.email);
    // The value itself is never printed: it may be anything that a visitor typed.
    if (!address && (given ?? rest.email))
        say(`${who}: what should be an e-mail address is none`);
    delete rest.email;
    for (const [trait, value] of Object.entries({ phone: brief(phone), name: brief(name) }))
        if (value)
            rest[trait] = value;
    return address || brief(id) || Object.keys(rest).length
        ? { id: brief(id), email: address, by, traits: rest }
        : undefined;
}
/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export function hear({ name, tells }, signal, text, { gesture, now, topics, pages, ...rest }) {
    if (signal.type === 'person') {
        const person = said(signal, signal.by ?? 'widget', name);
        return person && { said: person };
    }
    const widget = brief(signal.widget) ?? name;
    const { type, at, conversation, gesture: told, from, agent, team, topic, score, worst, best, } = signal;
    if (type === 'topic' && !brief(topic))
        return undefined;
    return {
        happened: {
            ...rest,
            type,
            widget,
            when: sane(at, now),
            own: vendorTime(at, now),
            gesture: type === 'opened' && (told ?? gesture(widget)),
            ends: tells.includes('chat_resolved'), // one that infers some ends does not tell all
            conversation: brief(conversation),
            from,
            agent: brief(agent) && mark(brief(agent)),
            team: brief(team),
            topic: brief(topic) && topicOfTag(topic, topics),
            guess: from === 'visitor'
                ? (topicOfText(text, topics) ?? topicOfPage(location.pathname, pages, topics))
                : undefined,
            score: Number.parseFloat(String(score)), // what is none is said where it is told
            worst,
            best,
        },
    };
}
