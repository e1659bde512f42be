import { promisifyRequest } from 'idb-keyval';
import { fault } from './guard.ts';
import type { Keep } from './keep.ts';

/** What a transaction sees: all that is kept, by key. Values are never mutated: a change is a new value. */
export type View = Map<string, any>;

/** The reading half: one transaction over all that is kept; memory where IndexedDB cannot be had. */
export interface Storage {
  /** Writes one value in this very task. */
  keep(key: string, value: unknown): void;
  /** Runs `work` in one transaction over all that is kept and stores what it changed; if it throws, nothing is stored. */
  change<T>(work: (view: View) => T): Promise<T>;
  /** All that was kept when this page last looked. */
  last(): View;
  /** Where things stand now. */
  kind(): 'closed' | 'indexeddb' | 'memory';
}

const PATIENCE = 2000; // milliseconds; the first open may hang for ever: https://bugs.webkit.org/show_bug.cgi?id=226547
const FAILURES = 4; // so often a page tries, then it stays with memory
const REST = 30_000; // milliseconds before it tries again

/** Transactions over what `kept` keeps. */
export function storage(kept: Keep): Storage {
  let seen: View = new Map();
  let memory: View | undefined; // stands in while the database cannot be used
  let works = false;
  let failures = 0;
  let failed = 0; // when
  let left: readonly string[] = kept.notes(); // of pages that died before their connection stood

  /** The connection, or undefined where memory must stand in. */
  const connection = async (): Promise<IDBDatabase | undefined> => {
    if (memory && (failures >= FAILURES || Date.now() - failed < REST)) return undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('the database does not open')), PATIENCE);
      });
      return await Promise.race([kept.open(), late]);
    } catch (error) {
      standIn(error);
      return undefined;
    }
  };
  const standIn = (error: unknown) => {
    fault('storage', error);
    kept.lose();
    failures++;
    failed = Date.now();
    memory ??= new Map(seen);
  };

  /** What stands beside the database and has to move into it. */
  const beside = (): View => {
    const all: View = new Map(memory ?? []);
    for (const key of left) if (!all.has(key)) all.set(key, kept.read(key));
    for (const [key, value] of kept.early) all.set(key, value);
    return all;
  };
  const moved = (keys: Iterable<string>) => {
    const done = [...keys];
    for (const key of done) kept.early.delete(key);
    kept.forget(done);
    left = [];
  };

  /** Resolves with what hands out the result of `work`, or throws what it threw; rejects if the database failed. */
  const attempt = <T>(db: IDBDatabase, work: (view: View) => T): Promise<() => T> =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(kept.name, 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore(kept.name);
      let moving: View;
      let outcome: (() => T) | undefined;
      promisifyRequest(transaction).then(
        () => {
          moved(moving.keys());
          memory = undefined;
          works = true;
          resolve(outcome!);
        },
        (error) => (outcome ? resolve(outcome) : reject(error)),
      );
      const keys = store.getAllKeys();
      const values = store.getAll();
      values.onsuccess = () => {
        moving = beside(); // not before: an earlier transaction may have moved it
        const before: View = new Map(keys.result.map((key, i) => [String(key), values.result[i]]));
        const view: View = new Map([...before, ...moving]);
        try {
          const result = work(view);
          for (const [key, value] of view) if (before.get(key) !== value) store.put(value, key);
          for (const key of before.keys()) if (!view.has(key)) store.delete(key);
          seen = view;
          transaction.commit?.();
          outcome = () => result;
        } catch (error) {
          outcome = () => {
            throw error;
          };
          transaction.abort();
        }
      };
    });

  return {
    keep: kept.put,
    async change(work) {
      for (let tries = 0; tries < 2; tries++) {
        if (kept.dead()) throw new Error('erased');
        const db = await connection();
        if (!db) break;
        let outcome: (() => any) | undefined;
        try {
          outcome = await attempt(db, work);
        } catch (error) {
          fault('storage', error); // a lost connection does not come back, a new one may
          kept.lose();
        }
        if (outcome) return outcome();
      }
      if (!memory) standIn(new Error('the database fails'));
      const view = beside();
      const result = work(view);
      moved([...left, ...kept.early.keys()]);
      memory = seen = view;
      return result;
    },
    last: () => seen,
    kind: () => (memory ? 'memory' : works ? 'indexeddb' : 'closed'),
  };
}
