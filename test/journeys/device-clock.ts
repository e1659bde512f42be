// A device whose clock is set while pages are open: what the time is changes, what timers wait for does not.
import { HOUR, type Tab } from '../browser/harness.ts';

export const DAY = 24 * HOUR;

/** In the page, before all else (`inline`): the clock of the device, which all its pages read. */
export function jumpy(): void {
  const Real = Date;
  const now = () => Real.now() + Number(localStorage.getItem('clock'));
  window.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}

/** Somebody, or the network, sets the clock of the device. */
export const jump = (tab: Tab, by: number): Promise<void> =>
  tab.run((by) => {
    localStorage.setItem('clock', String(Number(localStorage.getItem('clock')) + by));
  }, by);
