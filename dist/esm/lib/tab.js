/** A value that lives as long as the tab, under one key; where storage is blocked, as long as the page. */
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
    return {
        get: () => reach((storage) => storage.getItem(key)),
        set(value) {
            memory = value;
            reach((storage) => (value === null ? storage.removeItem(key) : storage.setItem(key, value)));
        },
    };
}
