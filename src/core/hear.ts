// What a source says, checked and made ours: bad values get a clear word and are left out, text ends here.
import { email } from '../lib/email.ts';
import { hash } from '../lib/hash.ts';
import { json } from '../lib/json.ts';
import { say } from '../lib/say.ts';
import { type Happened, score } from './conversation.ts';
import type { Entry } from './settle.ts';
import { sane } from './time.ts';
import { topicOfPage, topicOfTag, topicOfText, type Topics } from './topics.ts';
import type { Person, Signal, Source, Strength } from './types.ts';

const LONGEST = 200; // characters of an id or a name
const LARGEST = 16_000; // characters of traits; an event may have 32 KB

/** A short trimmed text of a string or number, or undefined. */
export const brief = (value: unknown): string | undefined =>
  typeof value === 'string' || Number.isFinite(value) ? String(value).trim().slice(0, LONGEST) || undefined : undefined;

/** What somebody says of who the visitor is. `who` names the speaker in messages to the developer. */
export function said(person: Person, by: Strength, who: string): Entry['said'] | undefined {
  let { email: given, traits = {} } = person;
  const plain = json(traits); // without what cannot be stored
  if (plain[0] !== '{' || plain.length > LARGEST) {
    say(`${who} told traits that are no object, or too large. They are left out; send fewer.`);
    traits = {};
  } else traits = JSON.parse(plain) as Record<string, unknown>;
  given ??= traits.email as string | undefined;
  delete traits.email;
  const address = email(given);
  // The value itself is never printed: it may be anything that a visitor typed.
  if (given && !address) say(`${who} told an e-mail address that is none. It is left out.`);
  const phone = brief(person.phone);
  const name = brief(person.name);
  if (phone) traits.phone = phone;
  if (name) traits.name = name;
  const id = brief(person.id);
  if (!address && !id && !Object.keys(traits).length) return undefined;
  return { ...(id && { id }), ...(address && { email: address }), by, traits };
}

/** What turns a source's signals into entries of the journal. */
export interface Hearing {
  topics: Topics;
  pages: Record<string, string>;
  now: number;
  fresh: string;
  path: string;
  /** A person just opened a window, or the page did on request. Asked for openings only. */
  gesture(widget: string): boolean;
  active: boolean;
}

/** A signal and the visitor's own line as a part of a journal entry, or undefined where there is nothing in it. */
export function hear(
  source: Pick<Source, 'name' | 'tells'>,
  signal: Signal,
  text: string | undefined,
  { topics, pages, now, fresh, path, gesture, active }: Hearing,
): Pick<Entry, 'happened' | 'said'> | undefined {
  if (signal.type === 'person') {
    const person = said(signal, signal.by ?? 'widget', source.name);
    return person && { said: person };
  }
  const base = {
    widget: source.name,
    when: sane(signal.at, now),
    gesture: signal.type === 'opened' && gesture(source.name),
    active,
    fresh,
    ends: source.tells.some((told) => told.startsWith('chat_resolved')),
    conversation: brief(signal.conversation),
  };
  const happened = (rest: object): { happened: Happened } => ({ happened: { ...base, ...rest } as Happened });
  const { type } = signal;
  switch (type) {
    case 'opened':
    case 'ended':
    case 'conversation':
      return happened({ type });
    case 'message': {
      const guess =
        signal.from === 'visitor'
          ? ((typeof text === 'string' && topicOfText(text.slice(0, 5000), topics)) || topicOfPage(path, pages))
          : undefined;
      return happened({ type, from: signal.from, guess });
    }
    case 'assigned': {
      const agent = brief(signal.agent);
      return happened({ type, agent: agent && hash(agent), team: brief(signal.team) });
    }
    case 'topic': {
      const tag = brief(signal.topic);
      return tag ? happened({ type, topic: topicOfTag(tag, topics) }) : undefined;
    }
    case 'rated': {
      const { worst, best } = signal;
      if (score(signal.score, worst, best) === undefined) {
        say(`${source.name} told a rating that is not on its scale from ${Number(worst)} to ${Number(best)}. It is left out.`);
        return undefined;
      }
      const raw = typeof signal.raw === 'string' && /^\w{1,20}$/.test(signal.raw) ? signal.raw : Number(signal.score);
      return happened({ type, score: Number(signal.score), worst, best, raw });
    }
    default:
      say(`${source.name} told a signal that does not exist. It is left out.`);
      return undefined;
  }
}
