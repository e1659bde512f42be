// What the site chose for a destination: which messages go to it, and how much of them.
import { email } from '../lib/email.js';
import { guard } from '../lib/guard.js';
import { json } from '../lib/json.js';
import { say } from '../lib/say.js';
import { isFlag } from './flags.js';
import { isMilestone, MILESTONES } from './milestones.js';
/** What each choice looks like as JSON, and an example of it. */
const LIST = [/^\[("[^"]*",?)*\]$/, '["last_chat_topic", "cio_segment_*"]'];
const SWITCH = [/^(true|false)$/, 'true'];
const CHOICES = {
    milestones: [LIST[0], `some of ${MILESTONES.join(', ')}`],
    properties: LIST,
    traits: LIST,
    email: [/^"(plain|sha256|none)"$/, '"none"'],
    anonymous: [/^"(hold|send)"$/, '"send"'],
    consent: [/^("manual"|\[\{.+)$/, '"manual", or platforms with the purpose to ask for'],
    holdout: [/^(100|\d\d?(\.\d+)?)$/, '10'],
    audiences: SWITCH,
    health: SWITCH,
};
/** What fits of the site's choices for a destination; the rest is said. */
function fitting({ name: of, routing = {}, digest, also = [] }) {
    const chosen = {};
    for (const [name, value] of Object.entries(routing)) {
        const known = CHOICES[name];
        const here = known && (known !== SWITCH || also.includes(name));
        const [form, example] = here ? known : [/$^/, `no ${name}, it is no option here`];
        const exists = name !== 'milestones' || [value].flat().every(isMilestone);
        const fits = exists && form.test(`${guard('routing', json)(value)}`) && (value !== 'sha256' || !!digest);
        if (fits)
            chosen[name] = value;
        else if (value !== undefined) {
            say(`destinations.${of}.${name}: write ${example}`);
            if (name === 'consent')
                chosen[name] = 'manual';
            if (name === 'email')
                chosen[name] = 'none';
        }
    }
    return chosen;
}
/**
 * A destination with what fits of the site's choices. A consent that cannot be asked for is none given, an address that cannot be
 * hashed does not go out. All else is asked of the destination itself, which may come late and be another then.
 */
export function checked(destination) {
    let given;
    let chosen = {};
    return new Proxy(destination, {
        get(of, name) {
            if (name === 'routing') {
                if (given !== of.routing) {
                    given = of.routing;
                    chosen = fitting(of);
                }
                return chosen;
            }
            const value = Reflect.get(of, name, of);
            return typeof value === 'function' ? value.bind(of) : value; // it may be a class with private members
        },
    });
}
/** Whether a name is on a list; no list has all. `*` at the end stands for any rest. */
const listed = (list, name) => !list || list.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
/** Of some values those that are listed. */
export const only = (values, list) => Object.fromEntries(Object.entries(values).filter(([name]) => listed(list, name)));
/** Whether a message is one for a destination; decided when it is recorded. */
export function wants({ routing = {}, eventsOnly }, { type, event }) {
    if (type === 'health')
        return !!routing.health;
    if (type === 'identify')
        return !eventsOnly;
    if (!isMilestone(event))
        return !!routing.audiences;
    return !routing.milestones || routing.milestones.includes(event);
}
/** Whether a destination's records of unknown persons stay on the device. */
export const holds = (hold, destinations, name) => {
    const own = destinations.find((one) => one.name === name)?.routing?.anonymous;
    return own ? own === 'hold' : hold;
};
/** Whether a record stays on the device until somebody knows the person. Counts are of nobody. */
export const isHeld = ({ message, free }, hold, destinations, name) => !message.userId && !free && message.type !== 'health' && holds(hold, destinations, name);
/** A message with what may go to a destination; the same whenever it is asked. */
export function shaped(message, { routing = {}, digest }) {
    const { properties, traits, email: as = 'plain' } = routing;
    if (!properties && !traits && as === 'plain')
        return message;
    /** Without addresses, or with their hashes; the address itself has a name of its own then. */
    const masked = (values) => as === 'plain'
        ? values
        : Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
            const address = email(value);
            if (!address)
                return [[name, value]];
            return as === 'none'
                ? []
                : [[name === 'email' ? 'email_sha256' : name, digest(address)]];
        }));
    const made = { ...message };
    if (made.properties) {
        made.properties = masked(isMilestone(made.event)
            ? only(made.properties, properties && [...properties, 'is_test'])
            : made.properties);
    }
    // It may have been shaped before: the hash stands for the address.
    const more = ['chat_holdout', ...(listed(traits, 'email') ? ['email_sha256'] : [])];
    if (made.traits)
        made.traits = masked(only(made.traits, traits && [...traits, ...more]));
    const user = as !== 'plain' && email(made.userId);
    if (user && as === 'sha256')
        made.userId = digest(user);
    else if (user)
        delete made.userId;
    return made;
}
/** Values without flags, for those who are held out. */
export const withoutFlags = (values) => Object.fromEntries(Object.entries(values).filter(([name]) => !isFlag(name)));
