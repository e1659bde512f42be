import { Partly } from './answer.ts';

/**
 * Hands things over one at a time, each when the one before it was taken, for systems that take no batch.
 *
 * @param patience milliseconds in which one has to be taken
 * @throws Partly: what was taken before one failed, and why
 */
export async function oneByOne<T>(
  things: readonly T[],
  hand: (thing: T) => unknown,
  patience = 15_000,
): Promise<void> {
  const taken: T[] = [];
  for (const thing of things) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${patience / 1000} s`)), patience);
    });
    try {
      await Promise.race([hand(thing), late]);
    } catch (error) {
      throw taken.length ? new Partly(taken, error) : error;
    } finally {
      clearTimeout(timer);
    }
    taken.push(thing);
  }
}
