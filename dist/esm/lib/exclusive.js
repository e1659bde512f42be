import { fault } from './guard.js';
const PATIENCE = 15000; // milliseconds; a frozen tab may hold a lock for ever
/**
 * Runs `work` in one tab of the site at a time, or at once where locks cannot be had: `request` throws in a sandboxed frame
 * and is missing before Safari 15.4, so `work` must bear company (`locks()` tells).
 */
export async function exclusive(name, work) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    let ours = false;
    const held = () => {
        ours = true;
        clearTimeout(timer);
        return work();
    };
    try {
        await (navigator.locks ? navigator.locks.request(name, { signal: patience.signal }, held) : held());
    }
    catch (error) {
        clearTimeout(timer);
        if (ours)
            throw error;
        fault('lock', error);
        await (patience.signal.aborted ? navigator.locks.request(name, { steal: true }, held) : held());
    }
}
