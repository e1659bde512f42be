// The options as the engine works with them.
import { say } from '../lib/say.ts';
import type { Declared } from './flags.ts';
import type { Choices } from './options.ts';
import type { Destination } from './types.ts';

/** What decides how an entry is settled. */
export interface Rules {
  /** Those that take messages. */
  destinations: readonly Pick<Destination, 'name' | 'routing' | 'eventsOnly'>[];
  identifyBy: 'email' | 'id';
  /** Records of unknown persons stay on the device. */
  hold: boolean;
  /** Milliseconds. */
  idle: { conversation: number; case: number };
  risk: readonly string[];
  openCase: boolean;
  /** What is declared of flags. */
  flags: Readonly<Record<string, Declared>>;
}

const MINUTE = 60_000; // milliseconds

/** Makes the rules; what is wrong in them is said and keeps its default. */
export function rulesOf({ idle, anonymous, ...rest }: Choices, destinations: readonly Destination[]): Rules {
  const span = (name: 'conversation' | 'case', otherwise: number) => {
    const value = idle[name] ?? otherwise;
    if (Number(value) > 0) return Number(value) * MINUTE;
    say(`idle.${name} keeps its default: write a number above 0`);
    return otherwise * MINUTE;
  };
  for (const [name, { hours = 1 }] of Object.entries(rest.flags))
    if (rest.flags[name] !== Object(rest.flags[name]) || !(Number(hours) >= 0))
      say(`flags.${name} keeps its default: write { "hours": 72, "purchase": true }`);
  return {
    ...rest,
    destinations: destinations.filter(({ deliver }) => deliver),
    hold: anonymous === 'hold',
    idle: { conversation: span('conversation', 30), case: 60 * span('case', 72) },
  };
}
