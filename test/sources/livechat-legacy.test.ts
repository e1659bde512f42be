import { createWidget } from '@livechat/widget-core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { install as installNewer } from '../../demo/widgets/livechat.js';
import { install } from '../../demo/widgets/livechat-legacy.js';
import { livechat } from '../../src/sources/livechat.ts';
import { livechatLegacy } from '../../src/sources/livechat-legacy.ts';
import { calm, hold, testSource } from './conformance.ts';

const page = window as any;

describe('livechatLegacy', () => {
  testSource(livechatLegacy, install, {
    globals: ['LC_API'],
    names: [
      'on_chat_window_opened',
      'on_message',
      'on_chat_started',
      'on_chat_ended',
      'on_rating_submitted',
      'on_prechat_survey_submitted',
      'on_ticket_created',
    ],
    site: {
      register: (handler) => {
        page.LC_API.on_message = handler;
      },
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 1,
    bot: 'agent', // its line is that of an agent
    words: true,
  });
});

describe('livechatLegacy and its single slots', () => {
  const one = hold(livechatLegacy());
  let fake: Fake;
  const listening = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake.uninstall();
    delete page.LiveChatWidget;
  });

  test('waits for the object of the bundle where the site makes none', () => {
    listening({ late: true, bare: true });
    fake.load();
    one.look();
    fake.open();
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('shares its handlers with a site that sets them when LiveChat has loaded', () => {
    fake = install(page, { late: true });
    let count = 0;
    page.LC_API.on_after_load = () => {
      page.LC_API.on_message = () => count++;
    };
    one.look();
    fake.load();
    fake.visitor('hello');
    expect(count).toBe(1);
    expect(one.take()).toMatchObject([{ type: 'message', from: 'visitor' }]);
  });

  test('takes its place again when the site has emptied a slot', () => {
    listening();
    let count = 0;
    delete page.LC_API.on_message;
    page.LC_API.on_message = () => count++;
    one.look();
    fake.visitor('hello');
    expect(count).toBe(1);
    expect(one.take()).toMatchObject([{ type: 'message', from: 'visitor' }]);
  });

  test('hands over no more of a line without words than that it was sent', () => {
    listening();
    fake.tell('on_message', { text: { url: 'https://example.com/canary.png' }, user_type: 'visitor' });
    expect(one.texts).toEqual([undefined]);
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor' }]);
  });

  test('takes a greeting for no reply', () => {
    listening();
    fake.tell('on_message', { text: 'May I help?', user_type: 'agent', timestamp: 1, invitation: true });
    fake.tell('on_message', {
      text: 'hello',
      user_type: 'agent',
      timestamp: 2,
      agent_login: 'noor@example.com',
    });
    expect(one.take()).toEqual([{ type: 'message', from: 'agent', at: '2' }]);
  });

  test('takes a line of an author of another kind for none', () => {
    listening();
    fake.tell('on_message', { text: 'hello', user_type: 'system', timestamp: 1 });
    expect(one.take()).toEqual([]);
  });

  test('tells an assignment without the name of the agent', () => {
    listening();
    fake.assign({ name: 'Noor' });
    expect(one.take()).toEqual([{ type: 'assigned' }]);
  });

  test('takes the chat, which goes on from visit to visit, for no conversation', () => {
    listening();
    fake.visitor('hello');
    fake.visitor('is anybody there');
    expect(page.LC_API.get_chat_id()).toBe('CHAT');
    for (const signal of one.take()) expect(signal).not.toHaveProperty('conversation');
  });

  test('tells good as the best, bad as the worst, and nothing of a rating that is taken back', () => {
    listening();
    for (const value of ['bad', 'none', 'good']) fake.tell('on_rating_submitted', value);
    expect(one.take()).toEqual([
      { type: 'rated', score: 0, worst: 0, best: 1 },
      { type: 'rated', score: 1, worst: 0, best: 1 },
    ]);
  });

  test('finds the address in the form by its look, and the name where the label is certain', () => {
    listening();
    fake.prechat({ name: 'Ada Archer', email: 'Ada@Example.com' });
    fake.tell('on_prechat_survey_submitted', {
      form_data: [
        { label: 'Company name:', value: 'Archer & Daughters' },
        { label: 'E-mail:', value: 'ada@example.com' },
      ],
    });
    expect(one.take()).toEqual([
      { type: 'person', email: 'ada@example.com', name: 'Ada Archer' },
      { type: 'person', email: 'ada@example.com' },
    ]);
  });

  test('takes the address of a ticket, and not its words', () => {
    listening();
    fake.tell('on_ticket_created', {
      ticket_id: 'T1',
      text: 'canary',
      ticket_subject: 'canary',
      visitor_name: 'Ada Archer',
      visitor_email: 'ada@example.com',
    });
    expect(one.take()).toEqual([{ type: 'person', email: 'ada@example.com', name: 'Ada Archer' }]);
    expect(one.texts).toEqual([undefined]);
  });
});

describe('livechatLegacy beside the newer API', () => {
  const older = hold(livechatLegacy());
  const newer = hold(livechat());
  let fakes: Fake[] = [];
  const look = () => {
    older.look();
    newer.look();
  };
  /** One bundle tells the same to both. */
  const chat = async () => {
    await calm();
    newer.take();
    for (const act of [
      (fake: Fake) => fake.open(),
      (fake: Fake) => fake.visitor('hello'),
      (fake: Fake) => fake.assign(),
      (fake: Fake) => fake.agent('hello'),
      (fake: Fake) => fake.rate(1),
      (fake: Fake) => fake.end(),
    ])
      fakes.forEach(act);
    const told = newer.take().filter(({ type }) => type !== 'person');
    expect(told.map(({ type }) => type)).toEqual([
      'opened',
      'message',
      'assigned',
      'message',
      'rated',
      'ended',
    ]);
  };
  afterEach(() => {
    older.stop();
    newer.stop();
    older.take();
    newer.take();
    for (const fake of fakes) fake.uninstall();
    fakes = [];
    delete page.__lc;
  });

  test('stays away where that stands', async () => {
    fakes = [installNewer(page), install(page)];
    look();
    await chat();
    expect(older.signals).toEqual([]);
    expect(older.source.ready()).toBeFalsy();
  });

  test('falls silent when that comes, before anybody looks again', async () => {
    fakes = [install(page, { late: true })]; // a site that makes the object for its handlers before its snippet
    older.look();
    expect(older.source.ready()).toBeTruthy();
    fakes.unshift(installNewer(page));
    fakes[1]!.load();
    newer.look();
    await chat();
    older.look();
    expect(older.signals).toEqual([]);
  });

  test("stays away where LiveChat's own package makes both", async () => {
    const widget = createWidget({ license: '1' });
    page.LiveChatWidget.init = () => {}; // its script comes from the fake
    widget.init();
    expect(page.LC_API.on_after_load).toBeTypeOf('function');
    fakes = [installNewer(page, { late: true }), install(page, { late: true })];
    look();
    for (const fake of fakes) fake.load();
    look();
    await chat();
    expect(older.signals).toEqual([]);
  });
});
