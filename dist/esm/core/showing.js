// Shows what is known of the visitor where somebody looks at it: on each page and at each change, as seldom as the vendor lets us.
import { fault, guard } from '../lib/guard.js';
import { json } from '../lib/json.js';
import { only } from './routing.js';
const KEPT_BACK = 5; // of a vendor's limit, for what cannot wait
const REST = 30000; // milliseconds before a vendor that failed is shown something again
const keyOf = ({ name }) => `shown/${name}`;
/** What to show now: all that is known, and nothing in place of what is known no more. */
function changes(before, values) {
    const gone = Object.keys(before).filter((name) => !(name in values) && before[name] !== '');
    const empty = (name) => (typeof before[name] === 'boolean' ? false : '');
    return { ...values, ...Object.fromEntries(gone.map((name) => [name, empty(name)])) };
}
/**
 * @param may whether a destination may be shown something now
 */
export function showing(storage, destinations, may, now = Date.now) {
    const here = new Map(); // what this page has shown last, by destination
    const rests = new Map(); // until when, by destination
    const timers = new Map();
    const busy = new Set();
    let latest;
    let stopped = false;
    const later = (name, wait) => {
        clearTimeout(timers.get(name));
        if (!stopped)
            timers.set(name, setTimeout(again, wait));
    };
    const show = async (destination, visitor, of) => {
        const { name, limit, keeps, routing } = destination;
        const listed = (view) => only(of(view), routing?.traits);
        const wanted = [visitor, json(listed()), guard(name, () => destination.ready?.())()].join();
        const rest = (rests.get(name) ?? 0) - now();
        if (here.get(name) === wanted || busy.has(name) || rest > 0 || !may(destination))
            return;
        busy.add(name);
        let timer;
        try {
            const due = await storage.change((view) => {
                const before = view.get(keyOf(destination)) ?? { visitor, values: {}, times: [] };
                const next = changes(before.values, listed(view)); // another tab may know more
                const same = before.visitor === visitor && json(next) === json(before.values);
                if (same && (keeps || !Object.keys(next).length))
                    return {}; // the vendor knows it from another page
                const times = before.times.filter((time) => limit && time > now() - limit.within && time <= now());
                // What is true no more cannot wait: somebody would act on it.
                const urgent = Object.keys(next).some((one) => next[one] === false && before.values[one] === true);
                const most = limit ? Math.max(1, limit.most - (urgent ? 0 : KEPT_BACK)) : Number.POSITIVE_INFINITY;
                if (times.length >= most)
                    return times[times.length - most] + limit.within - now();
                view.set(keyOf(destination), {
                    visitor,
                    values: next,
                    times: limit ? [...times, now()] : [],
                });
                return next;
            });
            if (typeof due === 'number')
                return later(name, due);
            here.set(name, wanted);
            if (!Object.keys(due).length)
                return;
            const late = new Promise((_, reject) => {
                timer = setTimeout(() => reject(new Error('no answer')), REST);
            });
            await Promise.race([destination.show(due), late]);
        }
        catch (error) {
            fault(name, error);
            here.delete(name);
            rests.set(name, now() + REST);
            // A vendor that keeps what it is told has not been told.
            await storage.change((view) => {
                const shown = view.get(keyOf(destination));
                if (shown)
                    view.set(keyOf(destination), { ...shown, visitor: '' });
            });
            later(name, REST);
        }
        finally {
            clearTimeout(timer);
            busy.delete(name);
        }
    };
    const look = async (visitor, of) => {
        if (stopped || !visitor)
            return;
        latest = [visitor, of];
        await Promise.all(destinations
            .filter((one) => one.show)
            .map((one) => guard('show', () => show(one, visitor, (view) => of(one, view)))()?.catch((error) => fault('show', error))));
    };
    const again = () => {
        if (latest)
            look(...latest);
    };
    return {
        look,
        stop() {
            stopped = true;
            for (const timer of timers.values())
                clearTimeout(timer);
        },
    };
}
