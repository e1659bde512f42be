import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/systems/intercom.js';
import { intercom } from '../../src/destinations/intercom.ts';
import { milestone, PROFILE, testDestination } from './conformance.ts';

const page = window as any;

testDestination('intercom', {
  make: () => ({ destination: intercom(), vendor: install(page) }),
  never: ['refuses', 'unknown', 'busy', 'hangs'], // it says nothing
});

describe('intercom', () => {
  let fake: ReturnType<typeof install>;
  beforeEach(() => {
    fake = install(page);
    fake.arrive();
  });
  afterEach(() => fake.leave());

  test('does not take the stub for the messenger: what it queues is forgotten with its page', () => {
    fake.leave();
    fake = install(page);
    expect(typeof page.Intercom).toBe('function');
    expect(intercom().ready!()).toBe(false);
  });

  test('tells a milestone as an event, with its time as a date', async () => {
    await intercom().deliver!([milestone(1)], { leaving: false });
    expect(fake.events).toEqual([
      {
        name: 'chat_first_message_sent',
        metadata: {
          ...milestone(1).properties,
          happened_date: Date.parse(milestone(1).timestamp) / 1000,
          message_id: 'id-1',
        },
      },
    ]);
  });

  test('cuts what is long, and leaves out what is too much', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, 'x'.repeat(300)]));
    await intercom().deliver!([milestone(1, { properties: many })], { leaving: false });
    const [{ metadata }] = fake.events as [any];
    expect(Object.keys(metadata)).toHaveLength(20);
    expect(metadata.p0).toHaveLength(255);
    expect(metadata).toHaveProperty('message_id');
  });

  test('never tells it who somebody is', async () => {
    expect(intercom()).toMatchObject({ eventsOnly: true });
    await intercom().deliver!([milestone(1)], { leaving: false });
    await intercom().show!(PROFILE);
    expect(JSON.stringify(fake.taken())).not.toMatch(/ann@|phone|email|user_id|visitor-1/);
    expect(fake.events).toHaveLength(1);
  });

  test('shows flags as yes or no, without their times, which would read as dates', async () => {
    await intercom().show!(PROFILE);
    expect(fake.attributes).toMatchObject({ cio_segment_cart_abandoner: true, last_cart_value: 129.5 });
    expect(Object.keys(fake.attributes).filter((name) => name.endsWith('_at'))).toEqual([]);
  });

  test('says how often it may be shown something, and that it knows only who is here', () => {
    expect(intercom()).toMatchObject({ limit: { most: 20, within: 1_800_000 }, here: true });
  });
});
