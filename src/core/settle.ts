// What one entry of the journal does, decided and stored in one transaction: "told already?" and "queue it" are one question.

import { percentile } from '../lib/hash.ts';
import { json } from '../lib/json.ts';
import { say } from '../lib/say.ts';
import type { View } from '../lib/storage.ts';
import { advance, type Conversation, type Happened, type Reached } from './conversation.ts';
import { plain } from './facts.ts';
import { clearFlags, currentFlags, type Flags, flagTraits, isFlag, tellFlags, traitOf } from './flags.ts';
import { health } from './health.ts';
import { type Known, recognise, type Said, weaker } from './identity.ts';
import { audience, identify, type Scene, TEST, track } from './message.ts';
import { isMilestone } from './milestones.ts';
import { count, destinationOf, drop, enqueue, keysOf, type Queued, tally } from './queue.ts';
import { rollups } from './rollups.ts';
import { holds, wants, withoutFlags } from './routing.ts';
import type { Rules } from './rules.ts';
import type { Destination, Message, Plain, Profile } from './types.ts';

/** One thing that happened on a page, written down in the task in which it happened. */
export interface Entry {
  /** The device's clock, in milliseconds. */
  now: number;
  /** The visitor id at that moment; '' if there was none yet. */
  visitor: string;
  /** A visitor id, in case a new one is needed. */
  fresh: string;
  page: Record<string, string>;
  gpc?: boolean;
  /** What the site has said about the next milestones. */
  facts: Record<string, Plain>;
  happened?: Happened;
  said?: Said & { traits: Record<string, unknown> };
  /** Marks the page's own word of who this is, so that it is not written down again on every page. */
  user?: string;
  /** A purchase, by its order id. */
  order?: string;
  /** Flags that the site tells, on or off. */
  flags?: Record<string, boolean>;
  /** The person left: `fresh` is the visitor id from now on. */
  reset?: boolean;
  /** A page was visited: time to see what has become old. */
  visit?: boolean;
  /** A page begins: what the pages before have counted may be told. */
  counted?: boolean;
}

/** What came of an entry. */
export interface Outcome {
  /** The visitor id from now on. */
  visitor: string;
  reached: Reached[];
  messages: Message[];
  dropped: { reason: string; messages: Message[] }[];
  /** Why a signal made no milestone. */
  why?: string;
  /** The userId of the person who left the device, where ours is not the client's. */
  left?: string;
}

/** All that is known under one visitor id. */
interface Row extends Known {
  at: number;
  traits: Record<string, unknown>;
  /** What the identify messages have carried so far. */
  told: Record<string, unknown>;
  /** The userId under which they went. */
  toldAs?: string;
  conversations: readonly Conversation[];
  /** The one that is simulated. */
  tests?: readonly Conversation[];
  /** Topics that were named before their conversation began, by widget. */
  topics: Record<string, string>;
  /** Whether the person is held out, by destination. */
  holdout: Record<string, boolean>;
  /** Those that stand. */
  flags?: Flags;
  /** Another person took over the device: their visitor id, and since when. */
  next?: string;
  nextAt?: number;
}

const MONTH = 30 * 24 * 60 * 60_000; // milliseconds
const LARGEST = 9000; // characters of traits; an event may have 32 KB
const REMEMBERED = 20; // conversations of one visitor

const keyOf = (visitor: string) => `visitor/${visitor}`;
const topicKey = (widget: string) => `of ${widget}`; // no widget's name is one that every object has, such as `constructor`
const rowOf = (view: View, visitor: string): Row =>
  view.get(keyOf(visitor)) ?? { at: 0, traits: {}, told: {}, conversations: [], topics: {}, holdout: {} };

/** Whoever has the device at `now`, where `visitor` had it when the page last looked. */
export function follow(view: View, visitor: string, now = Number.POSITIVE_INFINITY): string {
  const before = new Set<string>();
  for (let id = visitor; ; ) {
    const row: Row | undefined = view.get(keyOf(id));
    if (!row?.next || before.has(row.next) || now < row.nextAt!) return id; // a ring is none of ours
    before.add(id);
    id = row.next;
  }
}

