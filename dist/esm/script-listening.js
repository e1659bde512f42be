import { compose } from './compose.js';
import { all, PLATFORMS } from './consents/index.js';
import { options as optionsOf } from './core/options.js';
import { fault, faults } from './lib/guard.js';
import { said } from './lib/say.js';
import { formed, signsOf } from './script-signs.js';
import { onDemand } from './script-sources.js';
import { custom } from './sources/custom.js';
/** What only the tag knows, with its defaults. */
const TAG = {
    consent: ['auto', 'granted', 'manual', ...Object.keys(PLATFORMS)].join('|'),
    region: 'us|eu',
    client: 'auto|none',
    names: 'chat|live-chat-spec',
    anonymous: 'hold|send',
    apiHost: '',
    forms: {},
    consents: {},
    destinations: {},
};
/**
 * @param failed how often what has failed in the first file; what fails there from now on is to be told to `fault`
 * @param told what was said there
 */
export function start({ writeKey, widgets, named, present, attributes, given: block, denied, beside }, failed, told) {
    Object.assign(faults.counts, failed);
    for (const sentence of told)
        said.add(sentence);
    const given = { ...block };
    for (const name of Object.keys(TAG))
        given[name] = attributes[name] ?? given[name]; // other tools leave attributes too
    const options = optionsOf(given, TAG);
    /** A source that is a file of its own. */
    const file = (name, look, own, sign, wake) => onDemand(name, sign, () => beside(name, own, fault), look, wake);
    const shows = ['agents', 'intercom', 'livelike'].some((name) => options.destinations[name]);
    let hear;
    let come = false; // a home-made widget is there once it has told something
    let lookNow;
    const home = {
        ...custom((hears) => {
            hear = hears;
            return () => {
                hear = undefined;
            };
        }),
        ready: () => named || come,
    };
    const chatstone = compose((look) => {
        lookNow = look;
        return [
            ...widgets.map((name) => name === 'custom'
                ? home
                : (present[name] ?? file(name, look, undefined, () => named || signsOf(name).length))),
            file('form', look, options.forms, () => formed(options.forms), ['pointerdown', 'focusin']),
        ];
    }, all(options.consents), options, (parts) => beside('engine', parts, {
        ...options,
        writeKey,
        platforms: all,
        shows,
        beside: (what, given) => beside(what, given, fault),
    }, fault), shows, denied);
    return {
        chatstone,
        fault,
        homeMade(one) {
            come = true;
            if (!hear)
                lookNow();
            hear?.(one);
        },
    };
}
