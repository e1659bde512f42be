// What could send a message to the wrong person, to the wrong place, or too much of it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { delivery, type Present } from '../../src/core/delivery.ts';
import { enqueue } from '../../src/core/queue.ts';
import { checked, shaped } from '../../src/core/routing.ts';
import { tidy } from '../../src/core/sound.ts';
import { type ConsentState, type Destination, type Message, Partly } from '../../src/core/types.ts';
import { lytics } from '../../src/destinations/lytics.ts';
import { segment } from '../../src/destinations/segment.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { fakeLocks, installLocks, removeLocks } from '../lib/fake-locks.ts';
import { agent, DAY, device, mapStorage, message, NOON, visitor } from './builders.ts';

const ADA = 'ada@example.com';
const quiet = { sent() {}, delivered() {}, dropped() {} };
const stay = { soon: () => false, ours: () => false };
const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  installLocks(fakeLocks());
  localStorage.clear();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  removeLocks();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('routing', () => {
  test('segment with sha256: the hash outlives prepare and the second shaping', async () => {
    const bodies: string[] = [];
    vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
      bodies.push(body);
      return new Response('', { status: 200 });
    });
    const storage = mapStorage();
    await storage.change((view) =>
      enqueue(
        view,
        'segment',
        message('m1', {
          type: 'identify',
          event: undefined,
          traits: { email: ADA, last_chat_topic: 'sizing' },
        }),
        Date.now(),
      ),
    );
    const to = checked(segment({ writeKey: 'k', email: 'sha256' }));
    const out = delivery(storage, [to], true, quiet, stay);
    await out.wake();
    out.stop();
    expect(bodies.join('')).not.toContain(ADA);
    expect(JSON.parse(bodies[0]!).batch[0].traits).toMatchObject({ email_sha256: sha256(ADA) });
  });

  test('the user id is hashed as the address is: trimmed and in lower case', () => {
    const made = shaped(
      message('m', { type: 'identify', userId: 'Ada@Example.com', traits: { email: ADA } }),
      {
        name: 'segment',
        routing: { email: 'sha256' },
        digest: sha256,
      },
    );
    expect(made.userId).toBe(made.traits!.email_sha256);
  });

  test('a list of properties leaves what an audience event is about', () => {
    const routing = { audiences: true, properties: ['topic'] };
    const page = device({ destinations: [{ name: 'segment', routing }] });
    page.settled({ flags: { vip: true } });
    const [event] = page.queue('segment');
    expect(shaped(event!, { name: 'segment', routing }).properties).toMatchObject({
      audience_key: 'cio_segment_vip',
    });
  });

  test('a holdout of 100 percent is one ("0 to 100" in types.ts)', () => {
    expect(checked({ name: 'x', routing: { holdout: 100 } }).routing).toEqual({ holdout: 100 });
  });

  test('a custom destination may be of a class with private fields', async () => {
    class Mine implements Destination {
      readonly name = 'mine';
      #sent: Message[] = [];
      async deliver(messages: readonly Message[]) {
        this.#sent.push(...messages);
      }
      sent() {
        return this.#sent.length;
      }
    }
    const mine = new Mine();
    await (checked(mine as Destination).deliver as NonNullable<Destination['deliver']>)([message('m')], {
      leaving: false,
    });
    expect(mine.sent()).toBe(1);
  });
});

describe('names and addresses', () => {
  test('email none or sha256: a customer id that is an address does not go plainly', () => {
    const page = device({ identifyBy: 'email', destinations: [{ name: 'segment' }] });
    page.say({ id: 'ada@example.com', email: ADA });
    const [identify] = page.queue('segment');
    const made = shaped(identify!, {
      name: 'segment',
      routing: checked(segment({ writeKey: 'k', email: 'none' })).routing,
      digest: sha256,
    });
    expect(JSON.stringify(made)).not.toContain(ADA);
  });

  test('a milestone that does not exist is said: ["chat_resolve"]', () => {
    const said = vi.spyOn(console, 'error');
    expect(checked({ name: 'x', routing: { milestones: ['chat_resolve'] as never } }).routing).toEqual({});
    expect(said).toHaveBeenCalled();
  });
});

