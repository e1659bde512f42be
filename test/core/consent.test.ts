import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { consent } from '../../src/core/consent.ts';
import type { Consent, ConsentState } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';

/** A consent platform that comes when the test says so. */
function platform(name = 'cmp') {
  let tell: ((state: ConsentState) => void) | undefined;
  const held = { here: false, stopped: false, connected: 0 };
  const one: Consent = {
    name,
    sign: () => held.here,
    connect(say) {
      held.connected++;
      tell = say;
      return () => {
        held.stopped = true;
      };
    },
  };
  return { one, held, tell: (state: ConsentState) => tell!(state) };
}

const loaded = (state: DocumentReadyState) =>
  Object.defineProperty(document, 'readyState', { value: state, configurable: true });

function start(mode: string, ...platforms: Consent[]) {
  const states: ConsentState[] = [];
  const permission = consent(mode, platforms, (state) => states.push(state));
  permission.look();
  return { ...permission, states };
}

beforeEach(() => {
  loaded('interactive');
  faults.counts = {};
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  Reflect.deleteProperty(document, 'readyState');
  vi.restoreAllMocks();
});

describe('consent', () => {
  describe('auto', () => {
    test('waits for the page to load', () => {
      const permission = start('auto', platform().one);
      expect(permission.state()).toBe('pending');
      expect(permission.states).toEqual([]);
    });

    test('is granted when the page has loaded without a sign of a platform', () => {
      const permission = start('auto', platform().one);
      loaded('complete');
      permission.look();
      expect(permission.states).toEqual(['granted']);
      expect(permission.by()).toBe('auto');
    });

    test('is left to a platform that is there', () => {
      const cmp = platform();
      cmp.held.here = true;
      const permission = start('auto', platform('other').one, cmp.one);
      loaded('complete');
      permission.look();
      expect(permission.state()).toBe('pending');
      expect(permission.by()).toBe('cmp');
      cmp.tell('granted');
      expect(permission.states).toEqual(['granted']);
    });

    test('is taken over by a platform that comes late, which may deny', () => {
      const cmp = platform();
      const permission = start('auto', cmp.one);
      loaded('complete');
      permission.look();
      cmp.held.here = true;
      permission.look();
      cmp.tell('denied');
      expect(permission.states).toEqual(['granted', 'pending', 'denied']);
    });

    test('follows the platform when it changes its mind', () => {
      const cmp = platform();
      cmp.held.here = true;
      const permission = start('auto', cmp.one);
      for (const state of ['granted', 'granted', 'denied', 'granted'] as const) cmp.tell(state);
      expect(permission.states).toEqual(['granted', 'denied', 'granted']);
    });

    test('asks a platform once', () => {
      const cmp = platform();
      cmp.held.here = true;
      const permission = start('auto', cmp.one);
      permission.look();
      permission.look();
      expect(cmp.held.connected).toBe(1);
    });

    test('does not stumble over a platform whose sign throws', () => {
      const broken: Consent = {
        name: 'broken',
        sign: () => {
          throw new Error('vendor');
        },
      };
      loaded('complete');
      expect(start('auto', broken).state()).toBe('granted');
      expect(faults.counts).toEqual({ broken: 1 });
    });

    test('does not stumble over a platform that throws when it is connected', () => {
      const broken: Consent = {
        name: 'broken',
        sign: () => true,
        connect: () => {
          throw new Error('vendor');
        },
      };
      expect(() => start('auto', broken)).not.toThrow();
    });

    test('stays pending where a platform cannot be read yet, and says what to do', () => {
      const permission = start('auto', { name: 'unreadable', sign: () => true });
      loaded('complete');
      permission.look();
      expect(permission.state()).toBe('pending');
      expect(String(vi.mocked(console.error).mock.calls)).toContain("chatstone('consent', 'granted')");
    });
  });

  test('granted asks nobody', () => {
    const cmp = platform();
    cmp.held.here = true;
    const permission = start('granted', cmp.one);
    expect(permission.states).toEqual(['granted']);
    expect(cmp.held.connected).toBe(0);
  });

  test('manual waits for the page, whatever is there', () => {
    const cmp = platform();
    cmp.held.here = true;
    const permission = start('manual', cmp.one);
    loaded('complete');
    permission.look();
    expect(permission.state()).toBe('pending');
    permission.set('granted', 'page');
    expect(permission.states).toEqual(['granted']);
    expect(permission.by()).toBe('page');
  });

  describe('a platform by name', () => {
    test('is waited for, for ever', () => {
      const permission = start('cmp', platform().one);
      loaded('complete');
      permission.look();
      expect(permission.state()).toBe('pending');
    });

    test('is asked alone', () => {
      const [other, cmp] = [platform('other'), platform()];
      other.held.here = cmp.held.here = true;
      const permission = start('cmp', other.one, cmp.one);
      cmp.tell('granted');
      expect(permission.by()).toBe('cmp');
      expect(other.held.connected).toBe(0);
    });
  });

  describe('what the page says', () => {
    test('holds against a platform that comes late', () => {
      const cmp = platform();
      const permission = start('auto', cmp.one);
      permission.set('denied', 'page');
      cmp.held.here = true;
      loaded('complete');
      permission.look();
      expect(permission.states).toEqual(['denied']);
      expect(cmp.held.connected).toBe(0);
    });

    test('when it withdraws holds against a platform that goes on saying "granted"', () => {
      const cmp = platform();
      cmp.held.here = true;
      const permission = start('auto', cmp.one);
      cmp.tell('granted');
      permission.set('denied', 'page');
      cmp.tell('granted');
      expect(permission.state()).toBe('denied');
    });
  });

  test('lets go of the platform when it is stopped', () => {
    const cmp = platform();
    cmp.held.here = true;
    start('auto', cmp.one).stop();
    expect(cmp.held.stopped).toBe(true);
  });
});
