import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Ask, asking, consent } from '../../src/core/consent.ts';
import type { ConsentState } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';

async function start(ask: Ask) {
  const states: ConsentState[] = [];
  const permission = consent('function', [asking(ask)], (state) => states.push(state));
  permission.look();
  permission.look();
  await new Promise((resolve) => setTimeout(resolve));
  return { ...permission, states };
}

beforeEach(() => {
  faults.counts = {};
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

describe('asking', () => {
  test.each<[string, Ask, ConsentState[]]>([
    ['true', () => true, ['granted']],
    ['false', () => false, ['denied']],
    ['a promise', async () => true, ['granted']],
    [
      'what is told',
      (tell) => ['granted', 'denied'].forEach((s) => void tell(s as ConsentState)),
      ['granted', 'denied'],
    ],
    ['nothing', () => {}, []],
  ])('takes %s for an answer', async (_, ask, states) => {
    const work = vi.fn(ask);
    expect((await start(work)).states).toEqual(states);
    expect(work).toHaveBeenCalledTimes(1);
  });
  test.each<[string, Ask]>([
    [
      'throws',
      () => {
        throw new Error('site');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('site');
      },
    ],
  ])('stays pending where the function %s, and counts it', async (_, ask) => {
    expect((await start(ask)).state()).toBe('pending');
    expect(faults.counts).toEqual({ function: 1 });
  });
  test.each<[string, any]>([
    ['an answer', () => 'yes'],
    ['a state', (tell: (state: string) => void) => tell('yes')],
  ])('says what to write instead of %s of another kind', async (_, ask) => {
    expect((await start(ask)).states).toEqual([]);
    expect(console.error).toHaveBeenCalledTimes(1);
  });
  test('ends what was returned, also if it came after the stop', async () => {
    const stop = vi.fn();
    (await start(() => stop)).stop();
    expect(stop).toHaveBeenCalledTimes(1);
    const late = vi.fn();
    const permission = consent('function', [asking(async () => late)], () => {});
    permission.look();
    permission.stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(late).toHaveBeenCalledTimes(1);
  });
});
