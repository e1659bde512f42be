import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { options as optionsOf } from '../src/core/options.ts';
import type { Entry } from '../src/core/settle.ts';
import { showing } from '../src/core/showing.ts';
import type { Destination, Message } from '../src/core/types.ts';
import { engine, type Parts } from '../src/engine.ts';
import { faults } from '../src/lib/guard.ts';
import { keep } from '../src/lib/keep.ts';
import { agent, visitor as line, NOON, opened, rated, SECOND } from './core/builders.ts';
import { fakeLocks, installLocks, removeLocks } from './lib/fake-locks.ts';

const ADA = 'ada@example.com';
const BEA = 'bea@example.com';

/** What the site says of who the visitor is. */
const said = (email: string, traits: Record<string, unknown> = {}): Partial<Entry> => ({
  said: { email, by: 'site', traits },
});

const running: { stop(): void }[] = [];
let entries = 0; // of all pages: each is a second later than the one before

interface Setup {
  /** The visitor id that the page's other scripts hold. */
  visitor?: string;
  options?: object;
  destination?: Partial<Destination>;
  /** More of what the engine works with. */
  parts?: Partial<Parts>;
}

/** A page of the shop with its engine; it holds what is not identified, and its server takes everything. */
function page({ visitor: id = 'V1', options = {}, destination = {}, parts = {} }: Setup = {}) {
  const kept = keep('chatstone', () => {});
  const told: string[] = [];
  const sent: Message[] = [];
  const visitor = {
    id,
    read: () => visitor.id,
    write: (next = 'made') => (visitor.id = next),
    remove() {},
  };
  const entry = (): Entry => {
    entries++;
    return {
      now: NOON + entries * SECOND,
      visitor: visitor.id,
      fresh: `fresh${entries}`,
      page: { url: 'https://shop.example/' },
      facts: {},
    };
  };
  const server: Destination = {
    name: 'server',
    deliver: async (messages) => {
      sent.push(...messages);
    },
    ...destination,
  };
  const whole = engine(
    {
      kept,
      visitor,
      options: optionsOf(options),
      entry,
      tell(event, detail: any) {
        if (event === 'milestone') told.push(`${detail.name} in ${detail.properties.conversation_id}`);
        else if (event === 'dropped') told.push(`${detail.messages.length} dropped: ${detail.reason}`);
        else if (event === 'delivered') told.push(`${detail.messages.length} delivered`);
      },
      ...parts,
    },
    [server],
    showing,
  );
  running.push(whole);
  const write = (part: Partial<Entry>) => {
    const one = { ...entry(), ...part };
    kept.put(`in/${one.now}-${String(entries).padStart(6, '0')}`, one);
    return one;
  };
  return {
    ...whole,
    kept,
    visitor,
    told,
    sent,
    write,
    /** Writes down that something happened. */
    hear: (happened: Entry['happened'], part: Partial<Entry> = {}) => write({ happened, ...part }),
    /** The messages that went out, as words: what, and of whom. */
    words: () =>
      sent.map(({ type, event, userId, anonymousId }) => `${event ?? type} of ${userId ?? anonymousId}`),
  };
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  vi.useFakeTimers({ now: NOON, toFake: ['Date'] });
  installLocks(fakeLocks());
  localStorage.clear();
  faults.counts = {};
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  for (const one of running.splice(0)) one.stop();
  removeLocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('engine', () => {
  test('settles all that was written down, in the order in which it was', async () => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    shop.hear(line({ conversation: 'c1' }));
    shop.hear(agent({ conversation: 'c1' }));
    await shop.settle();
    expect(shop.told).toEqual([
      'chat_opened in c1',
      'chat_first_message_sent in c1',
      'chat_agent_replied in c1',
    ]);
  });

  test('settles what other pages wrote down', async () => {
    const gone = page();
    gone.hear(opened({ conversation: 'c1' }));
    gone.stop();
    const shop = page();
    await shop.settle();
    expect(shop.told).toEqual(['chat_opened in c1']);
  });

  test('settles each entry once', async () => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    await Promise.all([shop.settle(), shop.settle()]);
    await shop.settle();
    expect(shop.told).toEqual(['chat_opened in c1']);
    expect((await shop.status()).queued).toEqual({ server: 1 });
  });

  test('settles what comes while it settles', async () => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    const settling = shop.settle();
    shop.hear(agent({ conversation: 'c1' }));
    void shop.settle();
    await settling;
    expect(shop.told).toEqual(['chat_opened in c1', 'chat_agent_replied in c1']);
  });

  test.each<[string, Partial<Entry>]>([
    ['whose time is none', { happened: agent({ conversation: 'bad', when: Number.NaN }) }],
    ['whose time no date can hold', { happened: line({ conversation: 'bad', when: 1e16 }) }],
    ['that is of no kind we know', { happened: null as any, said: 'x' as any }],
    ['with a trait that cannot be cloned', said(ADA, { made: () => 'x' })],
    [
      'with a page that cannot be cloned',
      { page: { url: (() => 'x') as any }, happened: opened({ conversation: 'bad' }) },
    ],
  ])('is not held up by an entry %s', async (_which, bad) => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    shop.write(bad);
    shop.hear(line({ conversation: 'c1' }));
    await shop.settle();
    await shop.settle();
    expect(shop.told).toEqual(expect.arrayContaining(['chat_opened in c1', 'chat_first_message_sent in c1']));
    const next = page();
    next.hear(agent({ conversation: 'c1' }));
    await next.settle();
    expect(next.told).toEqual(['chat_agent_replied in c1']);
  });

  test('delivers as soon as the person is known', async () => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    await shop.settle();
    expect(shop.sent).toEqual([]);
    shop.write(said(ADA));
    await shop.settle();
    await vi.waitFor(() => expect(shop.words()).toEqual([`identify of ${ADA}`, `chat_opened of ${ADA}`]));
  });

  describe('visitor id', () => {
    test('is made where there is none, and handed to the page', async () => {
      const shop = page({ visitor: '' });
      const { fresh } = shop.hear(opened({ conversation: 'c1' }));
      await shop.settle();
      expect(shop.visitor.id).toBe(fresh);
    });

    test('of who was there before a log-out is another than that of who comes next, though nobody had one yet', async () => {
      const shop = page({ visitor: '' });
      shop.write(said(ADA));
      shop.hear(line({ conversation: 'hers' }));
      const logOut = () => {
        const { fresh } = shop.write({ reset: true });
        shop.visitor.id = fresh; // as `reset` does
        return fresh;
      };
      logOut();
      shop.hear(line({ conversation: 'of nobody' }));
      const last = logOut();
      shop.hear(line({ conversation: 'of nobody else' }));
      shop.write(said('ben@example.com'));
      await shop.settle();
      expect(shop.visitor.id).toBe(last);
      await vi.waitFor(() =>
        expect(shop.words().filter((one) => /first_message/.test(one))).toEqual([
          `chat_first_message_sent of ${ADA}`,
          'chat_first_message_sent of ben@example.com',
        ]),
      );
      expect(shop.told).toContain('1 dropped: replaced');
    });

    test('is not made where there is nothing to tell', async () => {
      const shop = page({ visitor: '' });
      await shop.settle();
      expect(shop.visitor.id).toBe('');
    });

    test('comes back from our copy where the page has lost it', async () => {
      const before = page();
      before.hear(opened({ conversation: 'c1' }));
      await before.settle();
      const shop = page({ visitor: '' });
      await shop.settle();
      expect(shop.visitor.id).toBe('V1');
    });

    test('is another one for another person, and the page is told', async () => {
      const shop = page();
      shop.write(said(ADA));
      const { fresh } = shop.write(said(BEA));
      await shop.settle();
      expect(shop.visitor.id).toBe(fresh);
      await vi.waitFor(() => expect(shop.words()).toEqual([`identify of ${ADA}`, `identify of ${BEA}`]));
    });

    test('is not written over what others wrote meanwhile', async () => {
      const shop = page();
      shop.write(said(ADA));
      shop.write(said(BEA));
      const settling = shop.settle();
      shop.visitor.id = 'theirs';
      await settling;
      expect(shop.visitor.id).toBe('theirs');
    });

    test('that another tab replaced is followed', async () => {
      const [shop, other] = [page(), page()];
      shop.write(said(ADA));
      await shop.settle();
      const { fresh } = other.write(said(BEA));
      await other.settle();
      shop.hear(opened({ conversation: 'c1' })); // this page still says V1
      await shop.settle();
      await vi.waitFor(() => expect(shop.words()).toContain(`chat_opened of ${BEA}`));
      expect(shop.visitor.id).toBe(fresh);
    });

    test('that is followed leaves what happened before with the person of then', async () => {
      const [shop, other] = [page(), page()];
      shop.write(said(ADA));
      await shop.settle();
      shop.hear(opened({ conversation: 'c1' })); // not settled yet
      other.write(said(BEA));
      await other.settle();
      await shop.settle();
      await vi.waitFor(() => expect([...shop.words(), ...other.words()]).toContain(`chat_opened of ${ADA}`));
    });

    test('that somebody else has renewed takes what nobody is known for out of the queue', async () => {
      const shop = page();
      shop.hear(opened({ conversation: 'c1' }));
      await shop.settle();
      shop.visitor.id = 'theirs';
      await shop.settle();
      expect(shop.told).toEqual(['chat_opened in c1', '1 dropped: replaced']);
      expect(await shop.status()).toMatchObject({ queued: { server: 0 }, dropped: { replaced: 1 } });
    });

    test('that is reset is the fresh one', async () => {
      const shop = page();
      shop.write(said(ADA));
      const { fresh } = shop.write({ reset: true });
      shop.hear(opened({ conversation: 'c1' }));
      await shop.settle();
      expect(shop.visitor.id).toBe(fresh);
      expect((await shop.status()).identity).toEqual({ userId: undefined, by: undefined });
    });
  });

  describe("the page's client", () => {
    test('says who the visitor is', async () => {
      const shop = page({ destination: { user: () => 'customer-7' } });
      shop.hear(opened({ conversation: 'c1' }));
      await shop.settle();
      await vi.waitFor(() =>
        expect(shop.words()).toEqual(['identify of customer-7', 'chat_opened of customer-7']),
      );
    });

    test('is an address where its id is one', async () => {
      const shop = page({ destination: { user: () => 'Ada@Example.com ' } });
      await shop.settle();
      await vi.waitFor(() => expect(shop.sent[0]?.traits).toMatchObject({ email: ADA }));
    });

    test('is no news twice', async () => {
      const shop = page({ destination: { user: () => 'customer-7' } });
      await shop.settle();
      shop.look();
      await shop.settle();
      await page({ destination: { user: () => 'customer-7' } }).settle();
      await vi.waitFor(() => expect(shop.words()).toEqual(['identify of customer-7']));
    });

    test('is looked at again when it knows somebody new', async () => {
      let user: string | undefined;
      const shop = page({ destination: { user: () => user } });
      await shop.settle();
      user = 'customer-8';
      shop.look();
      await vi.waitFor(() => expect(shop.words()).toEqual(['identify of customer-8']));
    });

    test.each<[string, unknown]>([['an object', { id: () => 7 }]])(
      'that gives %s for an id holds up nobody',
      async (_what, user) => {
        const shop = page({ destination: { user: () => user as string } });
        shop.hear(opened({ conversation: 'c1' }));
        await shop.settle();
        shop.hear(opened({ conversation: 'c1' }));
        await shop.settle();
        expect(shop.told).toEqual(['chat_opened in c1']);
      },
    );

    test('that throws hurts nobody', async () => {
      const user = () => {
        throw new Error('theirs');
      };
      const shop = page({ destination: { user } });
      shop.hear(opened({ conversation: 'c1' }));
      shop.look();
      await shop.settle();
      expect(shop.told).toEqual(['chat_opened in c1']);
      expect(faults.counts.server).toBeGreaterThan(0);
    });
  });

  test('says how things stand', async () => {
    const shop = page({ options: { identifyBy: 'email' } });
    shop.hear(opened({ conversation: 'c1' }));
    shop.hear(line({ conversation: 'c1' }));
    await shop.settle();
    expect(await shop.status()).toEqual({
      identity: { userId: undefined, by: undefined, client: undefined },
      traits: {},
      queued: { server: 2 },
      held: 2,
      waiting: ['chat_opened', 'chat_first_message_sent'].map((name) => ({
        destination: 'server',
        name,
        messageId: expect.any(String),
        held: true,
      })),
      said: expect.any(Array),
      delivered: 0,
      dropped: {},
      ignored: {},
      storage: 'indexeddb',
      destinations: {
        server: { tries: 0, until: 0, delivered: 0, dropped: {}, ready: true, consent: 'granted' },
      },
    });
    shop.write(said(ADA));
    await shop.settle();
    await vi.waitFor(async () =>
      expect(await shop.status()).toMatchObject({
        identity: { userId: ADA, by: 'site' },
        traits: { last_chat_at: expect.any(Number), open_support_case: true },
        queued: { server: 0 },
        held: 0,
        waiting: [],
        delivered: 3,
      }),
    );
  });

  test('tells what came of each signal, and why it made no milestone', async () => {
    const came: unknown[] = [];
    const shop = page({
      parts: { tell: (event, detail) => event === 'settled' && came.push(detail) },
    });
    const times = [
      shop.hear(opened({ conversation: 'c1', gesture: false })),
      shop.hear(line({ conversation: 'c1' })),
      shop.hear(line({ conversation: 'c1' })),
      shop.hear({ ...rated(9, { conversation: 'c1' }), best: 7 } as Entry['happened']),
      shop.write(said(ADA)),
      shop.write({ said: { email: BEA, by: 'form', traits: {} } }),
      shop.write({ visit: true }),
    ].map(({ now }) => now);
    await shop.settle();
    const widget = opened().widget;
    expect(came).toEqual([
      { widget, type: 'opened', at: times[0], reached: [], why: 'no gesture' },
      { widget, type: 'message', at: times[1], reached: ['chat_first_message_sent'], why: undefined },
      { widget, type: 'message', at: times[2], reached: [], why: 'nothing new' },
      { widget, type: 'rated', at: times[3], reached: [], why: 'not on its scale' },
      { widget: 'site', type: 'person', at: times[4], reached: [], why: undefined },
      { widget: 'form', type: 'person', at: times[5], reached: [], why: 'a stronger word stands' },
    ]);
  });

  test('counts what a weaker source says of somebody else', async () => {
    const shop = page();
    shop.write(said(ADA));
    shop.write({ said: { email: BEA, by: 'form', traits: {} } });
    await shop.settle();
    expect(await shop.status()).toMatchObject({
      identity: { userId: ADA },
      ignored: { 'weaker identity': 1 },
    });
  });

  test('says that a rating is not on its scale, and takes the rest', async () => {
    const shop = page();
    shop.hear(line({ conversation: 'c1' }));
    shop.hear({ ...rated(9, { conversation: 'c1' }) });
    shop.hear(agent({ conversation: 'c1' }));
    await shop.settle();
    expect(shop.told).toEqual(['chat_first_message_sent in c1', 'chat_agent_replied in c1']);
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining('1 to 5'));
  });

  test('that is stopped while it settles still stores what it settles, and sends nothing more', async () => {
    const shop = page();
    shop.write(said(ADA));
    shop.hear(opened({ conversation: 'c1' }));
    const settling = shop.settle();
    shop.stop();
    await settling;
    expect(shop.sent).toEqual([]);
    const next = page();
    await next.settle();
    await next.wake();
    expect(next.words()).toEqual([`identify of ${ADA}`, `chat_opened of ${ADA}`]);
  });

  test('tells nothing when consent was withdrawn while it settled', async () => {
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    const settling = shop.settle();
    shop.kept.erase();
    await settling;
    expect(shop.told).toEqual([]);
  });

  test('settles and delivers from memory where there is no database', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const shop = page();
    shop.hear(opened({ conversation: 'c1' }));
    shop.write(said(ADA));
    await shop.settle();
    await vi.waitFor(() => expect(shop.words()).toEqual([`identify of ${ADA}`, `chat_opened of ${ADA}`]));
    await vi.waitFor(async () =>
      expect(await shop.status()).toMatchObject({ storage: 'memory', delivered: 2, queued: { server: 0 } }),
    );
  });
});

