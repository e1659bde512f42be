/**
 * Hands things over one at a time, each when the one before it was taken, for systems that take no batch.
 *
 * @param patience milliseconds in which one has to be taken
 * @throws Partly: what was taken before one failed, and why
 */
export declare function oneByOne<T>(things: readonly T[], hand: (thing: T) => unknown, patience?: number): Promise<void>;
