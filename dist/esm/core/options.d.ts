import type { Declared } from './flags.ts';
import type { Person } from './types.ts';
/** A purchase, by its id; value and currency may be there and are not read. */
export interface Order {
    order_id: string | number;
    value?: number;
    currency?: string;
}
/** Everything the site may choose. */
export interface Choices {
    /** Who says that we may store and send: `auto`, `granted`, `manual`, or a platform's name. */
    consent: string;
    /** `hold` keeps milestones on the device until the person is known; `send` sends them under the anonymous id. */
    anonymous: 'hold' | 'send';
    /** What the userId is: the e-mail address, or the site's own id. */
    identifyBy: 'email' | 'id';
    /** The known customer. */
    user: Person;
    /** The order, on a thank-you page. */
    order: Partial<Order>;
    /** The product, on its page. */
    product: {
        sku?: string;
        name?: string;
    };
    /** The kind of page: `page_type` of its milestones. */
    pageType: string;
    /** Facts for the milestones of this page, as `chatstone('context')` takes them. */
    context: Record<string, unknown>;
    /** Topic id → words, or patterns as "/…/i". Extends and overrides the list; an empty list of words removes a topic. */
    topics: Record<string, readonly (string | RegExp)[]>;
    /** Beginning of a path (`*` for anything) → topic. */
    pages: Record<string, string>;
    /** Further property names that may leave the page. */
    properties: string[];
    /** `conversation` in minutes (30), `case` in hours (72). */
    idle: {
        conversation?: number;
        case?: number;
    };
    /** Topics on which an open case is a high risk. */
    risk: string[];
    /** `false` leaves `open_support_case` to the helpdesk. */
    openCase: boolean;
    /** Flags by name: how many hours they stand, and whether a purchase ends them. */
    flags: Record<string, Declared>;
    /** `deny` honours Global Privacy Control as a denial. */
    gpc: 'report' | 'deny';
}
/** All of it has a default. */
export type Options = Partial<Choices>;
/** What a value is, in the words of JSON. */
export declare const kind: (value: unknown) => string;
/**
 * Takes what fits; the rest is said, and keeps its default.
 *
 * @param more further options of an entry, with their defaults
 */
export declare function options<T extends object>(given: object, more?: T): Choices & Record<keyof T, any>;
