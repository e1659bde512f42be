// A file of the script tag, loaded where somebody asks for the QA panel.
import { panel } from './debug/panel.js';
import { faults } from './lib/guard.js';
/**
 * @param early events that were heard before this file was there
 * @param asked `data-debug`: undefined where only the address asks; an address in it is where profiles can be read
 * @param report counts what fails here where the first file counts
 */
export function start(chatstone, early, asked, byAddress, report) {
    faults.listener = report;
    const profiles = asked && /^(https?:\/)?\//.test(asked) ? asked : undefined;
    panel(chatstone, { early, small: !byAddress, profiles });
}
