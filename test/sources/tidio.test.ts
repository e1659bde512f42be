import { afterEach, describe, expect, test, vi } from 'vitest';
import { install } from '../../demo/widgets/tidio.js';
import { tidio } from '../../src/sources/tidio.ts';
import { calm, hold, type Install, testSource } from './conformance.ts';

const page = window as any;

describe('tidio', () => {
  // Where a build carries the payload differs.
  for (const place of ['data', 'detail']) {
    const put: Install = (window, options) => install(window, { ...options, place });
    describe(place, () =>
      testSource(tidio, put, {
        globals: ['tidioChatApi'],
        names: ['open', 'messageFromVisitor', 'messageFromOperator', 'preFormFilled', 'conversationStart'],
        site: {
          register: (handler) => {
            if (page.tidioChatApi) page.tidioChatApi.on('messageFromVisitor', handler);
            else document.addEventListener('tidioChat-messageFromVisitor', handler);
          },
          drive: (fake) => fake.visitor('where is my parcel'),
        },
        rating: 4,
        bot: 'bot',
        words: true,
        stub: false,
      }),
    );
  }

  const one = hold(tidio());
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    delete page.tidioChatApi;
    delete (document as any).tidioIdentify;
    vi.restoreAllMocks();
  });
  const parties = () => one.take().flatMap((signal) => (signal.type === 'message' ? signal.from : []));

  test('takes a line that the visitor says to a bot for the visitor’s', () => {
    const fake = install(page);
    one.look();
    fake.bot('How can I help?');
    fake.visitor('where is my parcel');
    expect(parties()).toEqual(['bot', 'visitor']);
    expect(one.texts).toContain('where is my parcel');
  });

  test('takes a rating for no message', () => {
    const fake = install(page);
    one.look();
    fake.rate(1);
    expect(one.take()).toEqual([{ type: 'rated', score: 1, worst: 1, best: 5 }]);
    expect(one.texts).toEqual([undefined]);
  });

  test('hands over no more of an upload than that it was sent', () => {
    const fake = install(page);
    one.look();
    fake.tell('messageFromVisitor', { message: 'https://example.com/canary.png', type: 'upload' });
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
    expect(one.texts).toEqual([undefined]);
  });

  test('hands over the line of a build that names no type', () => {
    const fake = install(page);
    one.look();
    fake.tell('messageFromVisitor', { message: 'hello', fromBot: false });
    expect(one.texts).toEqual(['hello']);
  });

  test('takes cards, the pre-chat and the visitor’s own address for no reply', () => {
    const fake = install(page);
    one.look();
    fake.prechat({ email: 'ada@example.com' });
    fake.tell('messageFromOperator', { message: 'ada@example.com', fromBot: false });
    fake.end();
    expect(parties()).toEqual([]);
  });

  test('takes the thanks for an address for no reply, and the line after it for one', async () => {
    const fake = install(page);
    one.look();
    fake.system('Thank you, we will write to you');
    await calm();
    fake.agent('hello');
    expect(parties()).toEqual(['agent']);
  });

  test('takes a line that comes later than a card for a reply', () => {
    const fake = install(page);
    one.look();
    fake.end();
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 2000);
    fake.agent('hello');
    expect(parties()).toEqual(['agent']);
  });

  test('tells a message, not the beginning that comes with the first of a day', () => {
    const fake = install(page);
    one.look();
    fake.visitor('hello');
    fake.visitor('anybody?');
    expect(parties()).toEqual(['visitor', 'visitor']);
  });

  test('takes name and phone from the form, too', () => {
    const fake = install(page);
    one.look();
    fake.prechat({ name: ' Ada ', email: 'Ada@Example.com', phone: '+44 20 7946 0000' });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada', phone: '+44 20 7946 0000' },
    ]);
  });

  test('finds the customer whom the site told Tidio of', () => {
    (document as any).tidioIdentify = { distinct_id: 7, email: 'Ada@Example.com', name: 'Ada' };
    install(page);
    one.look();
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada' }]);
  });

  test('comes at once when the bundle says that it is ready', () => {
    const fake = install(page, { late: true });
    for (const name of tidio().wake!) document.addEventListener(name, one.look, { once: true });
    fake.load();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });
});
