// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { createCollector } from '../../demo/collector.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const START = Date.parse('2026-11-22T10:00:00.000Z');

describe('createCollector', () => {
  let clock: number;
  let count: number;
  let collector: ReturnType<typeof createCollector>;

  beforeEach(() => {
    clock = START;
    count = 0;
    collector = createCollector({ now: () => clock });
  });

  const iso = (time = clock) => new Date(time).toISOString();
  const track = (more: Record<string, unknown> = {}) => ({
    type: 'track',
    event: 'chat_opened',
    messageId: `m${++count}`,
    timestamp: iso(),
    anonymousId: 'anon',
    properties: {},
    ...more,
  });
  const identify = (userId: string | undefined, traits = {}, more = {}) =>
    track({ type: 'identify', event: undefined, properties: undefined, userId, traits, ...more });
  const post = (path: string, body: unknown) =>
    collector.receive({ path, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const send = (...batch: unknown[]) => post('/v1/b', { batch, writeKey: 'key', sentAt: iso() });
  const ids = () => collector.messages().map(({ messageId }) => messageId);
  const warnings = () => collector.log().flatMap((entry) => entry.warnings.map(({ reason }) => reason));
  const eventsOf = (index = 0) =>
    collector.profiles().profiles[index]?.events.map(({ messageId }) => messageId);
  const waiting = () =>
    collector.profiles().anonymous.map(({ events }) => events.map(({ messageId }) => messageId));

  test('takes a batch in order', () => {
    expect(send(track(), track())).toEqual({ status: 200, answer: { success: true }, weather: null });
    expect(ids()).toEqual(['m1', 'm2']);
  });

  test.each([
    ['t', 'track'],
    ['i', 'identify'],
    ['p', 'page'],
    ['g', 'group'],
    ['a', 'alias'],
  ])('takes a single message at /v1/%s', (call, type) => {
    expect(post(`/v1/${call}`, { ...track({ type }), writeKey: 'key' }).status).toBe(200);
    expect(collector.requests()).toMatchObject([{ path: `/v1/${call}`, messages: [{ type }] }]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown type', { type: 'trakc' }, 'type trakc is unknown'],
    ['no messageId', { messageId: undefined }, 'messageId'],
    ['a messageId of 101 characters', { messageId: 'x'.repeat(101) }, 'messageId'],
    ['no timestamp', { timestamp: undefined }, 'timestamp'],
    ['a timestamp in Unix seconds', { timestamp: 1_795_000_000 }, 'timestamp'],
    ['a timestamp without milliseconds', { timestamp: '2026-11-22T10:00:00Z' }, 'timestamp'],
    ['the 30th of February', { timestamp: '2026-02-30T10:00:00.000Z' }, 'timestamp'],
    ['a sentAt that is no time', { sentAt: 'now' }, 'sentAt'],
    [
      'neither anonymousId nor userId',
      { anonymousId: undefined, userId: null },
      'neither anonymousId nor userId',
    ],
    ['a userId that is a number', { userId: 42 }, 'an id is not a string'],
    ['a track without an event', { event: '' }, 'event name'],
    ['properties that are a list', { properties: [] }, 'not an object'],
    ['more than 32 KB', { properties: { a: 'ä'.repeat(16 * 1024) } }, 'larger than 32768 bytes'],
  ])('refuses %s and takes nothing of that request', (_, fault, reason) => {
    const { status, answer } = send(track(), track(fault));
    expect(status).toBe(400);
    expect(answer.errors).toEqual([
      expect.objectContaining({ index: 1, reason: expect.stringContaining(reason) }),
    ]);
    expect(ids()).toEqual([]);
    expect(collector.requests()).toMatchObject([{ status: 400, errors: answer.errors, messages: [{}, {}] }]);
  });

  test('takes what stands exactly at the limits', () => {
    const small = track({ messageId: 'x'.repeat(100), properties: { a: '' } });
    const room = 32 * 1024 - JSON.stringify(small).length;
    expect(send({ ...small, properties: { a: 'x'.repeat(room) } }).status).toBe(200);
    expect(send({ ...small, properties: { a: 'x'.repeat(room + 1) } }).status).toBe(400);
  });

  test.each([
    ['what is not JSON', '{'],
    ['what is no object', '[]'],
    ['an empty batch', { batch: [], writeKey: 'key' }],
    ['a batch that is no list', { batch: {}, writeKey: 'key' }],
    ['a batch of anything', { batch: [null, 1], writeKey: 'key' }],
  ])('refuses %s', (_, body) => {
    expect(post('/v1/b', body).status).toBe(400);
  });

  test('refuses a request of more than 500 KB', () => {
    const batch = Array.from({ length: 17 }, () => track({ properties: { a: 'x'.repeat(30 * 1024) } }));
    expect(send(...batch.slice(0, 16)).status).toBe(200);
    expect(send(...batch).answer.errors).toEqual([{ reason: 'the request is larger than 512000 bytes' }]);
  });

  test('refuses a message at the path of another type', () => {
    expect(post('/v1/i', { ...track(), writeKey: 'key' }).status).toBe(400);
  });

  test.each([undefined, '', 'bad-key'])('answers 401 to the write key %j', (writeKey) => {
    expect(post('/v1/b', { batch: [track()], writeKey }).status).toBe(401);
    expect(ids()).toEqual([]);
  });

  test('warns of what Customer.io would swallow', () => {
    send(
      track({ properties: { recipient: 'a', title: 'b', order_id: 'c' } }),
      identify('42', { last_chat_at: clock, support_case_opened_at: clock / 1000 }),
      track({ timestamp: iso(clock + DAY + 1) }),
      identify(undefined, { plan: 'gold' }),
    );
    expect(warnings()).toEqual([
      'property recipient is reserved',
      'property title is reserved',
      'trait last_chat_at is in milliseconds, dates of a person are Unix seconds',
      'timestamp is more than 24 hours in the future',
      'an identify with neither userId nor e-mail reaches no profile',
    ]);
  });

  test('does not warn of page properties in a page call', () => {
    send(track({ type: 'page', properties: { path: '/', title: 'Shop' } }));
    expect(warnings()).toEqual([]);
  });

  test('corrects the time by the wrong clock that sentAt shows', () => {
    const device = clock + 3 * DAY;
    const late = track({ timestamp: iso(device - 5_000) });
    post('/v1/b', { batch: [late], writeKey: 'key', sentAt: iso(device) });
    expect(collector.messages()).toMatchObject([
      { timestamp: iso(device - 5_000), correctedAt: iso(clock - 5_000), receivedAt: iso(clock) },
    ]);
    expect(warnings()).toEqual([]);
  });

  test("prefers a message's own sentAt to the batch's", () => {
    post('/v1/b', {
      batch: [track({ sentAt: iso(clock + 1_000) })],
      writeKey: 'key',
      sentAt: iso(clock + 9_000),
    });
    expect(collector.messages()).toMatchObject([{ correctedAt: iso(clock - 1_000) }]);
  });

  test('counts a duplicate and ignores it', () => {
    const message = track();
    send(message, message);
    clock += 1_000;
    send({ ...message, sentAt: iso(), writeKey: 'other' });
    expect(ids()).toEqual(['m1']);
    expect(waiting()).toEqual([['m1']]);
    expect(collector.profiles()).toMatchObject({
      duplicates: { total: 2, byMessageId: { m1: 2 } },
      conflicts: [],
    });
  });

  test('reports a duplicate with another body', () => {
    const first = track({ properties: { topic: 'sizing' } });
    const second = { ...first, properties: { topic: 'returns' } };
    send(first);
    send(second);
    expect(collector.profiles().conflicts).toEqual([{ messageId: 'm1', first, second }]);
    expect(collector.messages()).toMatchObject([{ properties: { topic: 'sizing' } }]);
  });

  test('lets a duplicate add a userId, but only one', () => {
    const message = track({ userId: null });
    send(message, { ...message, userId: 'a@shop.example' }, message);
    expect(collector.profiles().conflicts).toEqual([]);
    send({ ...message, userId: 'b@shop.example' });
    expect(collector.profiles().conflicts).toHaveLength(1);
  });

  test('keeps anonymous events until their visitor is identified', () => {
    send(track(), track({ anonymousId: 'other' }));
    expect(waiting()).toEqual([['m1'], ['m2']]);
    send(identify('a@shop.example'));
    expect(collector.profiles().profiles).toMatchObject([
      { email: 'a@shop.example', anonymousIds: ['anon'], identifies: 1, events: [{ messageId: 'm1' }] },
    ]);
    expect(waiting()).toEqual([['m2']]);
  });

  test('forgets anonymous events after 30 days', () => {
    send(track());
    clock += 30 * DAY;
    expect(waiting()).toEqual([['m1']]);
    clock += 1;
    expect(waiting()).toEqual([]);
    send(identify('a@shop.example'));
    expect(eventsOf()).toEqual([]);
  });

  test('merges nothing at an identify without a userId', () => {
    send(track(), identify(undefined, { email: 'a@shop.example' }));
    expect(collector.profiles().profiles).toMatchObject([
      { email: 'a@shop.example', identifies: 1, events: [] },
    ]);
    expect(waiting()).toEqual([['m1']]);
  });

  test('orphans anonymous events that come more than 5 minutes after the identify', () => {
    send(identify('a@shop.example'));
    clock += 5 * MINUTE;
    send(track());
    clock += 1;
    send(track(), track({ userId: 'a@shop.example' }));
    expect(eventsOf()).toEqual(['m2', 'm4']);
    send(identify('a@shop.example'), track());
    expect(eventsOf()).toEqual(['m2', 'm4']);
    expect(collector.profiles().anonymous).toMatchObject([
      { events: [{ messageId: 'm3', orphaned: true }, { messageId: 'm6' }] },
    ]);
  });

  test('gives no orphan of one person to the next on the device', () => {
    send(identify('a@shop.example'));
    clock += 6 * MINUTE;
    send(track(), identify('b@shop.example'), track());
    expect(eventsOf(0)).toEqual([]);
    expect(eventsOf(1)).toEqual(['m4']);
    expect(waiting()).toEqual([['m2']]);
  });

  test('finds a person by e-mail in any case, by id in the same case only', () => {
    send(
      identify('A@Shop.example'),
      identify('a@shop.example', { plan: 'gold' }),
      identify('x1'),
      identify('X1'),
    );
    expect(collector.profiles().profiles).toMatchObject([
      { id: undefined, email: 'a@shop.example', identifies: 2, traits: { plan: 'gold' } },
      { id: 'x1', email: undefined },
      { id: 'X1' },
    ]);
  });

  test('adds up the traits of a person', () => {
    send(identify('42', { plan: 'gold', name: 'Ann' }), identify('42', { name: 'Anna' }));
    expect(collector.profiles().profiles).toMatchObject([{ traits: { plan: 'gold', name: 'Anna' } }]);
  });

  test('makes a profile for an event with a new userId', () => {
    send(track({ userId: '42' }));
    expect(collector.profiles().profiles).toMatchObject([
      { id: '42', identifies: 0, events: [{ messageId: 'm1' }] },
    ]);
  });

  test('merges an e-mail-only profile when its person gets an id', () => {
    send(track(), identify('a@shop.example', { plan: 'gold' }));
    clock += 1;
    send(identify('42', { email: 'A@shop.example' }, { anonymousId: 'laptop' }), track());
    expect(collector.profiles()).toMatchObject({
      profiles: [
        {
          id: '42',
          email: 'a@shop.example',
          traits: { plan: 'gold' },
          anonymousIds: ['anon', 'laptop'],
          identifies: 2,
        },
      ],
      errors: [],
    });
    expect(eventsOf()).toEqual(['m1', 'm4']);
  });

  test('merges an id-only profile with an e-mail-only one, histories in order', () => {
    send(track({ userId: '42' }));
    clock += 1;
    send(track({ userId: 'a@shop.example' }));
    clock += 1;
    send(track({ userId: '42' }), identify('42', { email: 'a@shop.example' }, { anonymousId: null }));
    expect(collector.profiles().profiles).toMatchObject([{ id: '42', email: 'a@shop.example' }]);
    expect(eventsOf()).toEqual(['m1', 'm2', 'm3']);
  });

  test('fails to give an e-mail to a second id', () => {
    send(identify('1', { email: 'a@shop.example' }));
    send(identify('2', { email: 'a@shop.example', plan: 'gold' }));
    expect(collector.profiles()).toMatchObject({
      profiles: [
        { id: '1', email: 'a@shop.example' },
        { id: '2', email: undefined, traits: { plan: 'gold' } },
      ],
      errors: [
        {
          messageId: 'm2',
          reason: 'identifier is already associated with a different profile',
          id: '2',
          email: 'a@shop.example',
          belongsTo: '1',
        },
      ],
    });
    expect(collector.profiles().profiles[1]?.traits).toEqual({ plan: 'gold' });
  });

  test("changes a person's e-mail, and sets the old one free", () => {
    send(identify('1', { email: 'old@shop.example' }), identify('1', { email: 'new@shop.example' }));
    send(identify('2', { email: 'old@shop.example' }));
    expect(collector.profiles()).toMatchObject({
      profiles: [{ email: 'new@shop.example' }, { email: 'old@shop.example' }],
      errors: [],
    });
  });

  test('has a list of weather for one request each, then fair weather', () => {
    collector.weather([{ status: 500 }, {}, { status: 429, times: 2 }]);
    expect([1, 2, 3, 4, 5].map(() => send(track()).status)).toEqual([500, 200, 429, 429, 200]);
    expect(ids()).toEqual(['m2', 'm5']);
  });

  test('has one weather until it is changed', () => {
    collector.weather({ status: 503 });
    expect([send(track()).status, send(track()).status]).toEqual([503, 503]);
    collector.weather();
    expect(send(track()).status).toBe(200);
    expect(collector.log().map(({ weather }) => weather)).toEqual([{ status: 503 }, { status: 503 }, null]);
  });

  test('takes messages in a weather of 202, and judges them', () => {
    collector.weather({ status: 202 });
    expect(send(track()).status).toBe(202);
    expect(send(track({ event: '' })).status).toBe(400);
    expect(ids()).toEqual(['m1']);
  });

  test('refuses requests with the unwanted words only', () => {
    collector.weather({ refuse: 'poison' });
    const { status, answer } = send(track(), track({ properties: { a: 'poison' } }));
    expect(status).toBe(400);
    expect(answer.errors).toEqual([{ index: 1, messageId: 'm2', reason: 'the weather refuses poison' }]);
    expect(send(track()).status).toBe(200);
    expect(ids()).toEqual(['m3']);
  });

  test.each([
    ['a connection that breaks before', { cut: 'before' }, []],
    ['a connection that breaks after', { cut: 'after' }, ['m1']],
    ['one that hangs', { hang: true }, []],
  ] as const)('takes what it must at %s', (_, weather, taken) => {
    collector.weather(weather);
    send(track());
    expect(ids()).toEqual(taken);
    expect(collector.requests()).toMatchObject([{ status: 0, weather }]);
  });

  test('says which weather it does not know', () => {
    expect(() => collector.weather({ stauts: 500 } as never)).toThrow('unknown weather: stauts');
    expect(() => collector.weather([{ status: 42 }])).toThrow('no such status: 42');
  });

  test('keeps the last 2,000 requests in its log', () => {
    for (let i = 0; i < 2_001; i++) post('/v1/b', '');
    expect(collector.log()).toHaveLength(2_000);
    expect(collector.log()[0]).toMatchObject({ n: 2, status: 400 });
  });

  test('hands out copies', () => {
    send(track());
    collector.messages()[0]!.event = 'changed';
    collector.log()[0]!.messages.length = 0;
    collector.profiles().anonymous[0]!.events[0]!.messageId = 'changed';
    expect(collector.messages()[0]!.event).toBe('chat_opened');
    expect(collector.log()[0]!.messages).toHaveLength(1);
    expect(waiting()).toEqual([['m1']]);
  });

  test('forgets everything at reset, the weather too', () => {
    collector.weather({ status: 500 });
    send(track());
    collector.reset();
    expect(send(track({ messageId: 'm1' })).status).toBe(200);
    expect(collector.profiles().duplicates.total).toBe(0);
    expect(collector.log()).toMatchObject([{ n: 1, status: 200 }]);
  });

  test('tells its listeners of requests and profiles', () => {
    const heard: [string, any][] = [];
    const stop = collector.on((event, data) => heard.push([event, data]));
    send(track());
    stop();
    send(track());
    expect(heard).toMatchObject([
      ['request', { n: 1, status: 200 }],
      ['profiles', { anonymous: [{ anonymousId: 'anon' }] }],
    ]);
  });
});
