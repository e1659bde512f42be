// What may stand in the properties of a milestone.
import { say } from '../lib/say.js';
/** Facts that may be known of a milestone beside what the conversation says. */
const FACTS = ['order_id', 'product_sku', 'agent_team', 'page_type'];
// They overwrite the page's context in Customer.io's client, or are reserved there.
const NEVER = /^(path|referrer|search|title|url|recipient|from_address|reply_to)$/;
const LONGEST = 500; // characters of a property
/** Keeps what may leave the page: plain values under known names, or under names that the site registered. */
export function allowed(facts, registered) {
    const kept = {};
    for (const name of Object.keys(facts)) {
        const value = facts[name] ?? '';
        if (value === '')
            continue;
        if (NEVER.test(name))
            say(`property ${name} is left out: the name is reserved, write another one`);
        else if (![...FACTS, ...registered].includes(name))
            say(`property ${name} is left out: write it into the option properties`);
        else if (typeof value === 'string')
            kept[name] = value.slice(0, LONGEST);
        else if (typeof value === 'boolean' || Number.isFinite(value))
            kept[name] = value;
        else
            say(`property ${name} is left out: write a string, a number, true or false`);
    }
    return kept;
}
