import type { Consent, Routing } from './core/types.ts';
import { type CustomerioOptions } from './destinations/customerio.ts';
import { type Engine, type Parts } from './engine.ts';
import { fault } from './lib/guard.ts';
/** A destination's options in the JSON block: a consent of its own is a platform's option, by the platform's name. */
type Given = Omit<Routing, 'consent'> & {
    consent?: 'manual' | Record<string, object>;
} & Record<string, unknown>;
/** Where the tag wants things delivered. */
export interface Delivering extends Pick<CustomerioOptions, 'region' | 'client' | 'names' | 'apiHost'> {
    writeKey?: string;
    destinations: Record<string, Given>;
    /** Makes the consent platforms, with options by name. */
    platforms: (options: Record<string, object>) => readonly Consent[];
    /** Whether one of them shows the shop's context. */
    shows: boolean;
    /** Loads a file that stands beside the tag, and starts what is in it. */
    beside(what: string, options?: object): Promise<any>;
}
/** @param report counts what fails here where the first file counts */
export declare function start(parts: Parts, { writeKey, region, client: through, names, apiHost, destinations: given, platforms, shows, beside, }: Delivering, report: typeof fault): Engine;
export {};
