// The entry for npm: what a page runs at once. All else is a module of its own, which bundlers bring later.
import type { Chatstone, Setup } from './calls.ts';
import { finder, untold, waiting } from './waiting.ts';

/** Starts chatstone. Nothing runs before this is called. */
export const init = (setup: Setup): Chatstone => {
  const { find, leave } = finder();
  return waiting(
    () => untold(setup) || setup.sources.some(find),
    async (denied) => {
      const whole = (await import('./compose.ts')).composed(setup, denied);
      leave();
      return whole;
    },
    setup.sources.flatMap(({ wake }) => wake ?? []),
  );
};
