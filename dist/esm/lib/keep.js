import { fault, guard } from './guard.js';
import { json } from './json.js';
import { on } from './on.js';
const LIMIT = 9000; // milliseconds in which no transaction ends, then they are given up: some hang for ever
/**
 * The database `name`, with one store of the same name. What is put is noted in `localStorage` too until it stands there,
 * a note a value: a database that is still opening, or busy, keeps nothing for a page that leaves.
 *
 * @param erased called when another page of this site deleted the database
 */
export function keep(name, erased) {
    const prefix = `${name}:`;
    const early = new Map();
    let db;
    let opening;
    let dead = false;
    let tried = false; // to open it for what was put
    // A transaction that goes into the back/forward cache with its page never ends, and in WebKit all others wait for it.
    const running = new Set();
    let hangs = false;
    let moved = 0; // when one of them ended last: they wait for each other
    let asleep;
    let naps = 0;
    let wake = () => { };
    on('storage', window, {
        pagehide({ persisted }) {
            if (!persisted)
                return;
            naps++;
            asleep = new Promise((resolve) => {
                wake = resolve;
            });
            for (const transaction of running)
                guard('storage', () => transaction.abort())();
        },
        pageshow() {
            asleep = undefined;
            wake();
        },
    });
    const begin = (mode) => {
        // Strict: a relaxed write does not outlive a power cut.
        const transaction = db.transaction(name, mode, { durability: 'strict' });
        if (!running.size)
            moved = Date.now();
        running.add(transaction);
        const over = (event) => {
            if (event?.type === 'complete')
                hangs = false;
            clearTimeout(timer);
            running.delete(transaction);
            moved = Date.now();
        };
        const watch = () => {
            const left = moved + LIMIT - Date.now();
            if (left > 0)
                timer = setTimeout(watch, left);
            else {
                guard('storage', () => transaction.abort())();
                over();
                hangs = true;
                transaction.onabort?.(new Event('abort')); // of one that hangs it may never come
            }
        };
        let timer = setTimeout(watch, LIMIT);
        for (const end of ['complete', 'abort'])
            transaction.addEventListener(end, over);
        return transaction;
    };
    const lose = () => {
        db = opening = undefined;
    };
    const note = guard('notes', (key, value) => localStorage.setItem(prefix + key, json(value)));
    const notes = () => guard('notes', () => Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])))() ?? [];
    const forget = guard('notes', (keys) => {
        for (const key of keys)
            localStorage.removeItem(prefix + key);
    });
    const clean = guard('notes', () => {
        for (const key of Object.keys(localStorage))
            if (key.startsWith(name))
                localStorage.removeItem(key);
    });
    // As the note has it: what cannot be cloned must not stand in the way of all else.
    const later = (key, value) => early.set(key, JSON.parse(json(value)));
    const open = async () => db ??
        (opening ?? (opening = new Promise((resolve, reject) => {
            const request = indexedDB.open(name, 1);
            request.onupgradeneeded = () => request.result.createObjectStore(name);
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
                const connection = request.result;
                connection.onclose = lose;
                connection.onversionchange = (event) => {
                    connection.close(); // else the deletion elsewhere waits for us
                    lose();
                    if (!event.newVersion)
                        erased();
                };
                if (dead)
                    return connection.close();
                resolve((db = connection));
                for (const [key, value] of early)
                    put(key, value); // before anybody else comes to it
            };
        })));
    const put = (key, value) => {
        if (dead)
            return;
        // A tab that closes loses transactions that wait for others, and keeps this; a killed browser the other way round.
        note(key, value);
        if (db && !asleep)
            try {
                // In this task, with commit(): else a page that leaves loses it.
                const transaction = begin('readwrite');
                transaction.objectStore(name).put(value, key);
                transaction.oncomplete = () => {
                    early.delete(key);
                    forget([key]);
                };
                transaction.onabort = () => later(key, value);
                transaction.commit?.();
                return;
            }
            catch (error) {
                fault('storage', error); // closed without a word: https://bugs.webkit.org/show_bug.cgi?id=197050
                lose();
            }
        later(key, value);
        // Who reads finds out what is wrong with a database that does not open.
        if (db || tried)
            return;
        tried = true;
        open().catch(lose);
    };
    return {
        name,
        early,
        open,
        stands: () => !!db,
        hangs: () => hangs,
        begin,
        asleep: () => asleep,
        naps: () => naps,
        lose,
        put,
        notes,
        forget,
        erase: guard('storage', () => {
            dead = true;
            early.clear();
            db?.close();
            clean();
            indexedDB.deleteDatabase(name);
        }),
        dead: () => dead,
    };
}
