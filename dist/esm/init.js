import { guard } from './lib/guard.js';
import { untold, waiting } from './waiting.js';
/** Starts chatstone. Nothing runs before this is called. */
export const init = (setup) => waiting(() => untold(setup) || setup.sources.some((source) => guard(source.name, () => source.ready())()), async () => (await import('./compose.js')).composed(setup), setup.sources.flatMap(({ wake }) => wake ?? []));
