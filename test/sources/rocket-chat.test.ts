import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/rocket-chat.js';
import { faults } from '../../src/lib/guard.ts';
import { rocketChat } from '../../src/sources/rocket-chat.ts';
import { hold, type Install, testSource } from './conformance.ts';

// Rocket.Chat's own host script: its queue, its emitter, its iframe.
const script = readFileSync(
  createRequire(import.meta.url).resolve('@rocket.chat/livechat/build/rocketchat-livechat.min.js'),
  'utf8',
);
const put: Install = (window, options) => install(window, { ...options, script });
const page = window as any;
page.happyDOM.settings.enableIframePageLoading = true; // of about:blank

describe('rocketChat', () => {
  testSource(rocketChat, put, {
    globals: ['RocketChat'],
    names: [
      'pre-chat-form-submit',
      'offline-form-submit',
      'assign-agent',
      'chat-started',
      'chat-ended',
      'chat-maximized',
    ],
    site: {
      register: (handler) =>
        page.RocketChat(function (this: any) {
          this.onChatStarted(handler);
        }),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
  });

  const one = hold(rocketChat());
  let fake: ReturnType<Install> | undefined;
  afterEach(() => {
    one.stop();
    one.take();
    fake?.uninstall();
  });

  test('tells name, address and department of the form before the chat', () => {
    fake = put(page);
    one.look();
    fake.prechat({ name: ' Ada Archer ', email: 'Ada@Example.com', department: '9hKXWfMvYcZq3tRbS' });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer' },
      { type: 'topic', topic: '9hKXWfMvYcZq3tRbS' },
    ]);
  });

  test('tells an agent that routing assigned before the chat began again, in the chat', () => {
    fake = put(page);
    one.look();
    fake.assign({ id: 'noor' });
    fake.visitor('where is my parcel');
    const assigned = { type: 'assigned', agent: 'noor' };
    expect(one.take()).toEqual([assigned, { type: 'message', from: 'visitor' }, assigned]);
    fake.end();
    fake.visitor('and another thing');
    expect(one.take().at(-1)).toEqual({ type: 'message', from: 'visitor' });
  });

  test('takes a conversation that goes back into the queue for no assignment', () => {
    fake = put(page);
    one.look();
    fake.tell('assign-agent', null);
    expect(one.take()).toEqual([]);
    expect(faults.counts).toEqual({});
  });

  test('hears a window that opens itself once', () => {
    fake = put(page);
    one.look();
    fake.popup();
    fake.replay();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('hears what it can of a host script that knows fewer calls', () => {
    let opened = () => {};
    page.RocketChat = (work: (this: unknown) => void) =>
      work.call({ onChatMaximized: (heard: any) => (opened = heard) });
    one.look();
    opened();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    delete page.RocketChat;
  });
});
