// The tag's sources that are files of their own: of each a sign is known, and its file is loaded when the page shows it.
import type { Source } from './core/types.ts';
import { guard } from './lib/guard.ts';

const AGAIN = 30_000; // milliseconds until a file that did not come is asked for again

/**
 * A source whose file is loaded when the page shows its sign.
 *
 * @param load brings the file
 * @param look is called when the source is there
 * @param wake events at which the sign may have appeared
 */
export function onDemand(
  name: string,
  sign: () => unknown,
  load: () => Promise<Source>,
  look: () => void,
  wake?: readonly string[],
): Source {
  let source: Source | undefined;
  let asked = false;
  const ask = guard(name, async () => {
    asked = true;
    try {
      source = await load();
      look();
    } catch (error) {
      setTimeout(() => {
        asked = false;
      }, AGAIN);
      throw error;
    }
  });
  return {
    name,
    wake,
    get tells() {
      return source?.tells ?? [];
    },
    ready() {
      if (!source && !asked && sign()) ask();
      return source?.ready();
    },
    connect: (emit) => source!.connect(emit),
    get open() {
      return source?.open;
    },
  };
}
