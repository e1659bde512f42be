import { describe, expect, test } from 'vitest';
import { reportPage } from '../../src/debug/report-page.ts';
import type { Heard, Story } from '../../src/debug/story.ts';
import { type Found, ITEMS, passed, report, seen, type Trace } from '../../src/debug/trace.ts';
import { CHAT, message, NOON, status, step, storyOf, TRAITS } from './told.ts';

const TRACE: Trace = { from: NOON - 500, to: NOON + 30_000 };
const good = (trace: Partial<Trace> = {}) => report({ ...TRACE, ...trace }, storyOf(CHAT), status());
const results = ({ checks }: ReturnType<typeof report>) =>
  Object.fromEntries(checks.map(({ item, passed }) => [item, passed]));
const whyOf = (one: ReturnType<typeof report>, item: string) =>
  one.checks.find((check) => check.item === item)!.why;

/** What the profile holds when all is well. */
const PROFILE: Found = {
  key: 'ada@example.com',
  traits: TRAITS,
  events: Object.fromEntries(
    CHAT.flatMap((one) => (one.event === 'milestone' ? [[one.detail.messageId, 1]] : [])),
  ),
};

describe('report', () => {
  test('passes a chat in which all is well, item by item', () => {
    const one = good({ expected: ' Ada@example.com', profile: PROFILE });
    expect(results(one)).toEqual(Object.fromEntries(ITEMS.map((item) => [item, true])));
    expect(passed(one)).toBe(true);
    expect(one.keys).toEqual({ customerio: ['ada@example.com'] });
    expect(one.latencies).toEqual([400, 400, 400, 400, 400]);
    expect(one.pages).toEqual(['/hats']);
  });

  test('says of each milestone whether the widget tells it, and if it was not told, why', () => {
    const unheard = 'the widget told nothing of it';
    expect(good().milestones).toEqual([
      { name: 'chat_opened', can: 'yes', told: 1, why: '' },
      { name: 'chat_topic_set', can: 'inferred', told: 1, why: '' },
      { name: 'chat_first_message_sent', can: 'yes', told: 1, why: '' },
      { name: 'chat_assigned', can: 'no', told: 0, why: 'this widget does not tell it' },
      { name: 'chat_agent_replied', can: 'yes', told: 1, why: '' },
      { name: 'chat_resolved', can: 'no', told: 0, why: 'this widget does not tell it' },
      { name: 'chat_csat_submitted', can: 'yes', told: 1, why: '' },
    ]);
    const silent = report(TRACE, storyOf(CHAT.slice(0, 5)), status());
    expect(silent.milestones[6]!.why).toContain(unheard);
    const alone = report(TRACE, storyOf(step(NOON, 'opened', [], { why: 'no gesture' })), status());
    expect(alone.milestones[0]!.why).toContain('no gesture');
    expect(passed(alone)).toBe(false);
  });

  test('tells each step with its time, in order, and what came of it', () => {
    const { steps } = good();
    expect(steps.map(({ at }) => at)).toEqual([...steps.map(({ at }) => at)].sort((a, b) => a - b));
    expect(steps.find(({ what }) => what === 'chat_opened')!.outcome).toBe(
      'customerio: accepted 0.4 s after it happened',
    );
    expect(steps.find(({ outcome }) => /^no milestone/.test(outcome))).toEqual({
      at: NOON + 12_000,
      what: 'tawk: a line by the agent',
      outcome: 'no milestone: told already: a person has replied in this conversation before',
    });
  });

  test('leaves out what happened before and after', () => {
    const story = storyOf([...step(NOON - 60_000, 'opened', ['chat_opened']), ...CHAT]);
    expect(report(TRACE, story, status()).milestones[0]!.told).toBe(1);
    expect(report({ ...TRACE, from: NOON - 90_000 }, story, status()).milestones[0]!.told).toBe(2);
  });

  // Each spoils a chat in which all is well, and one item has to see it.
  const wayOf = (story: Story, name: string) => story.told.find((one) => one.name === name)!.to.customerio!;
  const SPOILED: [what: string, item: string, why: RegExp, spoil: (story: Story, trace: Trace) => void][] = [
    [
      'a part on another profile',
      'identifier',
      /2 profiles/,
      (story) => {
        wayOf(story, 'chat_agent_replied').key = 'bea@example.com';
      },
    ],
    [
      'the anonymous id',
      'identifier',
      /anonymous/,
      (story) => {
        wayOf(story, 'chat_opened').known = false;
      },
    ],
    [
      'not the expected profile',
      'identifier',
      /not to bea@/,
      (_, trace) => {
        trace.expected = 'bea@example.com';
      },
    ],
    [
      'a name of its own on the wire',
      'names',
      /Chat Opened is no published name/,
      (story) => {
        wayOf(story, 'chat_opened').name = 'Chat Opened';
      },
    ],
    [
      'the same milestone twice',
      'names',
      /chat_opened of c-1 was told twice/,
      (story) => {
        story.told.push({ ...story.told[0]!, messageId: 'again', at: NOON + 100 });
      },
    ],
    [
      'a topic outside the list',
      'topics in the list',
      /Sizing! is not in the list/,
      (story) => {
        story.told[1]!.properties = { ...story.told[1]!.properties, topic: 'Sizing!' };
      },
    ],
    [
      'no conversation',
      'required properties',
      /chat_opened has no conversation_id/,
      (story) => {
        const { conversation_id: _, ...rest } = story.told[0]!.properties;
        story.told[0]!.properties = rest;
      },
    ],
    [
      'a property cut on the way',
      'required properties',
      /customerio gets chat_opened without/,
      (story) => {
        wayOf(story, 'chat_opened').properties = ['channel'];
      },
    ],
    [
      'no rating in the rating',
      'required properties',
      /has no csat_score/,
      (story) => {
        const rated = story.told.find(({ name }) => name === 'chat_csat_submitted')!;
        rated.properties = { ...rated.properties, csat_score: undefined };
      },
    ],
    [
      'a time before the one before',
      'timing',
      /earlier/,
      (story) => {
        story.told.find(({ name }) => name === 'chat_agent_replied')!.at = NOON + 1000;
      },
    ],
    [
      'a time that is not that of the signal',
      'timing',
      /off/,
      (story) => {
        story.signs.find(({ reached }) => reached?.includes('chat_csat_submitted'))!.at = NOON - 400;
        story.told.find(({ name }) => name === 'chat_csat_submitted')!.at = NOON + 200_000;
      },
    ],
    [
      'a time after its acceptance',
      'timing',
      /later than its acceptance/,
      (story) => {
        wayOf(story, 'chat_csat_submitted').accepted = NOON;
      },
    ],
    [
      'no answer',
      'accepted',
      /chat_opened at customerio: sent, no answer seen/,
      (story) => {
        delete wayOf(story, 'chat_opened').accepted;
      },
    ],
    [
      'a drop',
      'accepted',
      /dropped: refused/,
      (story) => {
        delete wayOf(story, 'chat_opened').accepted;
        wayOf(story, 'chat_opened').dropped = 'refused';
      },
    ],
    [
      'no such profile',
      'profile',
      /there is no profile ada@/,
      (_, trace) => {
        trace.profile = { events: {}, traits: {} };
      },
    ],
    [
      'a milestone that is not on the profile',
      'profile',
      /chat_opened is not on it/,
      (_, trace) => {
        trace.profile = {
          ...PROFILE,
          events: { ...PROFILE.events, [message('chat_opened', NOON).messageId]: 0 },
        };
      },
    ],
    [
      'another rollup on the profile',
      'profile',
      /last_csat_score is 2, and should be 4/,
      (_, trace) => {
        trace.profile = { ...PROFILE, traits: { ...TRAITS, last_csat_score: 2 } };
      },
    ],
    [
      'a milestone twice on the profile',
      'profile',
      /2 times/,
      (_, trace) => {
        trace.profile = {
          ...PROFILE,
          events: { ...PROFILE.events, [message('chat_opened', NOON).messageId]: 2 },
        };
      },
    ],
  ];
  test.each(SPOILED)('sees %s under %s', (_, item, why, spoil) => {
    const story = storyOf(CHAT);
    const trace = { ...TRACE, profile: PROFILE };
    spoil(story, trace);
    const one = report(trace, story, status());
    expect(results(one)).toMatchObject({ [item]: false });
    expect(whyOf(one, item)).toMatch(why);
    expect(passed(one)).toBe(false);
  });

  test.each<[string, object, RegExp]>([
    ['nobody who is known', { identity: {} }, /nobody is known/],
    [
      'a rollup that was not told',
      { traits: { ...TRAITS, last_chat_at: undefined } },
      /last_chat_at was not told/,
    ],
    [
      'an old rating',
      { traits: { ...TRAITS, last_csat_score: 1 } },
      /last_csat_score is 1, the last rating 4/,
    ],
    ['an old topic', { traits: { ...TRAITS, last_chat_topic: 'other' } }, /last_chat_topic is other/],
    [
      'no open case',
      { traits: { ...TRAITS, open_support_case: undefined, support_risk_level: undefined } },
      /open_support_case was not told/,
    ],
  ])('sees %s under rollups', (_, parts, why) => {
    const one = report(TRACE, storyOf(CHAT), status(parts));
    expect(results(one)).toMatchObject({ rollups: false });
    expect(whyOf(one, 'rollups')).toMatch(why);
  });

  test('asks nothing of what did not happen', () => {
    const one = report(TRACE, storyOf([]), status());
    expect(Object.values(results(one))).toEqual(ITEMS.map(() => undefined));
    expect(passed(one)).toBe(false); // a chat of which nothing was told has not passed
  });

  test('says what still waits, and why', () => {
    const held = CHAT.filter(
      ({ event }) => event === 'signal' || event === 'settled' || event === 'milestone',
    ) as Heard[];
    const waiting = held.flatMap((one) =>
      one.event === 'milestone'
        ? [{ destination: 'customerio', name: one.detail.name, messageId: one.detail.messageId, held: true }]
        : [],
    );
    const one = report(TRACE, storyOf(held), status({ identity: {}, waiting }));
    expect(whyOf(one, 'accepted')).toBe(
      'chat_opened, chat_topic_set, chat_first_message_sent, chat_agent_replied, chat_csat_submitted at customerio: waits for a person',
    );
    expect(results(one)).toMatchObject({ identifier: undefined, accepted: false });
  });

  test('does not let a simulated milestone stand for one of the widget', () => {
    const test = step(NOON + 25_000, 'ended', ['chat_resolved'], {
      properties: { widget: 'test', is_test: true },
    });
    expect(report(TRACE, storyOf([...CHAT, ...test]), status()).milestones[5]!.told).toBe(0);
    const alone = report(TRACE, storyOf(test), status());
    expect(alone.milestones[5]!.told).toBe(1);
    expect(whyOf(alone, 'rollups')).toContain('simulated');
  });

  test('keeps nothing of the person but the profile’s key', () => {
    expect(JSON.stringify(good())).not.toContain('"Ada"');
  });
});

