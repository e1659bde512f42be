import type { Chatstone } from '../calls.ts';
/** @param say tells the tester what was done */
export declare function actions(chatstone: Chatstone, say: (sentence: string) => void): HTMLElement;
