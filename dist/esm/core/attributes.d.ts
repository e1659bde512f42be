import type { Plain } from './types.ts';
/** One attribute: the kind of its value, and the fact of the visit that tells it where the site does not. */
interface Attribute {
    kind: 'number' | 'string' | 'boolean';
    version: number;
    from?: string;
}
export declare const ATTRIBUTES: {
    readonly last_cart_value: {
        readonly kind: 'number';
        readonly version: 1;
        readonly from: 'cart_value';
    };
    readonly last_cart_category: {
        readonly kind: 'string';
        readonly version: 1;
    };
    readonly last_viewed_product: {
        readonly kind: 'string';
        readonly version: 1;
        readonly from: 'last_viewed_sku';
    };
    readonly returns_page_visited: {
        readonly kind: 'boolean';
        readonly version: 1;
    };
    readonly lifetime_orders: {
        readonly kind: 'number';
        readonly version: 1;
    };
};
/** Names that are taken for attributes where they are told. */
export declare const TAKEN: string[];
/** The name of an attribute as others see it. */
export declare const published: (name: string, { version }: Pick<Attribute, 'version'>) => string;
/** Of some facts those that are attributes, under their published names; `undefined` where one is taken back. */
export declare function attributesIn(facts: Record<string, unknown>): Record<string, Plain | undefined>;
export {};
