// The half that is wanted once there is something to tell: entries of the journal are settled into milestones, a queue keeps
// them, destinations take them.

import { OFF_SCALE } from './core/conversation.ts';
import { delivery, isThere, open, type Present, type Standing, standing } from './core/delivery.ts';
import type { Events } from './core/events.ts';
import { isMilestone } from './core/milestones.ts';
import type { Choices } from './core/options.ts';
import { destinationOf, keysOf, startingWith, tally } from './core/queue.ts';
import { checked, isHeld } from './core/routing.ts';
import { rulesOf } from './core/rules.ts';
import {
  type Entry,
  follow,
  hasToEnd,
  knownOf,
  leaveBehind,
  type Outcome,
  profileOf,
  settle,
  toldOf,
} from './core/settle.ts';
import type { showing } from './core/showing.ts';
import { tidy } from './core/sound.ts';
import type { ConsentState, Destination, Message, Plain, Profile, Routing, Strength } from './core/types.ts';
import type { Visitor } from './core/visitor.ts';
import { email } from './lib/email.ts';
import { fault, guard } from './lib/guard.ts';
import { json } from './lib/json.ts';
import type { Keep } from './lib/keep.ts';
import { leaving } from './lib/leaving.ts';
import { mark } from './lib/mark.ts';
import { said, say } from './lib/say.ts';
import { type Storage, storage, type View } from './lib/storage.ts';

/** How a destination stands. */
export interface DestinationStatus extends Standing {
  /** Messages that it took. */
  delivered: number;
  /** Messages that it will not get, by reason. */
  dropped: Record<string, number>;
  /** What it works through is on the page. */
  ready: boolean;
  /** Whether it may be given anything; its own consent, where it has one. */
  consent: ConsentState;
}

/** How milestones and their delivery stand. */
export interface EngineStatus {
  /** `client`: the userId is the one that the vendor's client on the page has. */
  identity: { userId?: string; by?: Strength; client?: boolean };
  /** The rollups that identify messages have carried so far. */
  traits: Record<string, unknown>;
  /** Records that wait, by destination. */
  queued: Record<string, number>;
  /** How many of them wait for a person. */
  held: number;
  /** Each of them, oldest first. */
  waiting: { destination: string; name: string; messageId: string; held: boolean }[];
  delivered: number;
  dropped: Record<string, number>;
  ignored: Record<string, number>;
  destinations: Record<string, DestinationStatus>;
  /** What was said to the developer on the console. */
  said: string[];
  storage: 'closed' | 'indexeddb' | 'memory';
}

export interface Engine {
  /** Settles what was written down, on this page or on others. */
  settle(): Promise<void>;
  /** Something may be ready to go. */
  wake(): Promise<void>;
  /** The page may be about to go. */
  leave(): void;
  /** Looks whether the page's clients know somebody new. */
  look(): void;
  status(): Promise<EngineStatus>;
  stop(): void;
}

/** The one row that a page reads before it has an engine. */
export interface About {
  visitor: string;
  /** Marks the page's own word of who this is. */
  user?: string;
  /** A case is open, or a flag stands. */
  open: boolean;
  /** Marks the parts of the site in which we were at work. */
  places?: readonly string[];
}

/** What the engine works with. */
export interface Parts {
  kept: Keep;
  visitor: Pick<Visitor, 'read' | 'write'>;
  options: Choices;
  /** An entry of this moment, without anything that happened. */
  entry(): Entry;
  tell<K extends keyof Events>(event: K, detail: Events[K]): void;
  /** The shop's context, as it is known now. */
  shop?(): Record<string, Plain>;
  /** Asks for a consent of a destination's own; `changed` is told each state. */
  permit?(name: string, asked: NonNullable<Routing['consent']>, changed: (state: ConsentState) => void): void;
  /** What the page has said of a destination that has no consent of its own. */
  word?(name: string): ConsentState | undefined;
}

const REMEMBERED = 100; // entries that were settled last
const PLACES = 30;
const REST = 30_000; // milliseconds before a database that does not answer is asked again

/** Marks a part of the site by the first step of its path: pages there are made alike. */
const placeOf = (address: string) => mark(new URL(address).pathname.split('/')[1]!);

/**
 * Composes settling, queue and delivery.
 *
 * @param show where a destination shows what is known; in a module of its own, for few need it
 */
