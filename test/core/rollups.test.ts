import { describe, expect, test } from 'vitest';
import { advance, type Conversation, type Happened } from '../../src/core/conversation.ts';
import { rollups } from '../../src/core/rollups.ts';
import {
  after,
  agent,
  bot,
  ended,
  HOUR,
  MINUTE,
  NOON,
  opened,
  rated,
  SECOND,
  topic,
  visitor,
} from './builders.ts';

const SITE = { risk: ['returns'], openCase: true };

/** The traits after these signals, one after another. */
const traits = (signals: readonly Happened[], before: Record<string, unknown> = {}, site = SITE) => {
  let conversations: readonly Conversation[] = [];
  return signals.reduce((now, signal) => {
    const step = advance(conversations, signal, HOUR);
    conversations = step.conversations;
    return rollups(now, conversations, step.reached, site);
  }, before);
};

describe('rollups', () => {
  test('say nothing of an opened window', () => {
    expect(traits([opened()])).toEqual({});
  });

  test('say of a first message that a case is open, since when, and when the last chat was', () => {
    expect(traits([visitor()])).toEqual({
      last_chat_at: NOON / SECOND,
      open_support_case: true,
      support_case_opened_at: NOON / SECOND,
      support_risk_level: 'medium',
    });
  });

  test('count in whole Unix seconds', () => {
    expect(traits([visitor({ when: NOON + 999 })])).toMatchObject({
      last_chat_at: NOON / SECOND,
      support_case_opened_at: NOON / SECOND,
    });
  });

  test('say at the end that no case is open', () => {
    expect(traits([visitor(), after(MINUTE, ended())])).toMatchObject({
      open_support_case: false,
      support_risk_level: 'low',
    });
  });

  test('say the oldest time where several cases are open', () => {
    const cases = [visitor({ conversation: 'v1' }), after(HOUR, visitor({ conversation: 'v2' }))];
    expect(traits(cases)).toMatchObject({ open_support_case: true, support_case_opened_at: NOON / SECOND });
  });

  test('stay open while one case is', () => {
    const cases = [
      visitor({ conversation: 'v1' }),
      visitor({ conversation: 'v2' }),
      ended({ conversation: 'v1' }),
    ];
    expect(traits(cases)).toMatchObject({ open_support_case: true });
  });

  test('tell the last topic', () => {
    expect(traits([opened(), topic('sizing'), topic('returns')])).toEqual({ last_chat_topic: 'returns' });
  });

  test('tell the last rating', () => {
    expect(traits([visitor(), ended(), rated(5), rated(4)])).toMatchObject({ last_csat_score: 4 });
  });

  test('say that a human helped, not that a bot did', () => {
    expect(traits([visitor(), bot()])).not.toHaveProperty('chat_assisted');
    expect(traits([visitor(), bot(), agent()])).toMatchObject({ chat_assisted: true });
  });

  test('do not go back in time', () => {
    const before = traits([after(HOUR, visitor({ conversation: 'v1' }))]);
    expect(traits([visitor({ conversation: 'v2' })], before).last_chat_at).toBe(before.last_chat_at);
  });

  test('leave the case to the helpdesk where the site says so', () => {
    const site = { ...SITE, openCase: false };
    expect(traits([visitor()], {}, site)).toEqual({
      last_chat_at: NOON / SECOND,
      support_risk_level: 'medium',
    });
  });

  test('leave other traits, and what was given, as they were', () => {
    const before = { plan: 'gold' };
    expect(traits([visitor()], before)).toMatchObject({ plan: 'gold' });
    expect(before).toEqual({ plan: 'gold' });
  });

  describe('risk', () => {
    test.each<[string, Happened[], string]>([
      ['an open case is medium', [visitor()], 'medium'],
      ['an open case on a risky topic is high', [visitor({ guess: 'returns' })], 'high'],
      ['an open case on another topic is medium', [visitor({ guess: 'sizing' })], 'medium'],
      [
        'one risky case of two is high',
        [visitor({ conversation: 'v1', guess: 'returns' }), visitor({ conversation: 'v2', guess: 'sizing' })],
        'high',
      ],
      ['a closed case on a risky topic is low', [visitor({ guess: 'returns' }), ended()], 'low'],
      ['a low rating is high, though the case be closed', [visitor(), ended(), rated(1)], 'high'],
      ['a rating of 2 is low enough', [visitor(), ended(), rated(2)], 'high'],
      ['a rating of 3 is not', [visitor(), ended(), rated(3)], 'low'],
      ['a better rating afterwards lifts it', [visitor(), ended(), rated(1), rated(5)], 'low'],
    ])('%s', (_sentence, signals, level) => {
      expect(traits(signals).support_risk_level).toBe(level);
    });

    test('is nothing where there was no case and no rating', () => {
      expect(traits([opened(), opened()])).not.toHaveProperty('support_risk_level');
    });
  });
});
