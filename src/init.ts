// The entry for npm: what a page runs at once. All else is a module of its own, which bundlers bring later.
import type { Chatstone, Setup } from './compose.ts';
import { guard } from './lib/guard.ts';
import { untold, waiting } from './waiting.ts';

export type { Chatstone, Setup, Status } from './compose.ts';

/** Starts chatstone. Nothing runs before this is called. */
export const init = (setup: Setup): Chatstone =>
  waiting(
    () => untold(setup) || setup.sources.some((source) => guard(source.name, () => source.ready())()),
    async (denied) => (await import('./compose.ts')).composed(setup, denied),
    setup.sources.flatMap(({ wake }) => wake ?? []),
  );
