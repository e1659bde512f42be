// The shop's context that an agent sees beside the chat: one schema. A name is never given another meaning: that is a new version,
// under a new name (`last_cart_value_v2`).
import { plain } from './facts.js';
export const ATTRIBUTES = {
    last_cart_value: { kind: 'number', version: 1, from: 'cart_value' },
    last_cart_category: { kind: 'string', version: 1 },
    last_viewed_product: { kind: 'string', version: 1, from: 'last_viewed_sku' },
    returns_page_visited: { kind: 'boolean', version: 1 },
    lifetime_orders: { kind: 'number', version: 1 },
};
/** Names that are taken for attributes where they are told. */
export const TAKEN = Object.keys(ATTRIBUTES);
const LONGEST = 255; // characters
/** The name of an attribute as others see it. */
export const published = (name, { version }) => version > 1 ? `${name}_v${version}` : name;
/** Of some facts those that are attributes, under their published names; `undefined` where one is taken back. */
export function attributesIn(facts) {
    const found = {};
    for (const [name, attribute] of Object.entries(ATTRIBUTES))
        for (const from of [attribute.from ?? name, name, published(name, attribute)]) {
            const value = facts[from];
            if (!(from in facts) || (value && typeof value !== attribute.kind))
                continue;
            const known = plain(value) && value !== '';
            found[published(name, attribute)] = known
                ? typeof value === 'string'
                    ? value.slice(0, LONGEST)
                    : value
                : undefined;
        }
    return found;
}
