import type { Source } from '../core/types.ts';
export declare function shopifyStorefront(): Source;
