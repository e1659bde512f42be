import { CrispClass } from 'crisp-sdk-web';
import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/crisp.js';
import type { Fake } from '../../demo/widgets/fake.js';
import { crisp } from '../../src/sources/crisp.ts';
import { hold, type Install, testSource } from './conformance.ts';

const page = window as any;

/** What the client does with the array, and with a slot that is taken, is not documented, so each way has to do. */
const CLIENTS = [
  { queue: 'before' },
  { queue: 'after' },
  { queue: 'push' },
  { queue: 'before', first: true },
  { queue: 'push', first: true },
] as const;
const say = (client: (typeof CLIENTS)[number]) => JSON.stringify(client).replace(/[^\w:,]/g, '');

/** A source takes a client that it finds for one that carries its functions, if it was an array when it last looked. */
const forget = () => {
  page.$crisp = { push() {} };
  const one = hold(crisp());
  one.look();
  one.stop();
  delete page.$crisp;
};

describe('crisp', () => {
  for (const client of CLIENTS)
    describe(say(client), () => {
      const put: Install = (window, options) => {
        const fake = install(window, { ...options, ...client });
        const { uninstall } = fake;
        return Object.assign(fake, {
          uninstall() {
            uninstall();
            forget();
          },
        });
      };
      testSource(crisp, put, {
        globals: ['$crisp'],
        names: [
          'chat:opened',
          'message:sent',
          'message:received',
          'user:email:changed',
          'user:phone:changed',
          'user:nickname:changed',
        ],
        site: {
          register: (handler) => page.$crisp.push(['on', 'message:sent', handler]),
          drive: (fake) => fake.visitor('where is my parcel'),
        },
        bot: 'bot',
        words: true,
        opaque: true,
        stays: /^\$crisp\.(\d+|length)$/, // functions that call the site's handlers and nobody else
        waits: /^\$crisp$/,
      });
    });
});

