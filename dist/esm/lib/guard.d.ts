/** How often each place failed, and what was said last. */
export declare const faults: {
    counts: Record<string, number>;
    last?: string;
    listener?: (place: string, message: string) => unknown;
};
/** Counts a fault and hands it to the listener, if there is one. */
export declare function fault(place: string, error: unknown): void;
/** Wraps a function so that what it throws, now or as a rejected promise, is counted under `place` and goes no further. */
export declare function guard<A extends unknown[], R>(place: string, work: (...args: A) => R): (...args: A) => R | undefined;
