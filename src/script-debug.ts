// A file of the script tag, loaded where somebody asks for the QA panel.

import type { Chatstone } from './calls.ts';
import { panel } from './debug/panel.ts';
import type { Heard } from './debug/story.ts';
import { type fault, faults } from './lib/guard.ts';

/**
 * @param early events that were heard before this file was there
 * @param asked `data-debug`: undefined where only the address asks; an address in it is where profiles can be read
 * @param report counts what fails here where the first file counts
 */
export function start(
  chatstone: Chatstone,
  early: readonly Heard[],
  asked: string | undefined,
  byAddress: boolean,
  report: typeof fault,
): void {
  faults.listener = report;
  const profiles = asked && /^(https?:\/)?\//.test(asked) ? asked : undefined;
  panel(chatstone, { early, small: !byAddress, profiles });
}
