import type { Source } from './core/types.ts';
import { crisp } from './sources/crisp.ts';
import { custom } from './sources/custom.ts';
/** Sources that are hooked too late if they come later. */
export declare const PRESENT: {
    crisp: typeof crisp;
    custom: typeof custom;
};
/** Whether a vendor shows a sign. */
export declare const signed: (name: string) => boolean;
/**
 * A source whose file is loaded when its widget shows a sign, or at once where the site names it.
 *
 * @param load brings the file
 * @param look is called when the source is there
 */
export declare function onDemand(name: string, named: boolean, load: () => Promise<Source>, look: () => void): Source;
