import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Leaving, leaving } from '../../src/lib/leaving.ts';

const swap = (url?: string | null) =>
  window.dispatchEvent(
    Object.assign(new Event('pageswap'), { activation: url === undefined ? null : { entry: { url } } }),
  );

describe('leaving', () => {
  let time: number;
  let way: Leaving;
  const navigation = new EventTarget();
  const navigate = (sameDocument: boolean, downloadRequest: string | null = null) =>
    navigation.dispatchEvent(
      Object.assign(new Event('navigate'), { destination: { sameDocument }, downloadRequest }),
    );

  beforeEach(() => {
    time = 1_000_000;
    Object.assign(window, { navigation });
    way = leaving(() => time);
  });
  afterEach(() => {
    way.stop();
    Reflect.deleteProperty(window, 'navigation');
  });

  test('is soon when another document was asked for, for two seconds', () => {
    expect(way.soon()).toBe(false);
    navigate(false);
    expect(way.soon()).toBe(true);
    time += 1999;
    expect(way.soon()).toBe(true);
    time += 1;
    expect(way.soon()).toBe(false);
  });

  test('is not soon for ever where the clock is set back', () => {
    navigate(false);
    time -= 60_000;
    expect(way.soon()).toBe(false);
  });

  test.each([
    ['a step within the document', true, null],
    ['a download', false, ''],
  ] as const)('is not soon for %s', (_what, sameDocument, download) => {
    navigate(sameDocument, download);
    expect(way.soon()).toBe(false);
  });

  test('knows the next page of this site, and no other', () => {
    expect(way.next()).toBeUndefined();
    swap('https://shop.example/cart');
    expect(way.next()).toBe('https://shop.example/cart');
    swap();
    expect(way.next()).toBeUndefined();
    swap(null);
    expect(way.next()).toBeUndefined();
  });

  test('forgets all that when the page is back', () => {
    navigate(false);
    swap('https://shop.example/cart');
    window.dispatchEvent(new Event('pageshow'));
    expect([way.soon(), way.next()]).toEqual([false, undefined]);
  });

  test('tells nothing where the engine has neither', () => {
    way.stop();
    Reflect.deleteProperty(window, 'navigation');
    way = leaving(() => time);
    navigate(false);
    expect([way.soon(), way.next()]).toEqual([false, undefined]);
  });
});
