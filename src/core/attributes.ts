// The shop's context that an agent sees beside the chat: one schema. A name is never given another meaning: that is a new version,
// under a new name (`last_cart_value_v2`).
import { plain } from './facts.ts';
import type { Plain } from './types.ts';

/** One attribute: the kind of its value, and the fact of the visit that tells it where the site does not. */
interface Attribute {
  kind: 'number' | 'string' | 'boolean';
  version: number;
  from?: string;
}

export const ATTRIBUTES = {
  last_cart_value: { kind: 'number', version: 1, from: 'cart_value' },
  last_cart_category: { kind: 'string', version: 1 },
  last_viewed_product: { kind: 'string', version: 1, from: 'last_viewed_sku' },
  returns_page_visited: { kind: 'boolean', version: 1 },
  lifetime_orders: { kind: 'number', version: 1 },
} as const satisfies Record<string, Attribute>;

/** Names that are taken for attributes where they are told. */
export const TAKEN = Object.keys(ATTRIBUTES);

const LONGEST = 255; // characters

/** The name of an attribute as others see it. */
export const published = (name: string, { version }: Pick<Attribute, 'version'>): string =>
  version > 1 ? `${name}_v${version}` : name;

/** Of some facts those that are attributes, under their published names; `undefined` where one is taken back. */
export function attributesIn(facts: Record<string, unknown>): Record<string, Plain | undefined> {
  const found: Record<string, Plain | undefined> = {};
  for (const [name, attribute] of Object.entries<Attribute>(ATTRIBUTES))
    for (const from of [attribute.from ?? name, name, published(name, attribute)]) {
      const value = facts[from];
      if (!(from in facts) || (value && typeof value !== attribute.kind)) continue;
      const known = plain(value) && value !== '';
      found[published(name, attribute)] = known
        ? typeof value === 'string'
          ? value.slice(0, LONGEST)
          : value
        : undefined;
    }
  return found;
}
