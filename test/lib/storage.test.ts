import { IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore, IDBTransaction } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../../src/lib/guard.ts';
import { keep } from '../../src/lib/keep.ts';
import { type Storage, storage, type View } from '../../src/lib/storage.ts';

const NAME = 'chatstone-test';

/** A page of the site, with its own connection. */
function open() {
  const kept = keep(NAME, () => {});
  const store = storage(kept);
  return {
    ...store,
    kept,
    all: () => store.change((view) => Object.fromEntries(view)),
    set: (key: string, value: unknown) => store.change((view) => void view.set(key, value)),
    remove: (key: string) => store.change((view) => view.delete(key)),
  };
}

/** Every connection that is opened from now on, in order. */
function connections(): IDBDatabase[] {
  const all: IDBDatabase[] = [];
  const real = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((...args) => {
    const request = real(...args);
    request.addEventListener('success', () => all.push(request.result));
    return request;
  });
  return all;
}

/** What is noted beside the database. */
const notes = () => Object.keys(localStorage).filter((key) => key.startsWith(`${NAME}:`));

const fails = () => {
  throw new DOMException('denied', 'SecurityError');
};

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  localStorage.clear();
  faults.counts = {};
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('storage', () => {
  test('stores what a change set and deleted', async () => {
    const page = open();
    await page.set('a', 1);
    await page.set('b', { n: 2 });
    await page.remove('a');
    expect(await open().all()).toEqual({ b: { n: 2 } });
    expect(page.kind()).toBe('indexeddb');
  });

  test('gives up a transaction that hangs, tries again, and lets no memory stand in that knows nothing', async () => {
    const page = open();
    await page.set('a', 1);
    vi.useFakeTimers();
    const abort = vi.fn();
    const hangs = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      const one: any = new EventTarget();
      one.addEventListener('abort', () => one.onabort());
      return Object.assign(one, { objectStore: () => ({ get: () => ({}) }), abort });
    });
    const change = page.set('b', 2).catch(String);
    await vi.advanceTimersByTimeAsync(8_999);
    expect(abort).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(60_000); // it is tried with connections that are new
    expect(await change).toMatch('cannot be read now');
    expect(abort.mock.calls.length).toBeGreaterThanOrEqual(4);
    hangs.mockRestore();
    vi.useRealTimers();
    expect(await page.all()).toEqual({ a: 1 });
    expect(page.kind()).toBe('indexeddb');
  });

  test('reads all only where somebody else has changed something', async () => {
    const page = open();
    const other = open();
    const ranges: unknown[] = [];
    const real = IDBObjectStore.prototype.getAll;
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: any, range) {
      ranges.push((range as any)?.upper ?? 'all');
      return real.call(this, range);
    });
    await page.set('q/1', 1);
    await page.set('q/2', 2);
    page.kept.put('in/1', 'loose');
    expect(await page.all()).toEqual({ 'q/1': 1, 'q/2': 2, 'in/1': 'loose' });
    await other.set('q/3', 3);
    expect(await page.all()).toMatchObject({ 'q/3': 3 });
    await page.remove('q/1');
    expect(await other.all()).toEqual({ 'q/2': 2, 'q/3': 3, 'in/1': 'loose' });
    expect(ranges).toEqual(['all', 'in/~', 'in/~', 'all', 'all', 'in/~', 'all']);
  });

  test('knows whether its picture is the last one', async () => {
    const page = open();
    const other = open();
    expect(page.fresh()).toBe(true);
    await page.set('q/1', 1);
    expect(page.fresh()).toBe(true);
    await other.all(); // looks only
    expect(page.fresh()).toBe(true);
    await other.set('q/2', 2);
    expect([page.fresh(), other.fresh()]).toEqual([false, true]);
    await page.all();
    expect(page.fresh()).toBe(true);
  });

  test('hands out what the work returned', async () => {
    expect(await open().change(() => 'result')).toBe('result');
  });

  test('stores nothing of a work that throws, and throws the same', async () => {
    const page = open();
    await page.set('a', 1);
    const broken = page.change((view) => {
      view.set('a', 2);
      view.set('b', 2);
      throw new Error('ours');
    });
    await expect(broken).rejects.toThrow('ours');
    expect(await page.all()).toEqual({ a: 1 });
    expect(page.kind()).toBe('indexeddb');
    expect(page.last().get('a')).toBe(1);
  });

  test('loses no change of two tabs', async () => {
    const tabs = [open(), open()];
    const count = (view: View) => view.set('n', (view.get('n') ?? 0) + 1);
    await Promise.all(Array.from({ length: 200 }, (_, i) => tabs[i % 2]!.change(count)));
    expect(await tabs[0]!.all()).toEqual({ n: 200 });
  });

  test('sees what was put just before', async () => {
    const page = open();
    await page.all();
    page.keep('a', 1);
    expect(await page.all()).toEqual({ a: 1 });
  });

  test('shows what it last saw', async () => {
    const page = open();
    expect(page.last().size).toBe(0);
    await page.set('a', 1);
    expect(Object.fromEntries(page.last())).toEqual({ a: 1 });
  });

  test('is closed before it is used', () => {
    expect(open().kind()).toBe('closed');
  });

  describe('notes', () => {
    test('that were left before the connection stood move into the database', async () => {
      const page = open();
      page.keep('a', 1);
      expect(await page.all()).toEqual({ a: 1 });
      expect(notes()).toHaveLength(0);
      expect(await open().all()).toEqual({ a: 1 });
      expect(page.kept.early.size).toBe(0);
    });

    test('of a page that died move into the database', async () => {
      open().keep('a', 1);
      expect(await open().all()).toEqual({ a: 1 });
      expect(notes()).toHaveLength(0);
    });

    test('stay until what they say is stored', async () => {
      const page = open();
      page.keep('a', 1);
      expect(notes()).toHaveLength(1);
      await page.kept.open();
      expect(notes()).toHaveLength(1); // it is on its way only
      await page.change((view) => expect(view.get('a')).toBe(1));
      expect(notes()).toHaveLength(0);
    });

    test('stay where the work throws', async () => {
      const page = open();
      page.keep('a', 1);
      await page.change(() => fails()).catch(() => {});
      expect(await page.all()).toEqual({ a: 1 });
    });

    test('that say what a page consumes are gone with it', async () => {
      const page = open();
      page.keep('in/1', 1);
      await page.remove('in/1');
      expect(await page.all()).toEqual({});
      expect(await open().all()).toEqual({});
    });

    test('that cannot be read are passed by', async () => {
      localStorage.setItem(`${NAME}:in/1`, '{"cut off');
      localStorage.setItem(`${NAME}:in/2`, '2');
      expect(await open().all()).toStrictEqual({ 'in/2': 2 });
    });

    test('that another tab has moved meanwhile are passed by', async () => {
      open().keep('in/1', 1);
      const second = open();
      await open().remove('in/1'); // a third tab moves and consumes it
      expect(await second.all()).toEqual({});
    });
  });

  describe.each<[string, () => void]>([
    ['is missing', () => vi.stubGlobal('indexedDB', undefined)],
    [
      'throws when it is looked at',
      () => Object.defineProperty(globalThis, 'indexedDB', { get: fails, configurable: true }),
    ],
    ['throws when it is opened', () => vi.spyOn(indexedDB, 'open').mockImplementation(fails)],
    [
      'fails to open',
      () =>
        vi.spyOn(indexedDB, 'open').mockImplementation(() => {
          const request: any = { error: new DOMException('broken', 'UnknownError') };
          queueMicrotask(() => request.onerror());
          return request;
        }),
    ],
  ])('where IndexedDB %s', (_how, breakIt) => {
    let page: ReturnType<typeof open>;
    beforeEach(() => {
      breakIt();
      page = open();
    });
    afterEach(() => {
      Object.defineProperty(globalThis, 'indexedDB', {
        value: undefined,
        configurable: true,
        writable: true,
      });
    });

    test('memory stands in', async () => {
      await page.set('a', 1);
      await page.set('b', 2);
      await page.remove('a');
      expect(await page.all()).toEqual({ b: 2 });
      expect(Object.fromEntries(page.last())).toEqual({ b: 2 });
      expect(page.kind()).toBe('memory');
    });

    test('what was put is there, before and after', async () => {
      page.keep('a', 1);
      expect(await page.all()).toEqual({ a: 1 });
      page.keep('b', 2);
      expect(await page.all()).toEqual({ a: 1, b: 2 });
    });

    test('what was consumed does not come back', async () => {
      page.keep('in/1', 1);
      await page.remove('in/1');
      expect(await page.all()).toEqual({});
    });

    test('a work that throws changes nothing', async () => {
      await page.set('a', 1);
      const broken = page.change((view) => {
        view.set('a', 2);
        throw new Error('ours');
      });
      await expect(broken).rejects.toThrow('ours');
      expect(await page.all()).toEqual({ a: 1 });
    });

    test('the notes of pages that died are not lost', async () => {
      localStorage.setItem(`${NAME}:in/1`, '1');
      const next = open();
      const seen = await next.all();
      const left = Object.keys(localStorage);
      expect(seen['in/1'] ?? left).toEqual(seen['in/1'] ? 1 : [`${NAME}:in/1`]);
    });

    test('it is counted once', async () => {
      await page.set('a', 1);
      await page.all();
      expect(faults.counts.storage).toBe(1);
    });
  });

  test('where both storages are blocked memory stands in', async () => {
    vi.stubGlobal('indexedDB', undefined);
    vi.stubGlobal('localStorage', undefined);
    const page = open();
    page.keep('a', 1);
    expect(await page.all()).toEqual({ a: 1 });
  });

  describe('where opening hangs', () => {
    let finish: () => void;
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      const real = indexedDB.open.bind(indexedDB);
      vi.spyOn(indexedDB, 'open').mockImplementationOnce((...args) => {
        const request: any = {};
        finish = () => {
          const late = real(...args);
          late.onupgradeneeded = () => {
            request.result = late.result;
            request.onupgradeneeded();
          };
          late.onsuccess = () => {
            request.result = late.result;
            request.onsuccess();
          };
        };
        return request;
      });
    });

    test('memory stands in after two seconds', async () => {
      const page = open();
      page.keep('a', 1);
      const all = page.all();
      await vi.advanceTimersByTimeAsync(2000);
      expect(await all).toEqual({ a: 1 });
      expect(page.kind()).toBe('memory');
    });

    test('a database that opens late is used, and gets what memory held', async () => {
      const page = open();
      const set = page.set('a', 1);
      await vi.advanceTimersByTimeAsync(2000);
      await set;
      finish();
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await page.all()).toEqual({ a: 1 });
      expect(page.kind()).toBe('indexeddb');
      expect(await open().all()).toEqual({ a: 1 });
    });

    test('what is put when it opens late is not lost', async () => {
      const page = open();
      const set = page.set('a', 1);
      await vi.advanceTimersByTimeAsync(2000);
      await set;
      finish();
      await vi.waitFor(async () => expect(await indexedDB.databases()).toHaveLength(1));
      page.keep('b', 2);
      await page.set('c', 3);
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await page.all()).toEqual({ a: 1, b: 2, c: 3 });
      expect(await open().all()).toEqual({ a: 1, b: 2, c: 3 });
    });
  });

  describe('after a time in memory', () => {
    let page: ReturnType<typeof open>;
    let other: Storage & { all(): Promise<object> };

    /** The connection breaks and cannot be opened for a while. */
    const breakOff = async () => {
      const real = indexedDB.open.bind(indexedDB);
      const broken = vi.spyOn(indexedDB, 'open').mockImplementation(fails);
      page.kept.lose();
      await page.all();
      expect(page.kind()).toBe('memory');
      return () => broken.mockImplementation(real);
    };
    const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      other = open();
      page = open();
      await other.change((view) => view.set('a', 1).set('b', 1));
      await page.all();
    });

    test('the database is tried again after half a minute, and gets what memory held', async () => {
      const mend = await breakOff();
      await page.set('c', 1);
      mend();
      later(29);
      await page.all();
      expect(page.kind()).toBe('memory');
      later(2);
      expect(await page.all()).toEqual({ a: 1, b: 1, c: 1 });
      expect(page.kind()).toBe('indexeddb');
      expect(await other.all()).toEqual({ a: 1, b: 1, c: 1 });
    });

    test('what was there before is seen in memory', async () => {
      await breakOff();
      expect(await page.all()).toEqual({ a: 1, b: 1 });
    });

    test('what was deleted in memory stays deleted', async () => {
      const mend = await breakOff();
      await page.remove('a');
      mend();
      later(31);
      expect(await page.all()).toEqual({ b: 1 });
      expect(await other.all()).toEqual({ b: 1 });
    });

    test('what was deleted in memory stays deleted when the next try fails too', async () => {
      await breakOff();
      await page.remove('a');
      later(31);
      expect(await page.all()).toEqual({ b: 1 });
    });

    test('what another tab wrote meanwhile stands, where memory has nothing to say', async () => {
      const mend = await breakOff();
      await page.set('c', 1);
      await other.change((view) => {
        view.delete('a');
        view.set('b', 2);
      });
      mend();
      later(31);
      expect(await page.all()).toEqual({ b: 2, c: 1 });
    });

    test('is not tried more than four times', async () => {
      await breakOff();
      const tries = vi.spyOn(indexedDB, 'open').mockImplementation(fails);
      tries.mockClear();
      for (let i = 0; i < 20; i++) {
        later(31);
        await page.set('c', i);
      }
      expect(tries).toHaveBeenCalledTimes(3); // and the one before
      expect(await page.all()).toEqual({ a: 1, b: 1, c: 19 });
    });
  });

  describe('when the connection is lost', () => {
    test.each<[string, (connection: IDBDatabase) => void]>([
      ['without a word', (connection) => connection.close()],
      [
        'with a word',
        (connection) => {
          connection.close();
          connection.onclose!(new Event('close'));
        },
      ],
    ])('%s, it is opened anew, and nothing is lost', async (_how, lose) => {
      const all = connections();
      const page = open();
      await page.set('a', 1);
      lose(all[0]!);
      page.keep('b', 2);
      expect(await page.all()).toEqual({ a: 1, b: 2 });
      expect(page.kind()).toBe('indexeddb');
      expect(all).toHaveLength(2);
      expect(await open().all()).toEqual({ a: 1, b: 2 });
    });

    test('while nothing is put, it is opened anew as well', async () => {
      const all = connections();
      const page = open();
      await page.set('a', 1);
      all[0]!.close();
      expect(await page.all()).toEqual({ a: 1 });
      expect(page.kind()).toBe('indexeddb');
      expect(faults.counts).toEqual({ storage: 1 });
    });
  });

  describe('where the disk is full', () => {
    const count = (view: View) => view.set('n', (view.get('n') ?? 0) + 1).get('n');
    /** A transaction that wrote something is aborted when it commits. */
    const fill = () =>
      vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: any) {
        this._abort('QuotaExceededError');
      });

    test('memory stands in', async () => {
      const page = open();
      await page.set('a', 1);
      fill();
      await page.set('b', 2);
      expect(await page.all()).toEqual({ a: 1, b: 2 });
      expect(page.kind()).toBe('memory');
    });

    test('work is done once', async () => {
      const page = open();
      await page.change(count);
      fill();
      expect(await page.change(count)).toBe(2);
      expect(await page.change(count)).toBe(3);
    });

    test('what was put is not lost', async () => {
      const page = open();
      await page.all();
      fill();
      page.keep('a', 1);
      expect(await page.all()).toEqual({ a: 1 });
    });

    test('what was stored before stays stored', async () => {
      const page = open();
      await page.set('a', 1);
      const full = fill();
      await page.set('a', 2).catch(() => {});
      full.mockRestore();
      expect(await open().all()).toEqual({ a: 1 });
    });
  });

  test('rejects after everything was erased, and keeps nothing', async () => {
    const page = open();
    await page.set('a', 1);
    page.kept.erase();
    page.keep('b', 2);
    await expect(page.set('c', 3)).rejects.toThrow('erased');
    expect(await open().all()).toEqual({});
  });
});
