import { showing } from './core/showing.ts';
import { type fault } from './lib/guard.ts';
/** @param report counts what fails here where the first file counts */
export declare function start(_options: undefined, report: typeof fault): typeof showing;
