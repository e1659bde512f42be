const DAY = 24 * 60 * 60_000; // milliseconds
const AHEAD = 5000;

/**
 * The vendor's time of an event in milliseconds if it is sane, else `now`: seconds and milliseconds are told apart, ISO 8601
 * is read; at most 24 h old, at most 5 s ahead of the device.
 */
export function sane(at: unknown, now: number): number {
  const number = typeof at === 'string' && !/^\d+(\.\d+)?$/.test(at) ? Date.parse(at) : Number(at);
  const time = Math.round(number < 1e12 ? number * 1000 : number);
  return at !== null && time > now - DAY && time <= now + AHEAD ? time : now;
}
