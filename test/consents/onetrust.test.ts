import { describe, expect, test } from 'vitest';
import { install } from '../../demo/consents/onetrust.js';
import { onetrust } from '../../src/consents/onetrust.ts';
import { hold, testConsent } from './conformance.ts';

describe('onetrust', () => {
  testConsent(onetrust, install);

  test('leaves the OptanonWrapper of the site as it is', () => {
    const wrapper = () => {};
    Object.assign(window, { OptanonWrapper: wrapper });
    const fake = install(window);
    hold(onetrust());
    expect((window as any).OptanonWrapper).toBe(wrapper);
    fake.uninstall();
  });
  test('asks for the groups that the site names, all of them', () => {
    const fake = install(window, { remembered: true });
    expect(hold(onetrust({ group: ['C0002', 'C0004'] })).state()).toBe('granted');
    expect(hold(onetrust({ group: ['C0002', 'C0009'] })).state()).toBe('denied');
    fake.uninstall();
  });
});
