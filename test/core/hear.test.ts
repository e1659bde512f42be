import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { advance, type Conversation } from '../../src/core/conversation.ts';
import { hear, said } from '../../src/core/hear.ts';
import { topicsOf } from '../../src/core/topics.ts';
import type { Signal, Source } from '../../src/core/types.ts';
import { DAY, HOUR, MINUTE, NOON, visitor } from './builders.ts';

const CANARY = 'canary-7b2e';
const source: Pick<Source, 'name' | 'tells'> = { name: 'tawk', tells: ['chat_opened'] };

let errors: MockInstance;
beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  errors.mockRestore();
  history.replaceState(null, '', '/');
});

const heard = (signal: object, text?: unknown, from = source, gesture = () => true, now = NOON) =>
  hear(from, signal as Signal, text, {
    topics: topicsOf(),
    pages: { '/pages/size-guide': 'sizing' },
    now,
    fresh: 'fresh',
    gesture,
    active: true,
  });

/** What a signal makes of a conversation in which the visitor has written, and has named a topic. */
const told = (signal: object) => {
  const { happened } = heard(signal) ?? {};
  if (!happened) return [];
  const { conversations } = advance([], visitor({ guess: 'sizing' }), HOUR);
  return advance(conversations, happened, HOUR).reached.map(({ name, properties }) => [name, properties]);
};