describe('crisp and its one slot', () => {
  const one = hold(crisp());
  let fake: Fake;
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake.uninstall();
    forget();
  });
  const types = () => one.take().map(({ type }) => type);

  for (const client of CLIENTS)
    for (const first of ['site', 'us'])
      test(`shares it with crisp-sdk-web, ${first} first, ${say(client)}`, () => {
        fake = install(page, { late: true, ...client });
        const heard: string[] = [];
        const sdk = new CrispClass();
        const site = () => {
          sdk.message.onMessageSent(({ content }: { content: string }) => heard.push(content));
          sdk.chat.onChatOpened(() => heard.push('opened'));
        };
        if (first === 'us') one.look();
        site();
        one.look();
        fake.load();
        one.look();
        fake.open();
        fake.visitor('hello');
        expect(heard).toEqual(['opened', 'hello']);
        expect(types()).toEqual(['opened', 'message']);
        site(); // off, then on: the same handlers again
        fake.visitor('hello again');
        sdk.message.offMessageSent();
        fake.visitor('is anybody there');
        expect(heard).toEqual(['opened', 'hello', 'hello again']);
        expect(types()).toEqual(['message', 'message']);
        sdk.user.onEmailChanged((address: string) => heard.push(address));
        sdk.user.setEmail('ada@example.com');
        expect(heard.at(-1)).toBe('ada@example.com');
        expect(types()).toEqual(['person']);
      });

  test('hands the slots of the queue on in their order', () => {
    fake = install(page, { late: true });
    const heard: string[] = [];
    page.$crisp.push(['on', 'chat:opened', () => heard.push('first')]);
    page.$crisp.push(['do', 'chat:open']);
    page.$crisp.push(['on', 'chat:opened', () => heard.push('second')]);
    page.$crisp.push(['do', 'chat:close']);
    one.look();
    page.$crisp.push(['do', 'chat:open']);
    page.$crisp.push(['off', 'chat:opened']);
    page.$crisp.push(['do', 'chat:close']);
    page.$crisp.push(['do', 'chat:open']);
    fake.load();
    expect(heard).toEqual(['first', 'second']);
    expect(types().filter((type) => type === 'opened')).toHaveLength(3);
  });

  test('keeps the queue of the site as it is, but for the slots', () => {
    fake = install(page, { late: true });
    const handler = () => {};
    const entries = [
      ['set', 'session:data', [[['cart', 3]]]],
      ['on', 'session:loaded', handler],
      ['safe', true],
      null,
      'x',
      7,
      {},
    ];
    page.$crisp.push(...entries);
    one.look();
    expect(page.$crisp.filter((entry: any) => !/changed$|^chat:|^message:/.test(entry?.[1]))).toEqual(
      entries,
    );
    page.$crisp.length = 0; // what Crisp makes of the last two, it makes without us too
  });

  test('leaves a slot to a site that fills it in a way it does not know', () => {
    fake = install(page);
    one.look();
    const strange = [() => {}];
    page.$crisp.push(['on', 'message:sent', strange]);
    expect(() => fake.visitor('hello')).toThrow(TypeError); // as it would without us
    expect(one.signals).toEqual([]);
  });

  test('lets an error of the site pass to where it would go', () => {
    fake = install(page);
    one.look();
    page.$crisp.push([
      'on',
      'message:sent',
      () => {
        throw new Error('of the site');
      },
    ]);
    expect(() => fake.visitor('hello')).toThrow('of the site');
    expect(types()).toEqual(['message']);
  });

  test('gives the slots back to the last handlers of the site', async () => {
    fake = install(page, { late: true });
    const heard: string[] = [];
    page.$crisp.push(['on', 'message:sent', () => heard.push('old')]);
    one.look();
    fake.load();
    page.$crisp.push(['on', 'message:sent', () => heard.push('new')]);
    one.stop();
    await Promise.resolve();
    fake.visitor('hello');
    expect(heard).toEqual(['new']);
    expect(Object.getOwnPropertyDescriptor(page, '$crisp')).toMatchObject({
      value: page.$crisp,
      writable: true,
    });
  });

  test('takes nothing away that somebody hung over it', () => {
    fake = install(page);
    one.look();
    const { push } = page.$crisp;
    const theirs = (...entries: unknown[]) => push(...entries);
    page.$crisp.push = theirs;
    one.stop();
    expect(page.$crisp.push).toBe(theirs);
    let count = 0;
    page.$crisp.push(['on', 'message:sent', () => count++]);
    fake.visitor('hello');
    expect(count).toBe(1);
    expect(one.signals).toEqual([]);
  });

  test('follows a site that takes Crisp away and puts it back', async () => {
    fake = install(page);
    one.look();
    delete page.$crisp;
    one.look();
    fake = install(page, { late: true });
    one.look();
    fake.load();
    one.look();
    fake.visitor('hello');
    expect(types()).toEqual(['message']);
  });

  test('follows a `$crisp` that cannot be watched', () => {
    // A global `var` is not configurable.
    const name = '$crisp';
    const stay = Object.getOwnPropertyDescriptor;
    fake = install(page, { late: true });
    Object.getOwnPropertyDescriptor = ((of: any, key: any) => {
      const found = stay(of, key);
      return key === name && found ? { ...found, configurable: false } : found;
    }) as typeof stay;
    let count = 0;
    page.$crisp.push(['on', 'message:sent', () => count++]);
    one.look();
    Object.getOwnPropertyDescriptor = stay;
    fake.load();
    one.look();
    fake.visitor('hello');
    expect(count).toBe(1);
    expect(types()).toEqual(['message']);
  });

  test('leaves the handlers alone of a site whose Crisp came and loaded between two looks', () => {
    one.look();
    fake = install(page);
    let count = 0;
    page.$crisp.push(['on', 'message:sent', () => count++]);
    one.look();
    fake.visitor('hello');
    expect(count).toBe(1);
    expect(types()).toEqual(['message']);
  });

  test('takes its own lines and those of bots for no reply by a person', () => {
    fake = install(page);
    one.look();
    page.$crisp.push(['do', 'message:show', ['text', 'May I help?']]);
    fake.bot('beep');
    fake.agent('hello');
    expect(one.take()).toMatchObject([
      { from: 'bot' },
      { from: 'bot' },
      { from: 'agent', at: expect.any(Number) },
    ]);
  });

  test('takes the session, which lasts for months, for no conversation', () => {
    fake = install(page);
    one.look();
    expect(page.$crisp.get('session:identifier')).toBeTruthy();
    fake.open();
    fake.visitor('hello');
    for (const signal of one.take()) expect(signal).not.toHaveProperty('conversation');
  });

  test('hands over no more of a file than that it was sent', () => {
    fake = install(page);
    one.look();
    fake.tell('message:sent', { type: 'file', content: { url: 'https://example.com/canary.png' } });
    expect(one.texts).toEqual([undefined]);
    expect(one.take()).toMatchObject([{ type: 'message', from: 'visitor' }]);
  });

  test('finds the address that Crisp knows already', () => {
    fake = install(page);
    page.$crisp.push(['set', 'user:email', ['Ada@Example.com']]);
    one.look();
    expect(one.take()).toMatchObject([{ type: 'person', email: 'ada@example.com' }]);
  });
});
