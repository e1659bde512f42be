// What stands on a page where nothing has happened yet: it looks for a sign that there is something to hear, and keeps what the
// page calls for what is loaded then. Nothing is kept by it, and of what is kept it asks whether there is any.
import type { Chatstone, Status } from './calls.ts';
import type { Source, Stop } from './core/types.ts';
import { VERSION } from './core/version.ts';
import { databases } from './lib/databases.ts';
import { fault, faults, guard } from './lib/guard.ts';
import { idle } from './lib/idle.ts';
import { said } from './lib/say.ts';
import { watch } from './lib/watch.ts';

type Go = (whole: Chatstone) => unknown;
type Call = (...given: any[]) => any;

const AGAIN = 30_000; // milliseconds until what did not come is asked for again
const MOST = 500; // calls that wait

/** Those that say something; the others ask, or are kept until somebody says something. */
const TELLING = ['identify', 'milestone', 'topic', 'purchase', 'open', 'reset'] as const;

/** The name of the database; that of all else that is kept begins with it. */
const NAME = 'chatstone';

/** Whether the page says something by itself. */
export const untold = (options: { user?: object; order?: object; product?: object; context?: object }) =>
  [options.user, options.order, options.product, options.context].some(
    (one) => Object.keys(one ?? {}).length,
  );

/** Finds widgets before anybody listens to them. */
export interface Finder {
  /** What a source finds. */
  find(source: Source): unknown;
  /** Somebody listens now. */
  leave(): void;
}

export function finder(): Finder {
  const stops = new Map<Source, Stop | undefined>();
  return {
    find(source) {
      const found = guard(source.name, () => source.ready())();
      if (found && source.early && !stops.has(source))
        stops.set(source, guard(source.name, () => source.connect(() => {}))());
      return found;
    },
    leave() {
      for (const stop of stops.values()) stop?.();
    },
  };
}

/** Whether a page before this one has left something; a note that stands alone waits for a sign, but not for a denial. */
const left = async (denied?: boolean) => {
  const all = await databases();
  return (
    all?.includes(NAME) ||
    ((denied || !all) &&
      guard('notes', () => Object.keys(localStorage).some((key) => key.startsWith(NAME)))())
  );
};

/**
 * chatstone as the page sees it.
 *
 * @param sign whether there is something to hear
 * @param load brings all else, and is asked again later if it fails; `denied`: the page has said so, which counts from the start
 * @param wakes events of window and document at which a sign may have appeared
 * @param early is handed what keeps something in its place among the calls until all else is there, and asks for that
 */
export function waiting(
  sign: () => unknown,
  load: (denied: () => boolean) => Promise<Chatstone>,
  wakes: readonly string[] = [],
  early?: (keep: (go: Go) => void) => void,
): Chatstone {
  let whole: Chatstone | undefined;
  let loading: Promise<void> | undefined;
  let denied = false;
  let wanted = false; // what was wanted once is asked for until it comes
  let stopped = false;
  let facts: Record<string, unknown> | undefined; // of the last `context` that waits
  const held: Go[] = [];

  const ask = (): Promise<void> => {
    wanted = true;
    return (loading ??= load(() => denied).then(
      (loaded) => {
        whole = loaded;
        unwatch();
        if (stopped) loaded.stop();
        for (const go of held.splice(0)) go(loaded);
      },
      (error) => {
        fault('listening', error);
        setTimeout(() => {
          loading = undefined;
        }, AGAIN);
      },
    ));
  };
  const askIfLeft = async (denied?: boolean) => {
    if (!loading && (denied || !stopped) && (await left(denied))) ask();
  };
  const hold = (go: Go) => {
    facts = undefined;
    if (held.length < MOST) held.push(go);
    else fault('waiting', 'too many calls');
  };
  const keep = (go: Go) => {
    if (stopped) return;
    hold(go);
    ask();
  };
  const tell =
    (name: (typeof TELLING)[number]): Call =>
    (...given) => {
      if (name === 'milestone') given[1] = { ...given[1], timestamp: given[1]?.timestamp ?? Date.now() }; // it happens now, whenever it is told
      // As it is now, whatever the page makes of it meanwhile.
      const now = given.map((one) => (one?.constructor === Object ? { ...one } : one));
      keep((it) => (it[name] as Call)(...now));
    };

  const calls: Chatstone = {
    ...(Object.fromEntries(TELLING.map((name) => [name, tell(name)])) as Pick<
      Chatstone,
      (typeof TELLING)[number]
    >),
    context(values) {
      // It says nothing by itself, and some pages call it all the time.
      if (facts && !values?.flags) Object.assign(facts, values);
      else {
        const all = { ...values };
        hold((it) => it.context(all));
        facts = all;
      }
      if (values?.flags) ask();
    },
    consent(state, destination) {
      hold((it) => it.consent(state, destination));
      if (!destination) denied = state === 'denied';
      if (state === 'denied') askIfLeft(true); // to take it away
    },
    async flush() {
      await ask();
      await whole?.flush();
    },
    async status(callback) {
      await ask();
      if (whole) return whole.status(callback);
      const none: Status = {
        version: VERSION,
        consent: { state: 'pending', by: '' },
        visitor: '',
        widgets: {},
        topics: [],
        said: [...said],
        errors: { ...faults.counts },
        lastError: faults.last,
      };
      if (callback) guard('status', callback)(none);
      return none;
    },
    on(event, callback) {
      let stop: Stop | undefined;
      let live = true;
      hold((it) => {
        if (live) stop = it.on(event, callback);
      });
      return () => {
        live = false;
        stop?.();
      };
    },
    stop() {
      stopped = true;
      unwatch();
    },
  };
  for (const name of Object.keys(calls) as (keyof Chatstone)[]) {
    const early = calls[name] as Call;
    calls[name] = guard(name, (...given: any[]) =>
      whole ? (whole[name] as Call)(...given) : early(...given),
    ) as Call;
  }
  const unwatch: Stop = watch(() => !loading && (wanted || sign()) && ask(), wakes);
  idle('notes', askIfLeft);
  early?.(keep);
  return calls;
}
