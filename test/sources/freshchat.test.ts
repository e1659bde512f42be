import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/freshchat.js';
import { freshchat } from '../../src/sources/freshchat.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;

describe('freshchat', () => {
  let waiting: (() => void)[] = [];
  testSource(
    freshchat,
    (window, options) => {
      const fake = install(window, options);
      const { load } = fake;
      // The site's own script waits for Freshchat's, as `onload` does.
      fake.load = () => {
        load();
        for (const register of waiting.splice(0)) register();
      };
      return fake;
    },
    {
      globals: ['fcWidget'],
      names: ['widget:opened', 'message:sent', 'message:received', 'csat:updated', 'user:created'],
      site: {
        register: (handler) => {
          const register = () => page.fcWidget.on('message:sent', () => handler());
          if (page.fcWidget) register();
          else waiting.push(register);
        },
        drive: (fake) => fake.visitor('where is my parcel'),
      },
      rating: 4,
      bot: 'agent', // a line does not say whose it is
      words: true,
      stub: false,
    },
  );

  const one = hold(freshchat());
  let fake: ReturnType<typeof install> | undefined;
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake?.uninstall();
    waiting = [];
  });

  test('takes away no function of the site that has no name either', () => {
    fake = install(page);
    const heard: string[] = [];
    page.fcWidget.on('message:sent', () => heard.push('site'));
    one.look();
    one.stop();
    fake.visitor('where is my parcel');
    expect(heard).toEqual(['site']);
    expect(one.take()).toEqual([]);
  });

  const [wake] = freshchat().wake!;

  test('hears a widget that was destroyed and made again', async () => {
    fake = install(page);
    page.addEventListener(wake!, one.look);
    one.look();
    page.fcWidget.destroy();
    page.fcWidget.init(); // before anybody looks
    one.look();
    fake.visitor('where is my parcel');
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
    page.fcWidget.destroy();
    one.look();
    await calm();
    page.fcWidget.init();
    one.look();
    page.removeEventListener(wake!, one.look);
    fake.visitor('where is my parcel');
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
  });

  test('hands the line over from either of the two shapes it comes in', () => {
    for (const wrapped of [true, false]) {
      fake = install(page, { wrapped });
      one.look();
      fake.visitor('where is my parcel');
      fake.uninstall();
    }
    expect(one.texts).toEqual(['where is my parcel', 'where is my parcel']);
  });

  test('takes the question for a rating for none, and the answer on a scale of 1 to 5', () => {
    fake = install(page);
    one.look();
    fake.end();
    fake.tell('csat:updated', { action: 'csat_updated' });
    fake.rate(2);
    fake.tell('csat:updated', { rating: 5 });
    expect(one.take()).toEqual([2, 5].map((score) => ({ type: 'rated', score, worst: 1, best: 5 })));
  });

  test('takes a visitor who is known already for no news', () => {
    fake = install(page);
    one.look();
    fake.replay();
    expect(one.take()).toEqual([{ type: 'person' }]); // nothing in it, so nothing comes of it
  });

  test('tells address and phone of a visitor who is made, where the event holds them', () => {
    for (const address of [true, false]) {
      fake = install(page, { address });
      one.look();
      fake.prechat({ name: 'Ada', email: 'Ada@Example.com', phone: '+44 20 7946 0000' });
      fake.uninstall();
    }
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', phone: '+44 20 7946 0000' },
      { type: 'person' },
    ]);
  });

  test('wakes at an event that the vendor tells the window', () => {
    page.addEventListener(wake!, one.look);
    fake = install(page);
    page.removeEventListener(wake!, one.look);
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });
});
