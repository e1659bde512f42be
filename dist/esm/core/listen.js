// Finds the sources' widgets, whenever they come, and connects each; a count of unread lines becomes a reply here.
import { guard } from '../lib/guard.js';
/** Connects each source when its widget is found; again when the widget was replaced. */
export function listen(sources, heard) {
    const held = new Map();
    return {
        look() {
            for (const source of sources) {
                const found = guard(source.name, () => source.ready())();
                const before = held.get(source);
                if (!found || found === before?.found)
                    continue;
                before?.stop?.();
                let live = true;
                let unread = Number.POSITIVE_INFINITY;
                const emit = guard(source.name, (signal, text) => {
                    if (!live)
                        return;
                    if (signal.type !== 'unread')
                        return heard(source, signal, text);
                    const { count, ...rest } = signal;
                    const rose = count > unread;
                    unread = count;
                    if (rose)
                        heard(source, { ...rest, type: 'message', from: 'agent' });
                });
                const stop = guard(source.name, () => source.connect(emit))();
                held.set(source, {
                    found,
                    stop: guard(source.name, () => {
                        live = false;
                        stop?.();
                    }),
                });
            }
        },
        found: () => Object.fromEntries(sources.map((source) => [source.name, { found: held.has(source), tells: source.tells }])),
        stop() {
            for (const { stop } of held.values())
                stop?.();
            held.clear();
        },
    };
}
