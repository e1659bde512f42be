import { afterEach, describe, expect, test, vi } from 'vitest';
import { faults } from '../../src/lib/guard.ts';
import { slots, standing } from '../../src/lib/slots.ts';

let undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo) one();
  undo = [];
  faults.counts = {};
});
/** Listens to a slot, and notes what is heard by whom. */
function listen(target: any, heard: string[], who = 'us') {
  const stop = slots('vendor', target, { onOpen: (data) => heard.push(`${who} ${data}`) });
  undo.push(stop);
  return stop;
}

describe('slots', () => {
  for (const order of ['before', 'after'] as const)
    test(`calls the handler that the site set ${order} us, with what the vendor gave, and hands back what it returns`, () => {
      const heard: string[] = [];
      const page: any = {};
      const site = function (this: unknown, data: string) {
        heard.push(`site ${data} ${this === page}`);
        return 'kept';
      };
      if (order === 'before') page.onOpen = site;
      listen(page, heard);
      if (order === 'after') page.onOpen = site;
      expect(page.onOpen('x')).toBe('kept');
      expect(heard).toEqual(['us x', 'site x true']);
    });

  test('hears once where the site calls the handler that it found', () => {
    const heard: string[] = [];
    const page: any = { onOpen: (data: string) => heard.push(`first ${data}`) };
    listen(page, heard);
    for (const who of ['second', 'third']) {
      const found = page.onOpen;
      page.onOpen = (data: string) => {
        heard.push(`${who} ${data}`);
        found(data);
      };
    }
    page.onOpen('x');
    page.onOpen('y');
    expect(heard).toEqual([
      'us x',
      'third x',
      'second x',
      'first x',
      'us y',
      'third y',
      'second y',
      'first y',
    ]);
  });

  test('is not doubled by a site that sets what it found', () => {
    const heard: string[] = [];
    const page: any = { onOpen: () => heard.push('site') };
    listen(page, heard);
    const found = page.onOpen;
    page.onOpen = found;
    page.onOpen('x');
    expect(heard).toEqual(['us x', 'site']);
  });

  test('gives the slot back as the site left it', () => {
    const first = () => {};
    const next = () => {};
    for (const [before, after] of [
      [undefined, undefined],
      [first, first],
      [undefined, next],
      [first, next],
    ]) {
      const page: any = before ? { onOpen: before } : {};
      const stop = listen(page, []);
      if (after !== before) page.onOpen = after;
      stop();
      expect(Object.getOwnPropertyDescriptor(page, 'onOpen')).toEqual(
        after && { value: after, configurable: true, enumerable: true, writable: true },
      );
    }
  });

  test('leaves a slot alone that somebody took in the meantime', () => {
    const page: any = {};
    const stop = listen(page, []);
    const theirs = () => {};
    Object.defineProperty(page, 'onOpen', { value: theirs, writable: true });
    stop();
    expect(page.onOpen).toBe(theirs);
  });

  test('serves two at once, and the slot is given back by the last', () => {
    const heard: string[] = [];
    const page: any = {};
    const stop = listen(page, heard, 'one');
    const stopToo = listen(page, heard, 'two');
    page.onOpen('x');
    stop();
    page.onOpen('y');
    stopToo();
    expect(heard).toEqual(['one x', 'two x', 'two y']);
    expect(page).toEqual({});
  });

  test('hears no more after stop through a handler that somebody kept', () => {
    const heard: string[] = [];
    const page: any = {};
    const stop = listen(page, heard);
    const kept = page.onOpen;
    stop();
    kept('x');
    expect(heard).toEqual([]);
  });

  test('shares a global function of the site, which cannot be configured', () => {
    const heard: string[] = [];
    const page: any = {};
    const site = (data: string) => heard.push(`site ${data}`);
    Object.defineProperty(page, 'onOpen', { value: site, writable: true, enumerable: true });
    const stop = listen(page, heard);
    page.onOpen('x');
    stop();
    expect(heard).toEqual(['us x', 'site x']);
    expect(page.onOpen).toBe(site);
  });

  test('leaves an accessor of the site where it is', () => {
    const heard: string[] = [];
    const page: any = {};
    let value: any = (data: string) => heard.push(`site ${data}`);
    const site = value;
    const accessor = {
      get: () => value,
      set: (next: any) => (value = next),
      configurable: true,
      enumerable: true,
    };
    Object.defineProperty(page, 'onOpen', accessor);
    const stop = listen(page, heard);
    page.onOpen('x');
    stop();
    expect(heard).toEqual(['us x', 'site x']);
    expect(Object.getOwnPropertyDescriptor(page, 'onOpen')).toEqual(accessor);
    expect(value).toBe(site);
  });

  test('hears the other slots of a target one of whose slots is shut, and counts that once', () => {
    const heard: string[] = [];
    const page: any = {};
    Object.defineProperty(page, 'onOpen', { value: () => {}, writable: false });
    const before = standing(page);
    undo.push(slots('vendor', page, { onOpen: () => {}, onClose: (data) => heard.push(data) }));
    page.onClose('x');
    expect(heard).toEqual(['x']);
    expect(standing(page)).toBe(before);
    expect(faults.counts).toEqual({ vendor: 1 });
  });

  test('hooks once beside another copy of itself', async () => {
    vi.resetModules();
    const copy: typeof import('../../src/lib/slots.ts') = await import('../../src/lib/slots.ts');
    const heard: string[] = [];
    const page: any = {};
    listen(page, heard, 'one');
    const mine = standing(page);
    undo.push(copy.slots('vendor', page, { onOpen: (data) => heard.push(`two ${data}`) }));
    const theirs = copy.standing(page);
    expect(standing(page)).toBe(mine);
    expect(copy.standing(page)).toBe(theirs);
    page.onOpen('x');
    expect(heard.sort()).toEqual(['one x', 'two x']);
    for (const one of undo.splice(0)) one();
    heard.length = 0;
    page.onOpen?.('y');
    expect(heard).toEqual([]);
  });

  test('counts what the listener throws, and lets through what the site throws', () => {
    const page: any = {
      onOpen: () => {
        throw new Error('of the site');
      },
    };
    undo.push(
      slots('vendor', page, {
        onOpen: () => {
          throw new Error('of ours');
        },
      }),
    );
    expect(() => page.onOpen()).toThrow('of the site');
    expect(faults.counts).toEqual({ vendor: 1 });
    expect(() => page.onOpen()).toThrow('of the site');
    expect(faults.counts).toEqual({ vendor: 2 });
  });
});

describe('standing', () => {
  test('is the same as long as the hooks stand', () => {
    const page: any = {};
    const before = standing(page);
    listen(page, []);
    page.onOpen = () => {};
    expect(standing(page)).toBe(before);
  });

  test('is another when a global function was declared over them, and then they hear again', () => {
    const heard: string[] = [];
    const page: any = {};
    const stop = listen(page, heard);
    const before = standing(page);
    Object.defineProperty(page, 'onOpen', {
      value: (data: string) => heard.push(`site ${data}`),
      writable: true,
      enumerable: true,
      configurable: false,
    });
    expect(standing(page)).not.toBe(before);
    stop();
    listen(page, heard, 'again');
    const after = standing(page);
    page.onOpen('x');
    expect(heard).toEqual(['again x', 'site x']);
    expect(standing(page)).toBe(after);
  });
});
