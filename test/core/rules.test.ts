import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { options } from '../../src/core/options.ts';
import { rulesOf } from '../../src/core/rules.ts';
import { HOUR, MINUTE } from './builders.ts';

let said: MockInstance;
beforeEach(() => {
  said = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  said.mockRestore();
});

const rules = (given: object) => rulesOf(options(given), []);

describe('rulesOf', () => {
  test('waits 30 minutes for a conversation and 72 hours for a case', () => {
    expect(rules({}).idle).toEqual({ conversation: 30 * MINUTE, case: 72 * HOUR });
  });

  test('waits as long as the site says', () => {
    expect(rules({ idle: { conversation: 5, case: 0.5 } }).idle).toEqual({
      conversation: 5 * MINUTE,
      case: HOUR / 2,
    });
  });

  test.each([0, -1, 'long', {}, Number.NaN])('says what to write instead of %j', (conversation) => {
    expect(rules({ idle: { conversation } }).idle.conversation).toBe(30 * MINUTE);
  });

  test('says it on the console', () => {
    rules({ idle: { case: -1 } });
    expect(String(said.mock.calls)).toMatch(/^\[chatstone\] .*idle\.case/);
  });

  test('holds records of unknown persons, unless the site sends them', () => {
    expect(rules({}).hold).toBe(true);
    expect(rules({ anonymous: 'send' }).hold).toBe(false);
  });

  test('finds returns, order status and payment risky, unless the site names others', () => {
    expect(rules({}).risk).toEqual(expect.arrayContaining(['returns', 'order_status', 'payment']));
    expect(rules({ risk: ['sizing'] }).risk).toEqual(['sizing']);
  });
});
