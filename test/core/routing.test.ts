import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checked, holds, shaped, wants } from '../../src/core/routing.ts';
import type { Destination, Message, Routing } from '../../src/core/types.ts';

const ANN = 'ann@example.com';
const digest = (text: string) => `hash of ${text}`;

const message = (parts: Partial<Message>): Message => ({
  type: 'track',
  event: 'chat_resolved',
  messageId: 'm',
  timestamp: '2026-11-28T10:00:00.000Z',
  anonymousId: 'v',
  context: {},
  ...parts,
});
const track = message({
  userId: ANN,
  properties: { widget: 'tawk', topic: 'sizing', order_id: 'A-1' },
});
const identify = message({
  type: 'identify',
  event: undefined,
  userId: ANN,
  traits: { email: ANN, phone: '1', last_chat_topic: 'sizing', cio_segment_vip: true },
});
const at = (routing: Routing): Destination => ({
  name: 'there',
  routing,
  digest,
  also: ['audiences', 'health'],
});

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
});
afterEach(() => void vi.restoreAllMocks());

describe('wants', () => {
  test.each<[string, Routing, Message, boolean]>([
    ['every milestone where nothing is said', {}, track, true],
    ['a milestone on the list', { milestones: ['chat_resolved'] }, track, true],
    ['no other', { milestones: ['chat_opened'] }, track, false],
    ['none where the list is empty', { milestones: [] }, track, false],
    ['what is known of the person, whatever the list', { milestones: [] }, identify, true],
    ['no audience', {}, message({ event: 'Audience Entered' }), false],
    [
      'audiences where it asks for them',
      { audiences: true, milestones: [] },
      message({ event: 'Audience Exited' }),
      true,
    ],
    ['no health', {}, message({ type: 'health', event: undefined }), false],
    ['health where it asks for it', { health: true }, message({ type: 'health', event: undefined }), true],
  ])('takes %s', (_, routing, one, taken) => {
    expect(wants(at(routing), one)).toBe(taken);
  });
});

test('who is told events alone gets nothing of who somebody is', () => {
  const there = { ...at({}), eventsOnly: true };
  expect([wants(there, track), wants(there, identify)]).toEqual([true, false]);
});

describe('shaped', () => {
  test('is the message itself where nothing is chosen', () => {
    expect(shaped(track, at({}))).toBe(track);
  });

  test('has the properties that are listed, and the traits', () => {
    const there = at({ properties: ['widget', 'top*'], traits: ['cio_segment_*'] });
    expect(shaped(track, there).properties).toEqual({ widget: 'tawk', topic: 'sizing' });
    expect(shaped(identify, there).traits).toEqual({ cio_segment_vip: true });
  });

  test('says who is held out, whatever is listed', () => {
    const held = message({ type: 'identify', traits: { chat_holdout: true, phone: '1' } });
    expect(shaped(held, at({ traits: ['email'] })).traits).toEqual({ chat_holdout: true });
  });

  test('has the address as its hash, as a trait and as the user id', () => {
    const { userId, traits } = shaped(identify, at({ email: 'sha256', traits: ['email'] }));
    expect({ userId, traits }).toEqual({ userId: digest(ANN), traits: { email_sha256: digest(ANN) } });
    expect(JSON.stringify(shaped(track, at({ email: 'sha256' })))).not.toContain(`"${ANN}"`);
  });

  test('has the site’s own id as it is', () => {
    expect(shaped({ ...track, userId: 'c-7' }, at({ email: 'none' })).userId).toBe('c-7');
  });

  test('has no address at all', () => {
    const bare = at({ email: 'none' });
    expect(JSON.stringify([shaped(track, bare), shaped(identify, bare)])).not.toContain(ANN);
    expect(shaped(track, bare)).not.toHaveProperty('userId');
  });

  test('is the same when it is shaped again, and changes nothing of what it is given', () => {
    const before = JSON.stringify(identify);
    const there = at({ email: 'sha256', traits: ['email', 'last_*'] });
    const once = shaped(identify, there);
    expect(shaped(once, at({ email: 'sha256', traits: ['email*', 'last_*'] }))).toEqual(once);
    expect(JSON.stringify(identify)).toBe(before);
  });
});

