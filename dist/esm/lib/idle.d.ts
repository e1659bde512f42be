/** Does what can wait until the page has loaded and the browser has nothing better to do. */
export declare function idle(place: string, work: () => unknown): void;
