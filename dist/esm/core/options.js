// What the site may choose, and what it is told where it chose something that does not exist.
import { say } from '../lib/say.js';
/** The defaults, which say the kind too; words divided by | are the only ones, the first the default. */
const OPTIONS = {
    consent: 'auto|granted|manual|shopify|onetrust|cookiebot|tcf',
    anonymous: 'hold|send',
    identifyBy: 'email|id',
    gpc: 'report|deny',
    pageType: '',
    user: {},
    order: {},
    product: {},
    topics: {},
    pages: {},
    idle: {},
    properties: [],
    risk: ['returns', 'order_status', 'payment'],
    openCase: true,
};
/** What a value is, in the words of JSON. */
const kind = (value) => (Array.isArray(value) ? 'list' : typeof value);
/** Takes what fits; the rest is said, and keeps its default. */
export function choose(given, defaults) {
    const chosen = {};
    const values = given;
    for (const [name, otherwise] of Object.entries(defaults)) {
        const words = `${otherwise}`.includes('|') && otherwise.split('|');
        const value = Object.keys(values).includes(name) ? (values[name] ?? undefined) : undefined;
        const fits = words ? words.includes(value) : kind(value) === kind(otherwise);
        chosen[name] = fits ? value : words ? words[0] : otherwise;
        if (!fits && value !== undefined)
            say(`option ${name} keeps its default: write ${words ? words.join(' or ') : `a value of kind ${kind(otherwise)}`}`);
    }
    for (const name of Object.keys(values))
        if (!(name in chosen))
            say(`there is no option ${name}: write one of ${Object.keys(chosen).join(', ')}`);
    return chosen;
}
/** The options of every chatstone, checked; `more` are those of an entry. */
export const options = (given, more) => choose(given, { ...OPTIONS, ...more });
