import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/widgets/livelike.js';
import { livelike } from '../../src/sources/livelike.ts';
import { hold, testSource } from './conformance.ts';

const ROOM = '7f9c24e5-2f6b-4c0e-9d0a-6a0c1d7b2e11';
const page = window as any;

describe('livelike', () => {
  testSource(livelike, install, {
    globals: ['LiveLike'],
    names: ['roomentered', 'messagesent', 'messagereceived'],
    site: {
      register: (handler) => document.addEventListener('messagesent', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    words: true,
    stub: false,
  });

  const one = hold(livelike());
  let fake: ReturnType<typeof install> | undefined;
  const put = (options?: Parameters<typeof install>[1]) => {
    fake = install(page, options);
    one.look();
    return fake;
  };
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake?.uninstall();
  });

  test('tells the room as the conversation, and the time of the server', () => {
    put().open();
    fake!.visitor('go on!');
    expect(one.take()).toEqual([
      { type: 'opened', conversation: ROOM },
      { type: 'message', from: 'visitor', conversation: ROOM, at: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
  });

  test('takes the lines of others, and what was said before, for nothing', () => {
    put().agent('go on!');
    fake!.replay();
    expect(one.take().map(({ type }) => type)).toEqual(['opened']);
  });

  test('hears an element in the shadow of another', () => {
    put({ shadow: true }).visitor('go on!');
    expect(one.texts).toEqual(['go on!']);
  });

  test('takes events of the same name from elsewhere for nothing', () => {
    put();
    for (const target of [window, document, document.body])
      for (const name of ['roomentered', 'messagesent'])
        target.dispatchEvent(new CustomEvent(name, { detail: { message: 'x' }, bubbles: true }));
    expect(one.take()).toEqual([]);
  });

  test('hears the element of LiveLike itself', async () => {
    page.happyDOM.settings.handleDisabledFileLoadingAsSuccess = true; // of a polyfill for older browsers
    vi.stubGlobal('XMLHttpRequest', Server);
    const require = createRequire(import.meta.url);
    const bundle = require.resolve('@livelike/engagementsdk/livelike.umd.js');
    new Function(readFileSync(bundle, 'utf8')).call(window);
    one.look();
    await page.LiveLike.init({ clientId: 'shop', endpoint: `${HOST}/` });
    const element = document.createElement('livelike-chat');
    element.setAttribute('roomid', ROOM);
    const ready = heard('messagehistory');
    document.body.append(element);
    await ready;
    const sent = heard('messagereceived');
    element.dispatchEvent(new CustomEvent('sendChatMessage', { detail: { message: 'go on!' } }));
    await sent;
    expect(one.take()).toEqual([
      { type: 'opened', conversation: ROOM },
      { type: 'message', from: 'visitor', conversation: ROOM, at: '2026-11-22T05:00:00Z' },
    ]);
    expect(one.texts).toEqual([undefined, 'go on!']);
    element.remove();
    delete page.LiveLike;
    vi.unstubAllGlobals();
  });
});

const heard = (name: string) =>
  new Promise((resolve) => window.addEventListener(name, resolve, { once: true }));

const HOST = 'https://livelike.test';
const ANSWERS: Record<string, object> = {
  '/applications/shop/': {
    profile_url: `${HOST}/profile/`,
    chat_room_detail_url_template: `${HOST}/room/{chat_room_id}`,
    reaction_space_detail_url_template: `${HOST}/space/{reaction_space_id}`,
  },
  '/profile/': {
    id: 'fan-1',
    access_token: 'token',
    nickname: 'Fan',
    blocked_profile_ids_url: `${HOST}/blocked/`,
  },
  [`/room/${ROOM}`]: {
    id: ROOM,
    channels: { chat: { pubnub: null } },
    reaction_space_id: 'space-1',
    chatroom_messages_url: `${HOST}/messages/`,
    sticker_packs_url: `${HOST}/stickers/`,
  },
};

/** LiveLike's server, as far as its element asks: an empty room that takes a message. */
class Server {
  status = 200;
  response = '';
  responseURL = '';
  method = '';
  onload = () => {};
  open(method: string, url: string) {
    this.method = method;
    this.responseURL = url;
  }
  setRequestHeader() {}
  getAllResponseHeaders = () => 'content-type: application/json';
  send(body: string) {
    const path = this.responseURL.replace(HOST, '');
    const answer =
      this.method === 'POST' && path === '/messages/'
        ? { ...JSON.parse(body), id: 'message-1', created_at: '2026-11-22T05:00:00Z' }
        : (ANSWERS[path] ?? { results: [], count: 0, reaction_pack_ids: [] });
    this.response = JSON.stringify(answer);
    setTimeout(() => this.onload());
  }
}