/** The person behind a visitor id, as far as known. */
export const knownOf = (view: View, visitor: string): Known => rowOf(view, visitor);

/** Whether a conversation of a visitor waits for its end, or a flag. */
export const hasToEnd = (view: View, visitor: string): boolean => {
  const { conversations, flags = {} } = rowOf(view, visitor);
  return (
    conversations.some((one) => one.open !== undefined) || Object.values(flags).some(({ until }) => until)
  );
};

const ROLLUPS =
  /^(last_chat_topic|last_chat_at|last_csat_score|open_support_case|support_(case_opened_at|risk_level)|chat_assisted)$/;

/** The rollups that identify messages have carried so far. */
export const toldOf = (view: View, visitor: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(rowOf(view, visitor).told).filter(([name]) => ROLLUPS.test(name)));

/** Whether a person is held out at a destination: a stable share of them is. */
const heldOut = (row: Row, visitor: string, { name, routing = {} }: Pick<Destination, 'name' | 'routing'>) =>
  row.holdout[name] ?? (routing.holdout ? percentile(visitor) < routing.holdout : undefined);

/** What is known of a visitor and may be shown: rollups and flags, nothing that names the person. */
export function profileOf(view: View, visitor: string): (destination: Destination) => Profile {
  const row = rowOf(view, visitor);
  const { traits, flags = {} } = row;
  const mayShow = (name: string, value: unknown) => (ROLLUPS.test(name) || isFlag(name)) && plain(value);
  return (destination) => {
    // On a page that stays open a flag may have become old since.
    const now = { ...traits, ...flagTraits(flags, currentFlags(flags, Date.now())) };
    const shown = Object.fromEntries(
      Object.entries(now).filter(([name, value]) => mayShow(name, value)),
    ) as Profile;
    return heldOut(row, visitor, destination) ? withoutFlags(shown) : shown;
  };
}

/** Whether a record of a visitor waits for a person. Counts are of nobody. */
const unclaimed = ({ message }: Queued, visitor: string) =>
  message.anonymousId === visitor && !message.userId && message.type !== 'health';

/** Takes what a visitor left behind unidentified: dropped and counted, or, where anonymous records go out, set free. */
export function leaveBehind(
  view: View,
  visitor: string,
  { hold, destinations }: Pick<Rules, 'hold' | 'destinations'>,
  outcome: Outcome,
): void {
  const held = (key: string) => holds(hold, destinations, destinationOf(key));
  const left = keysOf(view).filter((key) => unclaimed(view.get(key), visitor));
  for (const key of left) if (!held(key)) view.set(key, { ...view.get(key), free: true });
  const lost = left.filter(held);
  if (lost.length) {
    outcome.dropped.push({ reason: 'replaced', messages: lost.map((key) => view.get(key).message) });
    drop(view, lost, 'replaced');
  }
}

/** Whether the page's client says nothing new: what it said before, or what we told it ourselves. */
function echo(view: View, client: string | undefined, userId: string | undefined): boolean {
  if (!client) return false;
  const before = view.get('client');
  view.set('client', client);
  return client === before || client === userId;
}

