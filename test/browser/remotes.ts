// What the vendors' packages load or ask from their servers, by address. The bundles are not on npm: in their place stands a
// fake, which takes over the queue that the package made.
import { join } from 'node:path';
import type { Request } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { type Tab, until, type Visitor } from './harness.ts';

type Answer = { script: string } | { json: unknown };
type Remote = Record<string, (request: Request) => Answer | Promise<Answer>>;

/** A vendor's bundle: the fake, put on the page in the way of that vendor. */
const widget = (
  name: string,
  code = 'window.fake = install(window, { late: true }); window.fake.load();',
) => {
  const script = bundle(`import { install } from '../../../demo/widgets/${name}.js'; ${code}`);
  return async () => ({ script: await script });
};

const LIME = 'https://userlike-cdn-widgets.s3-eu-west-1.amazonaws.com';
const LIVELIKE = 'https://cf-blast.livelikecdn.com/api/v1/';

export const REMOTES: Record<string, () => Remote> = {
  intercom: () => ({ 'https://widget.intercom.io/widget/app': widget('intercom') }),
  crisp: () => ({ 'https://client.crisp.chat/l.js': widget('crisp') }),
  livechat: () => ({ 'https://cdn.livechatinc.com/tracking.js': widget('livechat') }),
  smartsupp: () => ({ 'https://www.smartsuppchat.com/loader.js': widget('smartsupp') }),
  front: () => ({
    'https://chat-assets.frontapp.com/v1/chat.bundle.js': widget(
      'front',
      'window.fake = install(window, { late: true, init: false }); window.fake.load();', // the site says `init`
    ),
  }),
  // The package runs the last script of the manifest in a frame of its own.
  userlike: () => ({
    [`${LIME}/umm-manifest.json`]: () => ({ json: [`${LIME}/umm.js`] }),
    [`${LIME}/umm.js`]: widget(
      'userlike',
      `const mount = (page) => ({
        subscribe(observer) {
          page.fake = install(page, { mounted: (value) => observer.next({ kind: 'success', value }) });
        },
      });
      window.run = async (settings, page) => ({
        createMessenger: (version) => async () => ({
          kind: 'success',
          value: { api: { version, mount: () => mount(page) } },
        }),
      });`,
    ),
  }),
  livelike: () => ({ [`${LIVELIKE}**`]: room(), 'https://cdn.jsdelivr.net/**': () => ({ script: '' }) }),
};

/** LiveLike's server, with one chat room. To the first line there somebody replies, when it has been shown. */
function room() {
  const id = 'room-1';
  const line = (message: object) => ({
    id: `message-${++number}`,
    created_at: new Date().toISOString(),
    message_event: 'message-created',
    ...message,
  });
  const reply = { sender_id: 'fan-2', sender_nickname: 'Ada', chat_room_id: id, message: 'canary-7d21 hi' };
  let number = 0;
  let asked = 0;
  const lists: Record<string, () => unknown[]> = {
    events() {
      if (!number || ++asked !== 2) return [];
      return [{ category: 'chat-message', payload: line(reply) }];
    },
  };
  const things: Record<string, object> = {
    applications: {
      chat_room_detail_url_template: `${LIVELIKE}rooms/{id}/`,
      reaction_space_detail_url_template: `${LIVELIKE}spaces/{id}/`,
      profile_url: `${LIVELIKE}profile/`,
      chat_room_events_url: `${LIVELIKE}events/`,
      api_polling_interval: 0.2, // seconds; it asks where there is no PubNub
    },
    profile: {
      id: 'fan-1',
      access_token: 'token',
      nickname: 'Me',
      blocked_profile_ids_url: `${LIVELIKE}blocked/`,
    },
    rooms: {
      id,
      channels: { chat: { pubnub: 'channel' } },
      chatroom_messages_url: `${LIVELIKE}messages/`,
      sticker_packs_url: `${LIVELIKE}stickers/`,
      reaction_space_id: 'space-1',
    },
    spaces: { id: 'space-1', reaction_pack_ids: [] },
  };
  return (request: Request) => {
    const what = request.url().slice(LIVELIKE.length).split('/')[0]!;
    if (what === 'messages' && request.method() === 'POST') return { json: line(request.postDataJSON()) };
    return { json: things[what] ?? { results: lists[what]?.() ?? [], next: null, previous: null } };
  };
}

/** In the page: chatstone is there, if its tag is. */
export const here = () =>
  document.readyState !== 'loading' &&
  (!document.querySelector('script[src="/dist/chatstone.js"]') || !!(window as any).chatstone.started);

/** Puts at its addresses what a package loads. A script comes after chatstone. */
export async function serveRemote(visitor: Visitor, remote: Remote): Promise<void> {
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  for (const [address, answer] of Object.entries(remote))
    await visitor.browser().route(address, async (route) => {
      const given = await answer(route.request());
      if ('json' in given) return route.fulfill({ json: given.json, headers });
      const page = route.request().frame().page() as Tab;
      await until(() => page.run(here), 'chatstone is here');
      return route.fulfill({ body: given.script, contentType: 'text/javascript', headers });
    });
}

const bundles = new Map<string, Promise<string>>();

/** One script of a module in sites/, as a shop's bundler makes it; what it exports stands in `window.site`. */
export function bundle(code: string): Promise<string> {
  if (!bundles.has(code)) bundles.set(code, built(code));
  return bundles.get(code)!;
}

async function built(code: string): Promise<string> {
  const entry = join(import.meta.dirname, 'sites/entry.js');
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../..'),
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'site' } },
  });
  const { output } = [result].flat()[0] as Rolldown.RolldownOutput;
  return output[0].code.replaceAll('</script', '<\\/script');
}
