// Whether we may store and send: pending, granted or denied, and who said so.
import { fault, guard } from '../lib/guard.ts';
import { say } from '../lib/say.ts';
import type { Consent, ConsentState, Stop } from './types.ts';

export interface Permission {
  state(): ConsentState;
  /** Who decided, or who is asked. */
  by(): string;
  /** The page itself says it, and has the last word unless `last` is false: then a platform may say otherwise later. */
  set(state: ConsentState, by: string, last?: boolean): void;
  /**
   * Looks for a consent platform; one that comes late takes over at once, also from one behind it in the list. Wants to be
   * asked when the window has loaded.
   */
  look(): void;
  stop(): void;
}

/**
 * @param mode `granted`, `manual`, the name of one of the platforms, or `auto`: a platform with a sign on the page decides,
 * however late it comes; no sign by the `load` of the window means granted; `any`: the same, but no sign means nothing
 * @param platforms the most telling first: where several show a sign, the first of them decides
 * @param changed called with each new state
 */
export function consent(
  mode: string,
  platforms: readonly Consent[],
  changed: (state: ConsentState) => void,
): Permission {
  let state: ConsentState = 'pending';
  let by = mode;
  let settled = false; // a platform, or the page itself, has taken over
  let overruled = false; // whoever speaks for the page has the last word
  let current: Consent | undefined;
  let stop: Stop | false | undefined = false; // false: it cannot be read yet

  const set = (next: ConsentState, who: string) => {
    by = who;
    if (next === state) return;
    state = next;
    changed(state);
  };
  const look = () => {
    if (overruled) return;
    const complete = document.readyState === 'complete';
    const found = platforms.find(
      (one) =>
        one === current ||
        ((mode === 'auto' || mode === 'any' || mode === one.name) && guard(one.name, () => one.sign())()),
    );
    if (!found) {
      if (!settled && (mode === 'granted' || (mode === 'auto' && complete))) set('granted', mode);
      return;
    }
    const { name } = found;
    if (found !== current) {
      if (stop) stop();
      stop = false;
      current = found;
      settled = true;
      set('pending', name);
    }
    if (stop !== false) return;
    const tell = guard(name, (next: ConsentState) => {
      if (found === current && !overruled) set(next, name);
    });
    const off = guard(name, () => found.connect?.(tell) ?? false)(); // undefined where it threw: it is not asked again
    stop = off && guard(name, off);
    if (off === false && complete)
      say(
        `${name} manages consent and cannot be read yet: write chatstone('consent', 'granted') where it is given`,
      );
  };
  return {
    state: () => state,
    by: () => by,
    set(next, who, last = true) {
      settled = true;
      overruled ||= last;
      set(next, who);
    },
    look,
    stop() {
      overruled = true;
      if (stop) stop();
    },
  };
}

/** The site's own word: called once, it answers, now or later, or tells each decision and may return what ends that. */
export type Ask = (
  tell: (state: ConsentState) => void,
) => boolean | Stop | void | Promise<boolean | Stop | void>;

const STATES = ['granted', 'denied', 'pending'];

/** The site's own function as a platform that is always there. */
export const asking = (ask: Ask): Consent => ({
  name: 'function',
  sign: () => true,
  connect(tell) {
    let live = true;
    let stop: unknown;
    const hear = (state: ConsentState) => {
      if (STATES.includes(state)) tell(state);
      else say(`consent: tell one of ${STATES.join(', ')}`);
    };
    const take = (answer: unknown) => {
      if (typeof answer === 'boolean') tell(answer ? 'granted' : 'denied');
      else if (typeof answer === 'function') {
        stop = answer;
        if (!live) answer();
      } else if (answer !== undefined) say('consent: answer true or false, or call tell');
    };
    const answer = ask(hear);
    if (answer instanceof Promise) answer.then(take).catch((error) => fault('function', error));
    else take(answer);
    return () => {
      live = false;
      if (typeof stop === 'function') stop();
    };
  },
});
