// What the site chose for a destination: which messages go to it, and how much of them.
import { email } from '../lib/email.ts';
import { say } from '../lib/say.ts';
import { sha256 } from '../lib/sha256.ts';
import { isFlag } from './flags.ts';
import { MILESTONES } from './milestones.ts';
import type { Destination, Message, MilestoneName, Routing } from './types.ts';

type Routed = Pick<Destination, 'name' | 'routing'>;
type Check = (value: unknown) => boolean;

const words: Check = (value) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const one =
  (...choices: unknown[]): Check =>
  (value) =>
    choices.includes(value);

/** What each choice has to be, and what is said where it is not. */
const CHOICES: Record<keyof Routing, [check: Check, instead: string]> = {
  milestones: [
    (value) => words(value) && (value as string[]).every(one(...MILESTONES)),
    `a list of ${MILESTONES.join(', ')}`,
  ],
  properties: [words, 'a list of names'],
  traits: [words, 'a list of names'],
  email: [one('plain', 'sha256', 'none'), 'plain, sha256 or none'],
  anonymous: [one('hold', 'send'), 'hold or send'],
  consent: [
    (value) => value === 'manual' || (Array.isArray(value) && value.length > 0),
    'manual, or a platform with the purpose to ask for',
  ],
  holdout: [(value) => Number(value) >= 0 && Number(value) <= 100, 'percent, 0 to 100'],
  audiences: [one(true, false), 'true or false'],
  health: [one(true, false), 'true or false'],
};

/** A destination with what fits of the site's choices; the rest is said. A consent that cannot be asked for is none given. */
export function checked<D extends Routed>(destination: D): D {
  const routing: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(destination.routing ?? {})) {
    const [check, instead] = CHOICES[name as keyof Routing] ?? [
      () => false,
      `one of ${Object.keys(CHOICES).join(', ')}`,
    ];
    if (value === undefined) continue;
    if (check(value)) routing[name] = value;
    else {
      say(`destination ${destination.name}, ${name}: write ${instead}`);
      if (name === 'consent') routing[name] = 'manual';
    }
  }
  return Object.create(destination, { routing: { value: routing } });
}

/** Whether a name is on a list; no list has all. `*` at the end stands for any rest. */
const listed = (list: readonly string[] | undefined, name: string): boolean =>
  !list || list.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));

/** Of some values those that are listed. */
export const only = <T>(values: Readonly<Record<string, T>>, list?: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => listed(list, name)));

/** Whether a message is one for a destination; decided when it is recorded. */
export function wants({ routing = {} }: Routed, { type, event }: Message): boolean {
  if (type === 'health') return !!routing.health;
  if (type === 'identify') return true;
  if (!MILESTONES.includes(event as MilestoneName)) return !!routing.audiences;
  return !routing.milestones || routing.milestones.includes(event as MilestoneName);
}

/** Whether a destination's records of unknown persons stay on the device. */
export const holds = (hold: boolean, destinations: readonly Routed[], name: string): boolean => {
  const own = destinations.find((one) => one.name === name)?.routing?.anonymous;
  return own ? own === 'hold' : hold;
};

/** A message with what may go to a destination; the same whenever it is asked. */
export function shaped(message: Message, { routing = {} }: Routed): Message {
  const { properties, traits, email: as = 'plain' } = routing;
  if (!properties && !traits && as === 'plain') return message;
  const made = { ...message };
  if (made.type === 'track' && made.properties) made.properties = only(made.properties, properties);
  if (made.traits) made.traits = only(made.traits, traits && [...traits, 'chat_holdout']);
  if (as === 'plain') return made;
  const { email: address, ...others } = made.traits ?? {};
  if (made.traits)
    made.traits = {
      ...others,
      ...(as === 'sha256' && address ? { email_sha256: sha256(String(address)) } : {}),
    };
  if (email(made.userId)) {
    if (as === 'sha256') made.userId = sha256(made.userId!);
    else delete made.userId;
  }
  return made;
}

/** Values without flags, for those who are held out. */
export const withoutFlags = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !isFlag(name)));
