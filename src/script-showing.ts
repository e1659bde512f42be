// A file of the script tag, loaded with the engine where a destination shows what is known.
import { showing } from './core/showing.ts';
import { type fault, faults } from './lib/guard.ts';

/** @param report counts what fails here where the first file counts */
export function start(_options: undefined, report: typeof fault): typeof showing {
  faults.listener = report;
  return showing;
}
