import { describe, expect, test } from 'vitest';
import { count, drop, enqueue, keysOf, tally } from '../../src/core/queue.ts';
import type { Message } from '../../src/core/types.ts';
import { HOUR, NOON } from './builders.ts';

const message = (messageId: string) => ({ messageId }) as Message;
const ids = (view: Map<string, any>, name?: string) =>
  keysOf(view, name).map((key) => view.get(key).message.messageId);

describe('enqueue', () => {
  test('keeps the order in which records came', () => {
    const view = new Map();
    for (const id of ['c', 'a', 'b']) enqueue(view, 'server', message(id), NOON);
    expect(ids(view)).toEqual(['c', 'a', 'b']);
  });

  test('keeps the order though the clock goes back', () => {
    const view = new Map();
    enqueue(view, 'server', message('a'), NOON);
    enqueue(view, 'server', message('b'), NOON - HOUR);
    enqueue(view, 'server', message('c'), NOON - 2 * HOUR);
    expect(ids(view)).toEqual(['a', 'b', 'c']);
  });

  test('puts a record right before another', () => {
    const view = new Map();
    enqueue(view, 'server', message('a'), NOON);
    const b = enqueue(view, 'server', message('b'), NOON);
    enqueue(view, 'server', message('c'), NOON);
    enqueue(view, 'server', message('new'), NOON, b);
    expect(ids(view)).toEqual(['a', 'new', 'b', 'c']);
  });

  test('keeps one queue a destination', () => {
    const view = new Map();
    enqueue(view, 'server', message('a'), NOON);
    enqueue(view, 'server2', message('b'), NOON);
    expect([ids(view, 'server'), ids(view, 'server2'), ids(view)]).toEqual([['a'], ['b'], ['a', 'b']]);
  });
});

describe('drop', () => {
  test('takes records away, and counts them by reason', () => {
    const view = new Map();
    const keys = ['a', 'b', 'c'].map((id) => enqueue(view, 'server', message(id), NOON));
    drop(view, keys.slice(0, 2), 'refused');
    drop(view, keys.slice(2), 'expired');
    expect(ids(view)).toEqual([]);
    expect(tally(view).dropped).toEqual({ refused: 2, expired: 1 });
  });

  test('does not count what was taken meanwhile', () => {
    const view = new Map();
    const keys = ['a', 'b'].map((id) => enqueue(view, 'server', message(id), NOON));
    view.delete(keys[0]!);
    drop(view, keys, 'refused');
    expect(tally(view).dropped).toEqual({ refused: 1 });
  });

  test('of nothing counts nothing', () => {
    const view = new Map();
    drop(view, [], 'refused');
    expect(view.size).toBe(0);
  });
});

describe('count', () => {
  test('leaves what it was given as it was', () => {
    const before = { a: 1 };
    expect(count(before, 'a')).toEqual({ a: 2 });
    expect(before).toEqual({ a: 1 });
  });
});
