/// <reference types="zendesk-web-widget" />
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/widgets/zendesk.js';
import { install as installClassic } from '../../demo/widgets/zendesk-classic.js';
import { faults } from '../../src/lib/guard.ts';
import { zendesk } from '../../src/sources/zendesk.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('zendesk', () => {
  testSource(zendesk, install, {
    globals: ['zE', 'zEmbed'],
    names: [
      'open',
      'unreadMessages',
      'conversationStarted',
      'conversationOpened',
      'conversationAgentAssigned',
      'messagesShown',
    ],
    // In the words of Zendesk's types, as far as these go.
    site: { register: (handler) => zE('messenger:on', 'open', handler), drive: (fake) => fake.open() },
    bot: 'agent', // after an agent has taken it
    stub: false,
  });

  const one = hold(zendesk());
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
  const conversation = '6655f1b2c0';
  const parties = () => one.take().flatMap((signal) => (signal.type === 'message' ? signal.from : []));
  const at = (time: number) => new Date(time).toISOString();

  test('leaves the classic widget alone, and the queue before it', () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const classic = installClassic(page, { late: true });
    one.look();
    expect(page.zE._).toEqual([]);
    classic.load();
    one.look();
    classic.open();
    classic.visitor('hello');
    classic.close();
    classic.agent('hello');
    one.source.open!();
    expect(classic.opened).toBe(false);
    expect(one.signals).toEqual([]);
    expect(faults.counts).toEqual({});
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    classic.uninstall();
  });

  test('hears the messaging widget that comes in place of the classic', () => {
    const classic = installClassic(page);
    one.look();
    classic.uninstall();
    put().open();
    expect(one.take()).toMatchObject([{ type: 'opened' }]);
  });

  test('takes a conversation that has started for no message', () => {
    put();
    fake!.tell('conversationStarted', { payload: { conversation: { id: conversation } }, createdAt: 1 });
    expect(one.take()).toEqual([{ type: 'conversation', conversation, at: '1' }]);
  });

  test('puts the conversation and the time on what is said in it', () => {
    put().open();
    one.take();
    fake!.visitor('hello');
    expect(one.take()).toEqual([
      { type: 'conversation', conversation, at: expect.stringMatching(/^\d+$/) },
      { type: 'message', from: 'visitor', conversation, at: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
  });

  test('takes lines of the business for those of a bot until an agent has taken the conversation', () => {
    put().open();
    fake!.bot('beep');
    fake!.visitor('hello');
    fake!.bot('beep');
    fake!.assign();
    fake!.agent('hello');
    expect(parties()).toEqual(['bot', 'visitor', 'bot', 'agent']);
  });

  test('knows the visitor by any of the words that Zendesk has for one', () => {
    for (const user of ['user', 'endUser', 'end_user', 'appUser', 'visitor']) {
      put({ user }).visitor('hello');
      expect(parties()).toEqual(['visitor']);
      fake!.uninstall();
    }
  });

  test('takes lines from before this page for no news', () => {
    put({ conversation });
    const messages = [-86_400_000, -1000, 60_000].map((ago, i) => ({
      id: `${i}`,
      role: i ? 'user' : 'business',
      received: at(Date.now() + ago),
    }));
    fake!.tell('messagesShown', { payload: { conversation: { id: conversation }, messages } });
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor', conversation, at: messages[2]!.received },
    ]);
  });

  test('hears a conversation that began on this page whatever the clock of the device says', () => {
    put();
    const payload = { conversation: { id: conversation } };
    fake!.tell('conversationStarted', { payload });
    const messages = [{ id: '1', role: 'user', received: at(Date.now() - 300_000) }];
    fake!.tell('messagesShown', { payload: { ...payload, messages } });
    expect(parties()).toEqual(['visitor']);
  });

  test('hears a line whose time cannot be read', () => {
    put({ conversation });
    fake!.tell('messagesShown', {
      payload: { messages: [{ role: 'user', received: '1614000000.123' }, null] },
    });
    expect(parties()).toEqual(['visitor']);
  });

  test('takes the first number of unread lines for where it begins', () => {
    put({ unread: 3, conversation });
    expect(one.take()).toEqual([]);
    fake!.tell('unreadMessages', 4);
    expect(parties()).toEqual(['agent']);
  });

  test('tells a reply that nobody looks at', () => {
    put().visitor('hello');
    fake!.agent('hello');
    fake!.close();
    fake!.agent('are you there?'); // the first number
    one.take();
    fake!.agent('hello?');
    expect(parties()).toEqual(['agent']);
  });

  test('takes lines of the business for those of a bot where it has not heard who took the conversation', () => {
    put({ conversation }).bot('beep');
    fake!.open();
    expect(parties()).toEqual(['bot']);
  });

  test('takes each of its listeners away', () => {
    fake = install(page);
    const { zE } = page;
    const undone: string[] = [];
    const watched = (scope: string, event: string, ...more: unknown[]) => {
      const off = zE(scope, event, ...more);
      return () => {
        undone.push(event);
        off();
      };
    };
    page.zE = Object.assign(watched, { widget: 'messenger' });
    one.look();
    expect(undone).toEqual([]);
    one.stop();
    expect(undone).toHaveLength(6);
  });
});
