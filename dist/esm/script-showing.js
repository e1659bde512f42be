// A file of the script tag, loaded with the engine where a destination shows what is known.
import { showing } from './core/showing.js';
import { faults } from './lib/guard.js';
/** @param report counts what fails here where the first file counts */
export function start(_options, report) {
    faults.listener = report;
    return showing;
}
