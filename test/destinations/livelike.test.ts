import { afterEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/systems/livelike.js';
import { livelike } from '../../src/destinations/livelike.ts';
import { PROFILE, testDestination } from './conformance.ts';

const page = window as any;

testDestination('livelike', {
  make: () => ({ destination: livelike(), vendor: install(page) }),
});

describe('livelike', () => {
  let fake: ReturnType<typeof install> | undefined;
  const put = (customData?: string | null) => {
    fake = install(page, { customData });
    fake.arrive();
    return { fake, destination: livelike() };
  };
  afterEach(() => {
    fake?.leave();
    vi.restoreAllMocks();
  });

  test('waits for a profile, not only for the SDK', () => {
    fake = install(page);
    expect(livelike().ready!()).toBe(false);
    fake.sdk.userProfile.access_token = 'token-1';
    expect(livelike().ready!()).toBe(true);
  });

  test('takes the SDK itself, what gives it, or the name of its global', () => {
    fake = install(page, { global: 'OurLiveLike' });
    fake.arrive();
    const { sdk } = fake;
    expect(livelike().ready!()).toBe(false);
    for (const one of [sdk, () => sdk, 'OurLiveLike']) expect(livelike({ sdk: one }).ready!()).toBe(true);
    expect(livelike({ sdk: () => undefined }).ready!()).toBe(false);
    page.OurLiveLike = undefined;
  });

  test('keeps what the site wrote, beside one key of its own', async () => {
    const site = { selectedUsernameColor: 'red', deep: { list: [1, { a: null }] } };
    const { fake, destination } = put(JSON.stringify(site));
    await destination.show!(PROFILE);
    expect(JSON.parse(fake.profile().custom_data)).toEqual({ ...site, chatstone: PROFILE });
  });

  test('takes away what is known no more, and nothing else', async () => {
    const { fake, destination } = put('{"site":1,"chatstone":{"cio_segment_vip":true}}');
    await destination.show!({ cio_segment_new: true });
    expect(JSON.parse(fake.profile().custom_data)).toEqual({ site: 1, chatstone: { cio_segment_new: true } });
  });

  test('writes nothing where the same stands there, in any order', async () => {
    const { fake, destination } = put();
    await destination.show!({ b: 1, a: true });
    await destination.show!({ a: true, b: 1 });
    expect(fake.taken()).toEqual(['{"chatstone":{"a":true,"b":1}}']);
  });

  test('writes nothing where nothing is known', async () => {
    const { fake, destination } = put();
    await destination.show!({});
    expect(fake.taken()).toEqual([]);
  });

  test.each(['red', '[1]', '"red"', '7', 'null'])('never overwrites %s', async (text) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { fake, destination } = put(text);
    await destination.show!(PROFILE);
    await destination.show!(PROFILE);
    expect(fake.profile().custom_data).toBe(text);
    expect(fake.taken()).toEqual([]);
    expect(said.mock.calls.length).toBeLessThan(2);
  });

  test('shows one after the other, the last one last', async () => {
    const { fake, destination } = put();
    await Promise.all([destination.show!({ n: 1 }), destination.show!({ n: 2 })]);
    expect(fake.log).toEqual(['get', 'update', 'get', 'update']);
    expect(fake.profile().custom_data).toBe('{"chatstone":{"n":2}}');
  });

  test('rejects where the SDK does, and shows again', async () => {
    const { fake, destination } = put();
    fake.fares('throws');
    await expect(destination.show!({ n: 1 })).rejects.toThrow('throws');
    fake.fares('well');
    await destination.show!({ n: 1 });
    expect(fake.taken()).toHaveLength(1);
  });

  test('writes to whoever talked when it was shown', async () => {
    const { fake, destination } = put();
    const shown = [destination.show!({ n: 1 }), destination.show!({ n: 2 })];
    fake.arrive('token-2');
    await Promise.all(shown);
    expect(fake.profile('token-1').custom_data).toBe('{"chatstone":{"n":2}}');
    expect(fake.profile('token-2').custom_data).toBe(null);
  });

  test('rejects before there is a profile', async () => {
    fake = install(page);
    await expect(livelike().show!(PROFILE)).rejects.toThrow('no profile');
    expect(fake.log).toEqual([]);
  });

  test('is told neither address, number nor name unless the site says so', () => {
    const { traits } = livelike().routing!;
    for (const name of ['email', 'phone', 'name', '*']) expect(traits).not.toContain(name);
    expect(livelike({ traits: ['vip'] }).routing).toEqual({ traits: ['vip'] });
  });
});
