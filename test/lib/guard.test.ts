import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fault, faults, guard } from '../../src/lib/guard.ts';

beforeEach(() => {
  faults.counts = {};
  faults.last = undefined;
});
afterEach(() => {
  faults.listener = undefined;
});

const fails = () => {
  throw new TypeError('vendor');
};

describe('guard', () => {
  test('hands arguments and result through', () => {
    expect(guard('here', (a: number, b: number) => a + b)(1, 2)).toBe(3);
    expect(faults.counts).toEqual({});
  });

  test('catches what is thrown, counts it by place, and says what it was', () => {
    const guarded = guard('here', fails);
    expect(guarded()).toBeUndefined();
    guarded();
    guard('there', fails)();
    expect(faults.counts).toEqual({ here: 2, there: 1 });
    expect(faults.last).toBe('there: TypeError: vendor');
  });

  test('catches a rejected promise', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    guard('here', async () => fails())();
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(faults.counts).toEqual({ here: 1 });
  });

  test.each([['a text'], [undefined], [null], [0], [{}], [Symbol('odd')], [Object.create(null)]])(
    'catches whatever is thrown (%#)',
    (thrown) => {
      const throws = guard('here', () => {
        throw thrown;
      });
      expect(throws).not.toThrow();
      expect(faults.counts).toEqual({ here: 1 });
    },
  );
});

describe('fault', () => {
  test('tells the listener', () => {
    const heard: string[] = [];
    faults.listener = (place, message) => heard.push(`${place} | ${message}`);
    fault('here', new Error('broken'));
    fault('there', 'a word');
    expect(heard).toEqual(['here | Error: broken', 'there | a word']);
  });

  test('bears a listener that fails, though its failure is a fault too', () => {
    const listener = vi.fn(fails);
    faults.listener = guard('listener', listener);
    expect(() => fault('here', new Error('broken'))).not.toThrow();
    expect(listener.mock.calls.length).toBeLessThan(3);
    expect(faults.counts).toEqual({ here: 1, listener: 1 });
  });

  test('bears a listener that fails later, without end', async () => {
    let calls = 0;
    faults.listener = guard('listener', async () => {
      if (++calls < 50) fails();
    });
    fault('here', new Error('broken'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(calls).toBeLessThan(3);
    const before = calls;
    fault('there', new Error('broken'));
    expect(calls).toBe(before + 1); // and is told what comes then
  });

  test('bears a listener that throws', () => {
    faults.listener = fails;
    expect(() => guard('here', fails)()).not.toThrow();
    expect(Object.values(faults.counts)).toEqual([1, 1]); // its own failure is counted too
  });
});
