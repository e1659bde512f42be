/**
 * A value that lives as long as the tab, under one key; where storage is blocked, as long as the page. An empty database of that
 * name says that some tab has one, for that can be asked without holding up the page.
 */
export declare function tab(key: string): {
    get(): string | null;
    set(value: string | null): void;
};
