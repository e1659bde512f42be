import type { Source } from '../core/types.ts';
/** What we ask of Intercom. */
export type Command = 'show' | 'onShow' | 'onUnreadCountChange' | 'onUserEmailSupplied';
export declare function intercom(): Source;
