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
    idle: {
        conversation: number;
        case: number;
    };
    risk: readonly string[];
    openCase: boolean;
    /** What is declared of flags. */
    flags: Readonly<Record<string, Declared>>;
}
/** Makes the rules; what is wrong in them is said and keeps its default. */
export declare function rulesOf({ idle, anonymous, ...rest }: Choices, destinations: readonly Destination[]): Rules;
