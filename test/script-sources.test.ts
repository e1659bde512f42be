import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Source } from '../src/core/types.ts';
import { faults } from '../src/lib/guard.ts';
import { onDemand } from '../src/script-sources.ts';

const page = window as { Intercom?: unknown };

/** A source on demand, and the file that it asks for. */
function demand(named = false) {
  const calls: string[] = [];
  const source: Source = {
    name: 'intercom',
    tells: ['chat_opened'],
    ready: () => page.Intercom,
    connect: () => {
      calls.push('connect');
      return () => calls.push('stop');
    },
    open: () => {
      calls.push('open');
    },
  };
  const asked: { arrive(): void; fail(): void }[] = [];
  const load = () =>
    new Promise<Source>((resolve, reject) => {
      asked.push({ arrive: () => resolve(source), fail: () => reject(new Error('blocked')) });
    });
  return {
    one: onDemand(
      'intercom',
      () => named || page.Intercom,
      load,
      () => calls.push('look'),
    ),
    asked,
    calls,
  };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  faults.counts = {};
});
afterEach(() => {
  vi.useRealTimers();
  delete page.Intercom;
});

describe('onDemand', () => {
  test('asks for nothing as long as its widget shows no sign', () => {
    const { one, asked } = demand();
    for (let i = 0; i < 3; i++) expect(one.ready()).toBeFalsy();
    expect(asked).toHaveLength(0);
  });

  test('asks once when there is a sign, and has itself looked at when the file is there', async () => {
    const { one, asked, calls } = demand();
    page.Intercom = () => {};
    for (let i = 0; i < 3; i++) expect(one.ready()).toBeFalsy();
    expect(asked).toHaveLength(1);
    expect(one.tells).toEqual([]);
    expect(one.open).toBeUndefined();
    asked[0]!.arrive();
    await settled();
    expect(calls).toEqual(['look']);
    expect(one.ready()).toBe(page.Intercom);
    expect(one.tells).toEqual(['chat_opened']);
    one.connect(() => {})();
    one.open!();
    expect(calls).toEqual(['look', 'connect', 'stop', 'open']);
    expect(asked).toHaveLength(1);
  });

  test('asks at once where the site names it', () => {
    const { one, asked } = demand(true);
    one.ready();
    expect(asked).toHaveLength(1);
  });

  test('asks again half a minute after the file did not come, and counts that', async () => {
    const { one, asked, calls } = demand(true);
    one.ready();
    asked[0]!.fail();
    await settled();
    expect(faults.counts).toEqual({ intercom: 1 });
    await vi.advanceTimersByTimeAsync(29_000);
    one.ready();
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    one.ready();
    expect(asked).toHaveLength(2);
    asked[1]!.arrive();
    await settled();
    expect(calls).toEqual(['look']);
  });
});
