import type { Consent } from '../core/types.ts';
export interface TcfOptions {
    /** The purposes that all need consent; where absent 1 (to store on the device) and 8 (to measure content). */
    purposes?: number | readonly number[];
    /** The id of a vendor on the Global Vendor List that needs consent too; none where absent, and chatstone is none. */
    vendor?: number | readonly number[];
}
export declare function tcf(options?: TcfOptions): Consent;
