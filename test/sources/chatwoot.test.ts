import { afterEach, describe, expect, test } from 'vitest';
import { install } from '../../demo/widgets/chatwoot.js';
import { advance, type Conversation } from '../../src/core/conversation.ts';
import { hear } from '../../src/core/hear.ts';
import { faults } from '../../src/lib/guard.ts';
import { chatwoot } from '../../src/sources/chatwoot.ts';
import { hold, testSource } from './conformance.ts';

const page = window as any;

describe('chatwoot', () => {
  testSource(chatwoot, install, {
    globals: ['$chatwoot', 'chatwootSDK'],
    names: ['chatwoot:ready', 'chatwoot:opened', 'chatwoot:closed', 'chatwoot:on-message'],
    site: {
      register: (handler) => page.addEventListener('chatwoot:on-message', handler, { once: true }),
      drive: (fake) => fake.visitor('where is my parcel'),
    },
    rating: 5,
    bot: 'bot',
    words: true,
  });
});

describe('chatwoot and the app in its frame', () => {
  const one = hold(chatwoot());
  let fake: ReturnType<typeof install>;
  const put = (options?: object) => {
    fake = install(page, options);
    one.look();
  };
  const message = (detail: object) => {
    fake.tell('chatwoot:on-message', detail);
    return one.take();
  };
  afterEach(() => {
    one.stop();
    one.take();
    one.texts.length = 0;
    faults.counts = {};
    fake.uninstall();
  });

  test('hears what the app in the frame posts, in the order in which it does', () => {
    put({ late: true });
    const heard: string[] = [];
    const events = ['ready', 'on-message', 'opened', 'closed', 'on-start-conversation'];
    const note = ({ type }: Event) => heard.push(type.replace('chatwoot:', ''));
    for (const name of events) page.addEventListener(`chatwoot:${name}`, note);
    fake.load();
    fake.visitor('where is my parcel');
    fake.agent('hello');
    fake.close();
    fake.open();
    for (const name of events) page.removeEventListener(`chatwoot:${name}`, note);
    expect(heard).toEqual(['ready', 'on-message', 'on-message', 'opened', 'closed', 'opened']);
    expect(one.take().map(({ type }) => type)).toEqual(['person', 'message', 'message', 'opened', 'opened']);
  });

  test("leaves `window.onmessage` to the vendor, and the vendor's messages to it", () => {
    put({ late: true });
    const { onmessage } = page;
    one.stop();
    one.look();
    expect(page.onmessage).toBe(onmessage);
    fake.load();
    fake.visitor('where is my parcel');
    expect(one.take()).not.toEqual([]);
  });

  test('takes the click on the button that begins a talk for no message', () => {
    put();
    fake.tell('chatwoot:on-start-conversation', { hasConversation: false });
    expect(one.take()).toEqual([]);
  });

  test('puts conversation and time on each line, as the vendor gives them', () => {
    put();
    fake.visitor('where is my parcel');
    fake.agent('hello');
    const now = Math.floor(Date.now() / 1000);
    const lines = one.take().filter(({ type }) => type === 'message');
    expect(lines).toMatchObject([{ conversation: '31' }, { conversation: '31' }]);
    for (const { at } of lines) expect(Math.abs(Number(at) - now)).toBeLessThan(2); // seconds
    page.$chatwoot.reset();
    fake.visitor('one more thing');
    expect(one.take()).toContainEqual(expect.objectContaining({ type: 'message', conversation: '32' }));
  });

  test('tells a line that two tabs hear as one fact', () => {
    put();
    const told: object[] = [];
    const listener = ({ detail }: CustomEvent) => told.push(detail);
    page.addEventListener('chatwoot:on-message', listener);
    fake.assign();
    fake.visitor('where is my parcel');
    fake.agent('hello');
    fake.rate(4);
    page.removeEventListener('chatwoot:on-message', listener);
    const first = one.take().filter(({ type }) => type !== 'opened');
    const again = told.flatMap(message);
    expect(again).toEqual(first);
    let conversations: readonly Conversation[] = [];
    const reached = [...first, ...again].flatMap((signal) => {
      const { happened } =
        hear(one.source, signal, undefined, {
          topics: {},
          pages: {},
          now: Date.now(),
          fresh: 'fresh',
          gesture: () => false,
          active: true,
        }) ?? {};
      const step = happened && advance(conversations, happened, 30 * 60_000);
      if (step) ({ conversations } = step);
      return step?.reached.map(({ name }) => name) ?? [];
    });
    expect(reached).toEqual([
      'chat_first_message_sent',
      'chat_assigned',
      'chat_agent_replied',
      'chat_csat_submitted',
    ]);
  });

  test('knows who has the talk from the line that comes next', () => {
    put();
    fake.visitor('where is my parcel');
    fake.assign({ id: 'agent-7' });
    expect(one.take().filter(({ type }) => type === 'assigned')).toEqual([]);
    fake.visitor('are you there');
    expect(one.take().map(({ type }) => type)).toEqual(['person', 'message', 'assigned']);
    fake.assign({ id: 'agent-8' });
    fake.agent('hello');
    expect(one.take()).toMatchObject([
      { type: 'assigned', agent: '8', conversation: '31' },
      { type: 'message', from: 'agent' },
      { type: 'opened' },
    ]);
  });

  test('takes the name and address from the line of the visitor, and never from that of an agent', () => {
    put();
    page.$chatwoot.setUser('customer-1', {
      email: 'Ada@Example.com',
      name: 'Ada Archer',
      phone_number: '+442079460000',
    });
    expect(one.take()).toEqual([]);
    fake.visitor('where is my parcel');
    expect(one.take()[0]).toEqual({
      type: 'person',
      email: 'ada@example.com',
      name: 'Ada Archer',
      phone: '+442079460000',
    });
    const sender = { email: 'noor@shop.example', name: 'Noor' };
    expect(message({ message_type: 1, sender_type: 'User', sender })).toMatchObject([{ type: 'message' }]);
  });

  test('takes a name that Chatwoot made up for none', () => {
    put();
    fake.visitor('where is my parcel');
    expect(one.take()[0]).toEqual({ type: 'person' });
    page.$chatwoot.setUser(1, { email: 'ada@example.com', name: 'Ada-Lou' });
    fake.visitor('are you there');
    expect(one.take()[0]).toEqual({ type: 'person', email: 'ada@example.com', name: 'Ada-Lou' });
  });

  for (const [who, from, detail] of [
    ['an agent', 'agent', { sender_type: 'User' }],
    ['a bot', 'bot', { sender_type: 'AgentBot' }],
    [
      'a campaign, in the name of an agent',
      'bot',
      { sender_type: 'User', additional_attributes: { campaign_id: 3 } },
    ],
    [
      'a rule, in the name of nobody',
      'bot',
      { sender_type: null, content_attributes: { automation_rule_id: 5 } },
    ],
  ] as const)
    test(`tells the line of ${who} from the others`, () => {
      put();
      expect(message({ message_type: 1, ...detail })).toEqual([{ type: 'message', from }]);
    });

  test('takes greetings and what happened for no line of anybody', () => {
    put();
    for (const type of [2, 3]) expect(message({ message_type: type, content: 'hello' })).toEqual([]);
  });

  test('tells a rating as of when it was given, and a changed one again', () => {
    put();
    const asked = { message_type: 3, conversation_id: 31, created_at: 1_790_000_000 };
    const answer = (rating: unknown, updated_at: string) =>
      message({
        ...asked,
        updated_at,
        content_attributes: { submitted_values: { csat_survey_response: { rating } } },
      });
    const scale = { type: 'rated', worst: 1, best: 5, conversation: '31' };
    expect(answer(2, '2026-11-22T11:20:09.922Z')).toEqual([
      { ...scale, score: 2, at: '2026-11-22T11:20:09.922Z' },
    ]);
    expect(answer(4, '2026-11-22T11:21:09.922Z')).toMatchObject([
      { score: 4, at: '2026-11-22T11:21:09.922Z' },
    ]);
    expect(answer(null, '2026-11-22T11:22:09.922Z')).toEqual([]);
  });

  test('takes what a visitor chose among the answers of a bot for no rating', () => {
    put();
    const chosen = { content_attributes: { submitted_values: [{ title: 'Sizing', value: 'sizing' }] } };
    expect(message({ message_type: 1, sender_type: 'AgentBot', ...chosen })).toEqual([
      { type: 'message', from: 'bot' },
    ]);
    expect(faults.counts).toEqual({});
  });

  test('hands over no more of a file than that it was sent', () => {
    put();
    message({
      message_type: 0,
      content: null,
      attachments: [{ data_url: 'https://example.com/canary.png' }],
    });
    expect(one.texts).toEqual([undefined, undefined]);
  });
});
