import { AnalyticsBrowser } from '@segment/analytics-next';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../src/core/types.ts';
import { segment } from '../../src/destinations/segment.ts';
import { identification, milestone, testDestination } from './conformance.ts';
import { fakeServer } from './fake-server.ts';

const page = globalThis as { analytics?: unknown };
const how = { leaving: false };

/** Segment's own client, as a site loads it; it asks nobody for settings. */
async function site(integrations: object = {}) {
  page.analytics = AnalyticsBrowser.load({ writeKey: 'site-key', cdnSettings: { integrations } as any });
  const [client] = await (page.analytics as AnalyticsBrowser);
  return client;
}

testDestination('segment', {
  make: () => ({ destination: segment({ writeKey: 'key' }), vendor: fakeServer() }),
});

afterEach(() => {
  delete page.analytics;
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe('segment', () => {
  test('posts to the HTTP API, under the key', async () => {
    const server = fakeServer();
    await segment({ writeKey: 'key' }).deliver!([milestone(1)], how);
    const [{ url, body }] = server.requests() as [any];
    expect(url).toBe('https://api.segment.io/v1/b');
    expect(body.writeKey).toBe('key');
    expect(body.batch[0]).toMatchObject({
      anonymousId: 'visitor-1',
      userId: 'ann@example.com',
      messageId: 'id-1',
    });
  });

  test('names the events from the customer’s side, or as they are', async () => {
    const events = ['chat_first_message_sent', 'chat_agent_replied', 'chat_resolved', 'chat_assigned'];
    const batch = events.map((event, n) => milestone(n, { event }));
    const server = fakeServer();
    await segment({ writeKey: 'key' }).deliver!(batch, how);
    await segment({ writeKey: 'key', names: 'chat' }).deliver!(batch, how);
    expect(server.taken().map(({ event }: any) => event)).toEqual([
      'Live Chat Conversation Started',
      'Live Chat Message Received',
      'Live Chat Conversation Ended',
      'chat_assigned',
      ...events,
    ]);
  });

  test('sends no phone, no name and nothing of the site’s own, unless it is asked to', () => {
    expect(segment().routing!.traits).not.toEqual(expect.arrayContaining(['phone']));
    expect(segment({ traits: ['phone'] }).routing).toEqual({ traits: ['phone'] });
  });

  describe('on a page with analytics.js', () => {
    test('waits for it where it has no key, and takes its key and its host', async () => {
      const server = fakeServer();
      const destination = segment();
      expect(destination.ready!()).toBe(false);
      page.analytics = []; // the snippet, before its client is there
      expect(destination.ready!()).toBe(false);
      await site({ 'Segment.io': { apiKey: 'site-key', apiHost: 'in.shop.example/v1', protocol: 'https' } });
      expect(destination.ready!()).toBe(true);
      await destination.deliver!([milestone(1)], how);
      const [{ url, body }] = server.requests() as [any];
      expect([url, body.writeKey]).toEqual(['https://in.shop.example/v1/b', 'site-key']);
    });

    test('passes a milestone through it: middleware adds, and ours stays', async () => {
      const posted = fakeServer();
      const client = await site({ 'Segment.io': { apiKey: 'site-key' } });
      await client.register({
        name: 'site',
        type: 'enrichment',
        version: '1',
        isLoaded: () => true,
        load: async () => undefined,
        track(context) {
          context.updateEvent('properties.store', 'leeds');
          context.updateEvent('anonymousId', 'somebody');
          context.updateEvent('messageId', 'theirs');
          return context;
        },
      });
      const seen: Message[] = [];
      await client.register({
        name: 'device mode',
        type: 'destination',
        version: '1',
        isLoaded: () => true,
        load: async () => undefined,
        track(context) {
          seen.push(context.event as any);
          return context;
        },
      });
      const made = await segment().prepare!(milestone(1));
      expect(made).toMatchObject({
        ...milestone(1),
        properties: { ...milestone(1).properties, store: 'leeds' },
      });
      expect(made).not.toHaveProperty('integrations');
      expect(seen.map(({ event }) => event)).toEqual(['chat_first_message_sent']);
      expect(posted.requests()).toEqual([]); // its own delivery is off for ours …
      await client.track('theirs');
      await vi.waitFor(() => expect(posted.requests()).toHaveLength(1)); // … and on for the site's
    });

    test('never tells it who somebody is', async () => {
      fakeServer();
      const client = await site();
      const told = vi.spyOn(client, 'identify');
      const message = identification({ email: 'ann@example.com' });
      expect(await segment().prepare!(message)).toBe(message);
      expect(told).not.toHaveBeenCalled();
      await client.identify('ann@example.com');
      expect(await segment().prepare!(message)).toMatchObject({
        userId: 'ann@example.com',
        messageId: 'identify-1',
      });
    });

    test('is left alone where plain HTTP is asked for', () => {
      expect(segment({ writeKey: 'key', client: 'none' }).prepare).toBeUndefined();
    });
  });
});
