import { createWidget, type EventHandlers, getData } from '@livechat/widget-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { install } from '../../demo/widgets/livechat.js';
import { faults } from '../../src/lib/guard.ts';
import { livechat } from '../../src/sources/livechat.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;

describe('livechat', () => {
  testSource(livechat, install, {
    globals: ['LiveChatWidget', 'LC_API'],
    names: [
      'ready',
      'visibility_changed',
      'customer_status_changed',
      'new_event',
      'form_submitted',
      'rating_submitted',
    ],
    site: {
      register: (handler) => page.LiveChatWidget.on('new_event', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 1,
    bot: 'agent', // its line is that of an agent
  });
});

describe('livechat and what LiveChat tells', () => {
  const one = hold(livechat());
  let fake: Fake;
  const put = (options?: object) => {
    fake = install(page, options);
  };
  const types = () => one.take().map(({ type }) => type);
  /** Connected, and with nothing said yet. */
  const listening = async (options?: object) => {
    put(options);
    one.look();
    await calm();
    one.take();
  };
  afterEach(() => {
    one.stop();
    one.take();
    fake.uninstall();
    faults.counts = {};
  });

  test('asks the stub nothing', () => {
    put({ late: true });
    one.look();
    expect(one.signals).toEqual([]);
    expect(faults.counts).toEqual({});
  });

  test('tells who the visitor is as soon as LiveChat stands', async () => {
    put({ customer: { name: 'Ada Archer', email: 'Ada@Example.com' } });
    one.look();
    await calm();
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada Archer' }]);
  });

  test('learns what stood in a form whose fields come later than its event', async () => {
    await listening({ slow: true });
    fake.prechat({ name: 'Ada Archer', email: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada Archer' }]);
  });

  test('learns what stood in a form that begins no chat', async () => {
    await listening({ status: 'chatting' });
    fake.prechat({ email: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com' }]);
  });

  test('takes a visitor who chats for an assignment, once', async () => {
    await listening();
    fake.visitor('hello');
    fake.assign();
    fake.tell('customer_status_changed', { status: 'queued' });
    fake.tell('customer_status_changed', { status: 'chatting' });
    expect(types().filter((type) => type !== 'person')).toEqual(['message', 'assigned']);
  });

  test.each(['browsing', 'invited'])(
    'takes a visitor who chatted and is %s for an end, once',
    async (status) => {
      await listening();
      fake.visitor('hello');
      fake.tell('customer_status_changed', { status });
      expect(types()).not.toContain('ended');
      fake.assign();
      fake.tell('customer_status_changed', { status });
      expect(types()).toEqual(['assigned', 'ended']);
      for (const later of ['browsing', 'invited', 'browsing'])
        fake.tell('customer_status_changed', { status: later });
      expect(one.signals).toEqual([]);
    },
  );

  test('hears the end of a chat that stood when the page loaded', async () => {
    await listening({ status: 'chatting' });
    fake.end();
    expect(one.take()).toContainEqual({ type: 'ended', conversation: 'THREAD1' });
  });

  test('takes a greeting for no reply', async () => {
    await listening();
    fake.tell('new_event', {
      timestamp: 1,
      type: 'message',
      author: { id: 'agent-7', type: 'agent' },
      greeting: { id: 7, uniqueId: 'greeting-1' },
    });
    expect(one.take()).toEqual([]);
    fake.agent('hello');
    expect(one.take()).toMatchObject([{ type: 'message', from: 'agent' }]);
  });

  test('takes a file for a message and an author of another kind for none', async () => {
    await listening();
    fake.tell('new_event', { timestamp: 1, type: 'file', author: { id: 'visitor-9', type: 'customer' } });
    fake.tell('new_event', { timestamp: 2, type: 'message', author: { id: 'x', type: 'supervisor' } });
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor', at: '1' }]);
  });

  test('hands the time over as it stands', async () => {
    await listening();
    const author = { id: 'agent-7', type: 'agent' };
    for (const timestamp of [1_790_000_000, 1_790_000_000_123, undefined])
      fake.tell('new_event', { timestamp, type: 'message', author });
    expect(one.take().map(({ at }: any) => at)).toEqual(['1790000000', '1790000000123', undefined]);
  });

  test('tells good as the best, bad as the worst, and nothing of a rating that is taken back', async () => {
    await listening();
    for (const value of ['bad', 'none', 'good']) fake.tell('rating_submitted', value);
    expect(one.take()).toEqual([
      { type: 'rated', score: 0, worst: 0, best: 1 },
      { type: 'rated', score: 1, worst: 0, best: 1 },
    ]);
  });

  test('takes each thread for a conversation, though the chat around them goes on', async () => {
    await listening();
    const talk = () => {
      fake.visitor('hello');
      fake.assign();
      fake.agent('hello');
      fake.end();
      return one
        .take()
        .filter(({ type }) => type !== 'person')
        .map(({ type, conversation }) => [type, conversation]);
    };
    // The first line comes before its thread: the id that stands then is the one of the thread that has ended.
    const thread = (id: string) => [
      ['message', undefined],
      ['assigned', id],
      ['message', id],
      ['ended', id],
    ];
    expect(talk()).toEqual(thread('THREAD1'));
    expect(page.LiveChatWidget.get('chat_data')).toEqual({ chatId: 'CHAT', threadId: 'THREAD1' });
    expect(talk()).toEqual(thread('THREAD2'));
  });

  test('goes on without an id where LiveChat has no getter for it', async () => {
    await listening();
    const { get } = page.LiveChatWidget;
    page.LiveChatWidget.get = (what: string) => {
      if (what === 'chat_data') throw new Error('property does not exist');
      return get(what);
    };
    fake.assign();
    fake.agent('hello');
    expect(one.take()).toMatchObject([{ type: 'assigned' }, { from: 'agent' }]);
  });

  test('takes a window that is shown small for no opening', async () => {
    await listening();
    fake.tell('visibility_changed', { visibility: 'minimized' });
    fake.tell('visibility_changed', { visibility: 'hidden' });
    expect(one.take()).toEqual([]);
  });
});

describe("livechat beside LiveChat's own package", () => {
  const one = hold(livechat());
  let heard: string[] = [];
  let fake: Fake;
  const handlers: EventHandlers = {
    onReady: () => heard.push('ready'),
    onNewEvent: ({ author }) => heard.push(author.type),
    onVisibilityChanged: ({ visibility }) => heard.push(visibility),
    onRatingSubmitted: (rating) => heard.push(rating),
  };
  const site = () => {
    const widget = createWidget({ license: '1', customerEmail: 'ada@example.com', ...handlers });
    page.LiveChatWidget.init = () => {}; // its script comes from the fake
    widget.init();
    return widget;
  };
  /** The bundle takes over what the package's stub has queued. */
  const bundle = () => {
    fake = install(page, { late: true });
    fake.load();
  };
  afterEach(() => {
    one.stop();
    one.take();
    heard = [];
    fake.uninstall();
    delete page.__lc;
  });
  const types = () => one.take().map(({ type }) => type);

  for (const order of ['site, us, bundle', 'site, bundle, us', 'us, site, us, bundle'])
    test(`hears with the site: ${order}`, async () => {
      const steps: Record<string, () => unknown> = { site, bundle, us: one.look };
      for (const step of order.split(', ')) steps[step]!();
      one.look();
      await calm();
      expect(heard).toEqual(['ready']);
      expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com' }]);
      fake.open();
      fake.visitor('hello');
      fake.agent('hello');
      fake.rate(1);
      expect(heard).toEqual(['ready', 'maximized', 'customer', 'agent', 'good']);
      expect(types()).toEqual(['opened', 'message', 'person', 'message', 'rated']);
      expect(getData('chat')).toEqual({ chatId: 'CHAT', threadId: 'THREAD1' });
    });

  test('queues into its stub, and takes back what it queued', () => {
    site();
    one.look();
    const ours = [
      'ready',
      'visibility_changed',
      'form_submitted',
      'customer_status_changed',
      'new_event',
      'rating_submitted',
    ];
    const queued = (verb: string) =>
      page.LiveChatWidget._q.filter(([one]: any[]) => one === verb).map(([, [event]]: any[]) => event);
    expect(queued('on').slice(-ours.length)).toEqual(ours);
    one.stop();
    expect(queued('off')).toEqual(ours);
    bundle();
    fake.visitor('hello');
    expect(heard).toEqual(['ready', 'customer']);
    expect(one.signals).toEqual([]);
  });

  test('hears on when the site takes its own handlers away and sets others', async () => {
    const widget = site();
    one.look();
    bundle();
    await calm();
    one.take();
    widget.updateEventHandlers({ onNewEvent: () => heard.push('another') });
    fake.visitor('hello');
    expect(heard).toEqual(['ready', 'another']);
    expect(types()).toEqual(['message', 'person']);
  });

  test('follows a site that destroys LiveChat and makes it again', async () => {
    const widget = site();
    one.look();
    bundle();
    widget.destroy();
    expect(page.LiveChatWidget).toBeUndefined();
    one.look();
    site();
    one.look();
    bundle();
    await calm();
    one.take();
    fake.visitor('hello');
    expect(types()).toEqual(['message', 'person']);
  });
});
