/**
 * The vendor's time of an event in milliseconds if it is sane, else `now`: seconds and milliseconds are told apart, ISO 8601
 * is read; at most 24 h old, at most 5 s ahead of the device.
 */
export declare function sane(at: unknown, now: number): number;
