// What somebody simulates changes nothing of what is real, and is never taken for it.
import { describe, expect, test } from 'vitest';
import { tally } from '../../src/core/queue.ts';
import { shaped } from '../../src/core/routing.ts';
import { agent, device, ended, message, opened, rated, topic, visitor } from '../core/builders.ts';

const ADA = 'ada@example.com';
const TEST = { widget: 'test' };
const page = { widget: '' }; // chatstone('topic', …): the page names the topic of the current conversation
const tracks = (on: ReturnType<typeof device>) => on.queue().filter(({ type }) => type === 'track');
const simulate = (on: ReturnType<typeof device>) => {
  for (const signal of [opened(TEST), visitor(TEST), agent(TEST), ended(TEST), rated(1, TEST)])
    on.hear(signal);
};

describe('a simulated chat', () => {
  test('does not get the topic that the page names in a real one', () => {
    const on = device();
    on.say({ email: ADA });
    on.hear(visitor());
    on.hear(opened(TEST));
    on.hear(topic('returns', page));
    const [told] = tracks(on).filter(({ event }) => event === 'chat_topic_set');
    expect(told!.properties).toMatchObject({ widget: 'tawk', topic: 'returns' });
    expect(told!.properties).not.toHaveProperty('is_test');
  });

  test('leaves the topic that was named before a real one to that', () => {
    const on = device();
    on.say({ email: ADA });
    on.hear(topic('returns', page));
    simulate(on);
    on.hear(visitor());
    expect(tracks(on).at(-1)!.properties).toMatchObject({ widget: 'tawk', topic: 'returns' });
  });

  test('does not push a real one out of memory, however often it is simulated', () => {
    const on = device();
    on.say({ email: ADA });
    on.hear(visitor());
    for (let i = 0; i < 25; i++) simulate(on);
    expect(on.traits().at(-1)).toMatchObject({ open_support_case: true });
    on.hear(visitor());
    expect(
      tracks(on).filter(
        ({ event, properties }) => event === 'chat_first_message_sent' && properties!.widget === 'tawk',
      ),
    ).toHaveLength(1);
  });

  test('is not counted in what is told of the health of the hooks', () => {
    const on = device();
    on.say({ email: ADA });
    simulate(on);
    expect(tally(on.view)).toMatchObject({ milestones: 0, known: 0 });
  });

  test('is marked at every destination, whatever properties go there', () => {
    const simulated = message('m', {
      properties: { channel: 'live_chat', widget: 'test', is_test: true, topic: 'sizing' },
    });
    const { properties } = shaped(simulated, { name: 'segment', routing: { properties: ['topic'] } });
    expect(properties).toMatchObject({ is_test: true });
  });
});
