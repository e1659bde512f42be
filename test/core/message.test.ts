import { describe, expect, test } from 'vitest';
import { identify, track } from '../../src/core/message.ts';
import { agent, assigned, NOON, rated, story, topic, visitor } from './builders.ts';

const scene = { visitor: 'V1', page: { url: 'https://shop.example/' } };

/** The last milestone of these signals as a message. */
const message = (signals: Parameters<typeof story>[0], facts = {}, parts = {}) =>
  track(story(signals).reached.at(-1)!, facts, { ...scene, ...parts });

describe('track', () => {
  test('has everything that the wire wants', () => {
    expect(message([visitor({ conversation: 'v1' })])).toEqual({
      type: 'track',
      event: 'chat_first_message_sent',
      messageId: expect.stringMatching(/^[\w-]{10,40}$/),
      timestamp: '2026-11-22T12:00:00.000Z',
      anonymousId: 'V1',
      properties: { channel: 'live_chat', widget: 'tawk', conversation_id: 'v1' },
      context: {
        page: { url: 'https://shop.example/' },
        library: { name: 'chatstone', version: expect.any(String) },
      },
    });
  });

  test('has the topic, the team and the rating where they are known', () => {
    const chat = [visitor(), topic('sizing'), assigned({ team: 'care' }), rated(5)];
    expect(message(chat).properties).toMatchObject({
      topic: 'sizing',
      agent_team: 'care',
      csat_score: 5,
      sentiment: 'positive',
    });
  });

  test('knows the team of the conversation better than the page does', () => {
    const chat = [visitor(), assigned({ team: 'care' }), agent()];
    expect(message(chat, { agent_team: 'sales' }).properties!.agent_team).toBe('care');
    expect(message([visitor()], { agent_team: 'sales' }).properties!.agent_team).toBe('sales');
  });

  test('lets no fact of the page stand for what is ours', () => {
    const facts = { channel: 'e-mail', widget: 'mine', conversation_id: '0' };
    expect(message([visitor({ conversation: 'v1' })], facts).properties).toMatchObject({
      channel: 'live_chat',
      widget: 'tawk',
      conversation_id: 'v1',
    });
  });

  test('has the user id and Global Privacy Control where they are known', () => {
    const known = message([visitor()], {}, { userId: 'ada@example.com', gpc: true });
    expect(known.userId).toBe('ada@example.com');
    expect(known.context.gpc).toBe(true);
  });

  test('has the same id with or without a user id', () => {
    const chat = [visitor({ conversation: 'v1' })];
    expect(message(chat, {}, { userId: 'ada@example.com' }).messageId).toBe(message(chat).messageId);
  });
});

describe('identify', () => {
  test('carries traits', () => {
    expect(
      identify({ email: 'ada@example.com' }, NOON, 'cause', { ...scene, userId: 'ada@example.com' }),
    ).toMatchObject({
      type: 'identify',
      traits: { email: 'ada@example.com' },
      timestamp: '2026-11-22T12:00:00.000Z',
      anonymousId: 'V1',
      userId: 'ada@example.com',
    });
  });

  test('has one id for one cause', () => {
    const id = (cause: string, userId: string) => identify({}, NOON, cause, { ...scene, userId }).messageId;
    expect(id('a', 'ada')).toBe(id('a', 'ada'));
    expect(new Set([id('a', 'ada'), id('b', 'ada'), id('a', 'bea')]).size).toBe(3);
  });
});
