// What the site may choose, and what it is told where it chose something that does not exist.
import { say } from '../lib/say.js';
/** The defaults, which say the kind too; words divided by | are the only ones, the first the default. */
const OPTIONS = {
    consent: 'auto|granted|manual',
    anonymous: 'hold|send',
    identifyBy: 'email|id',
    gpc: 'report|deny',
    pageType: '',
    user: {},
    order: {},
    product: {},
    context: {},
    topics: {},
    pages: {},
    idle: {},
    flags: {},
    properties: [],
    risk: ['returns', 'order_status', 'payment'],
    openCase: true,
};
/** What a value is, in the words of JSON. */
export const kind = (value) => Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
/**
 * Takes what fits; the rest is said, and keeps its default.
 *
 * @param more further options of an entry, with their defaults
 */
export function options(given, more) {
    const chosen = {};
    const all = { ...OPTIONS, ...more };
    const values = { ...given }; // of its own, whatever a page hung on Object.prototype
    for (const [name, otherwise] of Object.entries(all)) {
        const words = /\|/.test(`${otherwise}`) ? `${otherwise}`.split('|') : undefined;
        const value = Object.keys(values).includes(name) ? (values[name] ?? undefined) : undefined;
        const fits = words ? words.includes(value) : kind(value) === kind(otherwise);
        chosen[name] = fits ? value : words ? words[0] : otherwise;
        if (!fits && value !== undefined)
            say(`option ${name}: write ${words?.join(' or ') ?? `a ${kind(otherwise)}`}`);
        delete values[name];
    }
    for (const name of Object.keys(values))
        say(`option ${name}: write one of ${Object.keys(all).join(', ')}`);
    return chosen;
}
