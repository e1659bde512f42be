import type { View } from '../lib/storage.ts';
import type { Message } from './types.ts';
/** The message that is due now, if one is, and anything happened since the last. */
export declare function health(view: View, visitor: string, now: number, destinations: readonly string[]): Message | undefined;
