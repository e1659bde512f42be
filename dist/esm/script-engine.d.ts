import { type CustomerioOptions } from './destinations/customerio.ts';
import { type Engine, type Parts } from './engine.ts';
/** Where the tag wants things delivered. */
export interface Delivering extends Omit<CustomerioOptions, 'writeKey' | 'load'> {
    writeKey?: string;
    collector?: {
        url: string;
    };
}
/** @param fault counts what fails here where the first file counts */
export declare function start(parts: Parts, { writeKey, collector: own, ...options }: Delivering, fault: (place: string, error: unknown) => void): Engine;
