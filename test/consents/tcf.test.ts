import { beforeEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/consents/tcf.js';
import { tcf } from '../../src/consents/tcf.ts';
import { hold, testConsent } from './conformance.ts';

// A frame that is in no page: happy-dom loads none, and says so at length.
beforeEach(() => void vi.spyOn(document.body, 'append').mockImplementation(() => {}));

describe('tcf', () => {
  testConsent(tcf, install);

  test('takes its listener away', () => {
    const fake = install(window);
    const held = hold(tcf());
    expect(fake.listeners.size).toBe(1);
    held.stop();
    expect(fake.listeners.size).toBe(0);
    fake.uninstall();
  });
  test('asks for the purposes and the vendor that the site names', () => {
    const fake = install(window, { remembered: true });
    expect(hold(tcf({ purposes: [1, 3, 4], vendor: 755 })).state()).toBe('granted');
    expect(hold(tcf({ vendor: 7 })).state()).toBe('denied');
    fake.uninstall();
  });
});
