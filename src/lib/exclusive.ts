import { fault } from './guard.ts';
import { on } from './on.ts';

const PATIENCE = 15_000; // milliseconds; a tab that was frozen without a word may hold a lock for ever

/**
 * Runs `work` in one tab of the site at a time, or at once where locks cannot be had: `request` throws in a sandboxed frame
 * and is missing before Safari 15.4, and a tab that is frozen lets go, so `work` must bear company.
 */
export async function exclusive(name: string, work: () => Promise<void>): Promise<void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  let ours = false;
  const held = async () => {
    ours = true;
    clearTimeout(timer);
    let off = () => {};
    // https://developer.chrome.com/docs/web-platform/page-lifecycle-api
    const frozen = new Promise<void>((resolve) => {
      off = on('lock', document, { freeze: () => resolve() });
    });
    try {
      await Promise.race([work(), frozen]);
    } finally {
      off();
    }
  };
  try {
    await (navigator.locks ? navigator.locks.request(name, { signal: patience.signal }, held) : held());
  } catch (error) {
    clearTimeout(timer);
    if (ours) throw error;
    fault('lock', error);
    await (patience.signal.aborted ? navigator.locks.request(name, { steal: true }, held) : held());
  }
}
