// A destination in changing weather, which looks at everything that it is given.
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Message } from '../../src/core/types.ts';
import { DAY, SECOND } from '../core/builders.ts';
import type { Device } from './device.ts';
import type { Script } from './page-code.ts';
import type { Random } from './random.ts';
import { seedOf } from './random.ts';

const PROPERTIES =
  /^(channel|widget|conversation_id|topic|order_id|product_sku|agent_team|is_bot|csat_score|csat_raw|sentiment|page_type)$/;

export interface Weather {
  /** Share of requests that go wrong. */
  rough: number;
  /** Some records are refused for good. */
  picky: boolean;
  /** Nothing goes without a person. */
  hold: boolean;
}

export type Collector = ReturnType<typeof collector>;

/**
 * @param blame is told each rule that was broken
 * @param search looks for what must not be said
 */
export function collector(
  name: string,
  { clock, network }: Device,
  random: Random,
  weather: Weather,
  blame: (rule: string, what: unknown) => void,
  search: (place: string, what: unknown) => void,
) {
  const taken = new Map<string, Message>();
  const log: string[] = []; // the last requests
  const note = (what: string, batch: readonly Message[]) => {
    const records = batch.map(
      ({ event, type, messageId, userId }) => `${event ?? type} ${messageId} of ${userId ?? '?'}`,
    );
    log.push(`${new Date(clock.now()).toISOString()} ${what}: ${records.join(', ')}`);
    if (log.length > 12) log.shift();
  };
  const sent = new Map<string, Message>();
  const refused = new Map<string, Message>();
  const identified = new Set<string>();
  const latest = new Map<string, string>();
  const counts = { requests: 0, failed: 0, duplicates: 0 };
  let clear = false;
  let asked: { from: number; until: number; alive: () => boolean } | undefined; // it said: not before
  let until: typeof asked;
  const arrive = (milliseconds: number) =>
    new Promise<void>((resolve) => network.setTimeout(resolve, milliseconds));
  const refuses = ({ messageId }: Message) => weather.picky && seedOf(messageId) % 20 === 0;
  const who = ({ anonymousId, userId }: Message) => `${anonymousId} ${userId}`;

  const look = (message: Message, leaving: boolean) => {
    const { type, event, properties = {}, traits, messageId, timestamp, anonymousId, userId } = message;
    if (type === 'track' ? !MILESTONES.some((one) => one === event) : type !== 'identify')
      blame('no event outside the seven', message);
    if (!messageId || !anonymousId || new Date(timestamp).toISOString() !== timestamp)
      blame('a message is whole', message);
    if (Object.keys(properties).some((one) => !PROPERTIES.test(one)))
      blame('only known properties leave', message);
    if (weather.hold && !userId) blame('nothing goes before the person is known', message);
    if (
      traits?.open_support_case &&
      !(Number(traits.support_case_opened_at) * SECOND <= clock.now() + 5 * SECOND)
    )
      blame('an open case has its date', message);
    const before = sent.get(messageId);
    const without = (one: Message) => JSON.stringify({ ...one, userId: undefined });
    // A tab that leaves may not have heard yet that another has adopted, or delivered, the record.
    const older = leaving && !userId;
    if (
      before &&
      (without(before) !== without(message) || (before.userId && before.userId !== userId && !older))
    )
      blame('a retry is identical', [before, message]);
    if (!older) sent.set(messageId, message);
    const at = Date.parse(timestamp);
    if (at > clock.now() + 5 * SECOND || at < clock.now() - 31 * DAY) blame('times are sane', message);
  };

  const take = (message: Message) => {
    const { userId, messageId, timestamp, type, properties } = message;
    const before = taken.get(messageId);
    taken.set(messageId, message);
    if (type === 'identify') identified.add(who(message));
    else if (userId && !identified.has(who(message)))
      blame('an identify goes before what it adopts', message);
    const conversation =
      type === 'track' && `${message.anonymousId} ${properties!.widget} ${properties!.conversation_id}`;
    if (before) counts.duplicates++;
    if (before || !conversation) return;
    if (timestamp < (latest.get(conversation) ?? ''))
      blame('times in a conversation do not decrease', message);
    latest.set(conversation, timestamp);
  };

  return {
    name,
    log,
    sent,
    taken,
    refused,
    /** Requests, those that failed, and messages that came once more. */
    counts,
    /** All is at rest: a page that lives has heard what it was told. */
    heard() {
      if (asked?.alive() && asked.until > (until?.until ?? 0)) until = asked;
      asked = undefined;
    },
    /** From here on every request succeeds; what is refused for good is, where anything was ever taken. */
    calm() {
      clear = true;
      if (!taken.size) weather.picky = false;
    },
    async deliver(
      messages: readonly Message[],
      { leaving }: { leaving: boolean },
      { Later, Misconfigured, Refused }: Pick<Script, 'Later' | 'Misconfigured' | 'Refused'>,
      alive: () => boolean,
    ): Promise<void> {
      const batch = structuredClone([...messages]);
      note(leaving ? 'sent on leaving' : 'sent', batch);
      search(name, batch);
      for (const message of batch) look(message, leaving);
      if (until && clock.now() > until.from && clock.now() < until.until)
        blame('nothing goes before Retry-After', batch);
      const bad = !clear && random.chance(weather.rough);
      const fate = bad ? random.pick(['error', 'error', 'answer lost', 'later', 'misconfigured']) : 'taken';
      if (random.chance(0.2)) await arrive(10 + random.below(leaving ? 300 : 4000));
      const refusal = batch.filter(refuses);
      note(fate === 'taken' && refusal.length ? 'refused' : fate, batch);
      counts.requests++;
      if (fate !== 'taken' || refusal.length) counts.failed++;
      if (fate === 'error') throw new TypeError('Failed to fetch');
      if (fate === 'later') {
        const seconds = random.pick([0, 1, 7, 90, 3600]);
        asked = { from: clock.now(), until: clock.now() + seconds * SECOND, alive };
        throw new Later(seconds);
      }
      if (fate === 'misconfigured') throw new Misconfigured('401');
      if (refusal.length) {
        if (batch.length === 1) {
          refused.set(batch[0]!.messageId, batch[0]!);
          if (batch[0]!.type === 'identify') identified.add(who(batch[0]!));
        }
        throw new Refused('400');
      }
      for (const message of batch) take(message);
      if (random.chance(0.1)) await arrive(10 + random.below(2000));
      if (fate === 'answer lost') throw new TypeError('Failed to fetch');
    },
  };
}
