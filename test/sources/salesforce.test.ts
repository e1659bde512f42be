import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/salesforce.js';
import { faults } from '../../src/lib/guard.ts';
import { salesforce } from '../../src/sources/salesforce.ts';
import { calm, hold, testSource } from './conformance.ts';

describe('salesforce', () => {
  testSource(salesforce, install, {
    globals: ['embeddedservice_bootstrap'],
    names: [
      'onEmbeddedMessagingButtonClicked',
      'onEmbeddedMessagingWindowMaximized',
      'onEmbeddedMessageSent',
      'onEmbeddedMessagingConversationParticipantChanged',
      'onEmbeddedMessagingConversationClosed',
      'onEmbeddedMessagingSessionStatusUpdate',
    ],
    site: {
      register: (handler) => window.addEventListener('onEmbeddedMessageSent', handler),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    bot: 'bot',
    words: true,
    stub: false,
  });

  const page = window as any;
  const one = hold(salesforce());
  let fake: ReturnType<typeof install> | undefined;
  const put = () => {
    fake = install(page);
    one.look();
    return fake;
  };
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    fake?.uninstall();
    faults.counts = {};
  });
  const ID = '5d8bca2c-a4b3-4a6c-9a55-3c86f5a4e9d1';
  const types = () => one.take().map(({ type }) => type);

  test('tells each message with the id and the time of its conversation', () => {
    put().visitor('where is my parcel');
    expect(one.take()).toEqual([
      { type: 'message', from: 'visitor', conversation: ID, at: expect.stringMatching(/^\d{13}$/) },
    ]);
  });

  test('hears the first click before the window has come', () => {
    put().tell('onEmbeddedMessagingButtonClicked');
    expect(one.take()).toEqual([{ type: 'opened' }]);
  });

  test('takes a conversation that is loaded into a tab for no opening', () => {
    put().tell('onEmbeddedMessagingConversationOpened', { conversationId: ID });
    expect(one.take()).toEqual([]);
  });

  test('tells an agent who joins by an id, and neither a bot nor a supervisor', () => {
    put().assign({ id: '005Kc000001abcD', name: 'Noor' });
    expect(one.take()).toEqual([
      { type: 'assigned', agent: '005Kc000001abcD', conversation: ID, at: expect.any(String) },
    ]);
  });

  test('tells the end of a session, whoever ended it, and of a conversation that the visitor closed', () => {
    put().end();
    expect(types()).toEqual(['ended']);
    fake!.tell('onEmbeddedMessagingConversationClosed', {});
    expect(types()).toEqual(['ended']);
  });

  test('takes a session that waits, or is active, for no end', () => {
    put().visitor('where is my parcel');
    fake!.assign({ id: 'agent-7' });
    fake!.replay();
    expect(types()).not.toContain('ended');
  });

  test('tells a message of the visitor whose words it cannot read', () => {
    put().tell('onEmbeddedMessageSent', {
      conversationId: ID,
      conversationEntry: { sender: { role: 'EndUser' }, entryPayload: 'no JSON' },
    });
    expect(one.take()).toEqual([{ type: 'message', from: 'visitor', conversation: ID }]);
    expect(one.texts).toEqual([undefined]);
    expect(faults.counts).toEqual({ salesforce: 1 });
  });

  test('lets no refused opening out into the page', async () => {
    page.embeddedservice_bootstrap = {
      utilAPI: { launchChat: () => Promise.reject(new Error('the chat button is not created yet')) },
    };
    one.source.open!();
    await calm();
    expect(faults.counts).toEqual({ salesforce: 1 });
    delete page.embeddedservice_bootstrap;
  });
});