describe('growth', () => {
  const FULL = 998; // with what is told beside them the 1,000 that one destination keeps

  /** Counts what the database is asked for from now on: requests, rows that were read, rows that were written. */
  function count() {
    const counts = { requests: 0, read: 0, written: 0 };
    const store = IDBObjectStore.prototype as any;
    for (const name of ['get', 'getAll', 'getAllKeys', 'count', 'put', 'delete']) {
      const real = store[name];
      vi.spyOn(store, name).mockImplementation(function (this: any, ...args: any[]) {
        counts.requests++;
        if (name === 'put' || name === 'delete') counts.written++;
        const request = real.apply(this, args);
        if (name === 'getAll')
          request.addEventListener('success', () => (counts.read += request.result.length));
        return request;
      });
    }
    return counts;
  }
  const waiting = async (many: number, setup: Setup) => {
    const shop = page(setup);
    for (let i = 0; i < many; i++) shop.hear(opened({ conversation: `c${i}` }));
    await shop.settle();
    return shop;
  };

  test('to record a milestone costs the same with 0, 100 and 1,000 that wait', async () => {
    const costs = [];
    for (const many of [0, 100, FULL]) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      installLocks(fakeLocks());
      localStorage.clear();
      const shop = await waiting(many, {});
      shop.hear(opened({ conversation: 'before' }));
      await shop.settle(); // it has seen all
      const counts = count();
      shop.hear(line({ conversation: 'before' }));
      await shop.settle();
      costs.push({ ...counts, told: shop.told.at(-1) });
      shop.stop();
      vi.restoreAllMocks();
    }
    expect(costs[0]).toMatchObject({ told: 'chat_first_message_sent in before' });
    expect(costs[0]!.read).toBeGreaterThan(0);
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[2]).toEqual(costs[0]);
  });

  test('to deliver a record costs the same with 0, 100 and 1,000 that wait behind it', async () => {
    const costs = [];
    for (const many of [0, 100, FULL]) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      installLocks(fakeLocks());
      localStorage.clear();
      let answer: ((error?: Error) => void) | undefined;
      const deliver = () =>
        new Promise<void>((resolve, reject) => {
          answer = (error) => (error ? reject(error) : resolve());
        });
      const shop = await waiting(many + 1, { options: { anonymous: 'send' }, destination: { deliver } });
      await vi.waitFor(() => expect(answer).toBeDefined()); // one has gone ahead
      const take = answer!;
      answer = undefined;
      const counts = count();
      take();
      await vi.waitFor(() => expect(shop.told.at(-1)).toBe('1 delivered'));
      if (many) await vi.waitFor(() => expect(answer).toBeDefined()); // what follows is on its way
      costs.push({ ...counts });
      shop.stop();
      vi.restoreAllMocks();
    }
    expect(costs[0]!.written).toBeGreaterThan(0);
    expect(costs[2]).toEqual(costs[1]);
    expect(costs[1]!.written).toBe(costs[0]!.written);
  });

  test('what is beyond 1,000 is dropped, the oldest first, and counted', async () => {
    const shop = await waiting(1003, { options: { anonymous: 'hold' } });
    shop.wake();
    await vi.waitFor(async () =>
      expect(await shop.status()).toMatchObject({ queued: { server: 1000 }, dropped: { expired: 3 } }),
    );
  });
});

