import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/liveperson.js';
import { liveperson } from '../../src/sources/liveperson.ts';
import { hold, testSource } from './conformance.ts';

describe('liveperson', () => {
  testSource(liveperson, install, {
    globals: ['lpTag'],
    names: ['OFFER_CLICK', 'maximized', 'state', 'conversationInfo'],
    site: {
      register: (handler) => (window as any).lpTag.events.bind('lpUnifiedWindow', 'state', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    stays: /^lpTag\._defB$/, // what was bound through the stub is bound when the tag comes, and hears nothing
  });

  const page = window as any;
  const one = hold(liveperson());
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
  const messages = () => one.take().filter(({ type }) => type === 'message').length;
  const id = '4294973105';

  test('takes the first message from a conversation that waited, whenever its id is told', () => {
    put({ info: 'after' }).visitor('where is my parcel');
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor' },
      { type: 'conversation', conversation: id },
    ]);
    one.stop();
    fake!.uninstall();
    put({ info: 'before' }).visitor('where is my parcel');
    expect(one.take()).toEqual([
      { type: 'conversation', conversation: id },
      { type: 'message', from: 'visitor', conversation: id },
    ]);
  });

  test('takes a conversation that runs when the page loads for no message', () => {
    put().tell('state', { state: 'initialised' });
    fake!.tell('state', { state: 'chatting' });
    expect(messages()).toBe(0);
  });

  test('tells one message for each wait', () => {
    put();
    for (const state of ['waiting', 'interactive', 'chatting', 'chatting', 'ended', 'waiting', 'chatting'])
      fake!.tell('state', { state });
    expect(messages()).toBe(2);
  });

  test('tells the agent with the skill, in the conversation, though only what changed is told', () => {
    put().visitor('where is my parcel');
    one.take();
    fake!.assign({ id: '2', name: 'canary' });
    fake!.tell('conversationInfo', { language: 'fr-CA' });
    expect(one.take()).toEqual([{ type: 'assigned', agent: '2', team: 'MySkill', conversation: id }]);
  });

  test('keeps the id of an ended conversation from the next', () => {
    put().visitor('where is my parcel');
    fake!.end();
    expect(one.take().at(-1)).toEqual({ type: 'ended', conversation: id });
    fake!.visitor('and another thing');
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor' },
      { type: 'conversation', conversation: '4294973106' },
    ]);
  });

  test('hears the click before the window has come', () => {
    put().tell('OFFER_CLICK', { engagementName: 'Sticky chat button' });
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('stays away while the tag has no events', () => {
    page.lpTag = { section: ['checkout'] };
    expect(one.source.ready()).toBeFalsy();
    delete page.lpTag;
  });

  test('unbinds its own listeners and no other', () => {
    put();
    let heard = 0;
    page.lpTag.events.bind('lpUnifiedWindow', 'state', () => heard++);
    one.stop();
    fake!.tell('state', { state: 'waiting' });
    expect(heard).toBe(1);
  });
});
