import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../../src/lib/guard.ts';
import { watch } from '../../src/lib/watch.ts';

/** A clock that the test moves: the timers that were set, and the time. */
let now: number;
let timers: Map<number, { at: number; work: () => void }>;
const stops: (() => void)[] = [];

beforeEach(() => {
  now = 1_795_348_800_000;
  timers = new Map();
  let ids = 0;
  vi.stubGlobal('setTimeout', (work: () => void, wait: number) => {
    timers.set(++ids, { at: now + wait, work });
    return ids;
  });
  vi.stubGlobal('clearTimeout', (id: number) => timers.delete(id));
  faults.counts = {};
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
});

/** Lets time pass, timer by timer. */
function pass(seconds: number) {
  const until = now + seconds * 1000;
  for (;;) {
    const [next] = [...timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
    if (!next) break;
    timers.delete(next[0]);
    now = next[1].at;
    next[1].work();
  }
  now = until;
}

function start(wakes: string[] = [], look: () => void = () => {}) {
  const looked = vi.fn(look);
  const stop = watch(looked, wakes, () => now);
  stops.push(stop);
  return { looked, stop, count: () => looked.mock.calls.length };
}

describe('watch', () => {
  test('looks at once', () => {
    expect(start().count()).toBe(1);
  });

  test('looks again when as long again has passed, every second in the first minute, every five for ten more', () => {
    const began = now;
    const at: number[] = [];
    start([], () => at.push(now - began));
    pass(0.95);
    expect(at).toEqual([0, 100, 200, 400, 800]);
    pass(59);
    expect(at.slice(5, 8)).toEqual([1600, 2600, 3600]);
    expect(at).toHaveLength(5 + 59);
    pass(600);
    expect(at).toHaveLength(5 + 59 + 120);
  });

  test('begins anew with a click, though it rests, and for a second more often', () => {
    const { count } = start();
    pass(24 * 60 * 60);
    const before = count();
    document.body.click();
    pass(0.95);
    expect(count() - before).toBe(10);
    pass(59);
    expect(count() - before).toBe(69);
    expect(timers.size).toBe(1);
  });

  test('then rests', () => {
    const { count } = start();
    pass(11 * 60);
    const before = count();
    pass(24 * 60 * 60);
    expect(count() - before).toBeLessThanOrEqual(1);
    expect(timers.size).toBe(0);
  });

  test.each(['load', 'pageshow', 'popstate', 'hashchange'])('looks at %s, though it rests', (name) => {
    const { count } = start();
    pass(24 * 60 * 60);
    const before = count();
    window.dispatchEvent(new Event(name));
    expect(count()).toBe(before + 1);
  });

  test('looks when a widget calls, in the window or the document', () => {
    const { count } = start(['widget:ready']);
    window.dispatchEvent(new Event('widget:ready'));
    document.dispatchEvent(new Event('widget:ready'));
    expect(count()).toBe(3);
  });

  test('looks when the page moves on by pushState', () => {
    const navigation = new EventTarget();
    vi.stubGlobal('navigation', navigation);
    const { count, stop } = start();
    navigation.dispatchEvent(new Event('navigatesuccess'));
    stop();
    navigation.dispatchEvent(new Event('navigatesuccess'));
    expect(count()).toBe(2);
  });

  test('goes on looking though a look fails', () => {
    const { count } = start([], () => {
      throw new Error('ours');
    });
    pass(5);
    expect(count()).toBe(9);
    expect(faults.counts).toEqual({ look: 9 });
  });

  test('ends', () => {
    const { count, stop } = start(['widget:ready']);
    stop();
    pass(60);
    for (const name of ['load', 'widget:ready']) window.dispatchEvent(new Event(name));
    expect(count()).toBe(1);
    expect(timers.size).toBe(0);
  });
});
