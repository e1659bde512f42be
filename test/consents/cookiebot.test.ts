import { describe, expect, test } from 'vitest';
import { install } from '../../demo/consents/cookiebot.js';
import { cookiebot } from '../../src/consents/cookiebot.ts';
import { hold, testConsent } from './conformance.ts';

describe('cookiebot', () => {
  testConsent(cookiebot, install);

  test('is pending again when the answer is asked for anew', () => {
    const fake = install(window, { remembered: true });
    const held = hold(cookiebot());
    fake.renew();
    expect(held.states).toEqual(['granted', 'pending']);
    fake.uninstall();
  });
  test('asks for the categories that the site names, all of them', () => {
    const fake = install(window, { remembered: true });
    (window as any).Cookiebot.consent.marketing = false;
    expect(hold(cookiebot()).state()).toBe('granted');
    expect(hold(cookiebot({ category: ['statistics', 'marketing'] })).state()).toBe('denied');
    fake.uninstall();
  });
});
