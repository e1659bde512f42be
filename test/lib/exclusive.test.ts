import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { exclusive } from '../../src/lib/exclusive.ts';
import { faults } from '../../src/lib/guard.ts';
import { fakeLocks, installLocks, removeLocks } from './fake-locks.ts';

/** Work that ends when the test says so. */
function work() {
  let end = () => {};
  const run = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  return { run, begun: () => run.mock.calls.length > 0, end: () => end() };
}
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  installLocks(fakeLocks());
  faults.counts = {};
});
afterEach(() => {
  removeLocks();
  vi.useRealTimers();
});

describe('exclusive', () => {
  test('lets one work at a time', async () => {
    const [one, two] = [work(), work()];
    void exclusive('name', one.run);
    const second = exclusive('name', two.run);
    await soon();
    expect([one.begun(), two.begun()]).toEqual([true, false]);
    one.end();
    await soon();
    expect(two.begun()).toBe(true);
    two.end();
    await second;
  });

  test('has no eye for other names', async () => {
    const [one, two] = [work(), work()];
    void exclusive('one', one.run);
    void exclusive('two', two.run);
    await soon();
    expect([one.begun(), two.begun()]).toEqual([true, true]);
  });

  test('hands on what the work throws, and lets the next one in', async () => {
    const fails = vi.fn(() => Promise.reject(new Error('ours')));
    await expect(exclusive('name', fails)).rejects.toThrow('ours');
    expect(fails).toHaveBeenCalledOnce();
    const next = work();
    void exclusive('name', next.run);
    await soon();
    expect(next.begun()).toBe(true);
  });

  test('does not wait for a tab that says that it is being frozen', async () => {
    const [frozen, other] = [work(), work()];
    const first = exclusive('name', frozen.run);
    const second = exclusive('name', other.run);
    await soon();
    expect(other.begun()).toBe(false);
    document.dispatchEvent(new Event('freeze'));
    await soon();
    expect(other.begun()).toBe(true);
    await first;
    frozen.end(); // it thaws, and goes on in company
    other.end();
    await second;
  });

  test('does not wait for a frozen tab longer than 15 seconds', async () => {
    const [frozen, other] = [work(), work()];
    exclusive('name', frozen.run).catch(() => {});
    const second = exclusive('name', other.run);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(other.begun()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(other.begun()).toBe(true);
    other.end();
    await second;
  });

  test('may work as long as it takes once it has begun', async () => {
    const one = work();
    const done = vi.fn();
    void exclusive('name', one.run).then(done);
    await vi.advanceTimersByTimeAsync(60_000);
    one.end();
    await soon();
    expect(done).toHaveBeenCalledOnce();
    expect(one.run).toHaveBeenCalledOnce();
  });

  test.each<[string, unknown]>([
    ['are missing', undefined],
    [
      'throw, as in a sandboxed frame',
      {
        request: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      },
    ],
    [
      'reject',
      {
        request: async () => {
          throw new DOMException('denied', 'InvalidStateError');
        },
      },
    ],
  ])('works at once where locks %s', async (_how, locks) => {
    installLocks(locks);
    const one = work();
    const done = exclusive('name', one.run);
    await soon();
    expect(one.run).toHaveBeenCalledOnce();
    expect(faults.counts).toEqual(locks ? { lock: 1 } : {});
    one.end();
    await done;
  });

  test('leaves no timer behind', async () => {
    await exclusive('name', async () => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});
