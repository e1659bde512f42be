import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/drift.js';
import { drift } from '../../src/sources/drift.ts';
import { hold, testSource } from './conformance.ts';

describe('drift', () => {
  testSource(drift, install, {
    globals: ['drift', 'driftt'],
    names: [
      'chatOpen',
      'sidebarOpen',
      'startConversation',
      'message:sent',
      'message',
      'emailCapture',
      'phoneCapture',
    ],
    site: {
      register: (handler) => (window as any).drift.on('startConversation', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    bot: 'bot',
    stays: /^driftt?\.(\d+|length)$/, // what was queued cannot be taken back, and hears nothing
  });

  const page = window as any;
  const one = hold(drift());
  let fake: ReturnType<typeof install> | undefined;
  const put = (options?: Parameters<typeof install>[1]) => {
    fake = install(page, options);
    one.look();
    return fake;
  };
  afterEach(() => {
    one.stop();
    one.take();
    fake?.uninstall();
  });

  test('takes the line that starts a conversation, and every other, for a message of the visitor', () => {
    put().visitor('where is my parcel');
    fake!.visitor('hello?');
    const message = { type: 'message', from: 'visitor', conversation: '2785462347' };
    expect(one.take()).toEqual([message, message]);
  });

  test('hears the widget that has only a sidebar', () => {
    put({ legacy: true }).open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('tells each line once, whether the bundle keeps the array or takes its place', () => {
    for (const same of [true, false]) {
      put({ late: true, same }).load();
      one.look();
      fake!.agent('hello');
      expect(one.take()).toEqual([{ type: 'message', from: 'agent', conversation: '2785462347' }]);
      one.stop();
      fake!.uninstall();
    }
  });

  test('tells the address and the number that were captured', () => {
    put().prechat({ email: ' Ada@Example.com', phone: '+44 20 7946 0000' });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com' },
      { type: 'person', phone: '+44 20 7946 0000' },
    ]);
  });

  test('leaves the listeners of the site when it stops', () => {
    put();
    let heard = 0;
    page.drift.on('message', () => heard++);
    one.stop();
    fake!.agent('hello');
    expect(heard).toBe(1);
  });

  test('stays away from an array without methods', () => {
    page.drift = [];
    expect(one.source.ready()).toBeFalsy();
    delete page.drift;
  });
});
