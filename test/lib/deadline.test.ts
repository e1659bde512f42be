import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadline } from '../../src/lib/deadline.ts';

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('deadline', () => {
  test('is none at the beginning', () => {
    expect(deadline('chatstone_test').get()).toBe(0);
  });

  test('is read by every tab in the task in which it was set', () => {
    deadline('chatstone_test').set(1_795_348_800_000);
    expect(deadline('chatstone_test').get()).toBe(1_795_348_800_000);
    expect(deadline('chatstone_other').get()).toBe(0);
  });

  test('is none where somebody else wrote there', () => {
    localStorage.setItem('chatstone_test', 'soon');
    expect(deadline('chatstone_test').get()).toBe(0);
  });

  test('is none where localStorage is blocked', () => {
    vi.stubGlobal('localStorage', undefined);
    const blocked = deadline('chatstone_test');
    expect(() => blocked.set(1)).not.toThrow();
    expect(blocked.get()).toBe(0);
  });
});
