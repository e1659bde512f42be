import type { Source } from './core/types.ts';
/**
 * A source whose file is loaded when the page shows its sign.
 *
 * @param load brings the file
 * @param look is called when the source is there
 * @param wake events at which the sign may have appeared
 */
export declare function onDemand(name: string, sign: () => unknown, load: () => Promise<Source>, look: () => void, wake?: readonly string[]): Source;
