/** Facts that may be known of a milestone beside what the conversation says. */
const FACTS = ['order_id', 'product_sku', 'agent_team', 'page_type'];
// They overwrite the page's context in Customer.io's client, or are reserved there.
const NEVER = ['path', 'referrer', 'search', 'title', 'url', 'recipient', 'from_address', 'reply_to'];
const LONGEST = 500; // characters of a property
/** Keeps what may leave the page: plain values under known names, or under names that the site registered. */
export function allowed(facts, registered, refuse) {
    const kept = {};
    for (const name of Object.keys(facts)) {
        const value = facts[name];
        if (value === undefined || value === null)
            continue;
        if (NEVER.includes(name))
            refuse(name, 'is reserved: choose another name');
        else if (!FACTS.includes(name) && !registered.includes(name))
            refuse(name, 'is not on the list: register it under "properties" in the configuration');
        else if (typeof value === 'string')
            kept[name] = value.slice(0, LONGEST);
        else if (typeof value === 'boolean' || Number.isFinite(value))
            kept[name] = value;
        else
            refuse(name, 'must be a string, a number, true or false');
    }
    return kept;
}
