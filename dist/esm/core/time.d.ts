/**
 * The vendor's time in milliseconds, or undefined where it gives none or one that lies more than 5 s ahead of the device:
 * seconds and milliseconds are told apart, ISO 8601 is read.
 */
export declare function vendorTime(at: unknown, now: number): number | undefined;
/** The vendor's time if it is at most 24 h old, else `now`. */
export declare function sane(at: unknown, now: number): number;