/** Settles one entry. Throws nothing that is not a fault of ours. */
export function settle(view: View, entry: Entry, rules: Rules): Outcome {
  const outcome: Outcome = {
    visitor: follow(view, entry.visitor, entry.now),
    reached: [],
    messages: [],
    dropped: [],
  };
  let row: Row = { ...rowOf(view, outcome.visitor), at: entry.now };
  let tidied = false; // a visit changed something
  let adopted: Record<string, string> = {}; // the first adopted record, by destination

  const handOver = (to: string) => {
    view.set(keyOf(outcome.visitor), { ...row, next: to, nextAt: entry.now });
    if (!row.userId) leaveBehind(view, outcome.visitor, rules, outcome);
    else if (!row.client) outcome.left = row.userId;
    outcome.visitor = to;
    row = { ...rowOf(view, to), at: entry.now };
  };
  const scene = (): Scene => ({
    visitor: outcome.visitor,
    userId: row.userId,
    page: entry.page,
    gpc: entry.gpc,
  });
  /** @param of the message as it is for one destination, if it is any */
  const post = (
    message: Message,
    of: (destination: Rules['destinations'][number]) => Message | undefined = () => message,
  ) => {
    outcome.messages.push(message);
    for (const destination of rules.destinations) {
      const own = wants(destination, message) && of(destination);
      if (own)
        enqueue(
          view,
          destination.name,
          own,
          entry.now,
          own.type === 'identify' ? adopted[destination.name] : undefined,
        );
    }
  };

  /** The first identification takes the records of this visitor id that wait for a person. */
  const adopt = () => {
    const facts = new Set<string>();
    for (const key of keysOf(view)) {
      const queued: Queued = view.get(key);
      if (!unclaimed(queued, outcome.visitor)) continue;
      view.set(key, { ...queued, message: { ...queued.message, userId: row.userId } });
      adopted = { [destinationOf(key)]: key, ...adopted };
      if (isMilestone(queued.message.event) && !queued.message.properties?.is_test)
        facts.add(queued.message.messageId);
    }
    if (facts.size) tally(view, ({ known }) => ({ known: known + facts.size }));
  };

  /** Tells what changed about the person, once they are known. */
  const announce = () => {
    if (!row.userId) return;
    const anew = row.toldAs !== row.userId;
    const news = Object.keys(row.traits).filter(
      (name) => anew || json(row.traits[name]) !== json(row.told[name]),
    );
    if (!news.length && !anew) return;
    // A date belongs to its flag.
    if (news.includes('open_support_case') && row.traits.open_support_case)
      news.push('support_case_opened_at');
    const traits: Record<string, unknown> = row.email ? { email: row.email } : {};
    for (const name of news) {
      // An event may have 32 KB; what does not fit is said, once, and goes no further.
      if (json(traits).length + json(row.traits[name]).length < LARGEST) traits[name] = row.traits[name];
      else say(`trait ${name} is left out: an identify has room for ${LARGEST} characters`);
    }
    const out: Row['holdout'] = { ...row.holdout };
    for (const destination of rules.destinations) {
      const held = heldOut(row, outcome.visitor, destination);
      if (held !== undefined) out[destination.name] = held;
    }
    // Two of one millisecond may say the same: true, false, true.
    const message = identify(traits, entry.now, `${entry.now}-${tally(view).n}${json(traits)}`, scene());
    post(message, ({ name }) => {
      const held = out[name];
      const rest = held ? withoutFlags(traits) : traits;
      if (held && !anew && !news.some((trait) => !isFlag(trait))) return undefined; // it was about flags alone
      return { ...message, traits: { ...rest, ...(anew && held !== undefined && { chat_holdout: held }) } };
    });
    row = { ...row, told: { ...row.told, ...row.traits }, toldAs: row.userId, holdout: out };
  };

  /** Flags as they stand from now on; what changed becomes traits, and events where a destination asks for these. */
  const turn = (flags: Flags) => {
    const before = row.flags ?? {};
    if (flags === before) return;
    const changed = (one: Flags, other: Flags) => Object.keys(one).filter((name) => !(name in other));
    row = { ...row, flags, traits: { ...row.traits, ...flagTraits(before, flags) } };
    for (const [event, names] of [
      ['Audience Exited', changed(before, flags)],
      ['Audience Entered', changed(flags, before)],
    ] as const)
      for (const name of names) {
        const message = audience(event, traitOf(name), entry.now, scene());
        post(message, (destination) => (heldOut(row, outcome.visitor, destination) ? undefined : message));
      }
  };
  const stands = row.flags && currentFlags(row.flags, entry.now);

  const roll = (reached: readonly Reached[]) => {
    row.traits = rollups(row.traits, row.conversations, reached, rules);
  };

  if (entry.reset) {
    view.delete('client'); // whoever it names next is news
    if (outcome.visitor !== entry.fresh) handOver(entry.fresh);
  }

  if (entry.said && !echo(view, entry.said.client, row.userId)) {
    const { traits, ...said } = entry.said;
    let known = recognise(row, said, rules.identifyBy);
    if (known === 'another') {
      handOver(entry.fresh);
      known = recognise(row, said, rules.identifyBy) as Known;
    }
    if (known === 'weaker') {
      outcome.why = 'a stronger word stands';
      tally(view, ({ ignored }) => ({ ignored: count(ignored, 'weaker identity') }));
    } else {
      const before = row.userId;
      row = {
        ...row,
        ...(known as Known),
        // What a weaker source says completes what is known and replaces nothing.
        traits: weaker(said.by, row.by) ? { ...traits, ...row.traits } : { ...row.traits, ...traits },
      };
      if (rules.identifyBy === 'email' && row.id) row.traits.customer_id = row.id;
      if (row.email) row.traits.email = row.email;
      if (!before && row.userId) adopt();
      announce();
    }
  }

  if (entry.happened) {
    const signal = entry.happened;
    const test = signal.widget === TEST; // what is simulated stands apart, and changes nothing
    const step = advance(
      test ? (row.tests ?? []) : row.conversations,
      test ? signal : { ...signal, preset: row.topics[topicKey(signal.widget)] ?? row.topics[topicKey('')] },
      rules.idle.conversation,
    );
    outcome.why = step.why;
    outcome.reached = step.reached;
    for (const reached of step.reached) post(track(reached, entry.facts, scene()));
    if (test) row.tests = step.conversations.slice(-1);
    else {
      if (signal.type === 'topic' && step.why === 'no conversation')
        row.topics = { ...row.topics, [topicKey(signal.widget)]: signal.topic };
      else if (step.conversations.length > row.conversations.length) row.topics = {};
      row.conversations = step.conversations.slice(-REMEMBERED);
    }
    const { length } = step.reached;
    if (length && !test)
      tally(view, ({ milestones, known }) => ({
        milestones: milestones + length,
        known: known + (row.userId ? length : 0),
      }));
    if (!test) roll(step.reached);
    announce();
  }

  if (entry.user) view.set('about', { ...view.get('about'), user: entry.user });

  if (entry.order) {
    const { orders } = tally(view);
    if (!orders.includes(entry.order)) {
      tally(view, () => ({ orders: [...orders, entry.order!].slice(-REMEMBERED) }));
      if (stands) turn(clearFlags(stands, rules.flags));
      announce();
    }
  }

  if (entry.flags || ((entry.visit || entry.happened) && stands !== row.flags)) {
    turn(tellFlags(stands ?? {}, entry.flags ?? {}, entry.now, rules.flags));
    tidied = true;
    announce();
  }

  if (entry.visit) {
    const over = (one: Conversation) =>
      one.open !== undefined && !one.ends && entry.now - one.at >= rules.idle.case;
    if (row.conversations.some(over)) {
      tidied = true;
      row.conversations = row.conversations.map((one) =>
        over(one) ? { ...one, open: undefined, ended: true } : one,
      );
      roll([]);
      announce();
    }
    for (const [key, old] of view)
      if (key.startsWith('visitor/') && key !== keyOf(outcome.visitor) && entry.now - old.at > MONTH)
        view.delete(key);
  }

  if (entry.counted && rules.destinations.some(({ routing }) => routing?.health)) {
    const names = rules.destinations.map(({ name }) => name);
    const well = health(view, outcome.visitor, entry.now, names);
    if (well) post(well);
  }

  if (!(entry.visit || entry.counted) || tidied) view.set(keyOf(outcome.visitor), row);
  return outcome;
}
