import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/hubspot.js';
import { hubspot } from '../../src/sources/hubspot.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('hubspot', () => {
  testSource(hubspot, install, {
    globals: ['HubSpotConversations'],
    names: [
      'userInteractedWithWidget',
      'quickReplyButtonClick',
      'userSelectedThread',
      'conversationStarted',
      'unreadConversationCountChanged',
      'conversationClosed',
      'contactAssociated',
      'emailCaptured',
    ],
    site: {
      register: (handler) => {
        const listen = () => page.HubSpotConversations.on('quickReplyButtonClick', handler);
        if (page.HubSpotConversations) listen();
        else page.hsConversationsOnReady = [listen];
      },
      drive: (fake) => fake.tag('Shipping'), // a second message in a conversation is not told
    },
    stub: false,
  });

  const one = hold(hubspot());
  beforeEach(() => {
    delete page.hsConversationsOnReady;
  });
  afterEach(() => {
    one.stop();
    one.take();
    delete page.HubSpotConversations;
    delete page.hsConversationsOnReady;
  });

  test("leaves the site's list of what waits for HubSpot as it is", () => {
    let ready = 0;
    const list = [() => ready++];
    page.hsConversationsOnReady = list;
    const fake = install(page, { late: true });
    one.look();
    expect(page.hsConversationsOnReady).toBe(list);
    expect(list).toHaveLength(1);
    fake.load();
    one.look();
    fake.visitor('where is my parcel');
    expect(ready).toBe(1);
    expect(one.take()).not.toEqual([]);
  });

  test('tells the conversation before and with its first message', () => {
    const fake = install(page);
    one.look();
    fake.visitor('where is my parcel');
    fake.visitor('it is late');
    fake.end();
    expect(one.take()).toEqual([
      { type: 'conversation', conversation: '5281067431' },
      { type: 'message', from: 'visitor', conversation: '5281067431' },
      { type: 'ended', conversation: '5281067431' },
    ]);
  });

  test('takes the placeholder of a conversation for none', () => {
    const fake = install(page);
    one.look();
    fake.replay();
    for (const conversationId of ['STUBBED_THREAD_ID', -1, 0, null])
      fake.tell('userSelectedThread', { conversation: { conversationId } });
    expect(one.take()).toEqual([]);
  });

  test('takes the first number of unread conversations for a reply, for none is told before', () => {
    const fake = install(page);
    one.look();
    fake.agent('hello');
    fake.agent('are you there');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent' }]);
  });

  test('takes a conversation that was read for no reply, and the next one for a reply', () => {
    const fake = install(page);
    one.look();
    fake.agent('hello');
    fake.open();
    fake.close();
    one.take();
    fake.agent('are you there');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent' }]);
  });

  test('hears no window that opens itself, and the first click of a person', () => {
    const fake = install(page);
    one.look();
    fake.popup();
    expect(one.take()).toEqual([]);
    fake.close();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells the quick reply that was clicked', () => {
    const fake = install(page);
    one.look();
    fake.tag(' Track my order ');
    fake.tell('quickReplyButtonClick', { value: [] });
    expect(one.take()).toEqual([{ type: 'topic', topic: 'Track my order' }]);
  });

  test('takes its listeners away, and no other', () => {
    const fake = install(page);
    let shipping = 0;
    page.HubSpotConversations.on('quickReplyButtonClick', () => shipping++);
    const registered: unknown[] = [];
    const { on, off } = page.HubSpotConversations;
    page.HubSpotConversations.on = (name: string, listener: unknown) => {
      registered.push(listener);
      on(name, listener);
    };
    page.HubSpotConversations.off = (name: string, listener: unknown) => {
      registered.splice(registered.indexOf(listener), 1);
      off(name, listener);
    };
    one.look();
    expect(registered.length).toBeGreaterThan(5);
    one.stop();
    expect(registered).toEqual([]);
    fake.tag('Shipping');
    expect(shipping).toBe(1);
  });

  test('knows nobody where the build keeps the address to itself', () => {
    const fake = install(page, { address: false });
    one.look();
    fake.prechat({ email: 'ada@example.com' });
    expect(one.take()).toEqual([]);
  });
});
