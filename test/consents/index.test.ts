import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { install as cookiebot } from '../../demo/consents/cookiebot.js';
import { install as shopify } from '../../demo/consents/shopify.js';
import { all } from '../../src/consents/index.ts';
import { consent } from '../../src/core/consent.ts';
import type { ConsentState } from '../../src/core/types.ts';
import { calm } from './conformance.ts';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe('all', () => {
  test('lets a banner that comes late decide over the shop system', async () => {
    const shop = shopify(window, { free: true });
    const states: ConsentState[] = [];
    const permission = consent('auto', all(), (state) => states.push(state));
    permission.look();
    await calm();
    const banner = cookiebot(window);
    permission.look();
    shop.answer(true);
    expect(states).toEqual(['granted', 'pending']);
    banner.answer(false);
    shop.answer(true);
    expect(states).toEqual(['granted', 'pending', 'denied']);
    expect(permission.by()).toBe('cookiebot');
    banner.uninstall();
    shop.uninstall();
  });
  test.each([
    [{ onetrus: {} }, /some of onetrust/],
    [{ onetrust: { groups: 'C0003' } }, /consents\.onetrust.*group/],
    [{ cookiebot: { category: 'statistic' } }, /consents\.cookiebot.*statistics/],
    [{ tcf: { purposes: [] } }, /consents\.tcf.*purposes/],
    [{ shopify: 'marketing' }, /consents\.shopify.*purpose/],
  ])('says what to write instead of %j', (options, sentence) => {
    all(options as any);
    expect(String(vi.mocked(console.error).mock.calls)).toMatch(sentence);
  });
});
