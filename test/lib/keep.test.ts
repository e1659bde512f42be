import { IDBFactory, IDBTransaction } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../../src/lib/guard.ts';
import { type Keep, keep } from '../../src/lib/keep.ts';

const NAME = 'chatstone-test';
const nothing = () => {};

/** A request's result, as a promise. */
const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const read = (db: IDBDatabase, key: string) => result(db.transaction(NAME).objectStore(NAME).get(key));

const names = async () => (await indexedDB.databases()).map(({ name }) => name);

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  localStorage.clear();
  faults.counts = {};
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('keep', () => {
  test('writes a value in the very task in which it is put', async () => {
    const kept = keep(NAME, nothing);
    await kept.open();
    const other = await keep(NAME, nothing).open();
    kept.put('a', { n: 1 });
    // Transactions see what the ones that began before them wrote: this one begins in the same task.
    expect(await read(other, 'a')).toEqual({ n: 1 });
  });

  test('writes so that a power cut loses nothing', async () => {
    const kept = keep(NAME, nothing);
    const db = await kept.open();
    const transaction = vi.spyOn(db, 'transaction');
    kept.put('a', 1);
    expect(transaction.mock.results[0]!.value.durability).toBe('strict');
  });

  test('knows what did not get into the database', async () => {
    const kept = keep(NAME, nothing);
    await kept.open();
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: any) {
      this._abort('QuotaExceededError');
    });
    kept.put('a', 1);
    await vi.waitFor(() => expect(kept.early.get('a')).toBe(1));
  });

  test('lets a note stand beside a write until the database has it', async () => {
    const kept = keep(NAME, nothing);
    await kept.open();
    kept.put('a', 1);
    expect(kept.notes()).toEqual(['a']);
    await vi.waitFor(() => expect(kept.notes()).toEqual([]));
  });

  test('leaves a note before the connection stands', () => {
    const kept = keep(NAME, nothing);
    kept.put('a', { n: 1, none: undefined });
    expect(kept.notes()).toEqual(['a']);
    expect(JSON.parse(localStorage.getItem(`${NAME}:a`)!)).toEqual({ n: 1 });
    expect(kept.early.get('a')).toEqual({ n: 1, none: undefined });
  });

  test('leaves a note while the connection is being opened', async () => {
    const kept = keep(NAME, nothing);
    const opening = kept.open();
    kept.put('a', 1);
    expect(kept.notes()).toEqual(['a']);
    await opening;
  });

  test('finds the notes of a page that died', () => {
    keep(NAME, nothing).put('a', 1);
    const kept = keep(NAME, nothing);
    expect(kept.notes()).toEqual(['a']);
    expect(JSON.parse(localStorage.getItem(`${NAME}:a`)!)).toBe(1);
  });

  test('has no eye for what is not its own', () => {
    localStorage.setItem('cart', '{}');
    localStorage.setItem(`${NAME}er`, '{}');
    expect(keep(NAME, nothing).notes()).toEqual([]);
  });

  test('forgets notes by name', () => {
    const kept = keep(NAME, nothing);
    kept.put('a', 1);
    kept.put('b', 2);
    kept.forget(['a']);
    expect(kept.notes()).toEqual(['b']);
  });

  test('opens once for everybody who asks', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const kept = keep(NAME, nothing);
    const [one, two] = await Promise.all([kept.open(), kept.open()]);
    expect(one).toBe(two);
    expect(await kept.open()).toBe(one);
    expect(open).toHaveBeenCalledOnce();
  });

  test('opens anew after the connection was lost', async () => {
    const kept = keep(NAME, nothing);
    const before = await kept.open();
    kept.lose();
    expect(await kept.open()).not.toBe(before);
  });

  test('opens anew after the browser closed the connection', async () => {
    const kept = keep(NAME, nothing);
    const before = await kept.open();
    before.onclose!(new Event('close'));
    expect(await kept.open()).not.toBe(before);
  });

  test('leaves a note where the connection was closed without a word', async () => {
    const kept = keep(NAME, nothing);
    (await kept.open()).close();
    kept.put('a', 1);
    expect(kept.notes()).toEqual(['a']);
    expect(kept.early.get('a')).toBe(1);
    expect(kept.stands()).toBe(false);
    expect(faults.counts).toEqual({ storage: 1 });
  });

  test('leaves a note, and no throw, where a value cannot be cloned', async () => {
    const kept = keep(NAME, nothing);
    await kept.open();
    expect(() => kept.put('a', { n: 1, call: () => {} })).not.toThrow();
    expect(JSON.parse(localStorage.getItem(`${NAME}:a`)!)).toEqual({ n: 1 });
  });

  describe.each<[string, () => void]>([
    ['is missing', () => vi.stubGlobal('indexedDB', undefined)],
    [
      'throws when it is looked at',
      () =>
        Object.defineProperty(globalThis, 'indexedDB', {
          get: () => {
            throw new DOMException('blocked', 'SecurityError');
          },
          configurable: true,
        }),
    ],
    [
      'throws when it is opened',
      () =>
        vi.spyOn(indexedDB, 'open').mockImplementation(() => {
          throw new DOMException('denied', 'SecurityError');
        }),
    ],
  ])('where IndexedDB %s', (_how, breakIt) => {
    beforeEach(() => {
      breakIt();
    });
    afterEach(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        value: undefined,
        configurable: true,
        writable: true,
      });
    });

    test('opening rejects, and throws nothing', async () => {
      await expect(keep(NAME, nothing).open()).rejects.toThrow();
    });

    test('a value becomes a note', () => {
      const kept = keep(NAME, nothing);
      kept.put('a', 1);
      expect(kept.notes()).toEqual(['a']);
    });

    test('erasing takes the notes', () => {
      const kept = keep(NAME, nothing);
      kept.put('a', 1);
      expect(() => kept.erase()).not.toThrow();
      expect(localStorage.length).toBe(0);
    });
  });

  test('where localStorage is blocked too it throws nothing, and remembers', () => {
    vi.stubGlobal('indexedDB', undefined);
    vi.stubGlobal('localStorage', undefined);
    const kept = keep(NAME, nothing);
    expect(() => kept.put('a', 1)).not.toThrow();
    expect(kept.notes()).toEqual([]);
    expect(kept.early.get('a')).toBe(1);
    expect(() => kept.erase()).not.toThrow();
  });

  describe('when the database is deleted elsewhere', () => {
    let kept: Keep;
    const erased = vi.fn();
    beforeEach(async () => {
      erased.mockClear();
      kept = keep(NAME, erased);
      await kept.open();
    });

    test('it does not stand in the way, and says so', async () => {
      await result(indexedDB.deleteDatabase(NAME));
      expect(erased).toHaveBeenCalledOnce();
      expect(kept.stands()).toBe(false);
    });

    test('a newer version elsewhere is not a deletion', async () => {
      const request = indexedDB.open(NAME, 2);
      const db = await result(request);
      expect(erased).not.toHaveBeenCalled();
      db.close();
    });
  });

  describe('erase', () => {
    test('deletes the database and the notes, and nothing else', async () => {
      localStorage.setItem('cart', '{}');
      keep(NAME, nothing).put('note of a dead page', 1);
      const kept = keep(NAME, nothing);
      await kept.open();
      kept.put('a', 1);
      kept.erase();
      await vi.waitFor(async () => expect(await names()).toEqual([]));
      expect(Object.keys(localStorage)).toEqual(['cart']);
      expect(kept.early.size).toBe(0);
    });

    test('is for good', async () => {
      const kept = keep(NAME, nothing);
      await kept.open();
      kept.erase();
      kept.put('a', 1);
      expect(kept.dead()).toBe(true);
      expect(kept.notes()).toEqual([]);
      expect(kept.early.size).toBe(0);
      await vi.waitFor(async () => expect(await names()).toEqual([]));
    });

    test('holds for a connection that is still being opened', async () => {
      const kept = keep(NAME, nothing);
      void kept.open();
      kept.put('a', 1);
      kept.erase();
      expect(kept.early.size).toBe(0);
      await vi.waitFor(async () => expect(await names()).toEqual([]));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await names()).toEqual([]);
    });

    test('is heard by the other tabs', async () => {
      const erased = vi.fn();
      const other = keep(NAME, erased);
      await other.open();
      const kept = keep(NAME, nothing);
      await kept.open();
      kept.erase();
      await vi.waitFor(() => expect(erased).toHaveBeenCalledOnce());
    });
  });
});
