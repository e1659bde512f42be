import { VERSION } from './core/version.js';
import { databases } from './lib/databases.js';
import { fault, faults, guard } from './lib/guard.js';
import { idle } from './lib/idle.js';
import { said } from './lib/say.js';
import { watch } from './lib/watch.js';
const AGAIN = 30000; // milliseconds until what did not come is asked for again
const MOST = 500; // calls that wait
/** Those that say something; the others ask, or are kept until somebody says something. */
const TELLING = ['identify', 'milestone', 'topic', 'purchase', 'open', 'reset'];
/** The name of the database; that of all else that is kept begins with it. */
const NAME = 'chatstone';
/** Whether the page says something by itself. */
export const untold = (options) => [options.user, options.order, options.product, options.context].some((one) => Object.keys(one ?? {}).length);
export function finder() {
    const stops = new Map();
    return {
        find(source) {
            const found = guard(source.name, () => source.ready())();
            if (found && source.early && !stops.has(source))
                stops.set(source, guard(source.name, () => source.connect(() => { }))());
            return found;
        },
        leave() {
            for (const stop of stops.values())
                stop?.();
        },
    };
}
/** Whether a page before this one has left something; a note that stands alone waits for a sign, but not for a denial. */
const left = async (denied) => {
    const all = await databases();
    return (all?.includes(NAME) ||
        ((denied || !all) &&
            guard('notes', () => Object.keys(localStorage).some((key) => key.startsWith(NAME)))()));
};
/**
 * chatstone as the page sees it.
 *
 * @param sign whether there is something to hear
 * @param load brings all else, and is asked again later if it fails; `denied`: the page has said so, which counts from the start
 * @param wakes events of window and document at which a sign may have appeared
 * @param early is handed what keeps something in its place among the calls until all else is there, and asks for that
 */
export function waiting(sign, load, wakes = [], early) {
    let whole;
    let loading;
    let denied = false;
    let wanted = false; // what was wanted once is asked for until it comes
    let stopped = false;
    let facts; // of the last `context` that waits
    const held = [];
    const ask = () => {
        wanted = true;
        return (loading ?? (loading = load(() => denied).then((loaded) => {
            whole = loaded;
            unwatch();
            if (stopped)
                loaded.stop();
            for (const go of held.splice(0))
                go(loaded);
        }, (error) => {
            fault('listening', error);
            setTimeout(() => {
                loading = undefined;
            }, AGAIN);
        })));
    };
    const askIfLeft = async (denied) => {
        if (!loading && (denied || !stopped) && (await left(denied)))
            ask();
    };
    const hold = (go) => {
        facts = undefined;
        if (held.length < MOST)
            held.push(go);
        else
            fault('waiting', 'too many calls');
    };
    const keep = (go) => {
        if (stopped)
            return;
        hold(go);
        ask();
    };
    const tell = (name) => (...given) => {
        if (name === 'milestone')
            given[1] = { ...given[1], timestamp: given[1]?.timestamp ?? Date.now() }; // it happens now, whenever it is told
        // As it is now, whatever the page makes of it meanwhile.
        const now = given.map((one) => (one?.constructor === Object ? { ...one } : one));
        keep((it) => it[name](...now));
    };
    const calls = {
        ...Object.fromEntries(TELLING.map((name) => [name, tell(name)])),
        context(values) {
            // It says nothing by itself, and some pages call it all the time.
            if (facts && !values?.flags)
                Object.assign(facts, values);
            else {
                const all = { ...values };
                hold((it) => it.context(all));
                facts = all;
            }
            if (values?.flags)
                ask();
        },
        consent(state, destination) {
            hold((it) => it.consent(state, destination));
            if (!destination)
                denied = state === 'denied';
            if (state === 'denied')
                askIfLeft(true); // to take it away
        },
        async flush() {
            await ask();
            await whole?.flush();
        },
        async status(callback) {
            await ask();
            if (whole)
                return whole.status(callback);
            const none = {
                version: VERSION,
                consent: { state: 'pending', by: '' },
                visitor: '',
                widgets: {},
                topics: [],
                said: [...said],
                errors: { ...faults.counts },
                lastError: faults.last,
            };
            if (callback)
                guard('status', callback)(none);
            return none;
        },
        on(event, callback) {
            let stop;
            let live = true;
            hold((it) => {
                if (live)
                    stop = it.on(event, callback);
            });
            return () => {
                live = false;
                stop?.();
            };
        },
        stop() {
            stopped = true;
            unwatch();
        },
    };
    for (const name of Object.keys(calls)) {
        const early = calls[name];
        calls[name] = guard(name, (...given) => whole ? whole[name](...given) : early(...given));
    }
    const unwatch = watch(() => !loading && (wanted || sign()) && ask(), wakes);
    idle('notes', askIfLeft);
    early?.(keep);
    return calls;
}
