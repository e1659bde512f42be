import { guard } from './lib/guard.js';
import { signsOf } from './script-signs.js';
import { crisp } from './sources/crisp.js';
import { custom } from './sources/custom.js';
/** Sources that are hooked too late if they come later. */
export const PRESENT = { crisp, custom };
/** Whether a vendor shows a sign. */
export const signed = (name) => signsOf(name).length > 0;
const AGAIN = 30000; // milliseconds until a file that did not come is asked for again
/**
 * A source whose file is loaded when its widget shows a sign, or at once where the site names it.
 *
 * @param load brings the file
 * @param look is called when the source is there
 */
export function onDemand(name, named, load, look) {
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
        get tells() {
            return source?.tells ?? [];
        },
        ready() {
            if (!source && !asked && (named || signed(name)))
                ask();
            return source?.ready();
        },
        connect: (emit) => source.connect(emit),
        get open() {
            return source?.open;
        },
    };
}
