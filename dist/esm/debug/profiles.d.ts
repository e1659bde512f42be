import type { Found } from './trace.ts';
/** What stands on the profile with this key; nothing where no collector can be asked. */
export declare function profileOf(address: string, key: string | undefined): Promise<Found>;
