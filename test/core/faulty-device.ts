// A device on which any single step of the storage, the locks and the network may fail, hang for ever, or be the last thing
// that its page does. It counts every step, so that a test can let each of them go wrong in turn.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Chatstone, Setup } from '../../src/calls.ts';
import type { Destination, Message } from '../../src/core/types.ts';
import { device as deviceOf, type Page, SHOP } from '../walk/device.ts';
import type { Boot } from '../walk/page-code.ts';
import { type Random, random } from '../walk/random.ts';
import { MINUTE, NOON, SECOND } from './builders.ts';

/** How a step goes wrong. */
export type Fate = 'fails' | 'hangs' | 'dies';
export interface Step {
  name: string;
  fates: readonly Fate[];
}
/** What becomes of a step; `undefined`: it goes well. */
export type Decide = (step: Step, n: number) => Fate | undefined;

/** What a page is told: the milestone, and the conversation it is of. */
export interface Fact {
  event: 'chat_opened' | 'chat_first_message_sent' | 'chat_agent_replied' | 'chat_resolved';
  conversation: string;
}

const ALL: readonly Fate[] = ['fails', 'hangs', 'dies'];
const AT_ONCE: readonly Fate[] = ['fails', 'dies']; // what is done in the very task cannot hang
const HEARD: readonly Fate[] = ['dies']; // it is done; the page may not live to hear it
const REQUESTS = ['get', 'getAll', 'getAllKeys', 'count', 'put', 'delete'] as const;
const CALM = 12; // turns in which nothing moves
const TIMEOUT = 15 * SECOND; // of a request, as in lib/post

