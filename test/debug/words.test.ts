import { describe, expect, test } from 'vitest';
import {
  consent,
  identity,
  outcome,
  reason,
  remedy,
  signal,
  span,
  stands,
  waits,
} from '../../src/debug/words.ts';
import { NOON, status, step, storyOf } from './told.ts';

const sign = { at: NOON, widget: 'tawk', type: 'message', from: 'visitor' };

describe('outcome', () => {
  test.each<[string, object, string, string]>([
    [
      'milestones',
      { reached: ['chat_topic_set', 'chat_opened'] },
      'granted',
      '→ chat_topic_set, chat_opened',
    ],
    [
      'no gesture',
      { type: 'opened', from: undefined, reached: [], why: 'no gesture' },
      'granted',
      'no milestone: no gesture: nobody had',
    ],
    [
      'told already',
      { reached: [], why: 'nothing new' },
      'granted',
      'no milestone: told already: only the first message',
    ],
    [
      'a bot',
      { from: 'bot', reached: [], why: 'nothing new' },
      'granted',
      'no milestone: told already: the bot has written',
    ],
    [
      'a line of nobody',
      { from: 'system', reached: [], why: 'nothing new' },
      'granted',
      'no milestone: a line that nobody wrote',
    ],
    [
      'a rating off its scale',
      { type: 'rated', from: undefined, reached: [], why: 'not on its scale' },
      'granted',
      'no milestone: the rating is not on its scale',
    ],
    [
      'an agent before the visitor',
      { from: 'agent', reached: [], why: 'no conversation' },
      'granted',
      'no milestone: no conversation: only a visitor',
    ],
    [
      'a topic before the conversation',
      { type: 'topic', from: undefined, reached: [], why: 'no conversation' },
      'granted',
      'no milestone: no conversation yet: it is kept',
    ],
    [
      'a weaker word',
      { type: 'person', from: undefined, reached: [], why: 'a stronger word stands' },
      'granted',
      'no milestone: a stronger source',
    ],
    ['somebody who is taken', { type: 'person', from: undefined, reached: [] }, 'granted', 'taken'],
    ['what is not settled', {}, 'granted', 'being settled'],
    ['what waits for consent', {}, 'pending', 'waits in memory for consent'],
    ['what is denied', {}, 'denied', 'not kept: consent is denied'],
  ])('tells %s', (_, parts, state, words) => {
    expect(outcome({ ...sign, ...parts }, state).startsWith(words)).toBe(true);
  });

  test('has a reason for every signal that told nothing new', () => {
    for (const type of ['opened', 'assigned', 'topic', 'ended', 'rated', 'conversation'])
      expect(reason({ at: NOON, widget: 'tawk', type, reached: [], why: 'nothing new' }), type).not.toBe(
        'told already',
      );
    expect(signal({ type: 'message', from: 'bot' })).toBe('a line by the bot');
  });
});

describe('waits', () => {
  const queued = (parts: object, waiting = 2) =>
    waits(
      'customerio',
      status({
        queued: { customerio: waiting },
        destinations: { customerio: { ...status().destinations!.customerio!, ...parts } },
      }),
      NOON,
    );
  test.each<[string, object, string]>([
    ['a destination’s own consent', { consent: 'pending' }, '2 wait: its own consent is pending'],
    ['what is not on the page', { ready: false }, '2 wait: what it works through is not on this page'],
    [
      'a pause',
      { until: NOON + 5000, tries: 3, error: 'status 500' },
      '2 wait: next try in 5.0 s, after 3 failures in a row: status 500',
    ],
    ['nothing in the way', {}, '2 wait: on their way, or another tab delivers'],
  ])('tells %s', (_, parts, words) => {
    expect(queued(parts)).toBe(words);
  });

  test('tells that a person is waited for, and nothing where nothing waits', () => {
    const record = { destination: 'customerio', name: 'chat_opened', messageId: 'm', held: true };
    expect(waits('customerio', status({ queued: { customerio: 1 }, waiting: [record] }), NOON)).toBe(
      '1 waits: until somebody says who this is',
    );
    expect(queued({}, 0)).toBe('');
  });
});

describe('stands', () => {
  const [told] = storyOf(step(NOON, 'opened', ['chat_opened'])).told;
  test('tells how long the acceptance took', () => {
    expect(stands(told!, status())).toEqual({
      customerio: { state: 'accepted', words: 'accepted 0.4 s after it happened' },
    });
  });

  test('knows that another tab has delivered what no longer waits', () => {
    expect(stands({ ...told!, to: {} }, status(), NOON + 5000)).toMatchObject({
      '?': { state: 'elsewhere' },
    });
    const waiting = [
      { destination: 'segment', name: 'chat_opened', messageId: told!.messageId, held: false },
    ];
    expect(stands({ ...told!, to: {} }, status({ waiting }))).toEqual({
      segment: { state: 'waiting', words: 'waits to be sent' },
    });
  });
});

describe('identity', () => {
  test.each<[string, object, string]>([
    ['the page', { userId: 'a', by: 'site' }, 'the page said it'],
    ['a checkout', { userId: 'a', by: 'checkout' }, 'a checkout form'],
    ['the chat', { userId: 'a', by: 'widget' }, 'the chat gave'],
    ['another form', { userId: 'a', by: 'form' }, 'another form'],
    ['the client of the page', { userId: 'a', by: 'site', client: true }, 'the client of Customer.io'],
    ['nobody', {}, 'nobody yet: no e-mail'],
  ])('names %s', (_, known, words) => {
    expect(identity(status({ identity: known })).startsWith(words)).toBe(true);
  });

  test('says that milestones wait', () => {
    expect(identity(status({ identity: {}, held: 2 }))).toContain('milestones wait on this device');
    expect(identity(status({ identity: undefined }))).toBe('nobody is asked before consent');
  });
});

test('consent says who decided', () => {
  expect(consent({ state: 'granted', by: 'auto' })).toBe(
    'granted – auto: no consent platform is on the page',
  );
  expect(consent({ state: 'pending', by: 'onetrust' })).toBe('pending – onetrust decides');
});

test.each([
  ['status 401 from https://cdp.customer.io: check the write key', 'Check data-write-key'],
  ['status 422', 'The server refuses the record'],
  ['status 429', 'The server asks for patience'],
  ['status 503', 'The server has a fault'],
  ['TypeError: Failed to fetch', 'The server was not reached'],
  ['AbortError: signal is aborted', 'The server was not reached'],
  [
    'TypeError: Failed to fetch dynamically imported module: https://x/chatstone-engine.js',
    'Put all chatstone*.js',
  ],
  ['QuotaExceededError: full', 'The browser’s storage'],
  ['something else', ''],
])('remedy of %s', (message, words) => {
  expect(remedy(message).startsWith(words)).toBe(true);
  expect(!!remedy(message)).toBe(!!words);
});

test.each([
  [400, '0.4 s'],
  [15_000, '15 s'],
  [240_000, '4 min'],
  [9e6, '3 h'],
  [-5, '0.0 s'],
])('span of %i', (time, words) => {
  expect(span(time)).toBe(words);
});
