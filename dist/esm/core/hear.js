// What a source says, checked and made ours: bad values get a clear word and are left out, text ends here.
import { email } from '../lib/email.js';
import { hash } from '../lib/hash.js';
import { json } from '../lib/json.js';
import { say } from '../lib/say.js';
import { score } from './conversation.js';
import { sane } from './time.js';
import { topicOfPage, topicOfTag, topicOfText } from './topics.js';
const LONGEST = 200; // characters of an id or a name
const LARGEST = 16000; // characters of traits; an event may have 32 KB
/** A short trimmed text of a string or number, or undefined. */
export const brief = (value) => typeof value === 'string' || Number.isFinite(value) ? String(value).trim().slice(0, LONGEST) || undefined : undefined;
/** What somebody says of who the visitor is. `who` names the speaker in messages to the developer. */
export function said(person, by, who) {
    let { email: given, traits = {} } = person;
    const plain = json(traits); // without what cannot be stored
    if (plain[0] !== '{' || plain.length > LARGEST) {
        say(`${who} told traits that are no object, or too large. They are left out; send fewer.`);
        traits = {};
    }
    else
        traits = JSON.parse(plain);
    given ?? (given = traits.email);
    delete traits.email;
    const address = email(given);
    // The value itself is never printed: it may be anything that a visitor typed.
    if (given && !address)
        say(`${who} told an e-mail address that is none. It is left out.`);
    const phone = brief(person.phone);
    const name = brief(person.name);
    if (phone)
        traits.phone = phone;
    if (name)
        traits.name = name;
    const id = brief(person.id);
    if (!address && !id && !Object.keys(traits).length)
        return undefined;
    return { ...(id && { id }), ...(address && { email: address }), by, traits };
}
/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export function hear(source, signal, text, { topics, pages, now, fresh, path, gesture, active }) {
    if (signal.type === 'person') {
        const person = said(signal, signal.by ?? 'widget', source.name);
        return person && { said: person };
    }
    const base = {
        widget: source.name,
        when: sane(signal.at, now),
        gesture: signal.type === 'opened' && gesture(source.name),
        active,
        fresh,
        ends: source.tells.some((told) => told.startsWith('chat_resolved')),
        conversation: brief(signal.conversation),
    };
    const happened = (rest) => ({ happened: { ...base, ...rest } });
    const { type } = signal;
    switch (type) {
        case 'opened':
        case 'ended':
        case 'conversation':
            return happened({ type });
        case 'message': {
            const guess = signal.from === 'visitor'
                ? ((typeof text === 'string' && topicOfText(text.slice(0, 5000), topics)) || topicOfPage(path, pages))
                : undefined;
            return happened({ type, from: signal.from, guess });
        }
        case 'assigned': {
            const agent = brief(signal.agent);
            return happened({ type, agent: agent && hash(agent), team: brief(signal.team) });
        }
        case 'topic': {
            const tag = brief(signal.topic);
            return tag ? happened({ type, topic: topicOfTag(tag, topics) }) : undefined;
        }
        case 'rated': {
            const { worst, best } = signal;
            if (score(signal.score, worst, best) === undefined) {
                say(`${source.name} told a rating that is not on its scale from ${Number(worst)} to ${Number(best)}. It is left out.`);
                return undefined;
            }
            const raw = typeof signal.raw === 'string' && /^\w{1,20}$/.test(signal.raw) ? signal.raw : Number(signal.score);
            return happened({ type, score: Number(signal.score), worst, best, raw });
        }
        default:
            say(`${source.name} told a signal that does not exist. It is left out.`);
            return undefined;
    }
}