describe('a destination that shows what is known', () => {
  const desk = () => {
    const shown: object[] = [];
    return { shown, destination: { show: (profile: object) => void shown.push(profile) } };
  };

  test('shows rollups, flags and the shop’s context, and nothing that names the person', async () => {
    const { shown, destination } = desk();
    const shop = page({ destination, parts: { shop: () => ({ last_cart_value: 12 }) } });
    shop.write(said(ADA, { phone: '1', name: 'Ada', plan: 'a' }));
    shop.hear(line({ conversation: 'c1', guess: 'sizing' }));
    shop.write({ flags: { vip: true } });
    await shop.settle();
    await vi.waitFor(() => expect(shown.length).toBeGreaterThan(0));
    expect(shown.at(-1)).toMatchObject({
      last_cart_value: 12,
      last_chat_topic: 'sizing',
      open_support_case: true,
      cio_segment_vip: true,
    });
    expect(JSON.stringify(shown)).not.toMatch(/ada|phone|plan/i);
  });

  test('is shown what changed when the page looks', async () => {
    const { shown, destination } = desk();
    let value = 12;
    const shop = page({ destination, parts: { shop: () => ({ last_cart_value: value }) } });
    shop.hear(line({ conversation: 'c1' }));
    await shop.settle();
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    value = 13;
    shop.look();
    await vi.waitFor(() => expect(shown.at(-1)).toMatchObject({ last_cart_value: 13 }));
  });

  test('shows no flags of who is held out there', async () => {
    const { shown, destination } = desk();
    const shop = page({ destination: { ...destination, routing: { holdout: 99.9999 } } });
    shop.hear(line({ conversation: 'c1' }));
    shop.write({ flags: { vip: true } });
    await shop.settle();
    await vi.waitFor(() => expect(shown).toHaveLength(1));
    expect(Object.keys(shown[0]!)).not.toContain('cio_segment_vip');
  });
});

