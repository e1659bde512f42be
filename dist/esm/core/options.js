// What the site may choose, and what it is told where it chose something that does not exist.
import { say } from '../lib/say.js';
import { RISKY } from './rollups.js';
import { TOPICS } from './topics.js';
const MINUTE = 60000;
const isObject = (value) => !!value && typeof value === 'object' && !Array.isArray(value);
const isList = (value) => Array.isArray(value) && value.every((one) => typeof one === 'string');
function pattern(word, topic) {
    if (word instanceof RegExp)
        return word;
    if (typeof word !== 'string' || !word.trim()) {
        say(`topics.${topic}: a word must be a string. It is left out.`);
        return undefined;
    }
    const [, source, flags] = /^\/(.+)\/([a-z]*)$/.exec(word) ?? [];
    if (!source)
        return word;
    try {
        return new RegExp(source, flags.replace('g', ''));
    }
    catch (error) {
        say(`topics.${topic}: ${error.message}. It is left out.`);
        return undefined;
    }
}
/** Checks the options; what is wrong is said and keeps its default. */
export function choose(given) {
    const known = {};
    /** The option if it passes, else its default. */
    const take = (name, fits, otherwise, instead) => {
        known[name] = 1;
        const value = given[name];
        if (value === undefined || value === null)
            return otherwise;
        if (fits(value))
            return value;
        say(`option "${name}" must be ${instead}. It keeps its default.`);
        return otherwise;
    };
    const oneOf = (name, ...values) => take(name, (value) => values.includes(value), values[0], values.map((value) => `"${value}"`).join(' or '));
    const object = (name) => take(name, isObject, {}, 'an object { … }');
    const list = (name, otherwise) => take(name, isList, otherwise, 'a list of strings [ "…" ]');
    const topics = { ...TOPICS };
    const own = object('topics');
    for (const id of Object.keys(own)) {
        if (!Array.isArray(own[id]))
            say(`topics.${id} must be a list of words. It keeps its default.`);
        else
            topics[id] = own[id].map((word) => pattern(word, id)).filter(Boolean);
        if (!topics[id]?.length)
            delete topics[id];
    }
    const pages = { ...object('pages') };
    for (const path of Object.keys(pages))
        if (!(pages[path] in topics || pages[path] === 'other')) {
            say(`pages["${path}"] must be one of the topics: ${Object.keys(topics).join(', ')}, other. The rule is left out.`);
            delete pages[path];
        }
    const idle = object('idle');
    const span = (name, otherwise) => {
        const value = idle[name];
        if (value === undefined || (Number.isFinite(value) && value > 0))
            return value ?? otherwise;
        say(`option "idle.${name}" must be a number above 0. It keeps its default.`);
        return otherwise;
    };
    const text = (value) => typeof value === 'string';
    const some = (value) => (Object.keys(value).length ? value : undefined);
    const chosen = {
        consent: oneOf('consent', 'auto', 'granted', 'manual', 'shopify', 'onetrust', 'cookiebot', 'tcf'),
        hold: oneOf('anonymous', 'hold', 'send') === 'hold',
        identifyBy: oneOf('identifyBy', 'email', 'id'),
        user: some(object('user')),
        order: some(object('order')),
        facts: { product_sku: object('product').sku, page_type: take('pageType', text, undefined, 'a string') },
        topics,
        pages,
        properties: list('properties', []),
        idle: { conversation: span('conversation', 30) * MINUTE, case: span('case', 72) * 60 * MINUTE },
        risk: list('risk', RISKY),
        openCase: take('openCase', (value) => typeof value === 'boolean', true, 'true or false'),
        gpcDenies: oneOf('gpc', 'report', 'deny') === 'deny',
    };
    for (const name of Object.keys(given))
        if (!(name in known))
            say(`there is no option "${name}". The options are: ${Object.keys(known).join(', ')}.`);
    return chosen;
}
