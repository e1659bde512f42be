// What happened in this tab, as data that can be kept: signals and what came of them, messages and where they went.
import type { Events } from '../core/events.ts';
import type { Message } from '../core/types.ts';

/** An event of chatstone, and when it was heard. */
export type Heard = { [K in keyof Events]: { event: K; detail: Events[K]; at: number } }[keyof Events];

/** A signal and what came of it. */
export interface Sign {
  at: number;
  widget: string;
  type: string;
  from?: string;
  /** The milestones that it made; absent as long as it is not settled. */
  reached?: readonly string[];
  /** Why it made none. */
  why?: string;
}

/** What became of a message at one destination; times in milliseconds. */
export interface Way {
  sent?: number;
  accepted?: number;
  dropped?: string;
  /** As it left: a destination may rename. */
  name?: string;
  /** The profile that it names: the userId, else the anonymous id. */
  key?: string;
  known?: boolean;
  /** The address that went along, where the profile is named by something else. */
  email?: string;
  /** Names of the properties that went along. */
  properties?: readonly string[];
}

/** A milestone, or what was told of the person. */
export interface Told {
  messageId: string;
  type: Message['type'];
  name: string;
  /** When it happened. */
  at: number;
  /** When this page heard that it was recorded; absent where another page did. */
  recorded?: number;
  properties: Record<string, unknown>;
  /** Rollups alone: nothing that names the person. */
  traits: Record<string, unknown>;
  to: Record<string, Way>;
}

export interface Story {
  pages: { at: number; path: string }[];
  /** Of the signals above a number those that made no milestone go first. */
  signs: Sign[];
  told: Told[];
  faults: { at: number; place: string; message: string }[];
}

const MOST = { pages: 100, signs: 400, told: 400, faults: 50 };

const ROLLUPS = [
  'last_chat_at',
  'last_chat_topic',
  'last_csat_score',
  'open_support_case',
  'support_case_opened_at',
  'support_risk_level',
  'chat_assisted',
];

/** What a parser could not read it quotes, and that may be a line of a chat. */
const unquoted = (message: string): string =>
  message.startsWith('SyntaxError') ? message.replace(/["'].*["']/s, '…') : message;

const blank = (): Story => ({ pages: [], signs: [], told: [], faults: [] });

/** What each part of a story cannot do without. */
const SHAPES: Record<keyof Story, (one: any) => boolean> = {
  pages: ({ path }) => typeof path === 'string',
  signs: ({ widget, type }) => typeof widget === 'string' && typeof type === 'string',
  told: ({ messageId, name, properties, traits, to }) =>
    [messageId, name].every((one) => typeof one === 'string') &&
    [properties, traits, to].every((one) => Object(one) === one),
  faults: ({ place, message }) => typeof place === 'string' && typeof message === 'string',
};

/** What was kept, where it has the shape of a story: another version of the panel may have left it. */
export function storyFrom(value: unknown): Story {
  const given = (value ?? {}) as Partial<Story>;
  const whole = blank();
  for (const part of Object.keys(whole) as (keyof Story)[])
    if (Array.isArray(given[part]))
      (whole[part] as unknown[]) = given[part].filter((one) => Number.isFinite(one?.at) && SHAPES[part](one));
  return whole;
}

const pick = (values: Record<string, unknown> = {}, names: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** The message's place in the story, made where it is new. */
function place(story: Story, message: Message): Told {
  const known = story.told.find(({ messageId }) => messageId === message.messageId);
  if (known) return known;
  const { messageId, type, event, timestamp, properties = {}, traits } = message;
  const made: Told = {
    messageId,
    type,
    name: event ?? type,
    at: Date.parse(timestamp),
    properties,
    traits: pick(traits, ROLLUPS),
    to: {},
  };
  story.told.push(made);
  return made;
}

/** Notes a part of a message's way. */
function note(story: Story, destination: string, messages: readonly Message[], part: Partial<Way>): void {
  for (const message of messages) {
    const { to } = place(story, message);
    to[destination] = {
      ...to[destination],
      name: message.event ?? message.type,
      key: message.userId ?? message.anonymousId,
      known: !!message.userId,
      ...(message.traits?.email !== message.userId && { email: message.traits?.email as string }),
      properties: Object.keys(message.properties ?? {}),
      ...part,
    };
  }
}

/** Takes an event into the story. */
export function hear(story: Story, { event, detail, at }: Heard): void {
  switch (event) {
    case 'signal': {
      const { type, from } = detail.signal as { type: string; from?: string };
      story.signs.push({ at: detail.at, widget: detail.widget, type, ...(from && { from }) });
      break;
    }
    case 'settled': {
      const { type, reached, why } = detail;
      // What was heard before the panel was there, or before consent, is met here for the first time.
      // Who said who it is stands there by its strength, not by its widget.
      let sign = story.signs.find(
        (one) =>
          one.at === detail.at &&
          one.type === type &&
          !one.reached &&
          (type === 'person' || one.widget === detail.widget),
      );
      if (!sign) {
        sign = { at: detail.at, widget: detail.widget, type };
        story.signs.push(sign);
      }
      sign.reached = reached;
      sign.why = why;
      break;
    }
    case 'milestone':
      place(story, detail).recorded ??= at;
      break;
    case 'sent':
      note(story, detail.destination, detail.messages, { sent: at });
      break;
    case 'delivered':
      note(story, detail.destination, detail.messages, { accepted: at });
      break;
    case 'dropped':
      note(story, detail.destination || 'every destination', detail.messages, { dropped: detail.reason });
      break;
    case 'error':
      story.faults.push({ at, ...detail, message: unquoted(detail.message) });
      break;
  }
  if (story.signs.length > MOST.signs) {
    const least = story.signs.findIndex(({ reached }) => reached && !reached.length);
    story.signs.splice(Math.max(0, least), 1);
  }
  for (const [list, most] of Object.entries(MOST) as [keyof Story, number][])
    story[list].splice(0, Math.max(0, story[list].length - most));
}

/** The part of a story between two times, as the clock of the page has them: a milestone bears the vendor's. */
export const between = ({ pages, signs, told, faults }: Story, from: number, to: number): Story => {
  const within = ({ at }: { at: number }) => at >= from && at <= to;
  const toldWithin = ({ at, recorded = at }: Told) =>
    recorded >= from && (recorded <= to || (at >= from && at <= to)); // or it was settled after the end
  return {
    // The page on which it begins was opened before.
    pages: [...pages.filter(({ at }) => at < from).slice(-1), ...pages.filter(within)],
    signs: signs.filter(within),
    told: told.filter(toldWithin),
    faults: faults.filter(within),
  };
};
