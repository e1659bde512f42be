import { type Analytics } from '@customerio/cdp-analytics-browser';
/** What we use of the client. */
export type Client = Pick<Analytics, 'register' | 'track' | 'identify' | 'user' | 'reset'>;
/**
 * Starts a client that fetches nothing, posts nothing and keeps nothing: messages pass through it to a plugin of type
 * `after`, which posts them itself.
 *
 * @param writeKey Customer.io's Data Pipelines key of a JavaScript source
 */
export declare function load(writeKey: string): Promise<Client>;
