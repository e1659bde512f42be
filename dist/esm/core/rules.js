// The options as the engine works with them.
import { say } from '../lib/say.js';
const MINUTE = 60000; // milliseconds
/** Makes the rules; what is wrong in them is said and keeps its default. */
export function rulesOf({ idle, anonymous, ...rest }, destinations) {
    const span = (name, otherwise) => {
        const value = idle[name] ?? otherwise;
        if (Number(value) > 0)
            return Number(value) * MINUTE;
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
