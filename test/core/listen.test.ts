import { beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../../src/core/listen.ts';
import type { Emit, Source } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';

/** A widget that comes, is replaced and goes as the test says. */
function widget(name = 'widget') {
  const held = { found: undefined as unknown, emits: [] as Emit[], stopped: 0 };
  const source: Source = {
    name,
    tells: [],
    ready: () => held.found,
    connect(emit) {
      held.emits.push(emit);
      return () => {
        held.stopped++;
      };
    },
  };
  return { source, held };
}

beforeEach(() => {
  faults.counts = {};
});

describe('listen', () => {
  test('connects a widget when it comes, once', () => {
    const { source, held } = widget();
    const listening = listen([source], () => {});
    listening.look();
    expect(held.emits).toHaveLength(0);
    held.found = {};
    listening.look();
    listening.look();
    expect(held.emits).toHaveLength(1);
  });

  test('hands over what it tells, with its name and the text', () => {
    const { source, held } = widget();
    const heard: unknown[] = [];
    held.found = {};
    listen([source], ({ name }, signal, text) => heard.push([name, signal, text])).look();
    held.emits[0]!({ type: 'message', from: 'visitor' }, 'hello');
    expect(heard).toEqual([['widget', { type: 'message', from: 'visitor' }, 'hello']]);
  });

  test('connects again when the widget was replaced, and no longer hears the old one', () => {
    const { source, held } = widget();
    const heard: string[] = [];
    const listening = listen([source], (_source, { type }) => heard.push(type));
    held.found = {};
    listening.look();
    held.found = {};
    listening.look();
    held.emits[0]!({ type: 'opened' });
    held.emits[1]!({ type: 'ended' });
    expect(held.stopped).toBe(1);
    expect(heard).toEqual(['ended']);
  });

  test('keeps a widget that is out of sight for a moment', () => {
    const { source, held } = widget();
    const listening = listen([source], () => {});
    const found = {};
    for (held.found of [found, undefined, found]) listening.look();
    expect(held.emits).toHaveLength(1);
  });

  test('knows which widgets were found', () => {
    const [one, two] = [widget('one'), widget('two')];
    const listening = listen([one.source, two.source], () => {});
    one.held.found = {};
    listening.look();
    expect(listening.found()).toEqual({ one: { found: true, tells: [] }, two: { found: false, tells: [] } });
  });

  test.each<[string, Partial<Source>]>([
    [
      'look',
      {
        ready: () => {
          throw new Error('vendor');
        },
      },
    ],
    [
      'connect',
      {
        connect: () => {
          throw new Error('vendor');
        },
      },
    ],
  ])('a source that throws at %s hurts no other', (_when, parts) => {
    const [broken, good] = [widget('broken'), widget('good')];
    broken.held.found = good.held.found = {};
    listen([{ ...broken.source, ...parts }, good.source], () => {}).look();
    expect(good.held.emits).toHaveLength(1);
    expect(faults.counts).toEqual({ broken: 1 });
  });

  test('what goes wrong with a signal does not reach the vendor', () => {
    const { source, held } = widget();
    held.found = {};
    listen([source], () => {
      throw new Error('ours');
    }).look();
    expect(() => held.emits[0]!({ type: 'opened' })).not.toThrow();
    expect(faults.counts).toEqual({ widget: 1 });
  });

  test('lets go of everything when it is stopped', () => {
    const { source, held } = widget();
    const heard: string[] = [];
    held.found = {};
    const listening = listen([source], (_source, { type }) => heard.push(type));
    listening.look();
    listening.stop();
    held.emits[0]!({ type: 'opened' });
    expect(held.stopped).toBe(1);
    expect(heard).toEqual([]);
    expect(listening.found()).toMatchObject({ widget: { found: false } });
  });
});
