// The queue: one key a record, in the order of recording, one range a destination. All functions work on a transaction's view.
import type { View } from '../lib/storage.ts';
import type { Message } from './types.ts';

/** A message that waits for its destination. */
export interface Queued {
  message: Message;
  /** When it was recorded, in milliseconds. */
  since: number;
  /** It goes out although nobody knows the person. */
  free?: boolean;
  /** Its destination has finished it; from here on it is sent as it stands. */
  ready?: boolean;
}

/** Counts that outlive the page. */
export interface Tally {
  /** The number of the last record: a time in milliseconds, always rising. */
  n: number;
  delivered: number;
  /** By reason. */
  dropped: Record<string, number>;
  /** News that were none, by reason. */
  ignored: Record<string, number>;
  /** Orders that were told. */
  orders: readonly string[];
  /** Milestones that were recorded … */
  milestones: number;
  /** … and those of them whose person is known. */
  known: number;
  /** The same by destination. */
  to: Record<string, { delivered: number; dropped: Record<string, number> }>;
}

const NOTHING: Tally = {
  n: 0,
  delivered: 0,
  dropped: {},
  ignored: {},
  orders: [],
  milestones: 0,
  known: 0,
  to: {},
};

/** The counts, changed by `change` where it is given. */
export function tally(view: View, change?: (now: Tally) => Partial<Tally>): Tally {
  const now: Tally = { ...NOTHING, ...view.get('tally') };
  if (!change) return now;
  const next = { ...now, ...change(now) };
  view.set('tally', next);
  return next;
}

/** Counts one more under a reason. */
export const count = (counts: Record<string, number>, reason: string, by = 1): Record<string, number> => ({
  ...counts,
  [reason]: (counts[reason] ?? 0) + by,
});

/** Counts what a destination took, and one that it will not get where a reason is given. */
export function countFor(to: Tally['to'], name: string, taken: number, reason?: string): Tally['to'] {
  const { delivered = 0, dropped = {} } = to[name] ?? {};
  return {
    ...to,
    [name]: { delivered: delivered + taken, dropped: reason ? count(dropped, reason) : dropped },
  };
}

/** The keys that begin so, sorted. */
export const startingWith = (view: View, prefix: string): string[] =>
  [...view.keys()].filter((key) => key.startsWith(prefix)).sort();

/** The keys of the records that wait for a destination (for all, if none is named), oldest first. */
export const keysOf = (view: View, destination?: string): string[] =>
  startingWith(view, destination ? `q/${destination}/` : 'q/');

/** The destination for which a record waits. */
export const destinationOf = (key: string): string => key.split('/')[1]!;

/** Puts a message at the end of a destination's queue, or right before the record `before`. Returns its key. */
export function enqueue(
  view: View,
  destination: string,
  message: Message,
  since: number,
  before?: string,
): string {
  const { n } = tally(view, (now) => ({ n: Math.max(since, now.n + 1) }));
  // "!" sorts before every messageId.
  const key = before
    ? `${before.slice(0, before.lastIndexOf('/'))}/!${message.messageId}`
    : `q/${destination}/${n}/${message.messageId}`;
  view.set(key, { message, since } satisfies Queued);
  return key;
}

/** Takes records away that will not be delivered, and counts them. What is gone already has been counted. */
export function drop(view: View, keys: readonly string[], reason: string): void {
  const gone = keys.filter((key) => view.delete(key));
  if (!gone.length) return;
  tally(view, ({ dropped, to }) => ({
    dropped: count(dropped, reason, gone.length),
    to: gone.reduce((all, key) => countFor(all, destinationOf(key), 0, reason), to),
  }));
}
