/// <reference types="intercom-web" />
import { createRequire } from 'node:module';
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest';
import { install } from '../../demo/widgets/intercom.js';
import { type Command, intercom } from '../../src/sources/intercom.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('intercom', () => {
  testSource(intercom, install, {
    globals: ['Intercom'],
    names: ['onShow', 'onUnreadCountChange', 'onUserEmailSupplied'],
    site: {
      register: (handler) => page.Intercom('onShow', handler),
      drive: (fake) => fake.open(),
    },
    bot: 'agent', // a line that waits does not say whose it is
  });

  const one = hold(intercom());
  afterEach(() => {
    one.stop();
    one.take();
    delete page.Intercom;
  });

  test('takes the first number of unread lines for where it begins', () => {
    const fake = install(page, { unread: 3 });
    one.look();
    expect(one.take()).toEqual([]);
    fake.agent('hello');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent' }]);
  });

  test('takes lines that were read for no reply, and the next one for a reply', () => {
    const fake = install(page, { unread: 3 });
    one.look();
    fake.open();
    fake.close();
    expect(one.take()).toEqual([{ type: 'opened' }]);
    fake.agent('hello');
    expect(one.take()).toEqual([{ type: 'message', from: 'agent' }]);
  });

  test('begins anew where the bundle counts what the stub could not', () => {
    const fake = install(page, { late: true, unread: 2 });
    one.look();
    fake.load();
    one.look();
    expect(one.take()).toEqual([]);
  });

  test('says nothing of an address that Intercom keeps to itself', () => {
    const fake = install(page, { address: false });
    one.look();
    fake.prechat({ email: 'ada@example.com' });
    expect(one.take()).toEqual([{ type: 'person' }]); // nothing in it, so nothing comes of it
  });

  test("queues into the stub of Intercom's own package, beside the site", async () => {
    document.head.innerHTML = '<script id="_intercom_npm_loader"></script>'; // so it believes that the bundle is on its way
    const require = createRequire(import.meta.url);
    const sdk: typeof import('@intercom/messenger-js-sdk') = require('@intercom/messenger-js-sdk');
    sdk.Intercom({ app_id: 'x' });
    await Promise.resolve();
    let shown = 0;
    sdk.onShow(() => shown++);
    one.look();
    expect(page.Intercom.q.map(([command]: [string]) => command)).toEqual([
      'onShow',
      'onShow',
      'onUnreadCountChange',
      'onUserEmailSupplied',
    ]);
    const fake = install(page, { late: true });
    fake.load();
    one.look();
    fake.open();
    expect(shown).toBe(1);
    expect(one.take()).toEqual([{ type: 'opened' }]);
    sdk.onUserEmailSupplied(() => {});
  });

  test('asks for nothing that Intercom does not know', () => {
    type Known = keyof Intercom_.IntercomCommandSignature;
    expectTypeOf<Exclude<Command, Known>>().toEqualTypeOf<'onUserEmailSupplied'>(); // newer than these types
    expectTypeOf<Intercom_.IntercomCommandSignature['onUnreadCountChange']>().toBeCallableWith(
      (count: number) => count,
    );
  });
});