describe('hear', () => {
  test('knows the widget and the time', () => {
    expect(heard({ type: 'opened', at: (NOON - HOUR) / 1000 })!.happened).toMatchObject({
      type: 'opened',
      widget: 'tawk',
      when: NOON - HOUR,
    });
    expect(heard({ type: 'opened' })!.happened).toMatchObject({ when: NOON });
  });

  test('asks for a gesture at openings only', () => {
    const gesture = vi.fn(() => true);
    heard({ type: 'message', from: 'visitor' }, '', source, gesture);
    expect(gesture).not.toHaveBeenCalled();
    expect(heard({ type: 'opened' }, '', source, gesture)!.happened).toMatchObject({ gesture: true });
    expect(gesture).toHaveBeenCalledExactlyOnceWith('tawk');
  });

  test.each([
    [['chat_resolved'], true],
    [['chat_resolved?'], false],
    [['chat_opened'], false],
    [[], false],
  ] as [Source['tells'], boolean][])(
    'knows that a source that tells %j can tell the end: %j',
    (tells, ends) => {
      expect(heard({ type: 'opened' }, '', { name: 'tawk', tells })!.happened).toMatchObject({ ends });
    },
  );

  test.each([
    ['v1', 'v1'],
    [' v1 ', 'v1'],
    [7, '7'],
    [0, '0'],
    ['', undefined],
    [null, undefined],
    [{}, undefined],
    [Number.NaN, undefined],
  ])('a conversation %j is %j', (conversation, id) => {
    expect(heard({ type: 'opened', conversation })!.happened!.conversation).toBe(id);
  });

  describe("the visitor's words", () => {
    const guess = (text: unknown, from = 'visitor') =>
      heard({ type: 'message', from }, text)!.happened!.guess;

    test('become a topic', () => {
      expect(guess('I want to return it')).toBe('returns');
    });

    test('are not listened to where an agent speaks', () => {
      expect(guess('you can return it', 'agent')).toBeUndefined();
    });

    test('are forgotten', () => {
      expect(JSON.stringify(heard({ type: 'message', from: 'visitor' }, `return ${CANARY}`))).not.toContain(
        CANARY,
      );
    });

    test('speak louder than the page', () => {
      history.replaceState(null, '', '/pages/size-guide');
      expect(guess('I want to return it')).toBe('returns');
      expect(guess('hello')).toBe('sizing');
    });

    test.each([[undefined], [null], [7], [{ text: 'return' }]])('may be %j', (text) => {
      expect(guess(text)).toBeUndefined();
    });
  });

  test('keeps an agent as a mark only', () => {
    const [one, again, other] = ['agent-1', 'agent-1', 'agent-2'].map(
      (agent) => heard({ type: 'assigned', agent })!,
    );
    expect(JSON.stringify(one)).not.toContain('agent-1');
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  test('makes a topic of a tag', () => {
    expect(heard({ type: 'topic', topic: 'Shipping ' })!.happened).toMatchObject({ topic: 'shipping' });
    expect(heard({ type: 'topic', topic: 'VIP' })!.happened).toMatchObject({ topic: 'other' });
  });

  test.each([[''], ['  '], [undefined], [null], [{}], [['returns']]])(
    'a topic %j is none, and changes nothing',
    (topic) => {
      expect(told({ type: 'topic', topic })).toEqual([]);
    },
  );

  test.each([
    [5, 5],
    ['5', 5],
    [1, 1],
  ])('a rating %j is told', (score, csat_score) => {
    expect(told({ type: 'rated', score, worst: 1, best: 5 })[0]).toEqual([
      'chat_csat_submitted',
      expect.objectContaining({ csat_score, csat_raw: csat_score }),
    ]);
  });

  test.each([
    [null],
    [undefined],
    [''],
    ['  '],
    [[]],
    [{}],
    [true],
    ['great'],
    [Number.NaN],
    [99],
    [() => 1],
    [Symbol('1')],
  ])('a rating %j on a scale around 0 is none', (score) => {
    expect(told({ type: 'rated', score, worst: -1, best: 1 })).toEqual([]);
  });

  test.each([['customer'], ['operator'], [undefined], [''], [7]])(
    'a line from %j is from nobody we know',
    (from) => {
      expect(told({ type: 'message', from })).toEqual([]);
    },
  );

  test.each([['typing'], [undefined], ['__proto__']])('a signal of the type %j tells nothing', (type) => {
    expect(told({ type })).toEqual([]);
  });

  test('a history of days ago, told again, neither reopens nor closes', () => {
    const history = [
      { type: 'message', from: 'visitor', conversation: 'v1', at: NOON },
      { type: 'ended', conversation: 'v1', at: NOON + MINUTE },
    ];
    const live = history.reduce<readonly Conversation[]>(
      (all, signal) =>
        advance(all, heard(signal, '', source, () => true, signal.at)!.happened!, HOUR).conversations,
      [],
    );
    const replayed = history.map((signal) =>
      advance(live, heard(signal, '', source, () => true, NOON + 3 * DAY)!.happened!, HOUR),
    );
    expect(replayed.flatMap(({ reached }) => reached)).toEqual([]);
    expect(replayed[0]!.conversations[0]!.open).toBeUndefined();
  });

  test('nothing but what is on the list is kept of a signal', () => {
    const signal = {
      type: 'message',
      from: 'agent',
      text: CANARY,
      name: CANARY,
      agent: CANARY,
      body: { html: CANARY },
    };
    expect(JSON.stringify(heard(signal, CANARY))).not.toContain(CANARY);
  });

  test('a person is what was said, by a widget unless it says otherwise', () => {
    expect(heard({ type: 'person', email: ' Ada@Example.com ' })).toEqual({
      said: { email: 'ada@example.com', by: 'widget', traits: {} },
    });
    expect(heard({ type: 'person', email: 'ada@example.com', by: 'checkout' })!.said!.by).toBe('checkout');
    expect(heard({ type: 'person', email: 'not yet typ' })).toBeUndefined();
  });
});

describe('said', () => {
  const site = (person: object) => said(person, 'site', 'the page');

  test('normalises the address', () => {
    expect(site({ email: ' ADA@example.COM' })).toMatchObject({ email: 'ada@example.com' });
  });

  test('takes the address from the traits too', () => {
    expect(site({ traits: { email: 'ADA@example.com', plan: 'gold' } })).toMatchObject({
      email: 'ada@example.com',
      traits: { plan: 'gold' },
    });
  });

  test('takes the address, and says what is wrong with traits that have no end', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const traits: Record<string, unknown> = {};
    traits['self'] = traits;
    expect(site({ email: 'ada@example.com', traits })).toMatchObject({
      email: 'ada@example.com',
      traits: {},
    });
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/write traits as an object/));
  });

  test('keeps an address out of the traits that the address rules', () => {
    expect(site({ email: 'ada@example.com', traits: { email: 'bea@example.com' } })!.traits).toEqual({});
  });

  test('trims phone and name, and keeps them as traits', () => {
    expect(site({ phone: ' +49 30 1 ', name: ' Ada ' })!.traits).toEqual({ phone: '+49 30 1', name: 'Ada' });
  });

  test.each([
    [7, '7'],
    [' c-7 ', 'c-7'],
    [0, '0'],
  ])('an id %j is %j', (id, known) => {
    expect(site({ id })!.id).toBe(known);
  });

  test.each([
    [{}],
    [{ email: '' }],
    [{ id: null, email: null }],
    [{ traits: {} }],
    [{ phone: {}, name: [] }],
  ])('%j says nothing', (person) => {
    expect(site(person)).toBeUndefined();
  });

  test('leaves out an address that is none, and does not print it', () => {
    expect(site({ id: 7, email: CANARY })).toEqual({ id: '7', email: undefined, by: 'site', traits: {} });
    expect(errors).toHaveBeenCalledOnce();
    expect(String(errors.mock.calls)).not.toContain(CANARY);
  });

  test('takes traits from the site alone', () => {
    expect(said({ email: 'ada@example.com', traits: { note: CANARY } }, 'widget', 'tawk')!.traits).toEqual(
      {},
    );
  });

  test('keeps no trait that cannot be stored', () => {
    const traits = {
      plan: 'gold',
      call: () => {},
      tag: Symbol('a'),
      none: undefined,
      since: 1700000000,
      tags: ['a'],
    };
    expect(structuredClone(site({ traits })!.traits)).toEqual({
      plan: 'gold',
      since: 1700000000,
      tags: ['a'],
    });
  });

  test.each([['gold'], [7], [null], [['a']]])('passes traits %j by', (traits) => {
    expect(site({ id: 7, traits })!.traits).toEqual({});
  });
});
