import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/olark.js';
import { faults } from '../../src/lib/guard.ts';
import { olark } from '../../src/sources/olark.ts';
import { hold, type Install, testSource } from './conformance.ts';

const page = window as any;

describe('olark', () => {
  for (const replace of [true, false])
    describe(replace ? 'whose bundle replaces the stub' : 'whose bundle keeps the stub', () => {
      // The form before a chat is not told, that for a message is.
      const put: Install = (window, options) => install(window, { replace, away: true, ...options });
      testSource(olark, put, {
        globals: ['olark'],
        names: [
          'api.box.onExpand',
          'api.chat.onMessageToOperator',
          'api.chat.onMessageToVisitor',
          'api.chat.onOfflineMessageToOperator',
          'api.chat.onCommandFromOperator',
          'api.visitor.getDetails',
        ],
        site: {
          register: (handler) => page.olark('api.chat.onMessageToOperator', handler),
          drive: (fake) => fake.visitor('where is my parcel'),
        },
        bot: 'bot',
        words: true,
      });
    });
});

describe('olark and what it tells', () => {
  const one = hold(olark());
  let fake: ReturnType<Install>;
  const put = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  const types = () => one.take().map(({ type }) => type);
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake.uninstall();
  });

  test('takes a message to the operator for the visitor’s, and one to the visitor for the agent’s', () => {
    put();
    page.olark('api.chat.sendMessageToVisitor', { body: 'May I help?' });
    fake.visitor('where is my parcel');
    fake.agent('on its way');
    expect(one.take()).toEqual([
      { type: 'message', from: 'bot' },
      { type: 'message', from: 'visitor' },
      { type: 'message', from: 'agent' },
    ]);
    expect(one.texts).toEqual([undefined, 'where is my parcel', undefined]);
  });

  test('takes a targeted line for a bot’s', () => {
    put();
    fake.tell('api.chat.onMessageToVisitor', { message: { body: 'Hello there', targeted: true } });
    expect(one.take()).toEqual([{ type: 'message', from: 'bot' }]);
  });

  test('takes the tab that shows itself, and a conversation that a greeting began, for nothing', () => {
    put({ late: true });
    fake.load();
    one.look();
    fake.replay();
    fake.tell('api.chat.onBeginConversation');
    expect(one.take()).toEqual([]);
    fake.open();
    fake.replay();
    expect(types()).toEqual(['opened', 'opened']); // whether somebody clicked, the core decides
  });

  test('finds the address of an earlier visit', () => {
    put({ known: { email: ' Ada@Example.com', name: 'Ada Archer', phone: '+44 20 7946 0000' } });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer', phone: '+44 20 7946 0000' },
    ]);
  });

  test('asks for the address after a line of the visitor, and tells it once', () => {
    put();
    fake.prechat({ name: 'Ada Archer', email: 'ada@example.com' });
    expect(types()).toEqual([]);
    fake.visitor('where is my parcel');
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor' },
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer' },
    ]);
    fake.visitor('hello?');
    expect(types()).toEqual(['message']);
    fake.prechat({ email: 'ada@archer.example' });
    fake.visitor('write to my other address');
    expect(one.take().at(-1)).toEqual({ type: 'person', email: 'ada@archer.example', name: 'Ada Archer' });
  });

  test('takes a message left while nobody was there for an address, not for a line', () => {
    put({ away: true });
    fake.prechat({ email: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com' }]);
    expect(one.texts).toEqual([undefined]);
  });

  test('says nothing of a visitor of whom nothing is known', () => {
    put();
    fake.visitor('hello');
    expect(types()).toEqual(['message']);
  });

  test('bears details that come later, whatever they are', () => {
    faults.counts = {};
    fake = install(page);
    const asked: ((details: unknown) => void)[] = [];
    let write = () => {};
    page.olark = (command: string, listener: any) => {
      if (command === 'api.visitor.getDetails') asked.push(listener);
      if (command === 'api.chat.onMessageToOperator') write = listener;
    };
    one.look();
    write();
    expect(types()).toEqual(['message']);
    expect(asked).toHaveLength(2);
    const broken = {
      get emailAddress() {
        throw new Error('of Olark');
      },
    };
    for (const details of [broken, null, 7, { emailAddress: {} }])
      for (const listener of asked) expect(() => listener(details)).not.toThrow();
    expect(types()).toEqual([]);
    expect(faults.counts).toEqual({ olark: asked.length }); // by the broken one
    asked[0]!({ emailAddress: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com' }]);
  });

  test('ends when the agent says so, and at no other command', () => {
    put();
    fake.visitor('hello');
    fake.tag('warm');
    fake.tell('api.chat.onCommandFromOperator', { command: { name: 'transfer', body: 'canary' } });
    expect(types()).toEqual(['message']);
    fake.end();
    expect(one.take()).toEqual([{ type: 'ended' }]);
  });
});
