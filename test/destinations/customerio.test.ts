import { describe, expect, test } from 'vitest';
import { customerio } from '../../src/destinations/customerio.ts';
import { milestone, testDestination } from './conformance.ts';
import { fakeServer } from './fake-server.ts';

const make = (options = {}) => customerio({ writeKey: 'key', client: 'none', ...options });

testDestination('customerio', { make: () => ({ destination: make(), vendor: fakeServer() }) });

describe('customerio', () => {
  test.each([
    [{}, 'https://cdp.customer.io/v1/b'],
    [{ region: 'eu' }, 'https://cdp-eu.customer.io/v1/b'],
    [{ region: 'eu', apiHost: 'https://events.example.com' }, 'https://events.example.com/v1/b'],
  ])('%o posts to %s', async (options, url) => {
    const server = fakeServer();
    await make(options).deliver!([milestone(1)], { leaving: false });
    expect(server.requests().map((one) => one.url)).toEqual([url]);
    server.leave();
  });

  test('names the events from the company’s side where it is asked to', async () => {
    const server = fakeServer();
    const events = ['chat_first_message_sent', 'chat_agent_replied', 'chat_resolved', 'chat_assigned'];
    await make({ names: 'live-chat-spec' }).deliver!(
      events.map((event, n) => milestone(n, { event })),
      { leaving: false },
    );
    expect(server.taken().map(({ event }: any) => event)).toEqual([
      'Live Chat Conversation Started',
      'Live Chat Message Sent',
      'Live Chat Conversation Ended',
      'chat_assigned',
    ]);
    server.leave();
  });
});
