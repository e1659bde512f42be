import { describe, expect, test } from 'vitest';
import { collector } from '../../src/destinations/collector.ts';
import { milestone, testDestination } from './conformance.ts';
import { fakeServer } from './fake-server.ts';

testDestination('collector', {
  make: () => ({ destination: collector({ url: 'https://events.example.com/chat' }), vendor: fakeServer() }),
});

describe('collector', () => {
  test('posts the messages as they are, with the time of sending', async () => {
    const server = fakeServer();
    await collector({ url: 'https://events.example.com/chat' }).deliver!([milestone(1)], { leaving: false });
    const [{ url, body }] = server.requests() as [any];
    expect(url).toBe('https://events.example.com/chat');
    expect(body).toEqual({ batch: [{ ...milestone(1), sentAt: body.sentAt }], sentAt: body.sentAt });
    server.leave();
  });

  test('may have another name, and hands on what the site chose', () => {
    expect(collector({ url: '/x', name: 'warehouse', health: true })).toMatchObject({
      name: 'warehouse',
      routing: { health: true },
    });
  });
});
