// LiveLike's own SDK, the real package, with a stub of its server: what is known of the visitor stands in the profile's custom data.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { aWhile, call, startChat } from '../journeys/steps.ts';
import { openShop, until } from './harness.ts';

const SDK = fileURLToPath(
  new URL('../../node_modules/@livelike/javascript/livelike-javascript.umd.js', import.meta.url),
);
const API = 'https://cf-blast.livelikecdn.com/api/v1/';

async function open(customData: string | null) {
  const profile: Record<string, unknown> = {
    id: 'fan-1',
    access_token: 'token-1',
    nickname: 'Fan',
    custom_data: customData,
    blocked_profile_ids_url: `${API}blocked/`,
  };
  const patches: string[] = [];
  const shop = await openShop({
    head: '<script src="/livelike.js"></script>',
    config: { destinations: { livelike: {} } },
    script: { client: 'none', consent: 'granted', anonymous: 'send' },
  });
  const visitor = await shop.visitor();
  await visitor
    .browser()
    .route('**/livelike.js', (route) => route.fulfill({ path: SDK, contentType: 'text/javascript' }));
  await visitor.browser().route(`${API}**`, (route) => {
    const request = route.request();
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
    };
    const what = request.url().slice(API.length).split('/')[0];
    if (request.method() === 'PATCH') {
      patches.push(request.postData()!);
      Object.assign(profile, request.postDataJSON());
    }
    const json =
      what === 'applications'
        ? { profile_url: `${API}profile/`, api_polling_interval: 60 }
        : what === 'profile'
          ? profile
          : { results: [], next: null, previous: null };
    return route.fulfill({ json, headers });
  });
  const page = await visitor.goto('/');
  return { visitor, page, patches, customData: () => JSON.parse(String(profile.custom_data)) };
}

describe('LiveLike’s own SDK', () => {
  test('keeps what is known in the profile, beside what the site keeps there', async () => {
    const { visitor, page, patches, customData } = await open('{"team":"Wasdale"}');
    await call(page, 'context', { flags: { vip: true } });
    await startChat(page, 'a');
    await call(page, 'identify', { email: 'ann@example.com', phone: '+44 1' });
    await aWhile();
    expect(patches).toEqual([]); // the SDK is there, and has no profile yet
    await page.run(() => (window as any).LiveLikeJs.init({ clientId: 'shop' }).then(() => undefined));
    await until(() => patches.length > 0, 'the profile is written');
    expect(customData()).toMatchObject({
      team: 'Wasdale',
      chatstone: {
        cio_segment_vip: true,
        cio_segment_vip_entered_at: expect.any(Number),
        open_support_case: true,
      },
    });
    expect(patches.join()).not.toMatch(/ann@|\+44/);
    await call(page, 'context', { flags: { vip: false } });
    await until(() => customData().chatstone.cio_segment_vip === false, 'the end of the flag is written');
    expect(visitor.errors).toEqual([]);
  });

  test('never has its site’s own text overwritten', async () => {
    const { visitor, page, patches } = await open('a text of the site');
    await page.run(() => (window as any).LiveLikeJs.init({ clientId: 'shop' }).then(() => undefined));
    await startChat(page, 'a');
    await until(
      () => visitor.console.some((line) => line.includes('custom_data of this LiveLike profile')),
      'it is said',
    );
    expect(patches).toEqual([]);
  });
});
