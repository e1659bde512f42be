import type { View } from '../lib/storage.ts';
/** Takes away what is not sound. `known`: what was looked at before; values are never mutated. */
export declare function tidy(view: View, known: WeakSet<object>): void;
