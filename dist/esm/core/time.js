const DAY = 24 * 60 * 60000; // milliseconds
const AHEAD = 5000;
/**
 * The vendor's time in milliseconds, or undefined where it gives none or one that lies more than 5 s ahead of the device:
 * seconds and milliseconds are told apart, ISO 8601 is read.
 */
export function vendorTime(at, now) {
    const number = typeof at === 'string' && !/^\d+(\.\d+)?$/.test(at) ? Date.parse(at) : Number(at ?? undefined);
    const time = Math.round(number < 1e12 ? number * 1000 : number);
    return time > 1e12 && time <= now + AHEAD ? time : undefined; // before 2001 it stands for none
}
/** The vendor's time if it is at most 24 h old, else `now`. */
export function sane(at, now) {
    const time = vendorTime(at, now);
    return time !== undefined && time > now - DAY ? time : now;
}
