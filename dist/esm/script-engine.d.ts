import { type CustomerioOptions } from './destinations/customerio.ts';
import { type Engine, type Parts } from './engine.ts';
/** Where the tag wants things delivered. */
export interface Delivering extends Pick<CustomerioOptions, 'region' | 'client' | 'names' | 'apiHost'> {
    writeKey?: string;
    destinations: {
        collector?: {
            url: string;
        };
    };
}
/** @param fault counts what fails here where the first file counts */
export declare function start(parts: Parts, { writeKey, region, client, names, apiHost, destinations: { collector: own } }: Delivering, fault: (place: string, error: unknown) => void): Engine;