describe('what a destination works through', () => {
  test('is delivered to when it comes, however late', async () => {
    let there = false;
    const shop = page({ options: { anonymous: 'send' }, destination: { ready: () => there } });
    shop.hear(line({ conversation: 'c1' }));
    await shop.settle();
    shop.look();
    expect(shop.sent).toEqual([]);
    expect((await shop.status()).destinations.server).toMatchObject({ ready: false });
    there = true;
    shop.look();
    await vi.waitFor(() => expect(shop.sent).toHaveLength(1));
    expect((await shop.status()).destinations.server).toMatchObject({ ready: true, delivered: 1 });
  });

  test('with a consent of its own is delivered to when that comes', async () => {
    let answer = (_state: 'granted' | 'denied') => {};
    const shop = page({
      options: { anonymous: 'send' },
      destination: { routing: { consent: 'manual' } },
      parts: { permit: (_name, _asked, changed) => (answer = changed) },
    });
    shop.hear(line({ conversation: 'c1' }));
    await shop.settle();
    expect((await shop.status()).destinations.server).toMatchObject({ consent: 'pending' });
    expect(shop.sent).toEqual([]);
    answer('granted');
    await vi.waitFor(() => expect(shop.sent).toHaveLength(1));
    answer('denied');
    shop.hear(agent({ conversation: 'c1' }));
    await shop.settle();
    await vi.waitFor(async () =>
      expect((await shop.status()).destinations.server!.dropped).toEqual({ 'no consent': 1 }),
    );
  });
});
