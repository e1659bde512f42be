// What should be told, written down by somebody who only listens: signals in, milestones out, after the rules of the
// contract. It knows no database, no tab and no reload, so none of these may make a difference.
import type { Happened } from '../../src/core/conversation.ts';
import type { Strength } from '../../src/core/types.ts';
import { DAY, HOUR, MINUTE } from '../core/builders.ts';

/** A milestone that should be told. */
export interface Fact {
  event: string;
  /** What it says beside: a topic, a rating, whether it was a bot. */
  value: string;
  at: number;
}

/** One conversation. */
export interface Chat {
  widget: string;
  vendor?: string;
  facts: Fact[];
  last: number;
  over: boolean;
  /** Whether a case is open: a message of the visitor came after the last end. */
  open: boolean;
  ends: boolean;
  wrote: number;
  ended: number;
  topic?: string;
  topicAt: number;
  score?: number;
  scoreAt: number;
  agents: Set<string>;
}

/** The time of one person on the device. */
export interface Epoch {
  email?: string;
  by?: Strength;
  chats: Chat[];
  presets: Map<string, string>;
  hadCase: boolean;
}

const ORDER: readonly Strength[] = ['site', 'checkout', 'widget', 'form'];
const firm = (by?: Strength) => (by ? ORDER.length - ORDER.indexOf(by) : 0);

export type Notebook = ReturnType<typeof notebook>;

export function notebook() {
  const epochs: Epoch[] = [];
  const begin = (known: Pick<Epoch, 'email' | 'by'> = {}): Epoch => {
    const epoch = { ...known, chats: [], presets: new Map(), hadCase: false };
    epochs.push(epoch);
    return epoch;
  };
  const present = () => epochs.at(-1) ?? begin();

  const byVisitor = (signal: Happened) => signal.type === 'message' && signal.from === 'visitor';

  /** The conversation that a signal is about, `undefined` if about none, or `new`. */
  const about = (signal: Happened, { chats }: Epoch): Chat | 'new' | undefined => {
    let candidates = chats.filter(({ widget }) => !signal.widget || widget === signal.widget);
    if (signal.conversation !== undefined) {
      const same = candidates.find(({ vendor }) => vendor === String(signal.conversation));
      if (same) return same;
      candidates = candidates.filter(({ vendor }) => vendor === undefined);
    } else if (signal.type === 'rated')
      candidates = candidates.filter(({ facts }) =>
        facts.some(({ event }) => event === 'chat_first_message_sent'),
      );
    // Of two with the same time it is the one that was heard of last.
    const last = candidates.reduce<Chat | undefined>((a, b) => (a && a.last > b.last ? a : b), undefined);
    const idle = last && signal.when - last.last >= 30 * MINUTE;
    if (last && !last.over && !idle) return last;
    if (signal.type === 'opened') return 'new';
    if (byVisitor(signal)) return idle && !signal.active ? undefined : 'new';
    return last && signal.type !== 'topic' && signal.when - last.last < DAY ? last : undefined;
  };

  return {
    epochs,
    present,
    /** Somebody says who this is. */
    person(email: string | undefined, by: Strength) {
      if (!email) return;
      const now = present();
      if (!now.email || now.email === email) {
        now.email = email;
        if (firm(by) > firm(now.by)) now.by = by;
      } else if (firm(by) >= firm(now.by)) begin({ email, by });
    },
    /** The person logs out. */
    reset: () => void begin(),
    /** A page loads. */
    visit(now: number) {
      for (const chat of present().chats)
        if (chat.open && !chat.ends && now - chat.last >= 72 * HOUR)
          Object.assign(chat, { open: false, over: true });
    },
    /** A signal, and whether a person opened the window. */
    hear(signal: Happened) {
      if (signal.type === 'opened' && !signal.gesture) return;
      const epoch = present();
      const found = about(signal, epoch);
      if (!found) {
        if (signal.type === 'topic') epoch.presets.set(signal.widget, signal.topic);
        return;
      }
      const rating =
        signal.type === 'rated'
          ? 1 + (4 * (signal.score - signal.worst)) / (signal.best - signal.worst)
          : undefined;
      if (signal.type === 'rated' && !(rating! >= 1 && rating! <= 5)) return;

      const { when } = signal;
      const time = signal.own ?? when;
      const chat: Chat =
        found === 'new'
          ? {
              widget: signal.widget,
              facts: [],
              last: when,
              over: false,
              open: false,
              ends: signal.ends,
              wrote: 0,
              ended: 0,
              topicAt: 0,
              scoreAt: 0,
              agents: new Set(),
            }
          : found;
      chat.last = Math.max(chat.last, when);
      epoch.chats = [...epoch.chats.filter((one) => one !== chat), chat];
      if (signal.conversation !== undefined) chat.vendor = String(signal.conversation);

      const tell = (event: string, value: unknown = '') =>
        chat.facts.push({ event, value: String(value), at: Math.max(when, chat.facts.at(-1)?.at ?? 0) });
      const once = (event: string, value: unknown = '') => {
        if (!chat.facts.some((fact) => fact.event === event && fact.value === String(value)))
          tell(event, value);
      };
      const setTopic = (topic: string) => {
        if (topic === chat.topic || time < chat.topicAt) return;
        Object.assign(chat, { topic, topicAt: time });
        tell('chat_topic_set', topic);
      };

      if (signal.type === 'opened') once('chat_opened');
      if (found === 'new') {
        const preset = epoch.presets.get(signal.widget) ?? epoch.presets.get('');
        if (preset) setTopic(preset);
        epoch.presets.clear();
      }
      if (signal.type === 'topic') setTopic(signal.topic);
      if (signal.type === 'message' && signal.from === 'visitor') {
        if (time > chat.wrote) {
          Object.assign(chat, { wrote: time, open: true, over: false });
          epoch.hadCase = true;
        }
        const first = !chat.facts.some(({ event }) => event === 'chat_first_message_sent');
        if (first && !chat.topic && signal.guess) setTopic(signal.guess);
        once('chat_first_message_sent');
      }
      if (signal.type === 'message' && /agent|bot/.test(signal.from))
        once('chat_agent_replied', signal.from === 'bot');
      if (signal.type === 'assigned') {
        const who = String(signal.agent ?? signal.team ?? 'somebody');
        if (!chat.agents.has(who)) tell('chat_assigned');
        chat.agents.add(who);
      }
      if (signal.type === 'rated') {
        const score = Math.round(rating! * 100) / 100;
        if (score !== chat.score && time >= chat.scoreAt) {
          Object.assign(chat, { score, scoreAt: time });
          tell('chat_csat_submitted', score);
        }
      }
      if (signal.type === 'ended' && time > chat.ended) {
        if (chat.open) tell('chat_resolved');
        Object.assign(chat, { ended: time, open: false, over: true });
      }
    },
  };
}
