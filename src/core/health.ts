// Once a day and visitor, where the site asked for it: counts that show when a shop's hooks have gone silent.
import { hash } from '../lib/hash.ts';
import type { View } from '../lib/storage.ts';
import { keysOf, type Tally, tally } from './queue.ts';
import type { Message, Plain } from './types.ts';
import { VERSION } from './version.ts';

const DAY = 24 * 60 * 60_000; // milliseconds
const KEY = 'health';

/** When it was told last, and the counts of then. */
interface Told {
  at: number;
  counts: Record<string, number>;
}

/** All that is counted, flat. */
function countsOf({ milestones, known, ignored, to }: Tally): Record<string, number> {
  const counts: Record<string, number> = { milestones, known };
  const add = (prefix: string, of: Record<string, number>) => {
    for (const [name, count] of Object.entries(of)) counts[`${prefix}_${name.replace(/\W/g, '_')}`] = count;
  };
  add('ignored', ignored);
  for (const [name, { delivered, dropped }] of Object.entries(to)) {
    counts[`${name}_delivered`] = delivered;
    add(`${name}_dropped`, dropped);
  }
  return counts;
}

/** The message that is due now, if one is, and anything happened since the last. */
export function health(
  view: View,
  visitor: string,
  now: number,
  destinations: readonly string[],
): Message | undefined {
  const told: Told = view.get(KEY) ?? { at: 0, counts: {} };
  if (now - told.at < DAY && told.at <= now) return undefined;
  const counts = countsOf(tally(view));
  const news = Object.entries(counts)
    .map(([name, count]): [string, number] => [name, count - (told.counts[name] ?? 0)])
    .filter(([, count]) => count > 0);
  if (!news.length) return undefined;
  view.set(KEY, { at: now, counts } satisfies Told);
  const since = Object.fromEntries(news);
  const waiting = destinations.map((name): [string, Plain] => [`${name}_queued`, keysOf(view, name).length]);
  return {
    type: 'health',
    properties: {
      milestones: 0,
      known: 0,
      ...since,
      ...Object.fromEntries(waiting),
      ...(since.milestones && {
        match_rate: Math.min(100, Math.round((100 * (since.known ?? 0)) / since.milestones)) / 100,
      }),
      ...(told.at && { since: new Date(told.at).toISOString() }),
    },
    messageId: hash([visitor, KEY, now].join('\n')),
    timestamp: new Date(now).toISOString(),
    anonymousId: visitor,
    context: { library: { name: 'chatstone', version: VERSION } },
  };
}
