import { describe, expect, test } from 'vitest';
import { sane, vendorTime } from '../../src/core/time.ts';
import { DAY, HOUR, NOON, SECOND } from './builders.ts';

describe('sane', () => {
  const hourAgo = NOON - HOUR;

  test.each<[string, unknown]>([
    ['milliseconds', hourAgo],
    ['seconds', hourAgo / 1000],
    ['milliseconds as text', String(hourAgo)],
    ['seconds as text', String(hourAgo / 1000)],
    ['ISO 8601', '2026-11-22T11:00:00.000Z'],
    ['ISO 8601 with an offset', '2026-11-22T12:00:00+01:00'],
    ['a Date', new Date(hourAgo)],
  ])('reads %s', (_how, at) => {
    expect(sane(at, NOON)).toBe(hourAgo);
  });

  test('keeps the fraction of a second', () => {
    expect(sane(hourAgo / 1000 + 0.25, NOON)).toBe(hourAgo + 250);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no time', 'yesterday'],
    ['an empty text', ''],
    ['zero', 0],
    ['no number', Number.NaN],
    ['an object', {}],
    ['a time more than a day ago', NOON - DAY - SECOND],
    ['a time more than 5 s ahead', NOON + 5 * SECOND + 1],
    ['a time of another age', 99],
    ['infinity', Number.POSITIVE_INFINITY],
  ])('takes the clock for %s', (_what, at) => {
    expect(sane(at, NOON)).toBe(NOON);
  });

  test.each<[string, number]>([
    ['almost a day ago', NOON - DAY + SECOND],
    ['up to 5 s ahead', NOON + 5 * SECOND],
  ])('believes a time %s', (_when, at) => {
    expect(sane(at, NOON)).toBe(at);
  });
});

describe('vendorTime', () => {
  test('is as old as the vendor says', () => {
    expect(vendorTime(NOON - 9 * DAY, NOON)).toBe(NOON - 9 * DAY);
    expect(vendorTime((NOON - 9 * DAY) / 1000, NOON)).toBe(NOON - 9 * DAY);
    expect(vendorTime('2026-11-01T00:00:00Z', NOON)).toBe(Date.UTC(2026, 10, 1));
  });

  test.each([
    [undefined],
    [null],
    [''],
    ['yesterday'],
    [{}],
    [Number.NaN],
    [NOON + HOUR],
    [0],
    [99],
    [false],
    [-1],
  ])('%j is no time', (at) => {
    expect(vendorTime(at, NOON)).toBeUndefined();
  });
});
