import { type MilestoneName } from '../core/milestones.ts';
import type { Chatstone } from '../init.ts';
/** Tells it under the widget `test`: it is marked `is_test`, and says nothing of the person. */
export declare const simulate: (chatstone: Pick<Chatstone, 'milestone'>, name: MilestoneName) => void;
/** @param say tells the tester what was done */
export declare function actions(chatstone: Chatstone, say: (sentence: string) => void): HTMLElement;
