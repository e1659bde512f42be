import { describe, expect, test } from 'vitest';
import { between, type Heard, hear, storyFrom } from '../../src/debug/story.ts';
import { CHAT, message, NOON, step, storyOf } from './told.ts';

describe('hear', () => {
  test('puts a signal and what came of it together', () => {
    const { signs } = storyOf(step(NOON, 'message', ['chat_first_message_sent'], { from: 'visitor' }));
    expect(signs).toEqual([
      {
        at: NOON,
        widget: 'tawk',
        type: 'message',
        from: 'visitor',
        reached: ['chat_first_message_sent'],
        why: undefined,
      },
    ]);
  });

  test('tells two signals of one moment apart', () => {
    const story = storyOf([]);
    const told = (event: string, detail: object) => hear(story, { event, detail, at: NOON } as Heard);
    for (const from of ['visitor', 'agent'])
      told('signal', { widget: 'tawk', signal: { type: 'message', from }, at: NOON });
    told('settled', { widget: 'tawk', type: 'message', at: NOON, reached: ['chat_first_message_sent'] });
    told('settled', { widget: 'tawk', type: 'message', at: NOON, reached: ['chat_agent_replied'] });
    expect(story.signs.map(({ from, reached }) => [from, reached?.[0]])).toEqual([
      ['visitor', 'chat_first_message_sent'],
      ['agent', 'chat_agent_replied'],
    ]);
  });

  test('meets what was heard before it was there', () => {
    const { signs } = storyOf(step(NOON, 'opened', ['chat_opened']).slice(1));
    expect(signs).toMatchObject([{ type: 'opened', reached: ['chat_opened'] }]);
  });

  test('follows a message by its id, also one that another page recorded', () => {
    const story = storyOf([]);
    const messages = [message('chat_opened', NOON)];
    hear(story, { event: 'sent', detail: { destination: 'segment', messages }, at: NOON + 10 });
    hear(story, { event: 'delivered', detail: { destination: 'segment', messages }, at: NOON + 30 });
    hear(story, {
      event: 'dropped',
      detail: { destination: 'lytics', reason: 'refused', messages },
      at: NOON + 40,
    });
    expect(story.told).toHaveLength(1);
    expect(story.told[0]!.recorded).toBeUndefined();
    expect(story.told[0]!.to).toMatchObject({
      segment: { sent: NOON + 10, accepted: NOON + 30, key: 'ada@example.com', known: true },
      lytics: { dropped: 'refused' },
    });
  });

  test('keeps rollups of the person, and nothing that names them', () => {
    const kept = JSON.stringify(storyOf(CHAT));
    expect(kept).toContain('last_chat_topic');
    expect(kept).not.toContain('"Ada"');
  });

  test('does not grow without end', () => {
    const story = storyOf([]);
    for (let i = 0; i < 1000; i++) {
      hear(story, { event: 'signal', detail: { widget: 'w', signal: { type: 'opened' }, at: i }, at: i });
      hear(story, { event: 'error', detail: { place: 'p', message: 'm' }, at: i });
    }
    expect(story.signs).toHaveLength(400);
    expect(story.signs.at(-1)!.at).toBe(999);
    expect(story.faults).toHaveLength(50);
  });
});

test('between keeps the page on which it began', () => {
  const story = storyOf(CHAT);
  story.pages.push({ at: NOON + 6000, path: '/caps' });
  const part = between(story, NOON + 4000, NOON + 10_000);
  expect(part.pages.map(({ path }) => path)).toEqual(['/hats', '/caps']);
  expect(part.signs).toHaveLength(2);
});

test.each([undefined, null, 7, [], { signs: 'x' }, { told: { length: 1 } }])(
  'storyFrom takes no part that has not its shape: %j',
  (value) => {
    expect(storyFrom(value)).toEqual({ pages: [], signs: [], told: [], faults: [] });
  },
);
