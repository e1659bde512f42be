// A chat as the panel hears it, for the tests of what it makes of it.

import type { Status } from '../../src/calls.ts';
import { type Heard, hear, type Story, storyFrom } from '../../src/debug/story.ts';

export const NOON = Date.UTC(2026, 10, 28, 12);

/** The rollups of Ada after the chat. */
export const TRAITS = {
  last_chat_at: NOON / 1000 + 9,
  last_chat_topic: 'sizing',
  last_csat_score: 4,
  open_support_case: true,
  support_risk_level: 'medium',
  chat_assisted: true,
};

/** How it stands: tawk was found, Customer.io is where it goes, Ada is known. */
export const status = (parts: Partial<Status> = {}): Status => ({
  version: '1.2.3',
  consent: { state: 'granted', by: 'auto' },
  visitor: 'v-1',
  widgets: {
    tawk: {
      found: true,
      tells: [
        'chat_opened',
        'chat_topic_set?',
        'chat_first_message_sent',
        'chat_agent_replied',
        'chat_csat_submitted',
      ],
    },
    crisp: { found: false, tells: ['chat_opened'] },
    custom: { found: true, tells: ['chat_resolved'] },
  },
  topics: ['sizing', 'returns'],
  said: [],
  errors: {},
  identity: { userId: 'ada@example.com', by: 'widget' },
  traits: TRAITS,
  queued: { customerio: 0 },
  held: 0,
  waiting: [],
  delivered: 4,
  dropped: {},
  ignored: {},
  destinations: {
    customerio: { delivered: 4, dropped: {}, tries: 0, until: 0, ready: true, consent: 'granted' },
  },
  storage: 'indexeddb',
  ...parts,
});

export const message = (name: string, at: number, more: Record<string, unknown> = {}) =>
  ({
    type: 'track',
    event: name,
    messageId: `${name} ${at}`,
    timestamp: new Date(at).toISOString(),
    anonymousId: 'v-1',
    userId: 'ada@example.com',
    context: {},
    properties: { channel: 'live_chat', widget: 'tawk', conversation_id: 'c-1', topic: 'sizing' },
    ...more,
  }) as any;

/** A signal, the milestones that came of it, their way and the answer. */
export function step(
  at: number,
  type: string,
  names: readonly string[],
  {
    from,
    why,
    properties,
    traits,
  }: { from?: string; why?: string; properties?: object; traits?: object } = {},
): Heard[] {
  const messages = names.map((name) => {
    const one = message(name, at);
    return { ...one, name, properties: { ...one.properties, ...properties } };
  });
  if (traits) {
    const { properties: _, event: __, ...rest } = message('identify', at);
    messages.push({ ...rest, type: 'identify', traits });
  }
  return [
    { event: 'signal', detail: { widget: 'tawk', signal: { type, from }, at }, at },
    { event: 'settled', detail: { widget: 'tawk', type, at, reached: names, why }, at: at + 20 },
    ...messages.filter(({ name }) => name).map((detail) => ({ event: 'milestone', detail, at: at + 20 })),
    ...(messages.length
      ? [
          { event: 'sent', detail: { destination: 'customerio', messages }, at: at + 50 },
          { event: 'delivered', detail: { destination: 'customerio', messages }, at: at + 400 },
        ]
      : []),
  ] as Heard[];
}

/** A chat in which all is well. */
export const CHAT: readonly Heard[] = [
  ...step(NOON, 'opened', ['chat_opened']),
  ...step(NOON + 5000, 'message', ['chat_topic_set', 'chat_first_message_sent'], {
    from: 'visitor',
    traits: {
      email: 'ada@example.com',
      name: 'Ada',
      last_chat_topic: 'sizing',
      last_chat_at: 1,
      open_support_case: true,
      support_risk_level: 'medium',
    },
  }),
  ...step(NOON + 9000, 'message', ['chat_agent_replied'], {
    from: 'agent',
    properties: { is_bot: false },
    traits: { email: 'ada@example.com', chat_assisted: true },
  }),
  ...step(NOON + 12_000, 'message', [], { from: 'agent', why: 'nothing new' }),
  ...step(NOON + 20_000, 'rated', ['chat_csat_submitted'], {
    properties: { csat_score: 4 },
    traits: { email: 'ada@example.com', last_csat_score: 4 },
  }),
];

/** The story of what was heard. */
export function storyOf(all: readonly Heard[]): Story {
  const story = storyFrom(undefined);
  story.pages.push({ at: NOON - 1000, path: '/hats' });
  for (const one of structuredClone(all) as Heard[]) hear(story, one);
  return story;
}
