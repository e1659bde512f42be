import type { Chatstone, Setup } from './compose.ts';
export type { Chatstone, Setup, Status } from './compose.ts';
/** Starts chatstone. Nothing runs before this is called. */
export declare const init: (setup: Setup) => Chatstone;
