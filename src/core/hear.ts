// What a source says, checked and made ours: bad values get a clear word and are left out, text ends here.
import { email } from '../lib/email.ts';
import { guard } from '../lib/guard.ts';
import { json } from '../lib/json.ts';
import { mark } from '../lib/mark.ts';
import { say } from '../lib/say.ts';
import type { Happened } from './conversation.ts';
import type { Entry } from './settle.ts';
import { sane, vendorTime } from './time.ts';
import { type Topics, topicOfPage, topicOfTag, topicOfText } from './topics.ts';
import type { Person, Signal, Source, Strength } from './types.ts';

const LONGEST = 200; // characters of an id or a name

/** A string or number as a short trimmed text, or undefined. */
export const brief = (value: unknown): string | undefined =>
  typeof value === 'string' || Number.isFinite(value)
    ? String(value).trim().slice(0, LONGEST) || undefined
    : undefined;

/** What somebody says of who the visitor is, if anything. `who` names the speaker in what is said to the developer. */
export function said(
  { id, email: given, phone, name, traits }: Person,
  by: Strength,
  who: string,
): Entry['said'] | undefined {
  const plain = guard(who, json)(traits) ?? ''; // without what cannot be stored; a cycle has no end
  const rest: Record<string, unknown> = by === 'site' && plain[0] === '{' ? JSON.parse(plain) : {};
  if (traits && plain[0] !== '{') say(`${who}: write traits as an object`);
  const address = email(given ?? rest.email);
  // The value itself is never printed: it may be anything that a visitor typed.
  if (!address && (given ?? rest.email)) say(`${who}: what should be an e-mail address is none`);
  delete rest.email;
  for (const [trait, value] of Object.entries({ phone: brief(phone), name: brief(name) }))
    if (value) rest[trait] = value;
  return address || brief(id) || Object.keys(rest).length
    ? { id: brief(id), email: address, by, traits: rest }
    : undefined;
}

/** Where and when a signal is heard. */
export interface Hearing {
  topics: Topics;
  pages: Record<string, string>;
  now: number;
  fresh: string;
  /** A person just opened a window, or the page did on request. Asked for openings only. */
  gesture(widget: string): boolean;
  active: boolean;
}

/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export function hear(
  { name, tells }: Pick<Source, 'name' | 'tells'>,
  signal: Signal,
  text: unknown,
  { gesture, now, topics, pages, ...rest }: Hearing,
): Pick<Entry, 'happened' | 'said'> | undefined {
  if (signal.type === 'person') {
    const person = said(signal, signal.by ?? 'widget', name);
    return person && { said: person };
  }
  const widget = brief(signal.widget) ?? name;
  const {
    type,
    at,
    conversation,
    gesture: told,
    from,
    agent,
    team,
    topic,
    score,
    worst,
    best,
  } = signal as Signal & Record<string, any>;
  if (type === 'topic' && !brief(topic)) return undefined;
  return {
    happened: {
      ...rest,
      type,
      widget,
      when: sane(at, now),
      own: vendorTime(at, now),
      gesture: type === 'opened' && (told ?? gesture(widget)),
      ends: tells.includes('chat_resolved'), // one that infers some ends does not tell all
      conversation: brief(conversation),
      from,
      agent: brief(agent) && mark(brief(agent)!),
      team: brief(team),
      topic: brief(topic) && topicOfTag(topic, topics),
      guess:
        from === 'visitor'
          ? (topicOfText(text, topics) ?? topicOfPage(location.pathname, pages, topics))
          : undefined,
      score: Number.parseFloat(String(score)), // what is none is said where it is told
      worst,
      best,
    } as Happened,
  };
}
