import { promisifyRequest } from 'idb-keyval';
import { fault, guard } from './guard.js';
import { randomId } from './random-id.js';
const TURN = 'turn'; // names the last transaction that changed anything: who saw that one need not read all again
const WAITS = /^(in|q)\//;
const LOOSE = 'in/~'; // up to here keys are also written without a transaction over all
const PATIENCE = 2000; // milliseconds; the first open may hang for ever: https://bugs.webkit.org/show_bug.cgi?id=226547
const FAILURES = 4; // so often a page tries, then it stays with memory
const HALF = 500; // milliseconds
const REST = 30000; // milliseconds before it tries again
/** Transactions over what `kept` keeps. */
export function storage(kept) {
    let seen = new Map();
    let turn; // of what was seen
    let memory; // stands in while the database cannot be used
    let base = seen; // what memory began with
    let works = false;
    let failures = 0;
    let failed = 0; // when
    let known = false; // the last transaction came to see what there is
    let left = kept.notes(); // of pages that died before their connection stood
    const sign = `${kept.name}_${TURN}`; // in localStorage, where a page that leaves can still read it
    const note = guard('notes', (now) => localStorage.setItem(sign, String(now)));
    /** The connection, or undefined where memory must stand in. */
    const connection = async () => {
        if (memory && !kept.stands() && (failures >= FAILURES || Date.now() - failed < REST))
            return undefined;
        try {
            const late = new Promise((_, reject) => {
                setTimeout(() => reject(new Error('the database does not open')), PATIENCE);
            });
            return await Promise.race([kept.open(), late]);
        }
        catch (error) {
            standIn(error);
            return undefined;
        }
    };
    const standIn = (error) => {
        fault('storage', error);
        kept.lose();
        failures++;
        failed = Date.now();
        if (memory)
            return;
        base = seen;
        memory = new Map(seen);
    };
    /** A note; null where there is none, or none that can be understood; undefined where it cannot be read now. */
    const read = (key) => {
        const text = guard('notes', () => localStorage.getItem(`${kept.name}:${key}`))();
        return text && (guard('notes', JSON.parse)(text) ?? null);
    };
    /** Lays over a view what stands beside the database and has to move into it. Returns the keys of what was kept early. */
    const lay = (view) => {
        if (memory) {
            for (const [key, value] of memory)
                if (base.get(key) !== value)
                    view.set(key, value);
            for (const key of base.keys())
                if (!memory.has(key))
                    view.delete(key);
        }
        const notes = left.map((key) => [key, read(key)]);
        const early = new Map([...notes.filter(([, value]) => value !== undefined), ...kept.early]);
        // A note may be gone: another tab moved it.
        for (const [key, value] of early)
            if (value !== null)
                view.set(key, value);
        return [...early.keys()];
    };
    const noted = []; // what memory holds and a note still tells, for memory dies with the page
    const moved = (keys, safe) => {
        for (const key of keys)
            kept.early.delete(key);
        noted.push(...keys);
        left = left.filter((key) => !keys.includes(key));
        if (safe)
            kept.forget(noted.splice(0));
    };
    /** Resolves with what hands out the result of `work`, or throws what it threw; rejects if the database failed. */
    const attempt = (work) => new Promise((resolve, reject) => {
        const transaction = kept.begin('readwrite');
        const store = transaction.objectStore(kept.name);
        let early = [];
        let view;
        let outcome;
        let threw = false;
        let next;
        promisifyRequest(transaction).then(() => {
            seen = view;
            if (next !== turn && !kept.dead())
                note(next);
            turn = next;
            moved(early, true);
            memory = undefined;
            works = true;
            resolve(outcome);
        }, (error) => (threw ? resolve(outcome) : reject(error)));
        const changed = store.get(TURN);
        changed.onsuccess = () => {
            const same = turn !== undefined && changed.result === turn;
            const range = same ? IDBKeyRange.upperBound(LOOSE) : undefined;
            const keys = store.getAllKeys(range);
            const values = store.getAll(range);
            values.onsuccess = () => {
                for (const key of keys.result)
                    if (typeof key !== 'string')
                        store.delete(key); // none of ours
                begin(same, keys.result, values.result);
            };
        };
        const begin = (same, keys, values) => {
            const before = new Map(same ? seen : []);
            for (const key of before.keys())
                if (key <= LOOSE)
                    before.delete(key);
            keys.forEach((key, i) => {
                if (typeof key === 'string')
                    before.set(key, values[i]); // Prototype.js has an `entries` of its own
            });
            before.delete(TURN);
            view = new Map(before);
            early = lay(view); // not before: an earlier transaction may have moved it
            known = true;
            seen = before; // memory begins with it, where nothing can be written
            turn = changed.result;
            try {
                const result = work(view);
                let changes = 0;
                const change = (request) => request && changes++;
                for (const [key, value] of view)
                    if (before.get(key) !== value)
                        change(store.put(value, key));
                for (const key of before.keys())
                    if (!view.has(key))
                        change(store.delete(key));
                next = changes ? randomId() : changed.result;
                if (changes)
                    store.put(next, TURN);
                transaction.commit?.();
                outcome = () => result;
            }
            catch (error) {
                threw = true;
                outcome = () => {
                    throw error;
                };
                transaction.abort();
            }
        };
    });
    return {
        keep: kept.put,
        async change(work) {
            // Memory that has read nothing would take what goes on for something that never began: what hangs is waited for.
            for (let tries = 0; tries < (known ? 2 : FAILURES); tries++) {
                if (tries > 1)
                    await new Promise((resolve) => setTimeout(resolve, tries * HALF));
                await kept.asleep();
                if (kept.dead())
                    throw new Error('erased');
                const naps = kept.naps();
                const slept = () => kept.naps() !== naps; // what ran was ended by ourselves
                if (!(await connection()))
                    break;
                let outcome;
                known = false;
                try {
                    if (!slept())
                        outcome = await attempt(work);
                }
                catch (error) {
                    if (!slept()) {
                        fault('storage', error); // a lost connection does not come back, a new one may
                        kept.lose();
                    }
                }
                if (outcome)
                    return outcome();
                if (slept())
                    tries--;
            }
            if (!memory && !known && kept.hangs())
                throw new Error('the database cannot be read now');
            if (!memory)
                standIn(new Error('the database fails'));
            const view = new Map(memory);
            const early = lay(view);
            const result = work(view);
            moved(early, ![...view.keys()].some((key) => WAITS.test(key)));
            memory = view;
            return result;
        },
        last: () => memory ?? seen,
        fresh: () => !!memory ||
            [null, undefined, String(turn)].includes(guard('notes', () => localStorage.getItem(sign))()),
        kind: () => (memory ? 'memory' : works ? 'indexeddb' : 'closed'),
    };
}
