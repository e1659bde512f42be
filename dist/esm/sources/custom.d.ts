import type { Source } from '../core/types.ts';
/** @param early what was told before this was there */
export declare function custom(early?: () => readonly CustomEvent[]): Source;
