import { beforeEach, describe, expect, test } from 'vitest';
import { faults } from '../../src/lib/guard.ts';
import { on } from '../../src/lib/on.ts';

describe('on', () => {
  beforeEach(() => {
    faults.counts = {};
  });

  test('hears events until it is stopped', () => {
    const heard: string[] = [];
    const stop = on('here', window, {
      one: ({ type }) => heard.push(type),
      two: ({ type }) => heard.push(type),
    });
    window.dispatchEvent(new Event('one'));
    window.dispatchEvent(new Event('two'));
    stop();
    window.dispatchEvent(new Event('one'));
    expect(heard).toEqual(['one', 'two']);
  });

  test('hears what somebody below keeps to himself', () => {
    let count = 0;
    const stop = on('here', document, { one: () => count++ });
    document.body.addEventListener('one', (event) => event.stopPropagation(), { once: true });
    document.body.dispatchEvent(new Event('one', { bubbles: true }));
    stop();
    expect(count).toBe(1);
  });

  test('counts what a listener throws, and never holds an event up', () => {
    const stop = on('here', window, {
      one(event) {
        event.preventDefault();
        throw new Error('ours');
      },
    });
    expect(window.dispatchEvent(new Event('one', { cancelable: true }))).toBe(true);
    stop();
    expect(faults.counts).toEqual({ here: 1 });
  });
});
