// The journal: what happens is written down in the task in which it happens, and settled in one transaction afterwards.
import { fault, guard } from '../lib/guard.js';
import { randomId } from '../lib/random-id.js';
import { follow, leaveBehind, settle } from './settle.js';
let written = 0; // keeps entries of one millisecond in their order
/**
 * @param visit stands for the visit of this page, and is settled once, if there is a visitor
 * @param settled called with what came of each entry, after it is stored
 */
export function journal(storage, visitor, rules, visit, settled) {
    let running;
    let again = false;
    const run = async () => {
        const { id, outcomes } = await storage.change((view) => {
            const outcomes = [];
            const copy = view.get('visitor') ?? '';
            // What the page's other scripts hold wins; where that is gone, our copy comes back.
            let id = follow(view, visitor.read() || copy);
            const take = (entry) => {
                id || (id = entry.fresh);
                try {
                    outcomes.push([settle(view, { ...entry, visitor: entry.visitor || id }, rules), entry]);
                }
                catch (error) {
                    fault('settle', error); // one bad entry must not hold up the rest
                }
                id = follow(view, id);
            };
            const keys = [...view.keys()].filter((key) => key.startsWith('in/')).sort();
            for (const key of keys) {
                const entry = view.get(key);
                view.delete(key);
                take(entry);
            }
            if (visit && id)
                take(visit);
            // Somebody else gave this device a new visitor id.
            if (copy && copy !== id && follow(view, copy) === copy) {
                const outcome = { visitor: id, reached: [], messages: [], dropped: [] };
                leaveBehind(view, copy, rules.hold, outcome);
                outcomes.push([outcome, visit ?? {}]);
            }
            if (id && id !== copy && (copy || keys.length))
                view.set('visitor', id);
            return { id, outcomes };
        });
        visit = undefined;
        if (id && visitor.read() !== id)
            visitor.write(id);
        for (const [outcome, entry] of outcomes)
            guard('settled', settled)(outcome, entry);
    };
    const settleSoon = () => {
        if (running) {
            again = true;
            return running;
        }
        running = run()
            .catch((error) => fault('journal', error))
            .then(() => {
            running = undefined;
            const more = again;
            again = false;
            return more ? settleSoon() : undefined;
        });
        return running;
    };
    return {
        write(entry) {
            storage.keep(`in/${entry.now}-${String(written++).padStart(6, '0')}-${randomId().slice(0, 8)}`, entry);
            settleSoon();
        },
        settle: settleSoon,
    };
}
