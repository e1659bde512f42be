import { guard } from './guard.ts';

/**
 * Hears events of a target before anybody below it, without a chance to hold them up. What a listener throws is counted
 * under `place`. Returns what takes the listeners away.
 */
export function on(
  place: string,
  target: EventTarget,
  listeners: Readonly<Record<string, (event: any) => void>>,
): () => void {
  const how = { capture: true, passive: true };
  const heard = Object.entries(listeners).map(([name, work]) => [name, guard(place, work)] as const);
  for (const [name, listener] of heard) target.addEventListener(name, listener, how);
  return () => {
    for (const [name, listener] of heard) target.removeEventListener(name, listener, how);
  };
}
