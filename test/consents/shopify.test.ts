import { describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/consents/shopify.js';
import { shopify } from '../../src/consents/shopify.ts';
import { calm, hold, testConsent } from './conformance.ts';

describe('shopify', () => {
  testConsent(shopify, install);

  test('stays pending and says it where the API does not load', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const fake = install(window, { fails: true });
    const held = hold(shopify());
    await calm();
    expect(held.state()).toBe('pending');
    expect(String(said.mock.calls)).toContain('Customer Privacy API');
    fake.uninstall();
    said.mockRestore();
  });
  test('asks for the purposes that the site names, all of them', async () => {
    const fake = install(window, { remembered: true });
    const held = hold(shopify({ purpose: ['analytics', 'marketing'] }));
    await calm();
    expect(held.state()).toBe('granted');
    (window as any).Shopify.customerPrivacy.marketingAllowed = () => false;
    expect(hold(shopify()).state()).toBe('granted');
    expect(hold(shopify({ purpose: ['analytics', 'marketing'] })).state()).toBe('denied');
    fake.uninstall();
  });
});
