/** A value that lives as long as the tab, under one key; where storage is blocked, as long as the page. */
export declare function tab(key: string): {
    get(): string | null;
    set(value: string | null): void;
};
