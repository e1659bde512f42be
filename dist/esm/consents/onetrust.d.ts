import type { Consent } from '../core/types.ts';
export interface OnetrustOptions {
    /** The groups that all have to be active; `C0002`, performance, where absent. A site may have given them other ids. */
    group?: string | readonly string[];
}
export declare function onetrust(options?: OnetrustOptions): Consent;
