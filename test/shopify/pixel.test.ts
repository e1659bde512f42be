import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pixel, type SETTINGS } from './fake-pixel.ts';

const NOW = Date.UTC(2026, 10, 27, 12, 0, 1);
const ANN = { email: ' Ann@Example.com ', phone: '+441' };
const BEN = { email: 'ben@example.com' };
const COOKIE = 'chatstone_user=V1|ann%40example.com; path=/; max-age=86400; samesite=lax; secure';
const CONTACT = 'checkout_contact_info_submitted';
const COMPLETED = 'checkout_completed';

let answers: (number | 'dead')[] = [];
let requests: { url: string; how: RequestInit }[] = [];
let sentences: string[] = [];
const batches = () => requests.map(({ how }) => JSON.parse(String(how.body)).batch);
const messages = () => batches().map(([message]) => message);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  answers = [];
  requests = [];
  sentences = [];
  vi.spyOn(Math, 'random').mockReturnValue(0.99);
  vi.spyOn(console, 'error').mockImplementation((...words) => void sentences.push(words.join(' ')));
  vi.stubGlobal('fetch', async (url: string, how: RequestInit) => {
    requests.push({ url: String(url), how });
    const answer = answers.shift() ?? 200;
    if (answer === 'dead') throw new TypeError('Failed to fetch');
    return new Response('{}', { status: answer });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('pixel', () => {
  test('hears two events of the checkout and the answer to the banner, and no field that is typed in', async () => {
    const shop = await pixel();
    expect(shop.subscribed()).toEqual([CONTACT, COMPLETED, 'visitorConsentCollected']);
    expect(requests).toEqual([]);
  });

  test.each([CONTACT, COMPLETED] as const)(
    '%s: the buyer is told under the storefront’s visitor id',
    async (name) => {
      const shop = await pixel();
      await shop.fire(name, ANN);
      expect(requests.map(({ url }) => url)).toEqual(['https://cdp.customer.io/v1/b']);
      const { how } = requests[0]!;
      expect(how).toMatchObject({ method: 'POST', keepalive: true });
      expect(typeof how.body).toBe('string');
      expect(new Headers(how.headers).get('content-type')).toMatch(/^text\/plain/); // else a preflight
      expect(messages()[0]).toMatchObject({
        type: 'identify',
        anonymousId: 'V1',
        userId: 'ann@example.com',
        traits: { email: 'ann@example.com', phone: '+441' },
        timestamp: '2026-11-27T12:00:00.000Z',
        writeKey: 'key',
      });
      expect(String(how.body)).not.toMatch(/secret-token|checkouts/);
      expect(shop.written).toEqual([COOKIE]);
      expect(sentences).toEqual([]);
    },
  );

  test('tells the same buyer once, and another buyer again', async () => {
    const shop = await pixel();
    await shop.fire(CONTACT, ANN);
    await shop.fire(CONTACT, { ...ANN, email: 'ann@example.com' });
    await shop.fire(COMPLETED, ANN);
    expect(messages()).toHaveLength(1);
    await shop.fire(COMPLETED, BEN);
    expect(messages().map(({ userId }) => userId)).toEqual(['ann@example.com', 'ben@example.com']);
  });

  test('gives the same fact the same messageId on another page of the checkout', async () => {
    await (await pixel()).fire(CONTACT, ANN);
    await (await pixel()).fire(COMPLETED, ANN, { timestamp: '2026-11-27T12:00:00.900Z' });
    const [one, two] = messages();
    expect(one.messageId).toBe(two.messageId);
  });

  test.each([
    ['bare', 'V-1', 'V-1'],
    ['in quotes', '"V-1"', 'V-1'],
    ['in encoded quotes', '%22V-1%22', 'V-1'],
    ['what can be no id', '<script>', 'shopify:client-1'],
    ['none', '', 'shopify:client-1'],
  ])('takes the visitor id %s', async (_how, value, id) => {
    const shop = await pixel({ cookies: value ? { ajs_anonymous_id: value } : {} });
    await shop.fire(CONTACT, ANN);
    expect(messages()[0].anonymousId).toBe(id);
    expect(shop.written[0]).toContain(`chatstone_user=${encodeURIComponent(id)}|`);
  });

  test('tells nobody where there is no address, and stumbles over nothing', async () => {
    const shop = await pixel();
    for (const checkout of [{}, { email: null }, { email: '<script>alert(1)</script>' }, { email: 7 }])
      await shop.fire(CONTACT, checkout);
    await shop.fire(CONTACT, ANN, { clientId: undefined });
    expect(messages()).toHaveLength(1);
    expect(sentences).toEqual([]);
  });

  test('says without a word of the visitor’s that an event is none', async () => {
    const shop = await pixel();
    const broken = {
      get email() {
        throw new Error('cannot read ann@example.com');
      },
    };
    for (const checkout of [undefined, broken]) await shop.fire(CONTACT, checkout);
    expect(requests).toEqual([]);
    expect(sentences.join()).toMatch(/^\[chatstone\] [^@]*$/);
  });

  test('writes no cookie where there is no consent and nothing to take back', async () => {
    const shop = await pixel({ privacy: {} });
    await shop.fire(CONTACT, ANN);
    expect(shop.written).toEqual([]);
  });

  test('takes the account that is logged in before what is typed for somebody else', async () => {
    const shop = await pixel({ customer: { id: '7', email: 'ann@example.com' } });
    await shop.fire(CONTACT, { ...BEN, phone: '+442' });
    expect(messages()[0]).toMatchObject({ userId: 'ann@example.com', traits: { customer_id: '7' } });
    expect(messages()[0].traits).not.toHaveProperty('phone');
  });

  test('goes by the id where the shop does', async () => {
    const settings = { IDENTIFY_BY: 'id' };
    await (await pixel({ settings })).fire(COMPLETED, { ...ANN, order: { customer: { id: '7' } } });
    await (await pixel({ settings })).fire(COMPLETED, BEN);
    expect(messages().map(({ userId, traits }) => [userId, traits.email])).toEqual([
      ['7', 'ann@example.com'],
      ['ben@example.com', 'ben@example.com'],
    ]);
  });
});

describe('without consent', () => {
  test('nothing is told, nothing is stored, and what was handed over is taken back', async () => {
    const shop = await pixel({ privacy: {}, cookies: { ajs_anonymous_id: 'V1', chatstone_user: 'V1|x' } });
    await shop.fire(CONTACT, ANN);
    expect(requests).toEqual([]);
    expect(shop.written).toEqual(['chatstone_user=; path=/; max-age=0; samesite=lax; secure']);
    await shop.answer({ analyticsProcessingAllowed: false });
    await shop.answer({ analyticsProcessingAllowed: true });
    expect(requests).toEqual([]); // a no has forgotten who waited
  });

  test('the last buyer waits, and is told with the consent, with the time at which it was', async () => {
    const shop = await pixel({ privacy: { analyticsProcessingAllowed: false } });
    await shop.fire(CONTACT, ANN);
    await vi.advanceTimersByTimeAsync(60_000);
    await shop.answer({ analyticsProcessingAllowed: true });
    expect(messages().map(({ userId, timestamp }) => [userId, timestamp])).toEqual([
      ['ann@example.com', '2026-11-27T12:00:00.000Z'],
    ]);
    expect(shop.written).toEqual([COOKIE]);
  });

  test('that is withdrawn, tries end and the cookie goes', async () => {
    answers = [500, 500, 500, 500, 500];
    const shop = await pixel();
    await shop.fire(CONTACT, ANN);
    await shop.answer({ analyticsProcessingAllowed: false });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(requests).toHaveLength(1);
    expect(shop.jar.has('chatstone_user')).toBe(false);
  });

  test.each([
    ['analytics', { analyticsProcessingAllowed: true }, true],
    ['marketing', { analyticsProcessingAllowed: true }, false],
    ['marketing', { marketingAllowed: true }, true],
    ['both', { marketingAllowed: true }, false],
    ['both', { analyticsProcessingAllowed: true, marketingAllowed: true }, true],
    ['everything', { analyticsProcessingAllowed: true }, false],
  ])('for %s: %o allows it: %s', async (PURPOSE, privacy, told) => {
    const shop = await pixel({ settings: { PURPOSE }, privacy });
    await shop.fire(CONTACT, ANN);
    expect(requests.length > 0).toBe(told);
  });
});

describe('a server that fails', () => {
  test.each<[number | 'dead']>([[500], [429], [408], ['dead']])(
    'with %s is tried again, with the same message',
    async (fault) => {
      answers = [fault, fault];
      const shop = await pixel();
      await shop.fire(CONTACT, ANN);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(new Set(messages().map(({ messageId }) => messageId)).size).toBe(1);
      expect(messages()).toHaveLength(3);
      expect(sentences).toEqual([]);
    },
  );

  test('for good is left alone after five tries, and the next event tries again', async () => {
    answers = [500, 500, 500, 500, 500];
    const shop = await pixel();
    await shop.fire(CONTACT, ANN);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests).toHaveLength(5);
    expect(sentences).toHaveLength(1);
    await shop.fire(COMPLETED, ANN);
    expect(requests).toHaveLength(6);
  });

  test.each([400, 401, 404])('with %i is not tried again; what to check is said', async (status) => {
    answers = [status];
    const shop = await pixel();
    await shop.fire(CONTACT, ANN);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(requests).toHaveLength(1);
    expect(sentences.filter((one) => /WRITE_KEY, REGION/.test(one))).toHaveLength(1);
    expect(sentences.join()).not.toContain('ann@');
  });
});

describe('settings', () => {
  test.each<[Partial<typeof SETTINGS>, RegExp, string | undefined]>([
    [{ WRITE_KEY: '' }, /WRITE_KEY: write/, undefined],
    [{ REGION: 'EU' }, /REGION: write 'us' or 'eu'/, 'https://cdp.customer.io/v1/b'],
    [{ API_HOST: 'events.example.com' }, /API_HOST: write/, 'https://cdp.customer.io/v1/b'],
    [{ IDENTIFY_BY: 'phone' }, /IDENTIFY_BY: write/, 'https://cdp.customer.io/v1/b'],
  ])('%o: what to write is said', async (settings, sentence, url) => {
    const shop = await pixel({ settings });
    await shop.fire(CONTACT, ANN);
    expect(sentences.join()).toMatch(sentence);
    expect(requests[0]?.url).toBe(url);
  });

  test.each([
    [{ REGION: 'eu' }, 'https://cdp-eu.customer.io/v1/b'],
    [{ API_HOST: 'https://shop.example/events/' }, 'https://shop.example/events/v1/b'],
  ])('%o: goes to %s', async (settings, url) => {
    const shop = await pixel({ settings });
    await shop.fire(CONTACT, ANN);
    expect(requests[0]!.url).toBe(url);
    expect(sentences).toEqual([]);
  });
});
