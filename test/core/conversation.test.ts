import { describe, expect, test } from 'vitest';
import { advance, score } from '../../src/core/conversation.ts';
import {
  after,
  agent,
  assigned,
  bot,
  DAY,
  ended,
  HOUR,
  known,
  line,
  MINUTE,
  NOON,
  opened,
  rated,
  SECOND,
  story,
  topic,
  visitor,
} from './builders.ts';

/** What was told, as "c1 chat_opened": the conversation, and the milestone. */
const told = (...signals: Parameters<typeof story>[0]) =>
  story(signals).reached.map(({ name, conversation }) => `${conversation.id} ${name}`);

/** As vendors that give times tell them. */
const dated = (signals: Parameters<typeof story>[0]) =>
  signals.map((signal) => ({ ...signal, own: signal.when }));

/** Signals a second apart, in this order. */
const quick = (signals: Parameters<typeof story>[0]) => signals.map((signal, i) => after(i * SECOND, signal));

describe('advance', () => {
  test.each<[sentence: string, signals: Parameters<typeof story>[0], told: string[]]>([
    // Opening
    ['an opening by a gesture is told', [opened()], ['c1 chat_opened']],
    ['a window that opens itself tells nothing', [opened({ gesture: false })], []],
    ['an opening is told once', [opened(), opened()], ['c1 chat_opened']],
    [
      'a window that opened itself and is then opened by hand is told',
      [opened({ gesture: false }), opened()],
      ['c2 chat_opened'],
    ],
    [
      'an opening after the first message is told too',
      [visitor(), opened()],
      ['c1 chat_first_message_sent', 'c1 chat_opened'],
    ],

    // Messages
    [
      'the first message is told, the others are not',
      [visitor(), visitor(), visitor()],
      ['c1 chat_first_message_sent'],
    ],
    ['an agent alone begins nothing', [agent()], []],
    ['a bot alone begins nothing', [bot()], []],
    ['a line of the system begins nothing', [line('system')], []],
    ['a line of the system tells nothing', [opened(), line('system')], ['c1 chat_opened']],
    [
      'an agent replies once',
      [visitor(), agent(), agent()],
      ['c1 chat_first_message_sent', 'c1 chat_agent_replied'],
    ],
    [
      'a greeting by a bot does not use up the human reply',
      [opened(), bot(), bot(), agent()],
      ['c1 chat_opened', 'c1 chat_agent_replied', 'c1 chat_agent_replied'],
    ],
    [
      'a human reply does not use up the bot',
      [opened(), agent(), bot()],
      ['c1 chat_opened', 'c1 chat_agent_replied', 'c1 chat_agent_replied'],
    ],

    // Assignment
    ['an assignment begins nothing', [assigned({ agent: 'a1' })], []],
    [
      'an assignment is told once per agent',
      [visitor(), assigned({ agent: 'a1' }), assigned({ agent: 'a2' }), assigned({ agent: 'a1' })],
      ['c1 chat_first_message_sent', 'c1 chat_assigned', 'c1 chat_assigned'],
    ],
    [
      'an assignment to a team is told once per team',
      [visitor(), assigned({ team: 'sales' }), assigned({ team: 'sales' }), assigned({ team: 'care' })],
      ['c1 chat_first_message_sent', 'c1 chat_assigned', 'c1 chat_assigned'],
    ],
    [
      'an assignment to nobody in particular is told once',
      [visitor(), assigned({}), assigned({})],
      ['c1 chat_first_message_sent', 'c1 chat_assigned'],
    ],

    // Topics
    ['a topic alone begins nothing', [topic('sizing')], []],
    [
      'a topic is told when it differs from the last',
      [opened(), topic('sizing'), topic('sizing'), topic('returns')],
      ['c1 chat_opened', 'c1 chat_topic_set', 'c1 chat_topic_set'],
    ],
    [
      'a topic that comes back is told again',
      [opened(), topic('sizing'), topic('returns'), topic('sizing'), topic('sizing')],
      ['c1 chat_opened', 'c1 chat_topic_set', 'c1 chat_topic_set', 'c1 chat_topic_set'],
    ],
    [
      'the words of the first message set the topic',
      [visitor({ guess: 'sizing' })],
      ['c1 chat_topic_set', 'c1 chat_first_message_sent'],
    ],
    [
      'the words of later messages set no topic',
      [visitor(), visitor({ guess: 'sizing' })],
      ['c1 chat_first_message_sent'],
    ],
    [
      'words do not replace a topic that was named',
      [opened(), topic('sizing'), visitor({ guess: 'returns' })],
      ['c1 chat_opened', 'c1 chat_topic_set', 'c1 chat_first_message_sent'],
    ],
    [
      'a topic that was named before belongs to the conversation that begins',
      [opened({ preset: 'sizing' })],
      ['c1 chat_opened', 'c1 chat_topic_set'],
    ],
    [
      'a topic that was named before is nothing to a conversation under way',
      [opened(), visitor({ preset: 'sizing' })],
      ['c1 chat_opened', 'c1 chat_first_message_sent'],
    ],

    // Ratings
    ['a rating begins nothing', [rated(5)], []],
    [
      'a rating is told once per value that differs from the last',
      [visitor(), rated(5), rated(5), rated(2), rated(5)],
      [
        'c1 chat_first_message_sent',
        'c1 chat_csat_submitted',
        'c1 chat_csat_submitted',
        'c1 chat_csat_submitted',
      ],
    ],
    [
      'a rating off its scale tells nothing',
      [visitor(), rated(6), rated(0), rated(Number.NaN)],
      ['c1 chat_first_message_sent'],
    ],
    [
      'a rating after the end belongs to what was talked about',
      [visitor(), ended(), rated(4)],
      ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c1 chat_csat_submitted'],
    ],
    [
      'a rating does not belong to a window that was opened since',
      [visitor(), ended(), opened(), rated(4)],
      ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c3 chat_opened', 'c1 chat_csat_submitted'],
    ],

    // The end
    ['closing what was never opened tells nothing', [ended()], []],
    ['closing a window in which nothing was written tells nothing', [opened(), ended()], ['c1 chat_opened']],
    [
      'a closing is told once',
      [visitor(), ended(), ended()],
      ['c1 chat_first_message_sent', 'c1 chat_resolved'],
    ],
  ])('%s', (_sentence, signals, milestones) => {
    expect(told(...quick(signals))).toEqual(milestones);
  });

  describe('without an id of the vendor', () => {
    test.each<[sentence: string, signals: Parameters<typeof story>[0], told: string[]]>([
      [
        'a message after the end begins a new conversation',
        [visitor(), ended(), visitor()],
        ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c3 chat_first_message_sent'],
      ],
      [
        'an opening after the end begins a new conversation',
        [visitor(), ended(), opened()],
        ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c3 chat_opened'],
      ],
      [
        'an agent after the end belongs to what ended',
        [visitor(), ended(), agent()],
        ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c1 chat_agent_replied'],
      ],
      [
        'a topic after the end is kept for what comes',
        [visitor(), ended(), topic('sizing')],
        ['c1 chat_first_message_sent', 'c1 chat_resolved'],
      ],
    ])('%s', (_sentence, signals, milestones) => {
      expect(told(...quick(signals))).toEqual(milestones);
    });

    test.each<[sentence: string, signals: Parameters<typeof story>[0], told: string[]]>([
      ['29 minutes of silence are a pause', [opened(), after(29 * MINUTE, opened())], ['c1 chat_opened']],
      [
        'after 30 minutes an opening begins a new conversation',
        [opened(), after(30 * MINUTE, opened())],
        ['c1 chat_opened', 'c2 chat_opened'],
      ],
      [
        'after 30 minutes a message begins a new conversation',
        [visitor(), after(30 * MINUTE, visitor())],
        ['c1 chat_first_message_sent', 'c2 chat_first_message_sent'],
      ],
      [
        'silence is counted from the last signal',
        [visitor(), after(20 * MINUTE, agent()), after(40 * MINUTE, visitor())],
        ['c1 chat_first_message_sent', 'c1 chat_agent_replied'],
      ],
      [
        'after idleness a message on a page that nobody touched begins nothing',
        [visitor(), after(HOUR, visitor({ active: false }))],
        ['c1 chat_first_message_sent'],
      ],
      [
        'after the end and idleness, too',
        [visitor(), after(SECOND, ended()), after(HOUR, visitor({ active: false }))],
        ['c1 chat_first_message_sent', 'c1 chat_resolved'],
      ],
      [
        'a history that is replayed to nobody does not prolong what is over',
        [visitor(), after(HOUR, visitor({ active: false })), after(HOUR + MINUTE, opened())],
        ['c1 chat_first_message_sent', 'c3 chat_opened'],
      ],
      [
        'within a day an agent belongs to the last',
        [visitor(), after(23 * HOUR, agent())],
        ['c1 chat_first_message_sent', 'c1 chat_agent_replied'],
      ],
      ['after a day an agent is not heard', [visitor(), after(DAY, agent())], ['c1 chat_first_message_sent']],
      ['after a day a bot is not heard', [visitor(), after(DAY, bot())], ['c1 chat_first_message_sent']],
      [
        'after a day an assignment is not heard',
        [visitor(), after(DAY, assigned({ agent: 'a1' }))],
        ['c1 chat_first_message_sent'],
      ],
      [
        'within a day a rating belongs to the last',
        [visitor(), after(23 * HOUR, rated(1))],
        ['c1 chat_first_message_sent', 'c1 chat_csat_submitted'],
      ],
      [
        'after a day a rating is not heard',
        [visitor(), after(DAY, rated(1))],
        ['c1 chat_first_message_sent'],
      ],
    ])('%s', (_sentence, signals, milestones) => {
      expect(told(...signals)).toEqual(milestones);
    });

    test('idle time is what the site chose', () => {
      const { reached } = story([opened(), after(5 * MINUTE, opened())], 5 * MINUTE);
      expect(reached).toHaveLength(2);
    });
  });

  describe('with an id of the vendor', () => {
    const v1 = { conversation: 'v1' };
    const v2 = { conversation: 'v2' };

    test.each<[sentence: string, signals: Parameters<typeof story>[0], told: string[]]>([
      ['the conversation is called by it', [visitor(v1)], ['v1 chat_first_message_sent']],
      [
        'two ids are two conversations',
        [visitor(v1), visitor(v2), visitor(v1)],
        ['v1 chat_first_message_sent', 'v2 chat_first_message_sent'],
      ],
      [
        'an agent, bot, assignment or rating under an unknown id begins nothing',
        [agent(v1), bot(v1), assigned({ agent: 'a1', ...v1 }), rated(5, v1), known('v1')],
        [],
      ],
      [
        'a message after the end reopens it, and is not told again as the first',
        [visitor(v1), ended(v1), visitor(v1), ended(v1)],
        ['v1 chat_first_message_sent', 'v1 chat_resolved', 'v1 chat_resolved'],
      ],
      [
        'a message without the id belongs to what was reopened',
        [visitor(v1), ended(v1), visitor(v1), visitor()],
        ['v1 chat_first_message_sent', 'v1 chat_resolved'],
      ],
      [
        'a signal without the id belongs to the last',
        [visitor(v1), agent()],
        ['v1 chat_first_message_sent', 'v1 chat_agent_replied'],
      ],
      [
        'an id that comes late joins what was begun',
        [opened(), visitor(v1)],
        ['c1 chat_opened', 'c1 chat_first_message_sent'],
      ],
      [
        'an id that comes alone and late joins what was begun',
        [visitor(), known('v1'), agent(v1), ended(v1)],
        ['c1 chat_first_message_sent', 'c1 chat_agent_replied', 'c1 chat_resolved'],
      ],
      [
        'an id that comes after the end joins what ended',
        [visitor(), ended(), rated(5, v1)],
        ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c1 chat_csat_submitted'],
      ],
      [
        'an id that comes late keeps the conversation open to it',
        [visitor(), known('v1'), ended(v1), visitor(v1), ended(v1)],
        ['c1 chat_first_message_sent', 'c1 chat_resolved', 'c1 chat_resolved'],
      ],
      [
        'a second id does not join',
        [opened(), visitor(v1), visitor(v2)],
        ['c1 chat_opened', 'c1 chat_first_message_sent', 'v2 chat_first_message_sent'],
      ],
      [
        'a late word about an older conversation does not keep an id from joining',
        [visitor(v1), ended(), opened(), agent(v1), visitor(v2)],
        [
          'v1 chat_first_message_sent',
          'v1 chat_resolved',
          'c3 chat_opened',
          'v1 chat_agent_replied',
          'c3 chat_first_message_sent',
        ],
      ],
      [
        'an id is the same as number and as text',
        [visitor({ conversation: 7 }), agent({ conversation: '7' })],
        ['7 chat_first_message_sent', '7 chat_agent_replied'],
      ],
      [
        'the same id of two widgets is two conversations',
        [visitor(v1), visitor({ ...v1, widget: 'crisp' })],
        ['v1 chat_first_message_sent', 'v1 chat_first_message_sent'],
      ],
    ])('%s', (_sentence, signals, milestones) => {
      expect(told(...quick(signals))).toEqual(milestones);
    });

    test('no silence ends it', () => {
      expect(told(visitor(v1), after(9 * DAY, visitor(v1)), after(10 * DAY, agent(v1)))).toEqual([
        'v1 chat_first_message_sent',
        'v1 chat_agent_replied',
      ]);
    });
  });

  test('widgets do not mix', () => {
    expect(told(visitor(), agent({ widget: 'crisp' }), ended({ widget: 'crisp' }))).toEqual([
      'c1 chat_first_message_sent',
    ]);
  });

  test('what the page says of the topic belongs to the last conversation of any widget', () => {
    expect(
      told(visitor(), after(1, visitor({ widget: 'crisp' })), after(2, topic('sizing', { widget: '' }))).at(
        -1,
      ),
    ).toBe('c2 chat_topic_set');
  });

  describe('replays', () => {
    const whole = quick([
      opened(),
      topic('sizing'),
      visitor(),
      assigned({ agent: 'a1', team: 'care' }),
      bot(),
      agent(),
      visitor(),
      rated(4),
      ended(),
    ]);

    test('a whole chat makes at most seven or so milestones', () => {
      expect(told(...whole)).toHaveLength(8); // two replies: the bot's and the human's
    });

    test('a history that is told again with its times tells nothing, with an id', () => {
      const chat = whole.map((signal) => ({ ...signal, conversation: 'v1' }));
      expect(told(...chat, ...chat, ...chat)).toEqual(told(...chat));
    });

    test('a history that is told again while the chat is open tells nothing, without an id', () => {
      const open = whole.slice(0, -1);
      expect(told(...open, ...open)).toEqual(told(...open));
    });

    test('a message from before the end does not reopen a conversation', () => {
      const message = visitor({ conversation: 'v1' });
      const { conversations } = story(
        dated([message, after(MINUTE, ended({ conversation: 'v1' })), message]),
      );
      expect(conversations).toHaveLength(1);
      expect(conversations[0]!.open).toBeUndefined();
    });

    test('a replay of its beginning does not hide the next end', () => {
      const v1 = { conversation: 'v1' };
      const chat = dated([
        visitor(v1),
        after(MINUTE, ended(v1)),
        visitor(v1),
        after(2 * MINUTE, visitor(v1)),
        after(3 * MINUTE, ended(v1)),
      ]);
      expect(told(...chat)).toEqual(['v1 chat_first_message_sent', 'v1 chat_resolved', 'v1 chat_resolved']);
    });

    test('an end from before the last message does not close what was reopened', () => {
      const v1 = { conversation: 'v1' };
      const history = dated([visitor(v1), after(MINUTE, ended(v1)), after(2 * MINUTE, visitor(v1))]);
      const milestones = ['v1 chat_first_message_sent', 'v1 chat_resolved'];
      expect(told(...history, ...history)).toEqual(milestones);
      expect(told(...history, ...history, after(3 * MINUTE, ended(v1)))).toEqual([
        ...milestones,
        'v1 chat_resolved',
      ]);
    });

    test("a new message reopens a conversation though the vendor's clock is behind ours", () => {
      const v1 = { conversation: 'v1' };
      const chat = [
        visitor(v1),
        after(9 * MINUTE, ended(v1)),
        after(MINUTE, visitor(v1)),
        after(9 * MINUTE + 1, ended(v1)),
      ];
      expect(told(...chat)).toEqual(['v1 chat_first_message_sent', 'v1 chat_resolved', 'v1 chat_resolved']);
    });

    test('what comes without a time is news though the clock of the device was set back', () => {
      const v1 = { conversation: 'v1' };
      const chat = [
        visitor(v1),
        after(MINUTE, ended(v1)),
        after(MINUTE - HOUR, topic('returns', v1)),
        after(2 * MINUTE - HOUR, visitor(v1)),
        after(3 * MINUTE - HOUR, ended(v1)),
      ];
      expect(told(...chat)).toEqual([
        'v1 chat_first_message_sent',
        'v1 chat_resolved',
        'v1 chat_topic_set',
        'v1 chat_resolved',
      ]);
    });

    test('a topic from before the last one is no change', () => {
      const chat = dated(
        quick([
          visitor({ conversation: 'v1' }),
          topic('sizing', { conversation: 'v1' }),
          topic('returns', { conversation: 'v1' }),
        ]),
      );
      expect(told(...chat, ...chat)).toEqual(told(...chat));
    });
  });

  describe('time', () => {
    const times = (...signals: Parameters<typeof story>[0]) =>
      story(signals).reached.map(({ at }) => (at - NOON) / SECOND);

    test('a milestone has the time of its signal', () => {
      expect(times(opened(), after(10 * SECOND, visitor()), after(20 * SECOND, agent()))).toEqual([
        0, 10, 20,
      ]);
    });

    test('a milestone is never before the one before it', () => {
      expect(
        times(
          after(10 * SECOND, opened()),
          visitor(),
          after(5 * SECOND, agent()),
          after(11 * SECOND, ended()),
        ),
      ).toEqual([10, 10, 10, 11]);
    });

    test('a signal that made no milestone bounds nothing', () => {
      expect(times(visitor(), after(50 * SECOND, visitor()), after(20 * SECOND, agent()))).toEqual([0, 20]);
    });

    test('another conversation bounds nothing', () => {
      expect(
        times(after(60 * SECOND, visitor({ conversation: 'v1' })), visitor({ conversation: 'v2' })),
      ).toEqual([60, 0]);
    });
  });

  describe('what is told', () => {
    const last = (...signals: Parameters<typeof story>[0]) => story(signals).reached.at(-1)!;

    test('a reply says whether a bot spoke', () => {
      expect(last(visitor(), bot()).properties).toEqual({ is_bot: true });
      expect(last(visitor(), agent()).properties).toEqual({ is_bot: false });
    });

    test.each([
      [1, 1, 'negative'],
      [2, 2, 'negative'],
      [3, 3, 'neutral'],
      [4, 4, 'positive'],
      [5, 5, 'positive'],
    ])('a rating of %j has the score %j and is %s', (value, csat_score, sentiment) => {
      expect(last(visitor(), rated(value)).properties).toEqual({ csat_score, csat_raw: value, sentiment });
    });

    test('a team stays with the conversation', () => {
      expect(last(visitor(), assigned({ team: 'care' }), agent()).conversation.team).toBe('care');
    });

    test.each([
      ['topics', [opened(), topic('sizing'), topic('returns'), topic('sizing')]],
      ['agents', [opened(), assigned({ agent: 'a1' }), assigned({ agent: 'a2' })]],
      ['ratings', [visitor(), rated(1), rated(2), rated(1)]],
      ['replies', [opened(), bot(), agent()]],
      ['closings', [visitor({ conversation: 'v1' }), ended(), visitor({ conversation: 'v1' }), ended()]],
    ])('different %s are different facts', (_what, signals) => {
      const facts = story(quick(signals)).reached.map(({ name, once }) => `${name} ${once}`);
      expect(new Set(facts).size).toBe(facts.length);
    });

    test('a closing is once per message that opened what is closed', () => {
      const first = last(visitor(), after(MINUTE, ended()));
      const again = last(visitor(), after(9 * MINUTE, ended()));
      expect(again.once).toBe(first.once);
    });
  });

  test('says why nothing was told', () => {
    expect(advance([], opened({ gesture: false }), 1).why).toBe('no gesture');
    expect(advance([], agent(), 1).why).toBe('no conversation');
    expect(advance(story([visitor()]).conversations, visitor(), HOUR).why).toBe('nothing new');
  });

  test('leaves what it was given as it was', () => {
    const { conversations } = story([visitor()]);
    const before = JSON.stringify(conversations);
    advance(conversations, ended(), HOUR);
    expect(JSON.stringify(conversations)).toBe(before);
  });

  test('a late word about an older time does not make a conversation the last', () => {
    const signals = [
      visitor({ conversation: 'v1' }),
      after(HOUR, visitor({ conversation: 'v2' })),
      agent({ conversation: 'v1' }),
    ];
    expect(story(signals).conversations.map(({ id }) => id)).toEqual(['v1', 'v2']);
  });

  test('the last conversation stands last', () => {
    const { conversations } = story(
      quick([
        visitor({ conversation: 'v1' }),
        visitor({ conversation: 'v2' }),
        agent({ conversation: 'v1' }),
      ]),
    );
    expect(conversations.map(({ id }) => id)).toEqual(['v2', 'v1']);
  });
});

describe('score', () => {
  test.each([
    [-1, -1, 1, 1],
    [0, -1, 1, 3],
    [1, -1, 1, 5],
    [0, 0, 10, 1],
    [10, 0, 10, 5],
    [7, 0, 10, 3.8],
    [1, 5, 1, 5], // a scale whose best is its least
    ['4', 1, 5, 4],
  ])('%j from %j to %j is %j', (rating, worst, best, mapped) => {
    expect(score(rating, worst, best)).toBe(mapped);
  });

  test.each([[''], [null], [undefined], ['good'], [Number.NaN], [0], [6], [{}], [Number.POSITIVE_INFINITY]])(
    '%j is not on a scale from 1 to 5',
    (rating) => {
      expect(score(rating, 1, 5)).toBeUndefined();
    },
  );

  test('a scale of one step has no scores', () => {
    expect(score(3, 3, 3)).toBeUndefined();
  });
});
