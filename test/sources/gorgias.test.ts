import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/gorgias.js';
import { faults } from '../../src/lib/guard.ts';
import { gorgias } from '../../src/sources/gorgias.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('gorgias', () => {
  testSource(gorgias, install, {
    globals: ['GorgiasChat'],
    names: ['widget:opened', 'message:sent', 'message:received'],
    site: {
      register(handler) {
        const listen = () => page.GorgiasChat.on('message:sent', handler);
        if ('on' in page.GorgiasChat) listen();
        else page.GorgiasChat.init().then(listen);
      },
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    bot: 'agent', // nothing tells it apart
    words: true,
    stub: false, // what stands there takes no listeners
  });

  const one = hold(gorgias());
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    delete page.GorgiasChat;
  });

  test('asks nothing of the Proxy that throws at every question', () => {
    faults.counts = {};
    const fake = install(page, { late: true });
    one.look();
    one.look();
    expect(faults.counts).toEqual({});
    fake.load();
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('comes at once when the bundle says that it has loaded', () => {
    const fake = install(page, { late: true });
    for (const name of gorgias().wake!) page.addEventListener(name, one.look, { once: true });
    fake.load();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('hands over the line of the visitor and no more of a message without one', () => {
    const fake = install(page);
    one.look();
    fake.visitor('where is my parcel');
    fake.tell('message:sent', { content: { attachments: [{ url: 'https://example.com/canary.png' }] } });
    fake.tell('message:sent');
    expect(one.texts).toEqual(['where is my parcel', undefined, undefined]);
    expect(one.take()).toEqual(Array(3).fill({ type: 'message', from: 'visitor' }));
  });

  test('hears no typing', () => {
    const fake = install(page);
    one.look();
    fake.tell('typing:start');
    expect(one.take()).toEqual([]);
  });
});
