// Signals become milestones: a pure function, no clock, no storage, no ids of its own.
import type { MilestoneName, Plain, Signal } from './types.ts';

/** Why a rating made no milestone. */
export const OFF_SCALE = 'not on its scale';

const DAY = 24 * 60 * 60_000; // milliseconds
const LATE = 60_000; // milliseconds: another tab's entry is settled long before that

/** A signal with all that the decision needs; the agent only as a hash. */
export type Happened = Signal & {
  widget: string;
  /** In milliseconds: the vendor's time where it is sane, else the device's. */
  when: number;
  /** The vendor's own time, however old: what it tells again it tells with the same. */
  own?: number;
  /** A person just did something that may have opened the window, or the page opened it itself. */
  gesture: boolean;
  /** This page has seen a gesture since it loaded. */
  active: boolean;
  /** An id for the conversation that may begin now. */
  fresh: string;
  /** What the visitor's words, or else the page, speak of. */
  guess?: string;
  /** A topic that was named before the conversation began. */
  preset?: string;
  /** The source can tell the end of a conversation. */
  ends: boolean;
};

/** How far a conversation is. */
export interface Conversation {
  /** `conversation_id` on the wire; never changes. */
  id: string;
  widget: string;
  /** The vendor's id; it may come late. */
  vendor?: string;
  /** Time of the last signal. */
  at: number;
  /** Timestamp of the last milestone: the next one is never before it. */
  told: number;
  /** The facts that were told, each once. */
  facts: readonly string[];
  topic?: string;
  team?: string;
  score?: number;
  /** Time of the visitor's message that opened the case; absent when nothing is open. */
  open?: number;
  /** It has ended, and no later message has reopened it. */
  ended?: boolean;
  /** The latest message of the visitor and the latest end, each by its own clock: what is not newer is a replay. */
  heard: { message?: number; end?: number };
  /** When the last change of a value was told, by milestone. */
  changed: Readonly<Record<string, number>>;
  ends: boolean;
}

/** A milestone that was reached. */
export interface Reached {
  name: MilestoneName;
  conversation: Conversation;
  /** What it is once per, beside the conversation. */
  once: string;
  /** When it happened, in milliseconds. */
  at: number;
  properties: Record<string, Plain>;
}

/** What a signal did: the conversations as they are now, what was reached, and otherwise why nothing was. */
export interface Step {
  conversations: readonly Conversation[];
  reached: Reached[];
  why?: string;
}

/** Maps a rating linearly to 1 (worst) to 5 (best), two decimals; undefined if it does not lie on its scale. */
export function score(rating: unknown, worst: number, best: number): number | undefined {
  const value = typeof rating === 'string' && rating.trim() ? Number(rating) : rating;
  const share = typeof value === 'number' ? (value - worst) / (best - worst) : Number.NaN;
  return share >= 0 && share <= 1 ? Math.round(100 + 400 * share) / 100 : undefined;
}

/** Whether a signal can begin a conversation: an opening by gesture, or a visitor's message. */
const begins = (signal: Happened): boolean =>
  signal.type === 'opened' ? signal.gesture : signal.type === 'message' && signal.from === 'visitor';

/** The conversation a signal without a vendor's id belongs to: one of these, `new`, or none. */
function belongs(
  signal: Happened,
  all: readonly Conversation[],
  idle: number,
): Conversation | 'new' | undefined {
  const last = all[all.length - 1];
  if (!last) return begins(signal) ? 'new' : undefined;
  const quiet = signal.when - last.at >= idle;
  if (!last.ended && !quiet) return last;
  // After idleness a replayed history must not pass for news: somebody has to have touched the page.
  if (begins(signal)) return !quiet || signal.active || signal.type === 'opened' ? 'new' : undefined;
  // A topic that is named after the end is meant for the conversation to come.
  return signal.when - last.at < DAY && signal.type !== 'topic' ? last : undefined;
}

function find(
  signal: Happened,
  all: readonly Conversation[],
  idle: number,
): Conversation | 'new' | undefined {
  const own = all.filter((one) => !signal.widget || one.widget === signal.widget);
  if (signal.conversation === undefined)
    // A rating speaks of what was talked about, not of the window that was opened since.
    return belongs(
      signal,
      signal.type === 'rated' ? own.filter((one) => one.facts.includes('chat_first_message_sent')) : own,
      idle,
    );
  const vendor = String(signal.conversation);
  const known = own.find((one) => one.vendor === vendor);
  if (known) return known;
  // An id that comes late joins what was begun without one.
  return belongs(
    signal,
    own.filter((one) => one.vendor === undefined),
    idle,
  );
}

