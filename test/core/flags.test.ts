import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  clearFlags,
  currentFlags,
  type Declared,
  type Flags,
  flagsOf,
  flagTraits,
  tellFlags,
} from '../../src/core/flags.ts';
import { DAY, HOUR, NOON, SECOND } from './builders.ts';

const DECLARED: Record<string, Declared> = {
  vip: { hours: 0, purchase: false },
  browsing: { hours: 1 },
};
const tell = (before: Flags, told: Record<string, boolean>, now = NOON) =>
  tellFlags(before, told, now, DECLARED);
const names = (flags: Flags) => Object.keys(flags).sort();

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe('flagsOf', () => {
  test.each<[string, unknown, Record<string, boolean> | undefined]>([
    ['true and false', { a: true, b: false }, { a: true, b: false }],
    ['nothing, for off', { a: undefined, b: null }, { a: false, b: false }],
    ['no flag at all', {}, undefined],
    ['a word', 'vip', undefined],
    ['null', null, undefined],
  ])('takes %s', (_, given, flags) => {
    vi.mocked(console.error).mockClear();
    expect(flagsOf(given)).toEqual(flags);
  });

  test.each([
    { Vip: true },
    { 'a b': true },
    { a: 'yes' },
    { a: 1 },
    { ['x'.repeat(60)]: true },
    { '': true },
  ])('leaves %o out and says what to write', (given) => {
    expect(flagsOf({ ok: true, ...given })).toEqual({ ok: true });
    // Said once a page, whatever was wrong.
  });

  test('takes fifty at most', () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`f${i}`, true]));
    expect(Object.keys(flagsOf(many)!)).toHaveLength(50);
  });
});

describe('tellFlags', () => {
  test('sets a flag for 72 hours, or as declared', () => {
    expect(tell({}, { cart: true, browsing: true, vip: true })).toEqual({
      cart: { since: NOON, until: NOON + 3 * DAY },
      browsing: { since: NOON, until: NOON + HOUR },
      vip: { since: NOON },
    });
  });

  test('prolongs what is told again; it was entered when it was', () => {
    const first = tell({}, { cart: true });
    expect(tell(first, { cart: true }, NOON + HOUR)).toEqual({
      cart: { since: NOON, until: NOON + HOUR + 3 * DAY },
    });
  });

  test('takes back what is false, and leaves the others', () => {
    expect(names(tell(tell({}, { cart: true, vip: true }), { cart: false }))).toEqual(['vip']);
  });

  test('refunded ends what a purchase ends, and stands', () => {
    expect(tell(tell({}, { cart: true, vip: true }), { refunded: true })).toEqual({
      vip: { since: NOON },
      refunded: { since: NOON },
    });
  });

  test('while unsubscribed stands, no other does', () => {
    const out = tell(tell({}, { cart: true, vip: true }), { unsubscribed: true });
    expect(names(out)).toEqual(['unsubscribed']);
    expect(names(tell(out, { cart: true }))).toEqual(['unsubscribed']);
    expect(names(tell(out, { unsubscribed: false, cart: true }))).toEqual(['cart']);
  });
});

describe('clearFlags', () => {
  test('ends what is not declared to outlive a purchase', () => {
    const flags = tell({}, { cart: true, browsing: true, vip: true });
    expect(names(clearFlags(flags, DECLARED))).toEqual(['vip']);
  });

  test('leaves all as it was where nothing ends', () => {
    const flags = tell({}, { vip: true });
    expect(clearFlags(flags, DECLARED)).toBe(flags);
  });
});

describe('currentFlags', () => {
  const flags = tell({}, { browsing: true, vip: true });
  test('keeps a flag to the end of its window', () => {
    expect(currentFlags(flags, NOON + HOUR - 1)).toBe(flags);
  });
  test('ends it there', () => {
    expect(names(currentFlags(flags, NOON + HOUR))).toEqual(['vip']);
  });
});

describe('flagTraits', () => {
  test('says what came, with its time in seconds, and what went', () => {
    expect(flagTraits({ old: { since: 0 } }, { vip: { since: NOON + 999 } })).toEqual({
      cio_segment_old: false,
      cio_segment_vip: true,
      cio_segment_vip_entered_at: NOON / SECOND,
    });
  });
});
