import { describe, expect, test } from 'vitest';
import { agent, DAY, device, visitor } from './builders.ts';

const v1 = { conversation: 'v1' };
const shop = (health = true, view = new Map()) =>
  device({ destinations: [{ name: 'customerio' }, { name: 'collector', routing: { health } }] }, view);
const told = (page: ReturnType<typeof shop>) =>
  page.queue('collector').flatMap(({ type, properties }) => (type === 'health' ? [properties] : []));

describe('health', () => {
  test('says on the next page what was counted', () => {
    const page = shop();
    page.hear(visitor(v1));
    page.hear(agent(v1));
    page.say({ email: 'ann@example.com' });
    page.page();
    expect(told(page)).toEqual([
      { milestones: 2, known: 2, match_rate: 1, customerio_queued: 3, collector_queued: 3 },
    ]);
  });

  test('goes to nobody who does not ask for it', () => {
    const page = shop(false);
    page.hear(visitor(v1));
    page.page();
    expect([...page.queue('collector'), ...page.queue('customerio')].map(({ type }) => type)).not.toContain(
      'health',
    );
    const other = shop();
    other.hear(visitor(v1));
    other.page();
    expect(other.queue('customerio').map(({ type }) => type)).not.toContain('health');
  });

  test('says nothing where nothing happened', () => {
    const page = shop();
    page.page();
    expect(told(page)).toEqual([]);
  });

  test('is told once a day, and then what came since', () => {
    const page = shop();
    page.hear(visitor(v1));
    page.page();
    page.hear(agent(v1));
    page.page();
    expect(told(page)).toHaveLength(1);
    page.wait(DAY);
    page.page();
    page.wait(DAY);
    page.page();
    expect(told(page)).toEqual([
      expect.objectContaining({ milestones: 1, known: 0, match_rate: 0 }),
      expect.objectContaining({ milestones: 1, known: 0, since: expect.stringMatching(/^2026-11-22T/) }),
    ]);
  });

  test('says what was dropped, by destination and reason', () => {
    const page = shop();
    page.hear(visitor(v1));
    page.reset();
    page.page();
    expect(told(page)[0]).toMatchObject({
      customerio_dropped_replaced: 1,
      collector_dropped_replaced: 1,
    });
  });

  test('has a match rate of one at most, where earlier ones become known, too', () => {
    const page = shop();
    page.hear(visitor(v1));
    page.hear(agent(v1));
    page.page();
    page.wait(DAY);
    page.say({ email: 'ann@example.com' });
    page.hear(visitor({ conversation: 'v2' }));
    page.page();
    expect(told(page)[1]).toMatchObject({ milestones: 1, known: 3, match_rate: 1 });
  });

  test('is of nobody: who is known later does not adopt it', () => {
    const page = shop();
    page.hear(visitor(v1));
    page.page();
    page.say({ email: 'ann@example.com' });
    const health = page.queue('collector').find(({ type }) => type === 'health')!;
    expect(health).not.toHaveProperty('userId');
    expect(JSON.stringify(health)).not.toContain('ann');
  });
});
