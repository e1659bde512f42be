import { type Destination, type Routing } from '../core/types.ts';
/** Tells milestones as events of the person on the page, and shows the agent what is known of them. */
export declare const intercom: ({ ...routing }?: Routing) => Destination;
