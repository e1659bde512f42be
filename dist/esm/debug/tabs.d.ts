export interface Tabs {
    list: HTMLElement;
    panels: HTMLElement[];
    select(name: string): void;
    /** A word beside a name: how many. '' takes it away. */
    badge(name: string, word: string): void;
}
/** @param chosen is called with the name of the tab that somebody chose */
export declare function tabs(of: Record<string, readonly Node[]>, chosen: (name: string) => void): Tabs;
