import type { Chatstone } from './calls.ts';
import type { Heard } from './debug/story.ts';
import { type fault } from './lib/guard.ts';
/**
 * @param early events that were heard before this file was there
 * @param asked `data-debug`: undefined where only the address asks; an address in it is where profiles can be read
 * @param report counts what fails here where the first file counts
 */
export declare function start(chatstone: Chatstone, early: readonly Heard[], asked: string | undefined, byAddress: boolean, report: typeof fault): void;
