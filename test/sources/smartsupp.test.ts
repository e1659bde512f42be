import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/widgets/smartsupp.js';
import { smartsupp } from '../../src/sources/smartsupp.ts';
import { calm, hold, type Install, testSource } from './conformance.ts';

const page = window as any;

describe('smartsupp', () => {
  for (const replace of [false, true])
    describe(replace ? 'whose loader replaces the stub' : 'whose loader keeps the stub', () => {
      const put: Install = (window, options) => install(window, { replace, ...options });
      testSource(smartsupp, put, {
        globals: ['smartsupp', '_smartsupp'],
        names: ['message_sent', 'message_received', 'messenger_close', 'widget_init'],
        site: {
          register: (handler) => page.smartsupp('on', 'message_sent', handler),
          drive: (fake) => fake.visitor('where is my parcel'),
        },
        bot: 'bot',
        words: true,
      });
    });
});

describe('smartsupp and its messages', () => {
  const one = hold(smartsupp());
  let fake: ReturnType<Install>;
  const put = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  const parties = () => one.take().map((signal) => signal.type === 'message' && signal.from);
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake.uninstall();
  });

  test('takes what the visitor sent, and what comes back, for one line of the visitor', () => {
    put();
    const received: string[] = [];
    page.smartsupp('on', 'message_received', ({ subType }: { subType: string }) => received.push(subType));
    fake.visitor('where is my parcel');
    expect(received).toEqual(['contact']);
    expect(parties()).toEqual(['visitor']);
    fake.visitor('hello?');
    expect(parties()).toEqual(['visitor']);
  });

  test('hears a press on the button of a bot, which only comes back', () => {
    put();
    fake.bot('May I help?');
    fake.tell('message_received', {
      id: 'ms9',
      subType: 'contact',
      content: { text: 'Where is my parcel?' },
    });
    expect(parties()).toEqual(['bot', 'visitor']);
    expect(one.texts).toEqual([undefined, 'Where is my parcel?']);
  });

  test('takes what a trigger says for a bot’s line, and other lines for nobody’s', () => {
    put();
    fake.tell('message_received', { id: 'ms1', subType: 'trigger', content: { text: 'Hello there' } });
    fake.rate(5); // the form, not an answer
    fake.system('Noor joined');
    fake.tell('message_received', { id: 'ms2', subType: 'constructor' });
    fake.tell('message_received', { id: 'ms3' });
    expect(parties()).toEqual(['bot']);
  });

  test('hears a visitor’s line that does not say whose it is', () => {
    put();
    fake.tell('message_sent', { content: { text: 'hello' } });
    fake.tell('message_sent', { content: { text: 'is anybody there' } });
    expect(parties()).toEqual(['visitor', 'visitor']);
    expect(one.texts).toEqual(['hello', 'is anybody there']);
  });

  test('tells when a message was made', () => {
    put();
    fake.tell('message_received', { id: 'ms1', subType: 'agent', createdAt: '2026-11-22T05:00:00.000Z' });
    expect(one.take()).toEqual([{ type: 'message', from: 'agent', at: '2026-11-22T05:00:00.000Z' }]);
  });

  test('takes the chat, in which all talks of a visitor stand, for no conversation', () => {
    put();
    page.smartsupp('on', 'message_sent', ({ chatId }: { chatId: string }) => expect(chatId).toBeTruthy());
    fake.visitor('hello');
    fake.agent('hello');
    for (const signal of one.take()) expect(signal).not.toHaveProperty('conversation');
    expect.assertions(3);
  });

  for (const first of ['site', 'us'])
    test(`queues into the stub of Smartsupp's own package, ${first} first`, async () => {
      const append = vi.spyOn(document.body, 'appendChild').mockImplementation((node) => node); // its loader
      const require = createRequire(import.meta.url);
      const sdk: typeof import('smartsupp-widget') = require('smartsupp-widget');
      const heard: string[] = [];
      sdk.init('x', { hideWidget: true });
      await calm();
      append.mockRestore();
      const site = () => page.smartsupp('on', 'message_sent', () => heard.push('site'));
      if (first === 'site') site();
      sdk.setEmail('ada@example.com');
      one.look();
      if (first === 'us') site();
      expect(page.smartsupp._.map(([command]: [string]) => command).sort()).toEqual([
        'email',
        'on',
        'on',
        'on',
      ]);
      put({ late: true });
      fake.load();
      one.look();
      expect(() => sdk.init('x')).toThrow('already initialized');
      sdk.chatOpen();
      expect(fake.opened).toBe(true);
      fake.visitor('hello');
      expect(heard).toEqual(['site']);
      expect(parties()).toEqual(['visitor']);
      sdk.setEmail('ada@example.com'); // is not told back
      expect(one.take()).toEqual([]);
    });
});
