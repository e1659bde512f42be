import { guard } from './guard.ts';
import { on } from './on.ts';

const SECOND = 1000; // milliseconds
const MINUTE = 60 * SECOND;

// A page moves on without loading anew; capture on window hears events of the document too.
const MOVES = ['DOMContentLoaded', 'load', 'pageshow', 'popstate', 'hashchange'];

/**
 * One look for everybody who waits for something on the page: at once, after 100 ms, then whenever as long again has passed, but
 * every second in the first minute and every 5 s for ten minutes; after that only when the page moves on or one of the `wakes`
 * (window or document events) is heard. A click begins this anew, and for a second it is every 100 ms: it may bring what is
 * waited for, and open it. Returns what ends it.
 */
export function watch(look: () => void, wakes: readonly string[], now: () => number = Date.now): () => void {
  const seen = guard('look', look);
  let begun: number;
  let clicked = false;
  let timer: ReturnType<typeof setTimeout>;
  const again = () => {
    seen();
    const age = now() - begun;
    const soon = clicked || age < SECOND / 10 ? SECOND / 10 : age;
    const pace = age < SECOND ? soon : age < MINUTE ? SECOND : 5 * SECOND;
    if (age < 11 * MINUTE) timer = setTimeout(again, pace);
  };
  const begin = () => {
    clearTimeout(timer);
    begun = now();
    again();
  };
  const stop = on('look', window, {
    ...Object.fromEntries([...MOVES, ...wakes].map((name) => [name, look])),
    click() {
      clicked = true;
      begin();
    },
  });
  const { navigation } = window as { navigation?: EventTarget }; // Chrome 102, Safari 26.2; pushState tells nobody else
  navigation?.addEventListener('navigatesuccess', seen);
  begin();
  return () => {
    clearTimeout(timer);
    stop();
    navigation?.removeEventListener('navigatesuccess', seen);
  };
}
