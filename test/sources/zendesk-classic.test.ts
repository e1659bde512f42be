import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { install as installMessaging } from '../../demo/widgets/zendesk.js';
import { install } from '../../demo/widgets/zendesk-classic.js';
import { faults } from '../../src/lib/guard.ts';
import { zendesk } from '../../src/sources/zendesk.ts';
import { zendeskClassic } from '../../src/sources/zendesk-classic.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('zendeskClassic', () => {
  testSource(zendeskClassic, install, {
    globals: ['zE', 'zEmbed'],
    names: ['open', 'chat:connected', 'chat:start', 'chat:end', 'chat:unreadMessages', 'userEvent'],
    site: {
      register: (handler) => page.zE('webWidget:on', 'chat:start', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 1,
    bot: 'agent', // a trigger speaks as an agent does
    stub: false,
  });

  const one = hold(zendeskClassic());
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
    vi.restoreAllMocks();
  });
  const reply = { type: 'message', from: 'agent' };

  test('leaves the messaging widget alone, and the queue before it', () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const messaging = installMessaging(page, { late: true });
    one.look();
    expect(page.zE._).toEqual([]);
    messaging.load();
    one.look();
    one.source.open!();
    expect(messaging.opened).toBe(false);
    messaging.visitor('hello');
    messaging.agent('hello');
    expect(one.signals).toEqual([]);
    expect(faults.counts).toEqual({});
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    messaging.uninstall();
  });

  test('is heard once where the source of the other widget stands beside it', () => {
    const other = hold(zendesk());
    put({ late: true });
    other.look();
    fake!.load();
    one.look();
    other.look();
    fake!.open();
    fake!.visitor('hello');
    expect(one.take().map(({ type }) => type)).toEqual(['opened', 'message']);
    expect(other.signals).toEqual([]);
    expect(faults.counts).toEqual({});
    other.stop();
  });

  test('tells a rating as good or bad, and nothing of one that was taken back', () => {
    put();
    fake!.rate(0);
    fake!.rate(1);
    fake!.tell('userEvent', { action: 'Chat Rating Removed', category: 'Zendesk Web Widget' });
    fake!.tell('userEvent', { action: 'Chat Comment Submitted', category: 'Zendesk Web Widget' });
    expect(one.take()).toEqual([0, 1].map((score) => ({ type: 'rated', score, worst: 0, best: 1 })));
  });

  test('tells an assignment without the name of the agent', () => {
    put().assign({ name: 'Noor' });
    expect(one.take()).toEqual([{ type: 'assigned' }]);
  });

  test('tells the department of the form, and nothing of a form without one', () => {
    put().prechat({ department: ' Shipping ' });
    fake!.prechat({ name: 'Ada' });
    expect(one.take()).toEqual([{ type: 'topic', topic: 'Shipping' }]);
  });

  test('tells each reply that nobody looks at, though the number begins anew with every opening', () => {
    put();
    fake!.open();
    fake!.visitor('hello');
    fake!.close();
    one.take();
    fake!.agent('hello');
    expect(one.take()).toEqual([reply]);
    fake!.open();
    fake!.close();
    fake!.agent('are you there?');
    expect(one.take()).toEqual([{ type: 'opened' }, reply]);
  });

  test('tells the first reply in a chat that is connected', () => {
    put();
    fake!.replay();
    fake!.agent('hello');
    expect(one.take()).toEqual([reply]);
  });

  for (const [unread, eager] of [
    [3, true],
    [1, false],
  ] as const)
    test(`takes lines that waited when the page loaded for no news, told ${eager ? 'at once' : 'later'}`, () => {
      put({ unread, eager });
      if (!eager) fake!.replay();
      expect(one.take()).toEqual([]);
      fake!.agent('hello');
      expect(one.take()).toEqual([reply]);
    });

  test('takes no more than one place in each of the few that the widget has', () => {
    put({ late: true });
    const heard: number[] = [];
    for (const site of [1, 2, 3]) page.zE('webWidget:on', 'open', () => heard.push(site));
    fake!.load();
    one.look();
    one.look();
    fake!.open();
    expect(heard).toEqual([1, 2, 3]);
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });
});