export function engine(
  { kept: writing, visitor, options, entry, tell, shop = () => ({}), permit, word }: Parts,
  given: readonly Destination[],
  show?: typeof showing,
): Engine {
  const destinations = given.map(checked);
  if (new Set(given.map(({ name }) => name)).size < given.length)
    say('destinations: give each a name of its own, for each has a queue by its name');
  const raw = storage(writing);
  const known = new WeakSet<object>();
  const kept: Storage = {
    ...raw,
    change: (work) =>
      raw.change((view) => {
        tidy(view, known);
        return work(view);
      }),
  };
  const rules = rulesOf(options, destinations);
  const way = leaving();
  const consents = new Map<string, ConsentState>(); // of destinations that have one of their own
  const present: Present = {
    visitor: (view) => follow(view, visitor.read()),
    consent: ({ name, routing }) =>
      routing?.consent ? (consents.get(name) ?? 'pending') : (word?.(name) ?? 'granted'),
  };
  const shows = show?.(kept, destinations, (destination) => open(destination, present));
  const out = delivery(
    kept,
    destinations,
    rules.hold,
    {
      sent: (destination, messages) => tell('sent', { destination, messages }),
      delivered: (destination, messages) => tell('delivered', { destination, messages }),
      dropped: (destination, reason, messages) => tell('dropped', { destination, reason, messages }),
    },
    {
      soon: way.soon,
      ours() {
        const { places = [] }: Partial<About> = kept.last().get('about') ?? {};
        const next = way.next();
        return !!next && places.includes(placeOf(next));
      },
    },
    present,
  );
  const there = new Map<string, boolean>(); // whether a destination could be given something when we last looked
  let profile: (destination: Destination) => Profile = () => ({});
  let profiled = ''; // whose
  /** What a destination works through may have come, and what is known may have changed. */
  const lookOut = () => {
    let come = false;
    for (const destination of destinations) {
      const { name, ready, routing } = destination;
      if (!ready && !routing?.consent) continue;
      const now = open(destination, present);
      come ||= now && there.get(name) === false;
      there.set(name, now);
    }
    if (come) settleSoon().then(out.wake);
    // Another tab may have another person by now, or this page: what is known is of the one before.
    if (visitor.read() === profiled)
      shows?.look(profiled, (destination, view) => ({
        ...shop(),
        ...(view ? profileOf(view, profiled) : profile)(destination),
      }));
  };
  let visit: Entry | undefined = { ...entry(), visit: true };
  const clients = new Map<string, { user: string; under: string }>(); // by destination, as they were when we last looked

  /** Whom the page's own client knows, '' if nobody; undefined where there is none. Some take numbers, too. */
  const userOf = (destination: Destination): string | undefined => {
    const id: unknown = guard(destination.name, () => destination.user?.())();
    return id === undefined ? undefined : String(id ?? '');
  };
  const changed = (destination: Destination) => {
    const user = userOf(destination);
    return user !== undefined && user !== clients.get(destination.name)?.user;
  };
  /** The page's own client may know who this is, change it, or log out. */
  const heardOfClients = (): { also: Entry[]; loggedOut: boolean } => {
    let loggedOut = false;
    const also = destinations.filter(changed).flatMap((destination): Entry[] => {
      const user = userOf(destination)!;
      const before = clients.get(destination.name);
      const here = entry();
      clients.set(destination.name, { user, under: here.visitor });
      if (user) return [{ ...here, said: { client: user, email: email(user), by: 'site', traits: {} } }];
      loggedOut = true;
      // A visitor id that is another by now was changed with it.
      return before?.user && before.under === here.visitor ? [{ ...here, reset: true }] : [];
    });
    return { also, loggedOut };
  };

  /** One transaction over everything that was written down. */
  const settleAll = (
    view: View,
    also: readonly Entry[],
  ): { id: string; seen: string; outcomes: [Outcome, Entry][] } => {
    const outcomes: [Outcome, Entry][] = [];
    const copy: string = view.get('about')?.visitor ?? '';
    const seen = visitor.read();
    const keys = startingWith(view, 'in/');
    // What the page's other scripts hold wins; where that is gone, our copy comes back. What was written down before there was an
    // id, and before a log-out that made one, is not of that one.
    const anew = keys.some((key) => view.get(key)?.reset && !view.get(key).visitor);
    let id = follow(view, (!anew && seen) || copy);
    const take = (one: Entry) => {
      try {
        id ||= one.fresh;
        outcomes.push([settle(view, { ...one, visitor: one.visitor || id }, rules), one]);
      } catch (error) {
        fault('settle', error); // one bad entry must not hold up the rest
      }
      id = follow(view, id);
    };
    if (visit && id) take({ ...visit, visit: false, counted: true });
    for (const one of also) take(one);
    // A note of an entry may outlive its settling, in a page that died or in another tab.
    const settled: readonly string[] = view.get('settled') ?? [];
    for (const key of keys) {
      const one: Entry = view.get(key);
      view.delete(key);
      if (!settled.includes(key)) take(one);
    }
    if (keys.length) view.set('settled', [...settled, ...keys].slice(-REMEMBERED));
    if (visit && id) take(visit);
    // Somebody else gave this device a new visitor id.
    if (copy && copy !== id && follow(view, copy) === copy) {
      const outcome: Outcome = { visitor: id, reached: [], messages: [], dropped: [] };
      leaveBehind(view, copy, rules, outcome);
      outcomes.push([outcome, entry()]);
    }
    if (id && (copy || outcomes.length)) remember(view, id);
    return { id, seen, outcomes };
  };

  /** What the next page wants to know before it has an engine. */
  const remember = (view: View, id: string) => {
    const before: Partial<About> = view.get('about') ?? {};
    const here = placeOf(location.href);
    const places = [...(before.places ?? []).filter((place) => place !== here), here].slice(-PLACES);
    const about: About = { ...before, visitor: id, open: hasToEnd(view, id), places };
    if (json(about) !== json(view.get('about'))) view.set('about', about);
  };

  const run = async () => {
    const { also, loggedOut } = heardOfClients();
    const { id, seen, outcomes } = await kept.change((view) => {
      if (loggedOut) view.delete('client'); // whoever it names next is news
      const all = settleAll(view, also);
      profile = profileOf(view, all.id);
      profiled = all.id;
      return all;
    });
    if (writing.dead()) return; // consent was withdrawn while it was under way
    visit = undefined;
    if (id && seen !== id && visitor.read() === seen) visitor.write(id); // not over what others wrote meanwhile
    for (const [{ messages, reached, dropped, why, left }, { happened, said, reset, now }] of outcomes) {
      if (happened || said)
        tell('settled', {
          widget: happened?.widget ?? said!.by,
          type: happened?.type ?? 'person',
          at: now,
          reached: reached.map(({ name }) => name),
          why,
        });
      if (reset) clients.clear();
      for (const { name, forget } of left ? destinations : [])
        if (guard(name, () => forget?.(left!))()) visitor.write(id); // it takes ours away with its own
      if (why === OFF_SCALE)
        say(
          `${happened!.widget}: a rating that is not on its scale from ${(happened as any).worst} to ${(happened as any).best} is left out`,
        );
      for (const message of messages)
        if (isMilestone(message.event)) tell('milestone', { ...message, name: message.event });
      for (const { reason, messages: lost } of dropped)
        tell('dropped', { destination: '', reason, messages: lost });
      if (messages.length) out.wake();
    }
    lookOut();
  };
  let running: Promise<void> | undefined;
  let again = false;
  let later: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const settleSoon = (): Promise<void> => {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        await guard('settle', run)()?.catch(() => {
          clearTimeout(later); // it is counted; what was written down waits
          if (!stopped) later = setTimeout(settleSoon, REST);
        });
      }
      running = undefined;
    })();
    return running;
  };

  for (const { name, routing } of destinations)
    if (routing?.consent)
      permit?.(name, routing.consent, (state) => {
        consents.set(name, state);
        lookOut();
        settleSoon().then(out.wake); // what is written down may be of another person
      });

  return {
    settle: settleSoon,
    wake: out.wake,
    leave: out.leave,
    look() {
      if (destinations.some(changed)) settleSoon();
      lookOut();
    },
    stop() {
      stopped = true;
      shows?.stop();
      clearTimeout(later);
      out.stop();
      way.stop();
    },
    status: () =>
      kept.change((view) => {
        const waiting = keysOf(view);
        const id = follow(view, visitor.read());
        const { userId, by, client } = knownOf(view, id);
        const { delivered, dropped, ignored, to } = tally(view);
        const held = (key: string) => isHeld(view.get(key), rules.hold, destinations, destinationOf(key));
        const byDestination = <T>(of: (destination: Destination) => T) =>
          Object.fromEntries(destinations.map((destination) => [destination.name, of(destination)]));
        return {
          identity: { userId, by, client },
          traits: toldOf(view, id),
          queued: byDestination(({ name }) => keysOf(view, name).length),
          held: waiting.filter(held).length,
          waiting: waiting.map((key) => {
            const { event, type, messageId }: Message = view.get(key).message;
            return { destination: destinationOf(key), name: event ?? type, messageId, held: held(key) };
          }),
          delivered,
          dropped,
          ignored,
          storage: kept.kind(),
          said: [...said],
          destinations: byDestination((destination) => ({
            delivered: 0,
            dropped: {},
            ...to[destination.name],
            ...standing(view, destination),
            consent: present.consent(destination),
            ready: isThere(destination),
          })),
        };
      }),
  };
}
