import { type Destination, type Routing } from '../core/types.ts';
/** What the destination is told. */
export interface AgentsOptions extends Routing {
    /** The widgets to show it in; absent: every one that is on the page. */
    widgets?: readonly string[];
    /** Zendesk: the numeric ids of your custom conversation fields, by name. */
    zendesk?: Readonly<Record<string, number | string>>;
}
/** Shows agents what is known of the visitor, in the widget that runs on the page. */
export declare function agents({ widgets, zendesk, ...routing }?: AgentsOptions): Destination;
