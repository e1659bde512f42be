import type { Storage, View } from '../lib/storage.ts';
import type { Destination, Profile } from './types.ts';
export interface Showing {
    /** @param of what is known, for one destination: as this page has seen it last, or as a transaction sees it */
    look(visitor: string, of: (destination: Destination, view?: View) => Profile): Promise<void>;
    stop(): void;
}
/**
 * @param may whether a destination may be shown something now
 */
export declare function showing(storage: Storage, destinations: readonly Destination[], may: (destination: Destination) => boolean, now?: () => number): Showing;
