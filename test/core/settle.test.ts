import { describe, expect, test } from 'vitest';
import { tally } from '../../src/core/queue.ts';
import { hasToEnd } from '../../src/core/settle.ts';
import { tidy } from '../../src/core/sound.ts';
import {
  after,
  agent,
  assigned,
  bot,
  DAY,
  device,
  ended,
  HOUR,
  known,
  MINUTE,
  NOON,
  opened,
  rated,
  SECOND,
  topic,
  visitor,
} from './builders.ts';

const ada = 'ada@example.com';
const bea = 'bea@example.com';
const v1 = { conversation: 'v1' };

describe('settle', () => {
  test('marks a milestone that is simulated, and says nothing of the person by it', () => {
    const page = device();
    page.say({ email: ada });
    const test = { widget: 'test', conversation: 't1' };
    for (const signal of [opened(test), visitor(test), topic('returns', test), agent(test), rated(1, test)])
      page.hear(signal);
    const told = page.queue().filter(({ type }) => type === 'track');
    expect(told).toHaveLength(5);
    for (const { properties } of told) expect(properties).toMatchObject({ widget: 'test', is_test: true });
    expect(page.traits()).toEqual([{ email: ada }]);
    page.hear(visitor(v1));
    expect(page.queue().at(-2)!.properties).not.toHaveProperty('is_test');
    expect(page.traits().at(-1)).toMatchObject({ open_support_case: true, support_risk_level: 'medium' });
    expect(page.traits().at(-1)).not.toHaveProperty('last_csat_score');
  });

  describe('tells a milestone once', () => {
    const chat = [
      opened(v1),
      visitor(v1),
      visitor(v1),
      topic('sizing', v1),
      assigned({ agent: 'a1' }, v1),
      bot(v1),
      agent(v1),
      ended(v1),
      rated(4, v1),
    ];

    test('over a history that is replayed', () => {
      const page = device();
      for (const signal of chat) page.hear(signal);
      const told = page.waiting();
      for (const signal of [opened(v1), visitor(v1), agent(v1), bot(v1)]) page.hear(signal);
      expect(page.waiting()).toEqual(told);
    });

    test('over two tabs that hear the same', () => {
      const one = device();
      const two = device({}, one.view);
      for (const signal of chat.slice(0, -2)) {
        one.hear(signal);
        two.hear(signal);
      }
      expect(one.waiting()).toEqual([
        'chat_opened of V1',
        'chat_first_message_sent of V1',
        'chat_topic_set of V1',
        'chat_assigned of V1',
        'chat_agent_replied of V1',
        'chat_agent_replied of V1',
      ]);
    });

    test('over two tabs, of which each hears a part, without an id', () => {
      const one = device();
      const two = device({}, one.view);
      one.hear(opened());
      two.hear(visitor());
      one.hear(visitor());
      expect(one.waiting()).toEqual(['chat_opened of V1', 'chat_first_message_sent of V1']);
      expect(new Set(one.queue().map(({ properties }) => properties!.conversation_id)).size).toBe(1);
    });

    test('over a restart of the browser', () => {
      const before = device();
      for (const signal of chat) before.hear(signal);
      const view = structuredClone(before.view);
      const restarted = device({}, view);
      restarted.wait(HOUR);
      restarted.hear(visitor({ ...v1, active: false }));
      restarted.hear(agent(v1));
      expect(restarted.waiting()).toEqual(before.waiting());
    });

    test('after it was delivered, too', () => {
      const page = device();
      page.hear(visitor(v1));
      page.deliver();
      page.hear(visitor(v1));
      expect(page.waiting()).toEqual([]);
    });

    test('to each destination', () => {
      const page = device({ destinations: [{ name: 'customerio' }, { name: 'collector' }] });
      page.hear(visitor());
      expect(page.waiting('customerio')).toEqual(page.waiting('collector'));
      expect(page.waiting('collector')).toEqual(['chat_first_message_sent of V1']);
    });
  });

  describe('a message', () => {
    test('is handed out as it was queued', () => {
      const page = device();
      const { messages, reached, visitor: who } = page.hear(visitor());
      expect(messages).toEqual(page.queue());
      expect(reached.map(({ name }) => name)).toEqual(['chat_first_message_sent']);
      expect(who).toBe('V1');
    });

    test('says what, where and when', () => {
      const page = device();
      page.settled({
        happened: visitor({ ...v1, when: NOON + 7, guess: 'sizing' }),
        facts: { order_id: 'o-1' },
        page: { url: 'https://shop.example/pages/size-guide' },
        gpc: true,
      });
      expect(page.queue()[1]).toMatchObject({
        type: 'track',
        event: 'chat_first_message_sent',
        timestamp: '2026-11-22T12:00:00.007Z',
        anonymousId: 'V1',
        properties: {
          channel: 'live_chat',
          widget: 'tawk',
          conversation_id: 'v1',
          topic: 'sizing',
          order_id: 'o-1',
        },
        context: {
          page: { url: 'https://shop.example/pages/size-guide' },
          library: { name: 'chatstone' },
          gpc: true,
        },
      });
    });

    test('has no user id as long as nobody knows the person', () => {
      const page = device();
      page.hear(visitor());
      expect(page.queue()[0]).not.toHaveProperty('userId');
    });

    test("has the id of the conversation as it began, also when the vendor's comes late", () => {
      const page = device();
      page.hear(opened());
      page.hear(visitor(v1));
      const [first, second] = page.queue();
      expect(second!.properties!.conversation_id).toBe(first!.properties!.conversation_id);
    });

    test('carries the team and the topic that are known by then', () => {
      const page = device();
      for (const signal of [visitor(), assigned({ team: 'care' }), topic('returns'), agent()])
        page.hear(signal);
      expect(page.queue().map(({ properties }) => [properties!.agent_team, properties!.topic])).toEqual([
        [undefined, undefined],
        ['care', undefined],
        ['care', 'returns'],
        ['care', 'returns'],
      ]);
    });

    test('goes in the order of what happened, though the clock goes back', () => {
      const page = device();
      page.hear(opened());
      page.wait(-HOUR);
      page.hear(visitor());
      page.wait(-HOUR);
      page.hear(agent());
      expect(page.queue().map(({ event }) => event)).toEqual([
        'chat_opened',
        'chat_first_message_sent',
        'chat_agent_replied',
      ]);
      const times = page.queue().map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort());
    });
  });

  describe('messageId', () => {
    const ids = (page: ReturnType<typeof device>) => page.queue().map(({ messageId }) => messageId);
    const tell = () => {
      const page = device();
      for (const signal of [
        visitor({ ...v1, when: NOON + 1 }),
        topic('sizing', v1),
        topic('returns', v1),
        topic('sizing', v1),
        agent(v1),
        bot(v1),
        rated(1, v1),
        rated(2, v1),
        assigned({ agent: 'a1' }, v1),
        assigned({ agent: 'a2' }, v1),
        ended(v1),
        visitor({ ...v1, when: NOON + HOUR }),
        ended({ ...v1, when: NOON + HOUR }),
      ])
        page.hear(signal);
      return page;
    };

    test('is the same for the same fact', () => {
      expect(ids(tell())).toEqual(ids(tell()));
    });

    test('is another for another fact', () => {
      const all = ids(tell());
      expect(all).toHaveLength(12);
      expect(new Set(all).size).toBe(12);
    });

    test.each([
      ['visitor', visitor(v1), { visitor: 'V9' }],
      ['conversation', visitor({ conversation: 'v2' }), {}],
      ['widget', visitor({ ...v1, widget: 'crisp' }), {}],
    ])('is another for another %s', (_what, signal, part) => {
      const one = device();
      const other = device();
      one.hear(visitor(v1));
      other.hear(signal, part);
      expect(ids(other)[0]).not.toBe(ids(one)[0]);
    });

    test('stays when the person becomes known', () => {
      const page = device();
      page.hear(visitor());
      const [before] = ids(page);
      page.say({ email: ada });
      expect(ids(page)).toContain(before);
    });

    test('is another for each identify', () => {
      const page = device();
      page.say({ email: ada, traits: { plan: 'a' } });
      page.say({ email: ada, traits: { plan: 'b' } });
      page.say({ email: ada, traits: { plan: 'a' } });
      expect(new Set(ids(page)).size).toBe(3);
    });
  });

  describe('the first identification', () => {
    test('takes the records that wait, and goes before them', () => {
      const page = device();
      page.hear(opened());
      page.hear(visitor());
      page.say({ email: ada }, 'widget');
      expect(page.waiting()).toEqual([
        `identify of ${ada}`,
        `chat_opened of ${ada}`,
        `chat_first_message_sent of ${ada}`,
      ]);
    });

    test('goes before them at each destination', () => {
      const page = device({ destinations: [{ name: 'customerio' }, { name: 'collector' }] });
      page.hear(visitor());
      page.say({ email: ada });
      expect(page.waiting('collector')).toEqual([`identify of ${ada}`, `chat_first_message_sent of ${ada}`]);
    });

    test('takes nothing of another visitor', () => {
      const page = device({ hold: false });
      page.hear(visitor());
      page.reset();
      page.hear(visitor());
      page.say({ email: bea });
      expect(page.waiting()).toEqual([
        'chat_first_message_sent of V1',
        `identify of ${bea}`,
        `chat_first_message_sent of ${bea}`,
      ]);
    });

    test('changes nothing in a record but the user id', () => {
      const page = device();
      page.hear(visitor());
      const [before] = page.queue();
      page.say({ email: ada });
      expect(page.queue()[1]).toEqual({ ...before, userId: ada });
    });

    test('keeps what delivery has noted of a record', () => {
      const page = device();
      page.hear(visitor());
      const [key] = [...page.view.keys()].filter((one) => one.startsWith('q/'));
      page.view.set(key!, { ...page.view.get(key!), ready: true });
      page.say({ email: ada });
      expect(page.view.get(key!)).toMatchObject({ ready: true, message: { userId: ada } });
    });

    test('stays with what is recorded afterwards', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor());
      expect(page.waiting()[1]).toBe(`chat_first_message_sent of ${ada}`);
    });

    test('says nothing a second time', () => {
      const page = device();
      page.say({ email: ada });
      page.say({ email: ada });
      page.say({ email: ada }, 'form');
      expect(page.waiting()).toEqual([`identify of ${ada}`]);
    });

    test("carries what waited: phone, name and the site's id", () => {
      const page = device();
      page.say({ traits: { phone: '+49 30 1', name: 'Ada' } }, 'form');
      page.say({ id: '7' });
      expect(page.waiting()).toEqual([]);
      page.say({ email: ada }, 'widget');
      expect(page.traits()).toEqual([{ email: ada, phone: '+49 30 1', name: 'Ada', customer_id: '7' }]);
    });
  });

  describe('a person', () => {
    test('whose e-mail changes stays the same visitor; what was recorded keeps the old one', () => {
      const page = device();
      page.say({ id: '7', email: ada });
      page.hear(opened());
      page.say({ id: '7', email: bea });
      page.hear(topic('sizing'));
      expect(page.visitor()).toBe('V1');
      expect(page.waiting()).toEqual([
        `identify of ${ada}`,
        `chat_opened of ${ada}`,
        `identify of ${bea}`,
        `chat_topic_set of ${bea}`,
        `identify of ${bea}`, // the topic of the last chat
      ]);
    });

    test('known by e-mail and then by id is told under the id with the e-mail', () => {
      const page = device({ identifyBy: 'id' });
      page.say({ email: ada }, 'widget');
      page.say({ id: '7' });
      expect(page.waiting()).toEqual([`identify of ${ada}`, 'identify of 7']);
      expect(page.traits()[1]).toStrictEqual({ email: ada });
    });

    test('whom a weaker word calls otherwise stays, and the word is counted', () => {
      const page = device();
      page.say({ email: ada });
      const { why } = page.say({ email: bea, traits: { name: 'Bea' } }, 'form');
      expect(why).toBe('a stronger word stands');
      expect(page.visitor()).toBe('V1');
      expect(page.traits()).toEqual([{ email: ada }]);
      expect(tally(page.view).ignored).toEqual({ 'weaker identity': 1 });
    });

    test('whom a weaker word describes is completed, not changed', () => {
      const page = device();
      page.say({ email: ada, traits: { name: 'Ada Archer' } });
      page.say({ email: ada, traits: { name: 'ada', phone: '1' } }, 'form');
      expect(page.traits().at(-1)).toEqual({ email: ada, phone: '1' });
    });

    test('is described anew by the site, though a weaker word named them', () => {
      const page = device();
      page.say({ email: ada }, 'widget');
      page.say({ traits: { plan: 'a' } });
      page.say({ traits: { plan: 'b' } });
      expect(page.traits().map(({ plan }) => plan)).toEqual([undefined, 'a', 'b']);
    });

    test('is told in less than 32 KB, whatever the script', () => {
      const page = device();
      page.say({ email: ada, traits: { name: '名'.repeat(15_000), plan: 'a' } });
      for (const message of page.queue())
        expect(new Blob([JSON.stringify(message)]).size).toBeLessThan(32_000);
      expect(page.traits()[0]).toMatchObject({ email: ada, plan: 'a' });
    });

    test('is told again when a trait changed', () => {
      const page = device();
      page.say({ email: ada, traits: { plan: 'a' } });
      page.say({ email: ada, traits: { plan: 'a' } });
      page.say({ email: ada, traits: { plan: 'b', tags: ['x'] } });
      page.say({ email: ada, traits: { tags: ['x'] } });
      expect(page.traits()).toEqual([
        { email: ada, plan: 'a' },
        { email: ada, plan: 'b', tags: ['x'] },
      ]);
    });
  });

  describe('another person', () => {
    test('is another visitor', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(opened());
      page.say({ email: bea });
      page.hear(opened());
      expect(page.visitor()).toBe('V2');
      expect(page.waiting()).toEqual([
        `identify of ${ada}`,
        `chat_opened of ${ada}`,
        `identify of ${bea}`,
        `chat_opened of ${bea}`,
      ]);
      expect(page.queue().map(({ anonymousId }) => anonymousId)).toEqual(['V1', 'V1', 'V2', 'V2']);
    });

    test('inherits no trait', () => {
      const page = device();
      page.say({ email: ada, traits: { name: 'Ada' } });
      page.hear(visitor());
      page.say({ email: bea });
      expect(page.traits().at(-1)).toEqual({ email: bea });
    });

    test('inherits no conversation', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor());
      page.say({ email: bea });
      for (const signal of [agent(), rated(5), ended()]) page.hear(signal);
      expect(page.waiting().slice(3)).toEqual([`identify of ${bea}`]);
    });

    test('takes over what another tab still records under the old visitor', () => {
      const page = device();
      page.say({ email: ada });
      page.say({ email: bea });
      page.hear(opened(), { visitor: 'V1' });
      expect(page.waiting().at(-1)).toBe(`chat_opened of ${bea}`);
      expect(page.queue().at(-1)!.anonymousId).toBe('V2');
    });

    test('takes over what is recorded in the very millisecond after them', () => {
      const page = device();
      page.say({ email: ada });
      page.say({ email: bea });
      page.hear(opened(), { visitor: 'V1', now: page.now() });
      expect(page.waiting().at(-1)).toBe(`chat_opened of ${bea}`);
    });

    test('does not take over what was written down before them', () => {
      const page = device();
      page.say({ email: ada });
      const before = page.now();
      page.wait(HOUR);
      page.say({ email: bea });
      page.hear(opened({ when: before + SECOND }), { visitor: 'V1', now: before + SECOND });
      expect(page.waiting().at(-1)).toBe(`chat_opened of ${ada}`);
    });

    test('never gets the records of a visitor who stayed unknown: where records are held they are dropped, and counted', () => {
      const page = device();
      page.say({ id: '7' });
      page.hear(visitor());
      const { dropped } = page.say({ id: '8', email: bea });
      expect(page.waiting()).toEqual([`identify of ${bea}`]);
      expect(dropped).toMatchObject([
        { reason: 'replaced', messages: [{ event: 'chat_first_message_sent' }] },
      ]);
      expect(tally(page.view).dropped).toEqual({ replaced: 1 });
    });

    test('never gets the records of a visitor who stayed unknown: where anonymous records are sent they go out so', () => {
      const page = device({ hold: false });
      page.say({ id: '7' });
      page.hear(visitor());
      page.say({ id: '8', email: bea });
      expect(page.waiting()).toEqual(['chat_first_message_sent of V1', `identify of ${bea}`]);
      expect(tally(page.view).dropped).toEqual({});
    });
  });

  describe('reset', () => {
    test('makes another visitor', () => {
      const page = device();
      page.say({ email: ada });
      page.reset();
      page.hear(visitor());
      expect(page.visitor()).toBe('V2');
      expect(page.waiting()).toEqual([`identify of ${ada}`, 'chat_first_message_sent of V2']);
    });

    test('leaves the records of the person who left', () => {
      const page = device();
      page.hear(visitor());
      page.say({ email: ada });
      page.reset();
      expect(page.waiting()).toEqual([`identify of ${ada}`, `chat_first_message_sent of ${ada}`]);
    });

    test('drops held records of somebody unknown', () => {
      const page = device();
      page.hear(visitor());
      const { dropped } = page.reset();
      expect(page.waiting()).toEqual([]);
      expect(dropped).toHaveLength(1);
    });

    test('lets records of somebody unknown go where anonymous ones are sent', () => {
      const page = device({ hold: false });
      page.hear(visitor());
      page.reset();
      expect(page.waiting()).toEqual(['chat_first_message_sent of V1']);
    });

    test('lets them go later too, should the site begin to hold records', () => {
      const page = device({ hold: false });
      page.hear(visitor());
      page.reset();
      const [key] = [...page.view.keys()].filter((one) => one.startsWith('q/'));
      expect(page.view.get(key!).free).toBe(true);
    });

    test('touches no record of another visitor', () => {
      const page = device();
      page.hear(visitor(), { visitor: 'W1' });
      page.settled({ reset: true, visitor: 'V1' });
      expect(page.waiting()).toEqual(['chat_first_message_sent of W1']);
    });

    test('ends what was open', () => {
      const page = device();
      page.hear(visitor());
      page.reset();
      page.hear(agent());
      expect(page.waiting()).toEqual([]);
    });

    test('is one, though told twice', () => {
      const page = device();
      page.say({ email: ada });
      page.reset();
      page.settled({ reset: true, visitor: 'V1', fresh: 'V2' });
      expect(page.visitor()).toBe('V2');
    });

    test('lets the same person come back', () => {
      const page = device();
      page.say({ email: ada });
      page.reset();
      page.say({ email: ada });
      expect(page.waiting()).toEqual([`identify of ${ada}`, `identify of ${ada}`]);
    });

    test('lets the same person come back by way of the client', () => {
      const page = device();
      page.say({ client: 'u1' });
      page.reset();
      page.say({ client: 'u1' });
      page.hear(opened());
      expect(page.waiting().at(-1)).toBe('chat_opened of u1');
    });
  });

  describe("the user of the page's client", () => {
    test('is our user', () => {
      const page = device();
      page.hear(visitor());
      page.say({ client: 'u1' });
      expect(page.waiting()).toEqual(['identify of u1', 'chat_first_message_sent of u1']);
    });

    test('keeps its id when an e-mail becomes known, which goes as a trait', () => {
      const page = device();
      page.say({ client: 'u1' });
      page.say({ email: ada }, 'checkout');
      expect(page.waiting()).toEqual(['identify of u1', 'identify of u1']);
      expect(page.traits()[1]).toEqual({ email: ada });
    });

    test('is no news when it is the one that we told', () => {
      const page = device();
      page.say({ email: ada });
      page.say({ client: ada, email: ada });
      expect(page.waiting()).toEqual([`identify of ${ada}`]);
    });

    test('is no news on the next page', () => {
      const page = device();
      page.say({ client: 'u1' });
      page.say({ client: 'u1' });
      expect(page.waiting()).toEqual(['identify of u1']);
    });

    test('does not come back by an echo after another person took the device', () => {
      const page = device();
      page.say({ client: 'u1', email: ada });
      page.say({ email: bea });
      page.say({ client: 'u1', email: ada });
      page.hear(opened());
      expect(page.waiting().at(-1)).toBe(`chat_opened of ${bea}`);
    });

    test('makes another visitor when it is another', () => {
      const page = device();
      page.say({ client: 'u1' });
      page.say({ client: 'u2' });
      expect(page.visitor()).toBe('V2');
      expect(page.waiting()).toEqual(['identify of u1', 'identify of u2']);
    });
  });

  describe('rollups', () => {
    test('wait for the person and go with the first identify', () => {
      const page = device();
      page.hear(topic('returns'));
      page.hear(visitor());
      page.hear(agent());
      expect(page.traits()).toEqual([]);
      page.say({ email: ada });
      expect(page.traits()).toEqual([
        {
          email: ada,
          last_chat_at: Math.floor(NOON / SECOND) + 3,
          last_chat_topic: 'returns',
          open_support_case: true,
          support_case_opened_at: Math.floor(NOON / SECOND) + 2,
          support_risk_level: 'high',
          chat_assisted: true,
        },
      ]);
    });

    test('are told when they change, and only what changed', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor());
      page.hear(visitor());
      page.hear(bot());
      page.deliver();
      page.hear(ended());
      expect(page.traits()).toEqual([
        { email: ada, open_support_case: false, last_chat_at: expect.any(Number), support_risk_level: 'low' },
      ]);
    });

    test('go after the milestone that changed them', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor());
      expect(page.waiting()).toEqual([
        `identify of ${ada}`,
        `chat_first_message_sent of ${ada}`,
        `identify of ${ada}`,
      ]);
    });

    test('tell nothing on a visit without news', () => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor());
      page.deliver();
      page.visit();
      page.say({ email: ada });
      expect(page.waiting()).toEqual([]);
    });

    test('tell when a case was opened, as often as they tell that it is open', () => {
      const page = device();
      page.say({ email: ada });
      for (const signal of [visitor(v1), ended(v1), visitor(v1), ended(v1)]) page.hear(signal);
      const open = page.traits().filter(({ open_support_case }) => open_support_case);
      expect(open).toHaveLength(2);
      expect(open.every(({ support_case_opened_at }) => support_case_opened_at)).toBe(true);
    });

    test('leave the case to the helpdesk where the site says so', () => {
      const page = device({ openCase: false });
      page.say({ email: ada });
      page.hear(visitor());
      expect(Object.keys(page.traits().at(-1)!)).not.toContain('open_support_case');
      expect(Object.keys(page.traits().at(-1)!)).not.toContain('support_case_opened_at');
    });
  });

  describe('a case without an end', () => {
    const openCase = (parts: object = {}) => {
      const page = device();
      page.say({ email: ada });
      page.hear(visitor(parts));
      page.deliver();
      return page;
    };

    test('goes false at the first visit after 72 hours of silence', () => {
      const page = openCase();
      page.wait(72 * HOUR);
      page.visit();
      expect(page.traits()).toEqual([{ email: ada, open_support_case: false, support_risk_level: 'low' }]);
      expect(page.queue().filter(({ event }) => event)).toEqual([]);
    });

    test('goes false once', () => {
      const page = openCase();
      page.wait(72 * HOUR);
      page.visit();
      page.visit();
      expect(page.waiting()).toHaveLength(1);
    });

    test('stays open before', () => {
      const page = openCase();
      page.wait(71 * HOUR);
      page.visit();
      expect(page.waiting()).toEqual([]);
    });

    test('stays open where the widget can tell the end', () => {
      const page = openCase({ ends: true });
      page.wait(100 * HOUR);
      page.visit();
      expect(page.waiting()).toEqual([]);
    });

    test('is counted from the last signal', () => {
      const page = openCase(v1);
      page.wait(71 * HOUR);
      page.hear(visitor(v1));
      page.wait(2 * HOUR);
      page.visit();
      expect(page.waiting()).toEqual([]);
    });

    test('opens again with the next message', () => {
      const page = openCase(v1);
      page.wait(72 * HOUR);
      page.visit();
      page.hear(visitor(v1));
      expect(page.traits().at(-1)).toMatchObject({ open_support_case: true });
    });
  });

  describe('a topic that was named before', () => {
    test('belongs to the conversation that begins next', () => {
      const page = device();
      page.hear(topic('sizing'));
      page.hear(opened());
      expect(page.queue().map(({ event, properties }) => [event, properties!.topic])).toEqual([
        ['chat_opened', expect.toBeOneOf([undefined, 'sizing'])],
        ['chat_topic_set', 'sizing'],
      ]);
    });

    test('by the page belongs to any widget', () => {
      const page = device();
      page.hear(topic('sizing', { widget: '' }));
      page.hear(visitor());
      expect(page.waiting()).toContain('chat_topic_set of V1');
    });

    test('by another widget belongs to that one', () => {
      const page = device();
      page.hear(topic('sizing', { widget: 'crisp' }));
      page.hear(visitor());
      expect(page.waiting()).toEqual(['chat_first_message_sent of V1']);
    });

    test('belongs to one conversation only', () => {
      const page = device();
      for (const signal of [topic('sizing'), visitor(), ended(), visitor()]) page.hear(signal);
      expect(page.waiting().filter((one) => one.startsWith('chat_topic_set'))).toHaveLength(1);
    });

    test('belongs to the first of two that begin at once', () => {
      const page = device();
      for (const signal of [topic('sizing'), opened(v1), opened({ conversation: 'v2' })]) page.hear(signal);
      expect(page.waiting().filter((one) => one.startsWith('chat_topic_set'))).toHaveLength(1);
    });

    test('is not forgotten over what belongs to nobody', () => {
      const page = device();
      for (const signal of [topic('sizing'), agent(), visitor()]) page.hear(signal);
      expect(page.waiting()).toContain('chat_topic_set of V1');
    });

    test('is not one that was told in its conversation', () => {
      const page = device();
      for (const signal of [visitor(), topic('sizing'), topic('sizing'), ended(), visitor()])
        page.hear(signal);
      expect(page.waiting().filter((one) => one.startsWith('chat_topic_set'))).toHaveLength(1);
    });

    test('after the end belongs to the next', () => {
      const page = device();
      for (const signal of [visitor(), ended(), topic('sizing'), visitor()]) page.hear(signal);
      expect(page.waiting().slice(2).sort()).toEqual([
        'chat_first_message_sent of V1',
        'chat_topic_set of V1',
      ]);
    });
  });

  describe('a holdout', () => {
    const share = (holdout: number) => ({
      destinations: [{ name: 'customerio', routing: { holdout } }, { name: 'collector' }],
    });

    test('marks whom it holds out, at its destination', () => {
      const page = device(share(100));
      page.say({ email: ada });
      expect(page.queue('customerio')[0]!.traits).toEqual({ email: ada, chat_holdout: true });
      expect(page.queue('collector')[0]!.traits).toEqual({ email: ada });
    });

    test('is told once, not with each change', () => {
      const page = device(share(100));
      page.say({ email: ada });
      page.say({ traits: { plan: 'a' } });
      expect(page.traits()[1]).toStrictEqual({ email: ada, plan: 'a' });
    });

    test('marks the others too, so that lift can be measured', () => {
      const page = device({ destinations: [{ name: 'customerio', routing: { holdout: 0.5 } }] });
      page.say({ email: ada });
      expect(page.traits()[0]).toHaveProperty('chat_holdout');
    });

    test('is about the share that was chosen', () => {
      const marks = Array.from({ length: 1000 }, (_, i) => {
        const page = device(share(10));
        page.say({ email: ada }, 'site', { visitor: `visitor-${i}` });
        return page.traits()[0]!.chat_holdout;
      });
      const held = marks.filter(Boolean).length;
      expect(held).toBeGreaterThan(60);
      expect(held).toBeLessThan(140);
    });

    test('stays with the person, whatever the share becomes', () => {
      const view = new Map();
      device(share(100), view).say({ email: ada, id: '7' });
      const later = device(share(1), view);
      later.say({ email: bea, id: '7' });
      expect(later.traits().at(-1)).toMatchObject({ chat_holdout: true });
    });
  });

  describe('flags', () => {
    const flag = (on: boolean) => ({ flags: { cart: on } });
    const AUDIENCES = {
      destinations: [{ name: 'customerio' }, { name: 'cdp', routing: { audiences: true } }],
    };

    test('travel as traits, with their time in seconds, and never as events', () => {
      const page = device();
      page.say({ email: ada });
      page.settled(flag(true));
      const at = Math.floor(page.now() / SECOND);
      expect(page.traits()[1]).toEqual({
        email: ada,
        cio_segment_cart: true,
        cio_segment_cart_entered_at: at,
      });
      page.settled(flag(false));
      expect(page.traits()[2]).toEqual({ email: ada, cio_segment_cart: false });
      expect(page.waiting()).toEqual(Array(3).fill(`identify of ${ada}`));
    });

    test('are no news on the next page', () => {
      const page = device();
      page.say({ email: ada });
      page.settled(flag(true));
      page.settled(flag(true));
      expect(page.traits()).toHaveLength(2);
    });

    test('wait for the person', () => {
      const page = device();
      page.settled(flag(true));
      expect(page.queue()).toEqual([]);
      page.say({ email: ada });
      expect(page.traits()[0]).toMatchObject({ email: ada, cio_segment_cart: true });
    });

    test('end after their window, at the next visit', () => {
      const page = device();
      page.say({ email: ada });
      page.settled(flag(true));
      page.wait(72 * HOUR - 2 * SECOND);
      page.visit();
      expect(page.traits()).toHaveLength(2);
      page.wait(SECOND);
      page.visit();
      expect(page.traits()[2]).toEqual({ email: ada, cio_segment_cart: false });
      page.visit();
      expect(page.traits()).toHaveLength(3);
    });

    test('end with a purchase, once per order', () => {
      const page = device({ flags: { vip: { purchase: false } } });
      page.say({ email: ada });
      page.settled({ flags: { cart: true, vip: true } });
      page.settled({ order: 'o-1' });
      expect(page.traits()[2]).toEqual({ email: ada, cio_segment_cart: false });
      page.settled(flag(true));
      page.settled({ order: 'o-1' }); // the thank-you page again
      expect(page.traits()).toHaveLength(4);
      page.settled({ order: 'o-2' });
      expect(page.traits()[4]).toEqual({ email: ada, cio_segment_cart: false });
    });

    test('end with a refund that the site tells', () => {
      const page = device();
      page.say({ email: ada });
      page.settled(flag(true));
      page.settled({ flags: { refunded: true } });
      expect(page.traits()[2]).toMatchObject({ cio_segment_cart: false, cio_segment_refunded: true });
    });

    test('do not reach who is held out there, and all else does', () => {
      const page = device({
        destinations: [{ name: 'customerio', routing: { holdout: 100 } }, { name: 'collector' }],
      });
      page.settled(flag(true));
      page.say({ email: ada });
      page.settled(flag(false));
      page.say({ traits: { plan: 'a' } });
      expect(page.queue('customerio').map(({ traits }) => traits)).toEqual([
        { email: ada, chat_holdout: true },
        { email: ada, plan: 'a' },
      ]);
      expect(page.queue('collector')).toHaveLength(3);
    });

    test('are no events of who is held out there', () => {
      const page = device({
        destinations: [{ name: 'cdp', routing: { audiences: true, holdout: 100 } }],
      });
      page.settled(flag(true));
      page.say({ email: ada });
      page.settled(flag(false));
      expect(page.queue('cdp').map(({ type }) => type)).toEqual(['identify']);
    });

    test('of one person are not the next one’s', () => {
      const page = device();
      page.say({ email: ada });
      page.settled(flag(true));
      page.say({ email: bea });
      expect(page.traits().at(-1)).toEqual({ email: bea });
    });

    test('are events where a destination asks for these, with an id of their own for each time', () => {
      const page = device(AUDIENCES);
      page.say({ email: ada });
      for (const on of [true, true, false, true]) page.settled(flag(on));
      const events = page.queue('cdp').filter(({ type }) => type === 'track');
      expect(events.map(({ event, properties }) => [event, properties])).toEqual([
        ['Audience Entered', { audience_key: 'cio_segment_cart', cio_segment_cart: true }],
        ['Audience Exited', { audience_key: 'cio_segment_cart', cio_segment_cart: false }],
        ['Audience Entered', { audience_key: 'cio_segment_cart', cio_segment_cart: true }],
      ]);
      expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(3);
      expect(page.queue('customerio').filter(({ type }) => type === 'track')).toEqual([]);
    });

    test('are no milestones in what is counted', () => {
      const page = device(AUDIENCES);
      page.settled(flag(true));
      page.say({ email: ada });
      expect(tally(page.view)).toMatchObject({ milestones: 0, known: 0 });
    });
  });

  test('goes on from what the version before has stored', () => {
    const old = {
      n: 5,
      delivered: 4,
      dropped: { expired: 1 },
      ignored: {},
      orders: ['o-1'],
    };
    const row = {
      at: NOON,
      traits: {},
      told: {},
      conversations: [],
      topics: {},
      holdout: {},
      email: ada,
      userId: ada,
    };
    const view = new Map<string, any>([
      ['tally', old],
      ['visitor/V1', row],
      ['to/customerio', { tries: 0, until: 0, accepted: 'x' }],
      ['seen', { visitor: 'V1', facts: {} }],
    ]);
    const before = new Map(view);
    tidy(view, new WeakSet());
    expect(view).toEqual(before);
    const page = device({}, view);
    page.hear(visitor(v1));
    page.settled({ flags: { vip: true } });
    page.settled({ order: 'o-2' });
    page.reset();
    expect(tally(view)).toMatchObject({ delivered: 4, milestones: 1, known: 1, orders: ['o-1', 'o-2'] });
    tidy(view, new WeakSet());
    expect(tally(view).dropped).toEqual({ expired: 1 });
  });

  describe('counts', () => {
    test('milestones, and those whose person is known or becomes so', () => {
      const page = device({ destinations: [{ name: 'customerio' }, { name: 'collector' }] });
      page.hear(visitor(v1));
      page.hear(agent(v1));
      expect(tally(page.view)).toMatchObject({ milestones: 2, known: 0 });
      page.say({ email: ada });
      expect(tally(page.view)).toMatchObject({ milestones: 2, known: 2 });
      page.hear(ended(v1));
      expect(tally(page.view)).toMatchObject({ milestones: 3, known: 3 });
    });
  });

  describe('a destination’s list of milestones', () => {
    test('keeps the others out of its queue', () => {
      const page = device({
        destinations: [{ name: 'customerio' }, { name: 'ads', routing: { milestones: ['chat_resolved'] } }],
      });
      page.hear(visitor(v1));
      page.hear(ended(v1));
      expect(page.waiting('ads')).toEqual(['chat_resolved of V1']);
      expect(page.waiting()).toHaveLength(2);
    });
  });

  test('knows whether a case is open, or a flag stands', () => {
    const page = device();
    page.hear(opened());
    expect(hasToEnd(page.view, 'V1')).toBe(false);
    page.hear(visitor(v1));
    expect(hasToEnd(page.view, 'V1')).toBe(true);
    page.hear(ended(v1));
    expect(hasToEnd(page.view, 'V1')).toBe(false);
    expect(hasToEnd(page.view, 'nobody')).toBe(false);
    page.settled({ flags: { vip: true } });
    expect(hasToEnd(page.view, 'V1')).toBe(true);
  });

  test('notes an order once', () => {
    const page = device();
    page.settled({ order: 'o-1' });
    page.settled({ order: 'o-1' });
    page.settled({ order: 'o-2' });
    expect(tally(page.view).orders).toEqual(['o-1', 'o-2']);
  });

  test('a visit alone leaves nothing on the device', () => {
    const page = device();
    page.visit();
    expect(page.view.size).toBe(0);
  });

  test('forgets other visitors after a month', () => {
    const page = device();
    page.say({ email: ada });
    page.reset();
    page.wait(31 * DAY);
    page.visit();
    expect([...page.view.keys()]).not.toContain('visitor/V1');
  });

  test('remembers other visitors for less', () => {
    const page = device();
    page.say({ email: ada });
    page.reset();
    page.wait(29 * DAY);
    page.visit();
    expect([...page.view.keys()]).toContain('visitor/V1');
  });

  test('says why a signal told nothing', () => {
    const page = device();
    expect(page.hear(agent()).why).toBe('no conversation');
    page.hear(visitor());
    expect(page.hear(visitor()).why).toBe('nothing new');
  });

  test('keeps the present visitor for longer', () => {
    const page = device();
    page.say({ email: ada });
    page.deliver();
    page.wait(90 * DAY);
    page.visit();
    page.hear(visitor());
    expect(page.waiting()[0]).toBe(`chat_first_message_sent of ${ada}`);
  });

  test('says nothing of the agent', () => {
    const page = device();
    page.hear(visitor());
    page.hear(assigned({ agent: 'hashed-agent' }));
    expect(JSON.stringify(page.queue())).not.toContain('hashed-agent');
  });

  test("tells a signal of the vendor's id to nobody", () => {
    const page = device();
    page.hear(visitor());
    page.hear(known('v1'));
    expect(page.waiting()).toEqual(['chat_first_message_sent of V1']);
  });

  test('an agent who answers within a day belongs to the last, later to nobody', () => {
    const page = device();
    page.hear(visitor());
    page.hear(after(25 * HOUR, agent()));
    expect(page.waiting()).toHaveLength(1);
    page.hear(after(20 * MINUTE, agent()));
    expect(page.waiting()).toHaveLength(2);
  });
});
