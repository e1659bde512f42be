import type { Choices } from './options.ts';
import type { Destination } from './types.ts';
/** What decides how an entry is settled. */
export interface Rules {
    destinations: readonly Pick<Destination, 'name' | 'holdout'>[];
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
}
/** Makes the rules; what is wrong in them is said and keeps its default. */
export declare function rulesOf({ idle, anonymous, ...rest }: Choices, destinations: readonly Destination[]): Rules;