test('seen counts chats whose widget can tell a milestone, and those that told it', () => {
  const silent = report(TRACE, storyOf(CHAT.slice(0, 5)), status());
  const rows = seen([good(), silent]);
  expect(rows.find(({ name }) => name === 'chat_csat_submitted')).toEqual({
    name: 'chat_csat_submitted',
    can: 2,
    told: 1,
  });
  expect(rows.find(({ name }) => name === 'chat_assigned')).toEqual({
    name: 'chat_assigned',
    can: 0,
    told: 0,
  });
});

describe('reportPage', () => {
  const draw = (...all: ReturnType<typeof report>[]) => {
    const page = new DOMParser().parseFromString(reportPage(all), 'text/html');
    const tables = [...page.querySelectorAll('table')].map(
      (table) => table.querySelector('caption')!.textContent,
    );
    return { page, tables };
  };

  test('shows one chat: checklist, milestones, steps', () => {
    const { page, tables } = draw(good());
    expect(tables).toEqual(['Checklist', 'Milestones', 'Step by step']);
    expect(page.querySelector('h1')!.textContent).toMatch(/^Chat of /);
    expect(page.querySelectorAll('.fail')).toHaveLength(0);
    expect(page.body.textContent).toContain('ada@example.com (customerio)');
  });

  test('shows of several the checklist first, an item a row, a chat a column', () => {
    const bad = report({ ...TRACE, expected: 'bea@example.com' }, storyOf(CHAT), status());
    const { page, tables } = draw(good(), bad);
    expect(tables.slice(0, 2)).toEqual([
      'The implementation checklist, an item a row, a chat a column',
      'Milestones over all chats',
    ]);
    const [head, identifier] = [...page.querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(head!.length).toBe(4);
    expect(identifier).toEqual(['identifier', '✓ pass', '✗ fail', '✗ fail']);
    expect(page.body.textContent).toContain('1 of 2 chats passed');
  });

  test('takes every value as text', () => {
    const { page } = draw({
      ...good(),
      visitor: '<img src=x onerror=alert(1)>',
      pages: ['/"><script>alert(1)</script>'],
    });
    expect(page.querySelector('img, script')).toBeNull();
    expect(page.body.textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