describe('health', () => {
  test('match_rate is a share from 0 to 1', () => {
    const page = device({ destinations: [{ name: 'collector', routing: { health: true } }] });
    for (const conversation of ['a', 'b', 'c']) page.hear(visitor({ conversation }));
    page.page(); // told: 3 milestones, nobody known
    page.wait(DAY);
    page.say({ email: ADA }); // adopts three
    page.hear(agent({ conversation: 'c' }));
    page.page();
    const rates = page
      .queue('collector')
      .flatMap((one) => (one.type === 'health' ? [one.properties!.match_rate] : []));
    expect(rates.length).toBe(2);
    expect(Math.max(...(rates as number[]))).toBeLessThanOrEqual(1);
  });

  test("with health asked for, no message without an event is passed through the page's analytics.js", async () => {
    const track = vi.fn();
    vi.stubGlobal('analytics', {
      register: async () => {},
      user: () => ({ id: () => null }),
      track,
      identify() {},
      reset() {},
    });
    const { prepare } = segment({ writeKey: 'k', health: true });
    vi.useFakeTimers();
    const done = prepare!(message('h', { type: 'health', event: undefined, properties: { milestones: 1 } }));
    await vi.advanceTimersByTimeAsync(4000);
    await done;
    vi.useRealTimers();
    expect(track).not.toHaveBeenCalled();
  });
});

describe('flags', () => {
  test('hours: Infinity (npm) costs nobody their row', () => {
    const page = device({ flags: { vip: { hours: Number.POSITIVE_INFINITY } } });
    page.say({ email: ADA });
    page.settled({ flags: { vip: true } });
    tidy(page.view, new WeakSet());
    expect(page.view.has('visitor/V1')).toBe(true);
  });

  test('a flag that was told while the clock was years ahead ends', () => {
    const page = device();
    page.say({ email: ADA });
    page.settled({ flags: { cart: true }, now: NOON + 3650 * DAY });
    page.wait(30 * DAY); // the clock is right again
    page.visit();
    expect(page.traits().at(-1)).toMatchObject({ cio_segment_cart: false });
  });

  test('a declaration of another kind is said: "flags": { "vip": 720 }', async () => {
    const said = [
      vi.spyOn(console, 'error'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'info'),
      vi.spyOn(console, 'log'),
    ];
    const { options } = await import('../../src/core/options.ts');
    const { rulesOf } = await import('../../src/core/rules.ts');
    rulesOf(options({ flags: { vip: 720, cart: { hours: 'forever' } } }), []);
    expect(said.some((one) => one.mock.calls.length)).toBe(true);
  });
});

describe('delivery', () => {
  test('what was taken of a partly taken batch in leaving does not go twice', async () => {
    const sent: string[] = [];
    const storage = mapStorage();
    await storage.change((view) => {
      enqueue(view, 'own', message('m1'), Date.now());
      enqueue(view, 'own', message('m2'), Date.now());
    });
    let first = true;
    const own: Destination = {
      name: 'own',
      async deliver(messages) {
        if (first) {
          first = false;
          sent.push(messages[0]!.messageId);
          throw new Partly([messages[0]!], new Error('network'));
        }
        sent.push(...messages.map((one) => one.messageId));
      },
    };
    const out = delivery(storage, [own], true, quiet, stay);
    out.leave();
    for (let i = 0; i < 20; i++) await tick();
    await out.wake();
    out.stop();
    expect(sent.filter((id) => id === 'm1')).toHaveLength(1);
  });

  test('a consent of its own that is withdrawn while a record is prepared (up to 3 s) is obeyed', async () => {
    let state: ConsentState = 'granted';
    const present: Present = { visitor: () => 'V1', consent: () => state };
    const deliver = vi.fn(async () => {});
    const storage = mapStorage();
    await storage.change((view) => enqueue(view, 'own', message('m1'), Date.now()));
    const own: Destination = {
      name: 'own',
      async prepare(one) {
        state = 'denied';
        return one;
      },
      deliver,
    };
    const out = delivery(storage, [own], true, quiet, stay, present);
    await out.wake();
    out.stop();
    expect(deliver).not.toHaveBeenCalled();
  });

  test('Lytics: the visitor changes while a batch goes out one by one; the rest does not go under the next one’s cookie', async () => {
    let who = 'V1';
    const sent: [of: unknown, under: string][] = [];
    vi.stubGlobal('jstag', {
      isLoaded: true,
      send(_stream: string, fields: Record<string, unknown>, taken: () => void) {
        sent.push([fields.visitor_id, who]);
        if (sent.length === 2) who = 'V2'; // log-out while Lytics answers
        setTimeout(taken, 2);
      },
    });
    const storage = mapStorage();
    await storage.change((view) => {
      for (const id of ['m1', 'm2', 'm3', 'm4']) enqueue(view, 'lytics', message(id), Date.now());
    });
    const out = delivery(storage, [checked(lytics())], true, quiet, stay, {
      visitor: () => who,
      consent: () => 'granted',
    });
    await out.wake();
    out.stop();
    expect(sent.filter(([of, under]) => of !== under)).toEqual([]);
  });
});
