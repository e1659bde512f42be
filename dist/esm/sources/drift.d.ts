import type { Source } from '../core/types.ts';
export declare function drift(): Source;
