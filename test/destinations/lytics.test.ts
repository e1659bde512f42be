import { afterEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/systems/lytics.js';
import { FIELDS } from '../../scripts/lytics-page.mjs';
import { MILESTONES } from '../../src/core/milestones.ts';
import { flat, lytics } from '../../src/destinations/lytics.ts';
import { identification, milestone, testDestination } from './conformance.ts';
import { fakeServer } from './fake-server.ts';

const page = window as any;
const how = { leaving: false };

testDestination('lytics', {
  make: () => ({ destination: lytics(), vendor: install(page) }),
  never: ['refuses', 'unknown', 'busy'], // its callback says only that it was taken
});

describe('through the collect API', () => {
  testDestination('lytics', {
    make() {
      const server = fakeServer();
      return {
        destination: lytics({ apiKey: 'token' }),
        vendor: { ...server, taken: () => server.requests().flatMap(({ body }) => body) },
      };
    },
  });

  test('posts flat objects to the stream, under the token, with the field of their time', async () => {
    const server = fakeServer();
    await lytics({ apiKey: 'a b', stream: 'shop chats' }).deliver!([milestone(1)], how);
    const [{ url, body }] = server.requests() as [any];
    expect(url).toBe(
      'https://api.lytics.io/collect/json/shop%20chats?access_token=a%20b&timestamp_field=happened_at',
    );
    expect(body).toEqual([flat(milestone(1))]);
    server.leave();
  });

  test('goes by a proxy that adds the token', async () => {
    const server = fakeServer();
    await lytics({ apiHost: 'https://in.shop.example' }).deliver!([milestone(1)], how);
    expect(server.requests()[0]!.url).toBe(
      'https://in.shop.example/collect/json/chatstone?timestamp_field=happened_at',
    );
    server.leave();
  });

  test('needs nothing on the page, and carries its own person', () => {
    expect(lytics({ apiKey: 'token' })).not.toHaveProperty('ready');
    expect(lytics({ apiKey: 'token' })).not.toHaveProperty('here');
    expect(lytics()).toMatchObject({ here: true });
  });
});

describe('flat', () => {
  test('says what happened, when in epoch milliseconds, and to whom', () => {
    const at = Date.parse('2026-11-28T10:00:00.000Z');
    expect(flat(milestone(1))).toEqual({
      _e: 'chat_first_message_sent',
      chat_event: 'chat_first_message_sent',
      chat_first_message_sent_at: at,
      happened_at: at,
      message_id: 'id-1',
      visitor_id: 'visitor-1',
      email: 'ann@example.com',
      chat_widget: 'tawk',
      chat_conversation_id: 'c-1',
      chat_topic: 'sizing',
    });
  });

  test('has the site’s own id as user_id', () => {
    expect(flat(milestone(1, { userId: 'c-7' }))).toMatchObject({ user_id: 'c-7' });
    expect(flat(milestone(1, { userId: 'c-7' }))).not.toHaveProperty('email');
  });

  test('has the dates of traits in milliseconds too, and nothing that is not flat', () => {
    const one = flat(
      identification({
        email: 'ann@example.com',
        last_chat_at: 1_796_000_000,
        cio_segment_vip: true,
        cio_segment_vip_entered_at: 1_796_000_001,
        list: ['a'],
        nothing: null,
      }),
    );
    expect(one).toMatchObject({
      _e: 'identify',
      email: 'ann@example.com',
      last_chat_at: 1_796_000_000_000,
      cio_segment_vip: true,
      cio_segment_vip_entered_at: 1_796_000_001_000,
    });
    expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['list']));
    expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['nothing']));
  });

  test('has no field that docs/lytics.md does not map', () => {
    const mapped = FIELDS.map(({ source }: { source: string }) => source);
    const knows = (name: string) =>
      mapped.includes(name) || (name.startsWith('cio_segment_') && mapped.includes('cio_segment_<flag>'));
    const all = [
      ...MILESTONES.map((event) => milestone(1, { event })),
      milestone(1, {
        userId: 'c-7',
        properties: {
          widget: 'w',
          conversation_id: 'c',
          topic: 't',
          order_id: 'o',
          product_sku: 's',
          agent_team: 'a',
          is_bot: true,
          csat_score: 5,
          csat_raw: 1,
          sentiment: 'positive',
          page_type: 'p',
        },
      }),
      identification({
        email: 'a@b.de',
        email_sha256: 'x',
        customer_id: '7',
        last_chat_at: 1,
        last_chat_topic: 't',
        last_csat_score: 5,
        open_support_case: true,
        support_case_opened_at: 1,
        support_risk_level: 'low',
        chat_assisted: true,
        chat_opt_in: true,
        chat_holdout: false,
        cio_segment_vip: true,
      }),
    ];
    const unknown = all.flatMap((message) => Object.keys(flat(message)).filter((name) => !knows(name)));
    expect(unknown).toEqual([]);
  });
});

describe('lytics', () => {
  afterEach(() => void vi.useRealTimers());

  test('does not take the stub for the tag', () => {
    const fake = install(page);
    expect(typeof page.jstag.send).toBe('function');
    expect(lytics().ready!()).toBe(false);
    fake.leave();
  });

  test('gives up waiting for an acknowledgement after 15 s', async () => {
    vi.useFakeTimers();
    const fake = install(page);
    fake.arrive();
    fake.fares('hangs');
    const end = lytics().deliver!([milestone(1)], how).catch((error) => error);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await end).toMatchObject({ message: 'no answer in 15 s' });
    fake.leave();
  });

  test('does not give a blocked tag the same twice: it keeps what it is given', async () => {
    vi.useFakeTimers();
    const given: (() => void)[] = [];
    page.jstag = {
      isLoaded: true,
      send: (_: string, __: object, taken: () => void) => void given.push(taken),
    };
    const destination = lytics();
    const first = destination.deliver!([milestone(1)], how).catch((error) => error);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await first).toBeInstanceOf(Error);
    const second = destination.deliver!([milestone(1)], how);
    expect(given).toHaveLength(1);
    given[0]!(); // the site unblocks it
    await second;
    delete page.jstag;
  });

  test('sends to the stream that the site names', async () => {
    const fake = install(page);
    fake.arrive();
    await lytics({ stream: 'shop' }).deliver!([milestone(1)], how);
    expect(fake.taken()).toEqual([{ stream: 'shop', data: flat(milestone(1)) }]);
    fake.leave();
  });
});
