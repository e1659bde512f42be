// A device with a browser: tabs with a window each, over one database, one localStorage, one cookie jar and one clock. A page
// that dies takes nothing along: its timers, locks and transactions end, what it still runs reaches nobody.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Window } from 'happy-dom';
import { MINUTE } from '../core/builders.ts';
import { fakeLocks } from '../lib/fake-locks.ts';
import { clock as clockOf } from './clock.ts';
import type { Random } from './random.ts';

export const SHOP = 'https://shop.example/';

/** One page in a tab. */
export interface Page {
  window: any;
  /** What its script finds instead of the globals of this process. */
  globals: Record<string, unknown>;
  alive(): boolean;
  /** Resolves when `work` does, if the page still lives then. */
  whileAlive<T>(work: Promise<T>): Promise<T>;
  /** A person does something on it: a trusted event. */
  touch(type: 'pointerdown' | 'keydown'): void;
  /** It is about to go: the browser says so. */
  leave(): void;
  die(): Promise<void>;
}

export type Device = ReturnType<typeof device>;

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** @param wrote is told everything that a page writes into its storages */
export function device(
  now: number,
  random: Random,
  hasLocks: boolean,
  wrote: (place: string, value: unknown) => void,
) {
  const clock = clockOf(now);
  const indexedDB = new IDBFactory();
  const locks = fakeLocks();
  const network = clock.timers();
  const shared = new Window({ url: SHOP });
  const said: string[] = [];
  let busy = 0; // what is under way without any timer

  const whenDone = (target: EventTarget | IDBRequest, names: string[]) => {
    busy++;
    let done = false;
    for (const name of names)
      target.addEventListener(name, () => {
        busy -= done ? 0 : 1;
        done = true;
      });
  };

  /** IndexedDB as a page has it: its connections close when it dies, and transactions that are not committed end. */
  const databaseOf = (alive: () => boolean, dying: (() => void)[]) => {
    const watch = (db: IDBDatabase) => {
      const { transaction } = db;
      const running = new Set<IDBTransaction>();
      db.transaction = (...args) => {
        if (!alive()) throw new DOMException('The page is gone.', 'InvalidStateError');
        const one = transaction.apply(db, args);
        running.add(one);
        const { objectStore } = one;
        one.objectStore = (name) => {
          const store = objectStore.call(one, name);
          const { put } = store;
          store.put = (value, key) => {
            wrote('database', value);
            return put.call(store, value, key);
          };
          return store;
        };
        for (const end of ['complete', 'abort']) one.addEventListener(end, () => running.delete(one));
        const { commit } = one;
        one.commit = () => {
          running.delete(one);
          commit.call(one);
        };
        whenDone(one, ['complete', 'abort']);
        return one;
      };
      dying.push(() => {
        for (const one of running) one.abort();
        db.close();
      });
    };
    return {
      open(name: string, version?: number) {
        if (!alive()) return {};
        const request = indexedDB.open(name, version);
        whenDone(request, ['success', 'error']);
        request.addEventListener('success', () => (alive() ? watch(request.result) : request.result.close()));
        return request;
      },
      deleteDatabase: (name: string) => indexedDB.deleteDatabase(name),
    };
  };

  return {
    clock,
    /** Timers that no page takes along. */
    network,
    /** What was said on the console. */
    said,
    storage: shared.localStorage,
    page(address: string): Page {
      const window: any = new Window({ url: address, settings: { enableIframePageLoading: true } });
      const timers = clock.timers();
      const dying: (() => void)[] = [];
      let live = true;
      const alive = () => live;
      let died = () => {};
      const death = new Promise<void>((resolve) => {
        died = resolve;
      });
      const store = new Proxy(shared.localStorage, {
        get(target, name) {
          const value = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return (...args: any[]) => {
            if (name === 'setItem') wrote('localStorage', args);
            return live || !/^(set|remove|clear)/.test(String(name)) ? value.apply(target, args) : undefined;
          };
        },
      });
      const activation = { isActive: false, hasBeenActive: false };
      const own = {
        Date: clock.Date,
        ...timers,
        localStorage: store,
        indexedDB: databaseOf(alive, dying),
        IDBKeyRange,
      };
      for (const [name, value] of Object.entries(own))
        Object.defineProperty(window, name, { value, configurable: true, writable: true });
      Object.defineProperty(window.document, 'cookie', {
        get: () => shared.document.cookie,
        set: (text) => {
          if (live) shared.document.cookie = text;
        },
        configurable: true,
      });
      const request = (name: string, how: any, work: () => Promise<void>) =>
        locks.request(name, how, () => Promise.race([work(), death]));
      for (const [name, value] of Object.entries({
        locks: hasLocks ? { request } : undefined,
        userActivation: activation,
      }))
        Object.defineProperty(window.navigator, name, { value, configurable: true });
      const show = (...words: unknown[]) => said.push(words.map(String).join(' '));
      const math = Object.create(Math, { random: { value: random } });
      const crypto = {
        getRandomValues(bytes: Uint8Array) {
          for (let i = 0; i < bytes.length; i++) bytes[i] = random.below(256);
          return bytes;
        },
      };
      return {
        window,
        globals: {
          ...own,
          window,
          self: window,
          globalThis: window,
          document: window.document,
          navigator: window.navigator,
          location: window.location,
          crypto,
          Math: math,
          console: { log: show, info: show, warn: show, error: show, debug: show },
        },
        alive,
        whileAlive: (work) =>
          new Promise((resolve, reject) => {
            work.then(
              (value) => live && resolve(value),
              (error) => live && reject(error),
            );
          }),
        touch(type) {
          const event = new window.Event(type, { bubbles: true });
          Object.defineProperty(event, 'isTrusted', { value: true });
          window.document.body.dispatchEvent(event);
          activation.hasBeenActive = true;
        },
        leave: () => window.dispatchEvent(new window.Event('pagehide')),
        async die() {
          live = false;
          timers.stop();
          for (const end of dying) end();
          died();
          await window.happyDOM.close();
        },
      };
    },
    /** Everything that is under way comes to rest; time stands still. */
    async rest() {
      for (let calm = 0, turns = 0; calm < 3; turns++) {
        if (turns > 5000) throw new Error('it does not come to rest');
        calm = clock.run(clock.now()) || busy ? 0 : calm + 1;
        await turn();
      }
    },
    /** Time passes, and what is due happens in it. */
    async pass(milliseconds: number) {
      const until = clock.now() + milliseconds;
      const seldom = milliseconds > 10 * MINUTE ? MINUTE : 0;
      while (clock.run(until, seldom)) {
        await turn();
        while (busy) await turn();
      }
      clock.set(until);
      await this.rest();
    },
    /** All that stands in the database, by key. */
    async rows(): Promise<Map<string, any>> {
      const names = (await indexedDB.databases()).map(({ name }) => name);
      if (!names.includes('chatstone')) return new Map();
      return new Promise((resolve, reject) => {
        const request = indexedDB.open('chatstone');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const db = request.result;
          const store = db.transaction('chatstone').objectStore('chatstone');
          const keys = store.getAllKeys();
          const values = store.getAll();
          values.onsuccess = () => {
            db.close();
            resolve(new Map(keys.result.map((key, i) => [String(key), values.result[i]])));
          };
        };
      });
    },
    async stop() {
      network.stop();
      await shared.happyDOM.close();
    },
  };
}
