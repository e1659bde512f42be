import { describe, expect, test, vi } from 'vitest';
import { Partly } from '../../src/lib/answer.ts';
import { oneByOne } from '../../src/lib/one-by-one.ts';

describe('oneByOne', () => {
  test('hands over each when the one before was taken', async () => {
    const log: string[] = [];
    await oneByOne(['a', 'b'], async (thing) => {
      log.push(`${thing} begins`);
      await Promise.resolve();
      log.push(`${thing} ends`);
    });
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('says what was taken before one failed, and why', async () => {
    const cause = new Error('busy');
    const error: Partly = await oneByOne([1, 2, 3], (n) => {
      if (n === 3) throw cause;
    }).catch((error) => error);
    expect(error).toBeInstanceOf(Partly);
    expect(error).toMatchObject({ taken: [1, 2], cause, message: 'busy' });
  });

  test('fails as the first one does where nothing was taken', async () => {
    const cause = new Error('busy');
    await expect(oneByOne([1], () => Promise.reject(cause))).rejects.toBe(cause);
  });

  test('waits so long, and leaves no timer behind', async () => {
    vi.useFakeTimers();
    const end = oneByOne(['a', 'b'], (thing) => (thing === 'a' ? undefined : new Promise(() => {})), 5000);
    const caught = end.catch((error) => error);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await caught).toMatchObject({ taken: ['a'], message: 'no answer in 5 s' });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
