import type { Chatstone, Setup } from './calls.ts';
/** Starts chatstone. Nothing runs before this is called. */
export declare const init: (setup: Setup) => Chatstone;
