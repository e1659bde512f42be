import { runInThisContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/jivochat.js';
import { jivochat } from '../../src/sources/jivochat.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;
const HANDLERS = ['Open', 'MessageSent', 'ClientStartChat', 'Accept', 'MessageReceived', 'Introduction'].map(
  (name) => `jivo_on${name}`,
);
/** The site takes its handlers away. */
const clear = () => {
  for (const name of HANDLERS) if (!Reflect.deleteProperty(page, name)) page[name] = undefined;
};

describe('jivochat', () => {
  afterEach(clear);
  // With a talk of an earlier visit a line is told once.
  testSource(jivochat, (of, options) => install(of, { talked: true, ...options }), {
    globals: ['jivo_api'],
    names: [...HANDLERS, 'jivo_onClose', 'jivo_onChangeState', 'jivo_onLoadCallback'],
    site: {
      register: (handler) => {
        page.jivo_onOpen = handler;
      },
      drive: (fake) => fake.open(),
    },
    bot: 'agent', // whether it is told at all is not documented
    stub: false,
  });
});

describe('jivochat and its global handlers', () => {
  const one = hold(jivochat());
  let fake: ReturnType<typeof install>;
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
    clear();
  });

  test('hears that a visitor wrote, whichever way it is told', () => {
    put();
    fake.visitor('hello');
    expect(types()).toEqual(['message', 'message']); // one fact, told by two handlers
    fake.visitor('is anybody there');
    expect(types()).toEqual([]);
    put({ talked: true });
    fake.visitor('me again');
    expect(types()).toEqual(['message']);
    put();
    page.jivo_api.showProactiveInvitation('May I help?');
    expect(types()).toEqual(['opened']); // nobody clicked: that is for the core to judge
    fake.visitor('yes');
    expect(types()).toEqual(['message']);
  });

  test('asks for the address when the visitor has given it', () => {
    put();
    fake.prechat({ name: ' Ada Archer ', email: 'Ada@Example.com', phone: '+44 20 7946 0000' });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer', phone: '+44 20 7946 0000' },
    ]);
    put();
    fake.prechat({ name: 'Ada', phone: '+44 20 7946 0000' });
    expect(one.take()).toEqual([{ type: 'person', name: 'Ada', phone: '+44 20 7946 0000' }]);
  });

  test('finds the address of an earlier visit', () => {
    put({ known: { email: 'ada@example.com' } });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com' }]);
  });

  test('bears a widget that will not say who it is', () => {
    fake = install(page);
    for (const answer of [null, 'x', 7, { email: 7, phone: {} }])
      for (const getContactInfo of [undefined, () => answer]) {
        Object.assign(page.jivo_api, { getContactInfo });
        one.look();
        page.jivo_onIntroduction();
        for (const signal of one.take()) expect(signal).toEqual({ type: 'person' });
        one.stop();
      }
    page.jivo_api.getContactInfo = () => {
      throw new Error('not initialized');
    };
    one.look();
    fake.open();
    expect(types()).toEqual(['opened']);
  });

  test('shares its handlers with a site that chains the one it finds', () => {
    const heard: string[] = [];
    page.jivo_onIntroduction = () => heard.push('first');
    put();
    const old = page.jivo_onIntroduction;
    page.jivo_onIntroduction = () => {
      heard.push('second');
      old();
    };
    fake.prechat({ email: 'ada@example.com' });
    expect(heard).toEqual(['second', 'first']);
    expect(types()).toEqual(['person']);
    one.stop();
    fake.prechat({ email: 'ada@example.com' });
    expect(heard).toEqual(['second', 'first', 'second', 'first']);
    expect(types()).toEqual([]);
  });

  test('shares its handlers with a site that declares them as global functions, before us and after us', () => {
    const heard: string[] = [];
    page.heard = heard;
    fake = install(page);
    runInThisContext("function jivo_onAccept() { heard.push('before') }");
    one.look();
    runInThisContext("function jivo_onMessageReceived() { heard.push('after') }");
    one.look();
    one.look();
    fake.assign();
    fake.agent('hello');
    expect(heard).toEqual(['before', 'after']);
    expect(one.take()).toEqual([{ type: 'assigned' }, { type: 'message', from: 'agent' }]);
    runInThisContext("function jivo_onAccept() { heard.push('anew') }");
    one.look();
    fake.assign();
    expect(heard.splice(0)).toEqual(['before', 'after', 'anew']);
    expect(types()).toEqual(['assigned']);
    one.stop();
    fake.assign();
    fake.agent('hello');
    expect(heard).toEqual(['anew', 'after']);
    expect(types()).toEqual([]);
    delete page.heard;
  });
});
