import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/help-scout.js';
import { helpScout } from '../../src/sources/help-scout.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;
const ada = { type: 'person', email: 'ada@example.com', name: 'Ada Archer' };

describe('helpScout', () => {
  testSource(helpScout, install, {
    globals: ['Beacon'],
    names: ['open', 'chat-started', 'email-sent', 'chat-ended'],
    site: {
      register: (handler) => page.Beacon('on', 'chat-started', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    words: true,
  });

  const one = hold(helpScout());
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    delete page.Beacon;
  });

  test('asks who the visitor is when it connects', () => {
    const fake = install(page, { late: true });
    page.Beacon('identify', { name: 'Ada Archer', email: 'ada@example.com' });
    one.look();
    expect(one.take()).toEqual([]); // the stub cannot say
    fake.load();
    one.look();
    expect(one.take()).toEqual([ada]);
  });

  test('asks again when the window opens', () => {
    const fake = install(page);
    one.look();
    page.Beacon('identify', { name: 'Ada Archer', email: 'ada@example.com' });
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }, ada]);
  });

  test('tells who the visitor is before what the visitor says', () => {
    const fake = install(page);
    one.look();
    fake.tell('chat-started', {
      name: 'Ada Archer',
      email: 'Ada@Example.com ',
      subject: 'where is my parcel',
    });
    expect(one.take()).toEqual([ada, { type: 'message', from: 'visitor' }]);
    expect(one.texts).toEqual([undefined, 'where is my parcel']);
  });

  test('takes a form that was sent for a message', () => {
    const fake = install(page);
    one.look();
    fake.tell('email-sent', { email: 'ada@example.com', subject: 'Parcel', text: 'where is my parcel' });
    expect(one.take().at(-1)).toEqual({ type: 'message', from: 'visitor' });
    expect(one.texts.at(-1)).toBe('where is my parcel');
  });

  test('takes a message for one where nobody says who it is', () => {
    const fake = install(page);
    one.look();
    fake.tell('chat-started');
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
  });

  test('goes on where it cannot ask', () => {
    const heard: Record<string, () => void> = {};
    page.Beacon = (method: string, event: string, listener: () => void) => {
      if (method === 'info') throw new Error('not yet');
      heard[event] = listener;
    };
    one.look();
    heard['chat-started']!();
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
  });

  test('leaves the functions of the site when it stops', () => {
    const fake = install(page);
    let opened = 0;
    page.Beacon('on', 'open', () => opened++);
    one.look();
    one.stop();
    fake.open();
    expect(opened).toBe(1);
    expect(one.take()).toEqual([]);
  });
});