export const nameOf = ({ event, conversation }: Fact) => `${event} of ${conversation}`;
const EVENTS: Record<string, Fact['event'] | undefined> = {
  opened: 'chat_opened',
  'message visitor': 'chat_first_message_sent',
  'message agent': 'chat_agent_replied',
  ended: 'chat_resolved',
};
/** The fact that a stored value holds: an entry of the journal, or a record of the queue. */
function factOf(value: any): string | undefined {
  const { happened, message } = value ?? {};
  if (message?.event)
    return nameOf({ event: message.event, conversation: message.properties.conversation_id });
  const event = happened && EVENTS[happened.from ? `${happened.type} ${happened.from}` : happened.type];
  return event && nameOf({ event, conversation: happened.conversation });
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const broken = (name: string) => new DOMException('It went wrong.', name);
const never = <T>() => new Promise<T>(() => {});

export interface Tab {
  page: Page;
  chatstone: Chatstone;
  die(): void;
}

export function faultyDevice(boot: Boot, seed: number, hasLocks: boolean, decide: Decide) {
  const dice: Random = random(seed);
  const device = deviceOf(NOON, dice, hasLocks, () => {});
  const { clock, network } = device;
  const factory = new IDBFactory();
  const steps: Step[] = [];
  let moves = 0; // of whatever moves without a timer
  let opening = 0;
  let wrong = 0; // steps that went wrong
  let fine = false; // nothing goes wrong any more
  let offline = false;
  let memory = false; // stood in for the database of a page, maybe

  // ——— the ledger

  const told: Fact[] = [];
  const noted = new Set<string>(); // facts that stood in localStorage
  const stored = new Set<string>(); // facts that stood in the database
  const excused = new Set<string>(); // facts that may be lost with their page
  const arrived: Message[] = []; // in the order of arrival

  /** The page as its script finds it; every step that it takes may go wrong. */
  const faulty = (
    page: Page,
  ): { step(name: string, fates: readonly Fate[]): Fate | undefined; die(): void } => {
    const running = new Set<any>();
    const connections = new Set<IDBDatabase>();
    let memoryMay = false; // stand in for the database of this page
    const { alive } = page;
    const die = () => {
      if (!alive()) return;
      void page.die();
      for (const end of running) end();
      for (const db of connections) db.close();
    };
    const step = (name: string, fates: readonly Fate[]) => {
      moves++;
      if (!alive() || fine) return undefined;
      const one = { name, fates };
      const fate = decide(one, steps.push(one) - 1);
      if (fate) wrong++;
      if (fate && name === 'open') memory = memoryMay = true;
      if (fate === 'dies') die();
      return fate;
    };

    const watch = (db: IDBDatabase) => {
      connections.add(db);
      const { transaction } = db;
      db.transaction = (...args) => {
        const begun = step('transaction', ALL);
        if (begun === 'fails' || !alive()) throw broken('InvalidStateError');
        const one: any = transaction.apply(db, args);
        const written: string[] = [];
        let frozen = begun === 'hangs';
        let committed = false;
        const start = one._start;
        one._start = () => {
          if (frozen) return;
          moves++;
          start.call(one);
        };
        // One that was committed ends without its page; one that hangs ends with it.
        const end = () => {
          if (frozen || !committed) one._abort('AbortError');
        };
        running.add(end);
        one.addEventListener('abort', () => running.delete(end));
        one.addEventListener('complete', () => {
          running.delete(end);
          for (const fact of written) stored.add(fact);
          step('complete', HEARD);
        });
        const { commit, objectStore } = one;
        one.commit = () => {
          const fate = step('commit', ALL);
          if (!alive()) return;
          if (fate === 'fails') return one._abort('QuotaExceededError');
          if (fate === 'hangs') frozen = true;
          committed = true;
          commit.call(one);
        };
        one.objectStore = (name: string) => {
          const store = objectStore.call(one, name);
          for (const request of REQUESTS) {
            const work = store[request];
            store[request] = (...given: any[]) => {
              const fate = step(request, ALL);
              if (!alive()) return {};
              if (fate === 'hangs') frozen = true;
              if (fate === 'fails')
                return one._execRequestAsync({
                  source: store,
                  operation() {
                    throw broken('UnknownError');
                  },
                });
              const fact = request === 'put' && factOf(given[0]);
              if (fact) written.push(fact);
              return work.apply(store, given);
            };
          }
          return store;
        };
        return one;
      };
    };
    const indexedDB = {
      open(name: string, version?: number) {
        const fate = step('open', ALL);
        const request: any = { error: broken('UnknownError') };
        if (fate === 'fails') setImmediate(() => request.onerror?.());
        if (fate || !alive()) return request;
        const real = factory.open(name, version);
        const over = () => opening--;
        opening++;
        real.addEventListener('error', over);
        real.addEventListener('success', () => {
          over();
          step('opened', HEARD);
          if (alive()) watch(real.result);
          else real.result.close();
        });
        return real;
      },
      async databases() {
        const fate = step('databases', ALL);
        if (fate === 'fails') throw broken('UnknownError');
        return fate || !alive() ? never<IDBDatabaseInfo[]>() : factory.databases();
      },
      deleteDatabase: (name: string) => factory.deleteDatabase(name),
    };

    const localStorage = new Proxy(page.globals.localStorage as Storage, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: any[]) => {
          if (step(String(name), AT_ONCE) === 'fails') throw broken('QuotaExceededError');
          if (name === 'setItem' && alive() && /:in\//.test(args[0])) {
            const fact = factOf(JSON.parse(args[1]));
            if (fact) noted.add(fact);
          }
          if (name === 'removeItem' && alive() && memoryMay && /:in\//.test(args[0])) {
            const fact = factOf(JSON.parse(target.getItem(args[0]) ?? '{}'));
            if (fact && !stored.has(fact)) excused.add(fact); // memory took it: the next page does not know its talk
          }
          return value.apply(target, args);
        };
      },
      ownKeys(target) {
        if (step('keys', AT_ONCE) === 'fails') throw broken('SecurityError');
        return Reflect.ownKeys(target);
      },
    });

    const { locks } = page.window.navigator;
    const request = (name: string, how: { signal?: AbortSignal }, work: () => Promise<void>) => {
      const fate = step('lock', ALL);
      if (fate === 'fails') return Promise.reject(broken('SecurityError'));
      if (fate === 'hangs')
        return new Promise((_, reject) => {
          how.signal?.addEventListener('abort', () => reject(broken('AbortError')));
        });
      return fate ? never() : locks.request(name, how, work);
    };
    Object.defineProperty(page.window.navigator, 'locks', { value: locks && { request } });
    Object.assign(page.globals, { indexedDB, IDBKeyRange, localStorage });
    return { step, die };
  };

  /** The one destination: it takes what reaches it, and answers a little later. */
  const serverOf = (
    page: Page,
    step: (name: string, fates: readonly Fate[]) => Fate | undefined,
  ): Destination => {
    const goes = (fate: Fate | undefined, patience: number) => {
      if (!page.alive()) return never<void>();
      if (fate === 'fails') return Promise.reject(new TypeError('Failed to fetch'));
      if (fate === 'hangs')
        return new Promise<void>((_, reject) => {
          if (patience)
            (page.globals.setTimeout as typeof setTimeout)(() => reject(broken('AbortError')), patience);
        });
      return undefined;
    };
    return {
      name: 'server',
      async prepare(message) {
        await goes(step('prepare', ALL), 0);
        return { ...message, context: { ...message.context, finished: true } };
      },
      async deliver(messages) {
        const batch = structuredClone([...messages]);
        await goes(step('deliver', ALL) ?? (offline ? 'fails' : undefined), TIMEOUT);
        arrived.push(...batch);
        await new Promise<void>((resolve) => network.setTimeout(resolve, 50));
        await goes(step('answer', ALL), TIMEOUT);
      },
    };
  };

  const rest = async () => {
    for (let calm = 0, turns = 0; calm < CALM; turns++) {
      if (turns > 20_000) throw new Error('it does not come to rest');
      const before = moves;
      const ran = clock.run(clock.now());
      await turn();
      calm = ran || opening || moves !== before ? 0 : calm + 1;
    }
  };

  return {
    steps,
    told,
    /** Whether a fact may be lost: nothing that outlives its page has ever held it. */
    mayBeLost: (fact: Fact) => excused.has(nameOf(fact)) && !stored.has(nameOf(fact)),
    memoryMay: () => memory,
    arrived,
    now: clock.now,
    rest,
    /** A new page in a tab of its own. */
    open(setup: Partial<Setup> = {}): Tab {
      const page = device.page(`${SHOP}products/1`);
      const { step, die } = faulty(page);
      const script = boot(page.globals);
      // Nothing is heard before it is there, so it is there from the beginning.
      const chatstone = script.composed({
        sources: [],
        destinations: [serverOf(page, step)],
        consent: 'granted',
        ...setup,
      });
      return { page, chatstone, die };
    },
    /** Something happens on a page, if it lives: in this very task, a little after whatever was before. */
    tell({ page, chatstone }: Tab, fact: Fact) {
      clock.set(clock.now() + 2);
      if (!page.alive()) return;
      told.push(fact);
      const before = wrong;
      chatstone.milestone(fact.event, { conversation_id: fact.conversation, widget: 'own' });
      // A call in which something went wrong may leave no trace; after any other the page may die at once.
      if (wrong !== before && !noted.has(nameOf(fact))) excused.add(nameOf(fact));
    },
    /** Time passes, and what is due happens in it. */
    async pass(milliseconds: number) {
      const until = clock.now() + milliseconds;
      await rest();
      while (clock.run(until, milliseconds > MINUTE ? MINUTE : 0)) await rest();
      clock.set(until);
      await rest();
    },
    /** The network is gone, or back; nobody says so. */
    offline(gone: boolean) {
      offline = gone;
    },
    /** From here on all goes well. */
    calm() {
      fine = true;
      offline = false;
    },
    /** All that stands in the database, by key. */
    async rows(): Promise<Map<string, any>> {
      return new Promise((resolve, reject) => {
        const request = factory.open('chatstone');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const store = request.result.transaction('chatstone').objectStore('chatstone');
          const keys = store.getAllKeys();
          const values = store.getAll();
          values.onsuccess = () => {
            request.result.close();
            resolve(new Map(keys.result.map((key, i) => [String(key), values.result[i]])));
          };
        };
      });
    },
    notes: () => Object.keys(device.storage),
    stop: () => device.stop(),
  };
}

export type FaultyDevice = ReturnType<typeof faultyDevice>;
