import { fault, guard } from './guard.ts';
import { json } from './json.ts';
import { on } from './on.ts';

const LIMIT = 9000; // milliseconds in which no transaction ends, then they are given up: some hang for ever

/** The writing half of a small database: what is put outlives a page that leaves in the same task. */
export interface Keep {
  readonly name: string;
  /** The connection; rejects where IndexedDB cannot be had. A connection that was lost is opened anew. */
  open(): Promise<IDBDatabase>;
  /** Whether there is a connection. */
  stands(): boolean;
  /** Whether the last transaction was given up because it hung. */
  hangs(): boolean;
  /** A transaction over the connection that stands. */
  begin(mode?: IDBTransactionMode): IDBTransaction;
  /** Ends when the page is back from the back/forward cache; undefined where it is not there. */
  asleep(): Promise<void> | undefined;
  /** How often it went there: what ran at that moment was ended. */
  naps(): number;
  /** The connection is of no use any more. */
  lose(): void;
  /** Writes a value in this very task. */
  put(key: string, value: unknown): void;
  /** What did not get into the database, for want of a connection or for another fault. */
  readonly early: Map<string, unknown>;
  /** What is noted in localStorage, of this page and of pages that died before their connection stood. */
  notes(): string[];
  forget(keys: readonly string[]): void;
  /** Deletes everything whose name begins with ours, for good: from here on nothing is kept. */
  erase(): void;
  dead(): boolean;
}

/**
 * The database `name`, with one store of the same name. What is put is noted in `localStorage` too until it stands there,
 * a note a value: a database that is still opening, or busy, keeps nothing for a page that leaves.
 *
 * @param erased called when another page of this site deleted the database
 */
export function keep(name: string, erased: () => void): Keep {
  const prefix = `${name}:`;
  const early = new Map<string, unknown>();
  let db: IDBDatabase | undefined;
  let opening: Promise<IDBDatabase> | undefined;
  let dead = false;
  let tried = false; // to open it for what was put
  // A transaction that goes into the back/forward cache with its page never ends, and in WebKit all others wait for it.
  const running = new Set<IDBTransaction>();
  let hangs = false;
  let moved = 0; // when one of them ended last: they wait for each other
  let asleep: Promise<void> | undefined;
  let naps = 0;
  let wake = () => {};
  on('storage', window, {
    pagehide({ persisted }) {
      if (!persisted) return;
      naps++;
      asleep = new Promise((resolve) => {
        wake = resolve;
      });
      for (const transaction of running) guard('storage', () => transaction.abort())();
    },
    pageshow() {
      asleep = undefined;
      wake();
    },
  });
  const begin = (mode?: IDBTransactionMode): IDBTransaction => {
    // Strict: a relaxed write does not outlive a power cut.
    const transaction = db!.transaction(name, mode, { durability: 'strict' });
    if (!running.size) moved = Date.now();
    running.add(transaction);
    const over = (event?: Event) => {
      if (event?.type === 'complete') hangs = false;
      clearTimeout(timer);
      running.delete(transaction);
      moved = Date.now();
    };
    const watch = () => {
      const left = moved + LIMIT - Date.now();
      if (left > 0) timer = setTimeout(watch, left);
      else {
        guard('storage', () => transaction.abort())();
        over();
        hangs = true;
        transaction.onabort?.(new Event('abort')); // of one that hangs it may never come
      }
    };
    let timer = setTimeout(watch, LIMIT);
    for (const end of ['complete', 'abort']) transaction.addEventListener(end, over);
    return transaction;
  };

  const lose = () => {
    db = opening = undefined;
  };
  const note = guard('notes', (key: string, value: unknown) =>
    localStorage.setItem(prefix + key, json(value)),
  );
  const notes = () =>
    guard('notes', () =>
      Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
    )() ?? [];
  const forget = guard('notes', (keys: readonly string[]) => {
    for (const key of keys) localStorage.removeItem(prefix + key);
  });
  const clean = guard('notes', () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(name)) localStorage.removeItem(key);
  });
  // As the note has it: what cannot be cloned must not stand in the way of all else.
  const later = (key: string, value: unknown) => early.set(key, JSON.parse(json(value)));
  const open = async () =>
    db ??
    (opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(name);
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const connection = request.result;
        connection.onclose = lose;
        connection.onversionchange = (event) => {
          connection.close(); // else the deletion elsewhere waits for us
          lose();
          if (!event.newVersion) erased();
        };
        if (dead) return connection.close();
        resolve((db = connection));
        for (const [key, value] of early) put(key, value); // before anybody else comes to it
      };
    }));

  const put = (key: string, value: unknown) => {
    if (dead) return;
    // A tab that closes loses transactions that wait for others, and keeps this; a killed browser the other way round.
    note(key, value);
    if (db && !asleep)
      try {
        // In this task, with commit(): else a page that leaves loses it.
        const transaction = begin('readwrite');
        transaction.objectStore(name).put(value, key);
        transaction.oncomplete = () => {
          early.delete(key);
          forget([key]);
        };
        transaction.onabort = () => later(key, value);
        transaction.commit?.();
        return;
      } catch (error) {
        fault('storage', error); // closed without a word: https://bugs.webkit.org/show_bug.cgi?id=197050
        lose();
      }
    later(key, value);
    // Who reads finds out what is wrong with a database that does not open.
    if (db || tried) return;
    tried = true;
    open().catch(lose);
  };

  return {
    name,
    early,
    open,
    stands: () => !!db,
    hangs: () => hangs,
    begin,
    asleep: () => asleep,
    naps: () => naps,
    lose,
    put,
    notes,
    forget,
    erase: guard('storage', () => {
      dead = true;
      early.clear();
      db?.close();
      clean();
      indexedDB.deleteDatabase(name);
    }),
    dead: () => dead,
  };
}
