import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { showing } from '../../src/core/showing.ts';
import type { Destination, Plain, Profile } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';
import { MINUTE, mapStorage, NOON, SECOND } from './builders.ts';

const LIMIT = { most: 20, within: 30 * MINUTE };

/** A page that shows what is known at one vendor. */
function page({ storage = mapStorage(), may = () => true, ...parts }: any = {}) {
  const shown: Record<string, Plain>[] = [];
  const vendor = { fails: false };
  const destination: Destination = {
    name: 'desk',
    async show(profile) {
      if (vendor.fails) throw new Error('busy');
      shown.push({ ...profile });
    },
    ...parts,
  };
  const shows = showing(storage, [destination, { name: 'deaf', deliver: async () => {} }], may);
  return {
    storage,
    shown,
    vendor,
    stop: shows.stop,
    see: (profile: Profile, visitor = 'V1') => shows.look(visitor, () => profile),
    wait: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  faults.counts = {};
});
afterEach(() => void vi.useRealTimers());

describe('showing', () => {
  test('shows all that is known, once', async () => {
    const desk = page();
    await desk.see({ cart: 7, vip: true });
    await desk.see({ cart: 7, vip: true });
    expect(desk.shown).toEqual([{ cart: 7, vip: true }]);
  });

  test('shows again what changed, and nothing in place of what is known no more', async () => {
    const desk = page();
    await desk.see({ cart: 7, vip: true });
    await desk.see({ cart: 8 });
    await desk.see({ cart: 9 });
    expect(desk.shown.slice(1)).toEqual([
      { cart: 8, vip: false },
      { cart: 9, vip: false },
    ]);
  });

  test('shows nothing where nothing is known', async () => {
    const desk = page();
    await desk.see({});
    expect(desk.shown).toEqual([]);
  });

  test('shows what its list has', async () => {
    const desk = page({ routing: { traits: ['cart', 'cio_*'] } });
    await desk.see({ cart: 7, name: 'Ann', cio_segment_vip: true });
    expect(desk.shown).toEqual([{ cart: 7, cio_segment_vip: true }]);
  });

  test('takes from the next person what was shown of the one before', async () => {
    const desk = page();
    await desk.see({ cart: 7, last_chat_topic: 'returns', vip: true });
    await desk.see({ cart: 1 }, 'V2');
    expect(desk.shown[1]).toEqual({ cart: 1, last_chat_topic: '', vip: false });
  });

  test('shows it to what came later, too', async () => {
    let found = 'one';
    const desk = page({ ready: () => found });
    await desk.see({ cart: 7 });
    await desk.see({ cart: 7 });
    found = 'one,two';
    await desk.see({ cart: 7 });
    expect(desk.shown).toEqual([{ cart: 7 }, { cart: 7 }]);
  });

  test('waits until it may, without a failure', async () => {
    let may = false;
    const desk = page({ may: () => may });
    await desk.see({ cart: 7 });
    expect(desk.shown).toEqual([]);
    may = true;
    await desk.see({ cart: 7 });
    expect(desk.shown).toEqual([{ cart: 7 }]);
    expect(faults.counts).toEqual({});
  });

  test('shows it again after 30 s where the vendor failed, and counts that', async () => {
    const desk = page({ limit: LIMIT, keeps: true });
    desk.vendor.fails = true;
    await desk.see({ cart: 7 });
    await desk.see({ cart: 7 });
    expect(faults.counts).toEqual({ desk: 1 });
    desk.vendor.fails = false;
    await desk.wait(30 * SECOND);
    expect(desk.shown).toEqual([{ cart: 7 }]);
  });

  test('shows it on each page to a vendor that may have forgotten it', async () => {
    const first = page();
    await first.see({ cart: 7 });
    const second = page({ storage: first.storage });
    await second.see({ cart: 7 });
    expect(second.shown).toEqual([{ cart: 7 }]);
  });

  test('does not show a vendor that keeps it what it knows from another page', async () => {
    const first = page({ keeps: true });
    await first.see({ cart: 7 });
    const second = page({ storage: first.storage, keeps: true });
    await second.see({ cart: 7 });
    expect(second.shown).toEqual([]);
  });

  describe('where the vendor has a limit', () => {
    test('keeps it over all pages, and shows the last state when there is room', async () => {
      const storage = mapStorage();
      const pages = Array.from({ length: 4 }, () => page({ storage, limit: LIMIT }));
      for (let i = 0; i < 40; i++) {
        await pages[i % 4]!.see({ cart: i });
        await pages[i % 4]!.wait(SECOND);
      }
      const shown = () => pages.flatMap((one) => one.shown);
      expect(shown()).toHaveLength(15); // five are kept back for what cannot wait
      for (const one of pages.slice(1)) one.stop();
      await pages[0]!.see({ cart: 99 });
      await pages[0]!.wait(30 * MINUTE);
      expect(pages[0]!.shown.at(-1)).toEqual({ cart: 99 });
      expect(shown().length).toBeLessThanOrEqual(20);
    });

    test('lets through at once that a flag is gone', async () => {
      const desk = page({ limit: LIMIT });
      for (let i = 0; i < 16; i++) await desk.see({ cart: i, cio_segment_cart: true });
      expect(desk.shown).toHaveLength(15);
      await desk.see({ cart: 0, cio_segment_cart: false });
      expect(desk.shown.at(-1)).toEqual({ cart: 0, cio_segment_cart: false });
    });

    test('never more than it says, not even for that', async () => {
      const desk = page({ limit: LIMIT });
      const flags = (on: number) =>
        Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`cio_segment_${i}`, i < on]));
      for (let i = 0; i < 15; i++) await desk.see({ n: i, ...flags(8) });
      for (let on = 7; on >= 0; on--) await desk.see({ n: 15, ...flags(on) });
      expect(desk.shown).toHaveLength(20);
      await desk.wait(30 * MINUTE - 1);
      expect(desk.shown).toHaveLength(20);
      await desk.wait(1);
      expect(desk.shown.at(-1)).toEqual({ n: 15, ...flags(0) });
    });
  });

  test('shows nothing more once it is stopped, and leaves no timer', async () => {
    const desk = page({ limit: LIMIT });
    for (let i = 0; i < 20; i++) await desk.see({ cart: i });
    desk.stop();
    await desk.see({ cart: 99 });
    await desk.wait(60 * MINUTE);
    expect(desk.shown).toHaveLength(15);
    expect(vi.getTimerCount()).toBe(0);
  });
});
