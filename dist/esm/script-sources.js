import { guard } from './lib/guard.js';
const AGAIN = 30000; // milliseconds until a file that did not come is asked for again
/**
 * A source whose file is loaded when the page shows its sign.
 *
 * @param load brings the file
 * @param look is called when the source is there
 * @param wake events at which the sign may have appeared
 */
export function onDemand(name, sign, load, look, wake) {
    let source;
    let asked = false;
    const ask = guard(name, async () => {
        asked = true;
        try {
            source = await load();
            look();
        }
        catch (error) {
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
            if (!source && !asked && sign())
                ask();
            return source?.ready();
        },
        connect: (emit) => source.connect(emit),
        get open() {
            return source?.open;
        },
    };
}
