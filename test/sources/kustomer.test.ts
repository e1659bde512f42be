import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/kustomer.js';
import { faults } from '../../src/lib/guard.ts';
import { kustomer } from '../../src/sources/kustomer.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;
page.happyDOM.settings.enableIframePageLoading = true; // of about:blank

describe('kustomer', () => {
  testSource(kustomer, install, {
    globals: ['Kustomer'],
    names: ['onOpen', 'onConversationCreate', 'onUnread', 'onConversationEnded'],
    // Other methods are for the callback of `start`.
    site: {
      register: (handler) => page.Kustomer.start({}, () => page.Kustomer.addListener('onOpen', handler)),
      drive: (fake) => fake.open(),
    },
    bot: 'agent', // a line that waits does not say whose it is
    stub: false,
  });

  const one = hold(kustomer());
  let fake: ReturnType<typeof install> | undefined;
  const put = (options?: Parameters<typeof install>[1]) => {
    fake = install(page, options);
    one.look();
    return fake;
  };
  beforeEach(() => {
    faults.counts = {};
  });
  afterEach(() => {
    one.stop();
    one.take();
    fake?.uninstall();
  });
  const reply = { type: 'message', from: 'agent' };

  test('puts the conversation and its time on the first message, and the conversation on its end', () => {
    put();
    fake!.tell('onConversationCreate', {
      conversationId: 'c1',
      createdAt: '2026-11-22T05:00:00.000Z',
      ended: false,
      isInAssistantMode: false,
    });
    fake!.tell('onConversationEnded', {
      conversationId: 'c1',
      createdAt: '2026-11-22T05:00:00.000Z',
      ended: true,
    });
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor', conversation: 'c1', at: '2026-11-22T05:00:00.000Z' },
      { type: 'ended', conversation: 'c1' },
    ]);
  });

  test('counts replies from the lines that wait already, whatever the event carries', () => {
    put({ unread: 2 });
    fake!.tell('onUnread', { conversationId: 'c1', unreadCount: 9 });
    expect(one.take()).toEqual([]);
    fake!.agent('hello');
    expect(one.take()).toEqual([reply]);
    fake!.open();
    fake!.close();
    fake!.agent('hello?');
    expect(one.take()).toEqual([{ type: 'opened' }, reply]);
  });

  test('comes again where it came before `start` had finished', async () => {
    put({ slow: true });
    fake!.open();
    one.look();
    expect(one.signals).toEqual([]);
    expect(faults.counts).toEqual({});
    await calm();
    one.look();
    one.look();
    fake!.close();
    fake!.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    expect(faults.counts).toEqual({});
  });

  test('hears a chat that was stopped and started again', () => {
    put();
    page.Kustomer.stop();
    one.look();
    page.Kustomer.start({});
    one.look();
    fake!.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('hears an SDK that cannot be asked for the unread lines', () => {
    fake = install(page);
    delete page.Kustomer.getUnreadCount;
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    expect(faults.counts).toEqual({});
  });
});
