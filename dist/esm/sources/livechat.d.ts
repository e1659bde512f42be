import type { Source } from '../core/types.ts';
export declare function livechat(): Source;