/**
 * Takes one signal to the conversations of a visitor, oldest first.
 *
 * @param idle milliseconds of silence after which a conversation without a vendor's id is over
 */
export function advance(all: readonly Conversation[], signal: Happened, idle: number): Step {
  const none = (why: string): Step => ({ conversations: all, reached: [], why });
  if (signal.type === 'opened' && !signal.gesture) return none('no gesture');
  const found = find(signal, all, idle);
  if (!found) return none('no conversation');

  const now: Conversation =
    found === 'new'
      ? {
          id: signal.fresh,
          widget: signal.widget,
          at: signal.when,
          told: 0,
          facts: [],
          changed: {},
          heard: {},
          ends: signal.ends,
        }
      : { ...found, at: Math.max(found.at, signal.when) };
  if (signal.conversation !== undefined) {
    if (found === 'new') now.id = String(signal.conversation);
    now.vendor = String(signal.conversation);
  }

  const time = signal.own ?? signal.when;
  /** Older than what is known: told again, or, by the device's clock, settled late. By much, that clock was set back. */
  const stale = (known: number) => time < known && (signal.own !== undefined || known - time < LATE);
  const reached: Reached[] = [];
  const tell = (name: MilestoneName, once: string, properties: Record<string, Plain> = {}) => {
    const fact = once ? `${name}:${once}` : name;
    if (now.facts.includes(fact)) return;
    now.facts = [...now.facts, fact];
    now.told = Math.max(signal.when, now.told);
    reached.push({ name, conversation: now, once, at: now.told, properties });
  };
  /** Tells a value that differs from the last one told, unless it is older than that. */
  const tellChange = (
    name: MilestoneName,
    of: 'topic' | 'score',
    value: string | number,
    properties?: Reached['properties'],
  ) => {
    if (value === now[of] || stale(now.changed[name] ?? 0)) return;
    Object.assign(now, { [of]: value, changed: { ...now.changed, [name]: time } });
    // A value may come back: sizing, returns, sizing are three facts, so each also counts what was told before it.
    tell(name, `${value}#${now.facts.filter((fact) => fact.startsWith(name)).length}`, properties);
  };
  const newer = (what: 'message' | 'end'): boolean => {
    const before = now.heard[what] ?? 0;
    const news = time !== before && !stale(before);
    if (news) now.heard = { ...now.heard, [what]: time };
    return news;
  };
  const setTopic = (topic: string) => tellChange('chat_topic_set', 'topic', topic);

  if (signal.type === 'opened') tell('chat_opened', '');
  if (found === 'new' && signal.preset) setTopic(signal.preset);
  switch (signal.type) {
    case 'topic':
      setTopic(signal.topic);
      break;
    case 'message':
      if (signal.from === 'visitor') {
        if (newer('message')) {
          now.open ??= signal.when;
          now.ended = false;
        }
        if (!now.topic && signal.guess && !now.facts.includes('chat_first_message_sent'))
          setTopic(signal.guess);
        tell('chat_first_message_sent', '');
      } else if (signal.from === 'agent' || signal.from === 'bot') {
        const bot = signal.from === 'bot';
        tell('chat_agent_replied', bot ? 'bot' : 'human', { is_bot: bot });
      }
      break;
    case 'assigned':
      if (signal.team) now.team = signal.team;
      tell('chat_assigned', String(signal.agent ?? signal.team ?? 'somebody'));
      break;
    case 'rated': {
      const rating = score(signal.score, signal.worst, signal.best);
      if (rating === undefined) return none(OFF_SCALE);
      tellChange('chat_csat_submitted', 'score', rating, {
        csat_score: rating,
        csat_raw: Number(signal.score),
        sentiment: rating <= 2 ? 'negative' : rating >= 4 ? 'positive' : 'neutral',
      });
      break;
    }
    case 'ended':
      if (!newer('end')) break;
      if (now.open !== undefined) tell('chat_resolved', String(now.open));
      now.open = undefined;
      now.ended = true;
      break;
  }
  const conversations = [...all.filter((one) => one !== found), now].sort((a, b) => a.at - b.at);
  return reached.length ? { conversations, reached } : { conversations, reached, why: 'nothing new' };
}
