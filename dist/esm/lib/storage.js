import { promisifyRequest, setMany } from 'idb-keyval';
import { fault, guard } from './guard.js';
import { json } from './json.js';
const PATIENCE = 2000; // milliseconds; the first open may hang for ever: https://bugs.webkit.org/show_bug.cgi?id=226547
const OPENINGS = 4; // so often a page tries, then it stays with memory
const REST = 30000; // milliseconds before it tries again
/**
 * The database `name`, opened when it is first used. What is kept before the connection stands goes into `localStorage`, a
 * note a value, because a database that is still opening keeps nothing for a page that leaves; it moves over afterwards.
 *
 * @param erased called when another page of this site deleted the database
 */
export function storage(name, erased) {
    const prefix = `${name}:`;
    let db;
    let opening;
    let openings = 0;
    let failed = 0; // when the last opening failed
    let memory; // stands in while the database cannot be used
    let early = new Map(); // kept before the connection stood
    let dead = false;
    let seen = new Map(); // what the last transaction left: memory begins with it
    const note = guard('notes', (key, value) => localStorage.setItem(prefix + key, json(value)));
    const notes = guard('notes', () => Object.keys(localStorage).filter((key) => key.startsWith(prefix)));
    const read = guard('notes', (key) => JSON.parse(localStorage.getItem(key)));
    const forget = guard('notes', (keys) => {
        for (const key of keys)
            localStorage.removeItem(key);
    });
    // Strict, because a relaxed write does not outlive a power cut.
    const begin = () => db.transaction(name, 'readwrite', { durability: 'strict' });
    // idb-keyval's own store begins its transaction a microtask later and without commit(): both lose records of a page that
    // leaves. An executor runs in the task that calls it, and what throws in it rejects.
    const inThisTask = (_mode, callback) => new Promise((resolve) => {
        const transaction = begin();
        resolve(callback(transaction.objectStore(name)));
        transaction.commit?.();
    });
    const lose = () => {
        db = opening = undefined;
    };
    const standIn = (error) => {
        fault('storage', error);
        failed = Date.now();
        db = undefined;
        memory = new Map([...seen, ...(memory ?? []), ...early]);
        early = new Map();
        forget(notes() ?? []);
    };
    const use = async (connection) => {
        connection.onclose = lose;
        connection.onversionchange = (event) => {
            connection.close(); // else the deletion elsewhere waits for us
            lose();
            if (event.newVersion === null)
                erased();
        };
        if (dead)
            return connection.close();
        const left = notes() ?? []; // of this page, and of pages that died before their connection stood
        const moving = new Map([
            ...left.map((key) => [key.slice(prefix.length), read(key)]),
            ...(memory ?? []),
            ...early,
        ]);
        db = connection;
        early = new Map(moving);
        memory = undefined;
        if (!moving.size)
            return;
        await setMany([...moving], inThisTask);
        for (const key of moving.keys())
            early.delete(key);
        forget(left);
    };
    const connect = () => {
        if (memory && openings < OPENINGS && Date.now() - failed > REST)
            opening = undefined;
        opening ?? (opening = new Promise((resolve, reject) => {
            if (openings++ >= OPENINGS)
                throw new Error('the database stays closed');
            setTimeout(() => reject(new Error('the database does not open')), PATIENCE);
            const request = indexedDB.open(name, 1);
            request.onupgradeneeded = () => request.result.createObjectStore(name);
            promisifyRequest(request).then(use).then(resolve, reject); // it is used even when it comes too late
        }).catch(standIn));
        return opening;
    };
    /** Resolves with what hands out the result of `work`, or throws what it threw; rejects if the database failed. */
    const attempt = (work) => new Promise((resolve, reject) => {
        const transaction = begin();
        const store = transaction.objectStore(name);
        const keys = store.getAllKeys();
        const values = store.getAll();
        let outcome;
        transaction.oncomplete = () => resolve(outcome);
        transaction.onabort = () => (outcome ? resolve(outcome) : reject(transaction.error));
        values.onsuccess = () => {
            const before = new Map(keys.result.map((key, i) => [String(key), values.result[i]]));
            const view = new Map(before);
            try {
                const result = work(view);
                for (const [key, value] of view)
                    if (before.get(key) !== value)
                        store.put(value, key);
                for (const key of before.keys())
                    if (!view.has(key))
                        store.delete(key);
                seen = view;
                transaction.commit?.();
                outcome = () => result;
            }
            catch (error) {
                outcome = () => {
                    throw error;
                };
                transaction.abort();
            }
        };
    });
    return {
        keep(key, value) {
            if (dead)
                return;
            if (memory) {
                memory.set(key, value);
                return;
            }
            early.set(key, value);
            if (db)
                setMany([[key, value]], inThisTask).then(() => early.delete(key), (error) => {
                    fault('storage', error);
                    lose(); // what stands in `early` moves to the next connection, or to memory
                });
            else {
                note(key, value);
                connect();
            }
        },
        async change(work) {
            for (let tries = 0; tries < 2; tries++) {
                if (!dead)
                    await connect();
                if (!db)
                    break;
                let outcome;
                try {
                    outcome = await attempt(work);
                }
                catch (error) {
                    fault('storage', error); // a lost connection does not come back: a new one may
                    lose();
                }
                if (outcome)
                    return outcome();
            }
            if (dead)
                throw new Error('erased');
            if (!memory)
                standIn(new Error('the database fails'));
            const view = new Map([...memory].sort());
            const result = work(view);
            memory = view;
            return result;
        },
        last: () => memory ?? seen,
        async erase() {
            dead = true;
            db?.close();
            db = memory = undefined;
            early = seen = new Map();
            forget(notes() ?? []);
            await guard('storage', () => promisifyRequest(indexedDB.deleteDatabase(name)))();
        },
        kind: () => (memory ? 'memory' : db ? 'indexeddb' : 'closed'),
    };
}
