import { type Destination, type Plain, type Routing } from '../core/types.ts';
type Values = Record<string, Plain>;
declare const WIDGETS: {
    chatwoot: {
        there: () => any;
        push: (values: Values) => any;
    };
    crisp: {
        there: () => any;
        key: (name: string) => string;
        push: (values: Values) => any;
    };
    freshchat: {
        there: () => any;
        push: (values: Values) => any;
    };
    'help-scout': {
        there: () => boolean;
        most: number;
        longest: number;
        text: true;
        push: (values: Values) => any;
    };
    jivochat: {
        there: () => any;
        most: number;
        text: true;
        push: (values: Values) => any;
    };
    kustomer: {
        there: () => HTMLElement | null;
        longest: number;
        key: (name: string, value: Plain) => string;
        push: (customAttributes: Values) => any;
    };
    livechat: {
        there: () => any;
        text: true;
        push: (values: Values) => any;
    };
    olark: {
        there: () => boolean;
        push: (values: Values) => any;
    };
    'rocket-chat': {
        there: () => any;
        text: true;
        push(values: Values): void;
    };
    salesforce: {
        there: () => HTMLElement | null;
        text: true;
        mapped: true;
        push: (values: Values) => any;
    };
    smartsupp: {
        there: () => any;
        push: (values: Values) => any;
    };
    tawk: {
        there: () => any;
        most: number;
        longest: number;
        text: true;
        key: (name: string) => string;
        push: (values: Values) => any;
    };
    tidio: {
        there: () => any;
        longest: number;
        text: true;
        push: (values: Values) => any;
    };
    zendesk: {
        there: () => boolean;
        mapped: true;
        push: (values: Values) => any;
    };
};
/** The widgets that take attributes. */
export type AgentsWidget = keyof typeof WIDGETS;
/** Our names of values, and the vendor's: ids of ticket fields in Zendesk. */
interface FieldMap {
    fields: Readonly<Record<string, string | number>>;
}
/** What the site chooses. */
export interface AgentsOptions extends Routing {
    /** Which widgets are told; absent: every one that is on the page. */
    widgets?: readonly AgentsWidget[];
    /** Ids of ticket fields, by our names: `{ fields: { last_cart_value: 123456 } }`. Without it Zendesk is told nothing. */
    zendesk?: FieldMap;
    /** Names of hidden pre-chat fields, by ours. Without it Salesforce is told nothing. */
    salesforce?: FieldMap;
    /** Shows since when a flag stands, too (`…_entered_at`, Unix seconds). */
    enteredAt?: boolean;
}
/** Shows what is known of the visitor in every widget on the page that takes it. No widget is told who somebody is. */
export declare function agents({ widgets, zendesk, salesforce, enteredAt, ...routing }?: AgentsOptions): Destination;
export {};
