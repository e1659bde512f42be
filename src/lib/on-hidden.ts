import { guard } from './guard.ts';

/**
 * Calls `work` when the page may be about to go away: hidden, or `pagehide`. `unload` would cost the back/forward cache.
 * Returns what takes it back.
 */
export function onHidden(work: () => void): () => void {
  const leave = guard('leaving', (event: Event) => {
    if (event.type === 'pagehide' || document.visibilityState === 'hidden') work();
  });
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', leave);
  return () => {
    removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', leave);
  };
}
