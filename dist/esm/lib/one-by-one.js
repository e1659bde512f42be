import { Partly } from './answer.js';
/**
 * Hands things over one at a time, each when the one before it was taken, for systems that take no batch.
 *
 * @param patience milliseconds in which one has to be taken
 * @throws Partly: what was taken before one failed, and why
 */
export async function oneByOne(things, hand, patience = 15000) {
    const taken = [];
    for (const thing of things) {
        let timer;
        const late = new Promise((_, reject) => {
            timer = setTimeout(() => reject(new Error(`no answer in ${patience / 1000} s`)), patience);
        });
        try {
            await Promise.race([hand(thing), late]);
        }
        catch (error) {
            throw taken.length ? new Partly(taken, error) : error;
        }
        finally {
            clearTimeout(timer);
        }
        taken.push(thing);
    }
}
