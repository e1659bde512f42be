// Shopify's pixel manager as documented: https://shopify.dev/docs/api/web-pixels-api/standard-api
import { vi } from 'vitest';

type Privacy = Partial<Record<'analyticsProcessingAllowed' | 'marketingAllowed', boolean>>;

export const SETTINGS = {
  WRITE_KEY: 'key',
  REGION: 'us',
  API_HOST: '',
  IDENTIFY_BY: 'email',
  PURPOSE: 'analytics',
};

/** Starts the pixel anew with its settings and Shopify's globals. */
export async function pixel({
  settings = {},
  privacy = { analyticsProcessingAllowed: true, marketingAllowed: true },
  customer = null,
  cookies = { ajs_anonymous_id: 'V1' },
}: {
  settings?: Partial<typeof SETTINGS>;
  privacy?: Privacy;
  customer?: object | null;
  cookies?: Record<string, string>;
} = {}) {
  const jar = new Map(Object.entries(cookies));
  const written: string[] = [];
  const listeners = new Map<string, (event: any) => unknown>();
  const subscribe = (name: string, listener: (event: any) => unknown) => listeners.set(name, listener);
  for (const [name, value] of Object.entries({ ...SETTINGS, ...settings })) vi.stubGlobal(name, value);
  vi.stubGlobal('init', { data: { customer }, customerPrivacy: privacy });
  vi.stubGlobal('analytics', { subscribe });
  vi.stubGlobal('customerPrivacy', { subscribe });
  vi.stubGlobal('browser', {
    cookie: {
      get: async (name: string) => jar.get(name) ?? '',
      async set(text: string) {
        written.push(text);
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(text)!;
        if (/max-age=0/.test(text)) jar.delete(name!);
        else jar.set(name!, value!);
      },
    },
  });
  vi.resetModules();
  await import('../../src/shopify/pixel.ts');
  const settle = () => vi.advanceTimersByTimeAsync(0);
  await settle();
  return {
    jar,
    written,
    subscribed: () => [...listeners.keys()],
    /** An event of the checkout. */
    async fire(
      name: 'checkout_contact_info_submitted' | 'checkout_completed',
      checkout: unknown,
      parts: object = {},
    ) {
      listeners.get(name)?.({
        id: 'e1',
        clientId: 'client-1',
        timestamp: '2026-11-27T12:00:00.000Z',
        data: { checkout },
        context: { document: { location: { href: 'https://shop.example/checkouts/cn/secret-token' } } },
        ...parts,
      });
      await settle();
    },
    /** The buyer answers the banner. */
    async answer(next: Privacy) {
      listeners.get('visitorConsentCollected')?.({ customerPrivacy: next });
      await settle();
    },
  };
}
