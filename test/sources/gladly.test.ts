import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/gladly.js';
import { faults } from '../../src/lib/guard.ts';
import { gladly } from '../../src/sources/gladly.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;

describe('gladly', () => {
  testSource(gladly, install, {
    globals: ['Gladly'],
    names: [
      'sidekick:opened',
      'sidekick:closed',
      'customer:onboarded',
      'conversation:started',
      'conversation:ended',
      'message:sent',
      'message:received',
    ],
    site: {
      register(handler) {
        const { Gladly } = page;
        if (Gladly.on) Gladly.on('message:sent', handler);
        else Gladly.init({ appId: 'x' }).then(() => page.Gladly.on('message:sent', handler));
      },
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    bot: 'agent', // a line that is received does not say whose it is
    stub: false,
  });
});

describe('gladly and its loader', () => {
  const one = hold(gladly());
  let fake: ReturnType<typeof install>;
  const put = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  const types = () => one.take().map(({ type }) => type);
  afterEach(() => {
    one.stop();
    one.take();
    fake.uninstall();
    faults.counts = {};
  });

  test('waits for the bundle: the stub of the loader takes no listeners', () => {
    put({ late: true });
    expect(Object.keys(page.Gladly)).toEqual(['init']);
    expect(one.source.ready()).toBeFalsy();
  });

  test('comes again until the site has initialized it, and counts no fault before', async () => {
    put({ manual: true });
    one.look();
    fake.open();
    fake.close();
    expect(types()).toEqual([]);
    await page.Gladly.init({ appId: 'x' });
    one.look();
    one.look();
    expect(one.source.ready()).toBe(page.Gladly); // and stays
    fake.open();
    expect(types()).toEqual(['opened']);
    expect(faults.counts).toEqual({});
  });

  test('hears once where the site calls `init` on the stub', async () => {
    put({ late: true, manual: true });
    let ready = 0;
    page.Gladly.init({ appId: 'x' })
      .then(() => ready++)
      .catch(() => {});
    fake.load();
    one.look();
    await calm();
    one.look();
    fake.open();
    expect(ready).toBe(1);
    expect(types()).toEqual(['opened']);
  });

  test('hears nothing after stop where a listener cannot be taken away', () => {
    put({ off: false });
    one.stop();
    fake.open();
    fake.visitor('hello');
    expect(types()).toEqual([]);
  });

  test('asks who the visitor is when they have said it, or write', () => {
    put();
    page.Gladly.setUser({ name: 'Ada Archer', email: 'Ada@Example.com' });
    expect(one.take()).toEqual([]);
    fake.visitor('hello again');
    const ada = { type: 'person', email: 'ada@example.com', name: 'Ada Archer' };
    expect(one.take()).toEqual([ada, { type: 'message', from: 'visitor' }]);
    fake.tell('customer:onboarded');
    expect(one.take()).toEqual([ada]);
  });

  test('hears a line also where it cannot be asked whose it is', () => {
    put();
    for (const getUser of [
      undefined,
      () => ({ name: 'Ada', identityType: 'PHONE', identity: '+442079460000' }),
      () => {
        throw new Error('not initialized');
      },
    ]) {
      page.Gladly.getUser = getUser;
      fake.visitor('hello');
      const told = one.take();
      expect(told.at(-1)).toEqual({ type: 'message', from: 'visitor' });
      expect(told.every((signal) => !('email' in signal && signal.email))).toBe(true);
    }
  });

  test('takes the window that closes for no end', () => {
    put();
    fake.open();
    fake.close();
    expect(types()).toEqual(['opened']);
    fake.end();
    expect(types()).toEqual(['ended']);
  });
});
