import { guard } from './guard.js';
/** A connection that stays open would stand in the way of the deletion. */
const close = ({ target }) => target.result.close();
/**
 * A value that lives as long as the tab, under one key; where storage is blocked, as long as the page. An empty database of that
 * name says that some tab has one, for that can be asked without holding up the page.
 */
export function tab(key) {
    let memory = null;
    const reach = (work) => {
        try {
            return work(sessionStorage) ?? null;
        }
        catch {
            return memory; // blocked, or full
        }
    };
    const mark = guard('tab', (there) => there ? indexedDB.open(key).addEventListener('success', close) : indexedDB.deleteDatabase(key));
    let marked;
    return {
        get: () => reach((storage) => storage.getItem(key)),
        set(value) {
            memory = value;
            if (marked !== (value !== null))
                mark((marked = value !== null));
            reach((storage) => (value === null ? storage.removeItem(key) : storage.setItem(key, value)));
        },
    };
}