describe('holds', () => {
  const two = [at({ anonymous: 'send' }), { name: 'other', routing: {} }];
  test.each<[string, boolean, boolean]>([
    ['there', true, false],
    ['there', false, false],
    ['other', true, true],
    ['other', false, false],
    ['gone', true, true],
  ])('%s, where the option says %s: %s', (name, hold, held) => {
    expect(holds(hold, two, name)).toBe(held);
  });

  test('where one destination holds and the option does not', () => {
    expect(holds(false, [at({ anonymous: 'hold' })], 'there')).toBe(true);
  });
});

describe('checked', () => {
  test('keeps what fits', () => {
    const routing: Routing = {
      milestones: ['chat_resolved'],
      properties: [],
      traits: ['last_*'],
      email: 'sha256',
      anonymous: 'send',
      consent: [{ name: 'cmp', sign: () => true }],
      holdout: 12.5,
      audiences: true,
      health: false,
    };
    expect(checked(at(routing)).routing).toEqual(routing);
    expect(checked(at({ consent: 'manual', email: undefined })).routing).toEqual({ consent: 'manual' });
    expect(said).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['milestones', { milestones: ['message_sent'] }, {}],
    ['milestones', { milestones: 'chat_resolved' }, {}],
    ['properties', { properties: { topic: true } }, {}],
    ['traits', { traits: [7] }, {}],
    ['anonymous', { anonymous: 'drop' }, {}],
    ['holdout', { holdout: 250 }, {}],
    ['audiences', { audiences: 'yes' }, {}],
    ['health', { health: 1 }, {}],
    ['colour', { colour: 'red' }, {}],
    ['consent', { consent: 'marketing' }, { consent: 'manual' }],
    ['email', { email: 'md5' }, { email: 'none' }],
  ])('says what to write instead of %s, %o, and errs on the safe side', (name, given, routing) => {
    // Said once a page: a name of its own for each row.
    const own = { ...at(given as Routing), name: `at${JSON.stringify(given)}` };
    expect(checked(own).routing).toEqual(routing);
    expect(said).toEqual([expect.stringContaining(`destinations.${own.name}.${name}: write `)]);
  });

  test('says that a destination takes no audiences, or no health', () => {
    expect(checked({ name: 'mail', routing: { audiences: true, health: true } }).routing).toEqual({});
    expect(said).toEqual([
      '[chatstone] destinations.mail.audiences: write no audiences, it is no option here',
      '[chatstone] destinations.mail.health: write no health, it is no option here',
    ]);
  });

  test('sends no address where it is to be hashed and cannot be', () => {
    expect(checked({ name: 'plain', routing: { email: 'sha256' } }).routing).toEqual({ email: 'none' });
  });

  test('follows a destination that comes late, with choices of its own', () => {
    const late: Partial<Destination> & { name: string } = { ...at({ audiences: true }), name: 'late' };
    const one = checked(late as Destination);
    expect(one.routing).toEqual({ audiences: true });
    Object.assign(late, { routing: { audiences: true, traits: ['email'] }, here: true });
    expect(one.routing).toEqual({ audiences: true, traits: ['email'] });
    expect(one.here).toBe(true);
  });

  test('leaves a class its private members', async () => {
    class Ours {
      readonly name = 'ours';
      #taken = 0;
      async deliver(messages: readonly Message[]) {
        this.#taken += messages.length;
      }
      get target() {
        return `${this.#taken}`;
      }
    }
    const one = checked(new Ours());
    const { deliver } = one;
    await deliver([track]);
    expect(one.target).toBe('1');
  });

  test('asks the destination itself for all else, when it is asked', () => {
    let target = 'a';
    const one = checked({
      name: 'late',
      get target() {
        return target;
      },
    } as any);
    target = 'b';
    expect((one as any).target).toBe('b');
  });
});
