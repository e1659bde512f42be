// What every source has to do, asked in the vendor's own words through its fake.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { listen } from '../../src/core/listen.ts';
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Signal, Source, Told } from '../../src/core/types.ts';
import { faults } from '../../src/lib/guard.ts';

export type Install = (window: any, options?: any) => Fake;

export interface Options {
  /** The vendor's globals on the page. */
  globals: readonly string[];
  /** Everything the vendor can tell, in its own names: each is told with payloads of every wrong shape. */
  names: readonly string[];
  /** Registers a handler of the site, in the vendor's way, that is called when `drive` happens. */
  site: { register(handler: () => void): void; drive(fake: Fake): void };
  /** A rating on the vendor's scale, where it publishes one. */
  rating?: number;
  /** As whose the source tells the line of a bot. */
  bot?: 'bot' | 'agent';
  /** The visitor's line is handed over, to be matched on the device. */
  words?: boolean;
  /** What a handler of the site put into a loaded client before us cannot be seen. */
  opaque?: boolean;
  /** What stays when we leave and is as good as nothing. */
  stays?: RegExp;
  /** What it puts on the page before its widget is there. */
  waits?: RegExp;
  /** It needs no widget. */
  always?: boolean;
  /** `false`: before its bundle has loaded nothing of the vendor stands on the page that could be hooked. */
  stub?: boolean;
}

/** Planted wherever a widget could tell what was said, or who said it. */
const CANARY = 'canary-9f3c';
const AGENT = { id: 'agent-7', name: `${CANARY} Noor` };

/** A source as the core holds it: looked at often, connected when found, and again when another object is found. */
export function hold(source: Source) {
  const signals: Signal[] = [];
  const texts: (string | undefined)[] = [];
  const listening = listen([source], (_, signal, text) => {
    signals.push(signal);
    texts.push(text);
  });
  return {
    source,
    signals,
    texts,
    look: listening.look,
    stop: listening.stop,
    /** What was told since it was last asked. */
    take: () => signals.splice(0),
  };
}

/** Time for what a page tells later than at once: a look at attributes that changed, a promise. */
export const calm = () => new Promise((resolve) => setTimeout(resolve));

/** What a signal lets the core tell. */
function told(signal: Signal): Told | undefined {
  switch (signal.type) {
    case 'opened':
      return 'chat_opened';
    case 'topic':
      return 'chat_topic_set';
    case 'message':
      if (signal.from === 'system') return undefined;
      return signal.from === 'visitor' ? 'chat_first_message_sent' : 'chat_agent_replied';
    case 'assigned':
      return 'chat_assigned';
    case 'ended':
      return 'chat_resolved';
    case 'rated':
      return 'chat_csat_submitted';
    case 'person':
      return signal.email ? 'identity' : undefined;
    default:
      return undefined;
  }
}

const certain = (tells: readonly Told[]) => tells.map((one) => one.replace('?', ''));

const FIELDS: Record<string, RegExp> = {
  type: /^string$/,
  from: /^string$/,
  widget: /^string$/,
  by: /^string$/,
  topic: /^string$/,
  team: /^string$/,
  email: /^string$/,
  phone: /^string$/,
  name: /^string$/,
  score: /^number$/,
  worst: /^number$/,
  best: /^number$/,
  agent: /^(string|number)$/,
  conversation: /^(string|number)$/,
  at: /^(string|number)$/,
  raw: /^(string|number)$/,
};

/** The fields of a signal that are not as the contract says. */
const malformed = (signal: Signal) =>
  Object.entries(signal).filter(
    ([name, value]) =>
      value !== undefined && (!FIELDS[name]?.test(typeof value) || String(value).length > 254),
  );

const thrower = new Proxy(
  {},
  {
    get() {
      throw new Error('a getter that throws');
    },
  },
);
const numbers: object = new Proxy({}, { get: () => 7 });
const texts: object = new Proxy({}, { get: () => `${CANARY}@example.com `.repeat(100_000) });
const nested: object = new Proxy({}, { get: () => ({ toString: () => CANARY }) });
const WRONG = [
  undefined,
  null,
  0,
  Number.NaN,
  -3,
  true,
  '',
  'x',
  ' '.repeat(1_000_000),
  'a'.repeat(1_000_000),
  [],
  [null],
  [[]],
  [thrower],
  [numbers],
  [texts],
  {},
  thrower,
  numbers,
  texts,
  nested,
  () => 'x',
];

/** Every property of the page, and of the vendor's globals, by identity. */
function snapshot(globals: readonly string[]) {
  const page = window as any;
  const own = (of: any, under = '') =>
    Object.entries(Object.getOwnPropertyDescriptors(of)).map(
      ([name, { value, get, set, ...rest }]) => [`${under}${name}`, { value, get, set, ...rest }] as const,
    );
  return new Map([
    ...own(page),
    ...globals.flatMap((name) => (page[name] ? own(page[name], `${name}.`) : [])),
  ]);
}

function expectSame(after: ReturnType<typeof snapshot>, before: ReturnType<typeof snapshot>, but = /^$/) {
  const names = (of: typeof before) => [...of.keys()].filter((name) => !but.test(name));
  expect(names(after)).toEqual(names(before));
  for (const name of names(before)) {
    const { value, get, set, ...rest } = before.get(name)!;
    const now = after.get(name)!;
    expect(
      [now.value, now.get, now.set].every((one, i) => Object.is(one, [value, get, set][i])) || name,
    ).toBe(true);
    expect({ name, ...now, value: 0, get: 0, set: 0 }).toEqual({ name, ...rest, value: 0, get: 0, set: 0 });
  }
}

/** The listeners that were added to window and document and not taken away. */
function watchListeners() {
  const left = new Map<string, number>();
  const undo = [window, document].map((target) => {
    const { addEventListener, removeEventListener } = target;
    const count =
      (step: number, work: any) =>
      (...args: any[]) => {
        left.set(args[0], (left.get(args[0]) ?? 0) + step);
        work.apply(target, args);
      };
    target.addEventListener = count(1, addEventListener);
    target.removeEventListener = count(-1, removeEventListener);
    return () => Object.assign(target, { addEventListener, removeEventListener });
  });
  return {
    left: () => [...left].filter(([, count]) => count),
    stop: () => {
      for (const back of undo) back();
    },
  };
}

/** A chat from beginning to end, with everything a vendor could tell of it. */
async function chat(fake: Fake, rating = 0) {
  const steps = [
    () => fake.open(),
    () =>
      fake.prechat({
        name: 'Ada Archer',
        email: ' Ada@Example.com',
        phone: '+44 20 7946 0000',
        department: 'Shipping',
      }),
    () => fake.visitor(`${CANARY} where is my parcel`),
    () => fake.assign(AGENT),
    () => fake.system(`${CANARY} joined`),
    () => fake.close(),
    () => fake.agent(`${CANARY} hello`, AGENT),
    () => fake.open(),
    () => fake.bot(`${CANARY} beep`),
    () => fake.visitor(`${CANARY} thanks`),
    () => fake.tag('Shipping'),
    () => fake.rate(rating),
    () => fake.end(),
    () => fake.close(),
  ];
  for (const step of steps) {
    step();
    await calm();
  }
}

/** Asks a source all of it. */
export function testSource(make: () => Source, install: Install, options: Options): void {
  const {
    globals,
    names,
    site,
    rating,
    bot,
    words,
    opaque,
    stays = /^$/,
    waits,
    always,
    stub = true,
  } = options;
  const { name, tells } = make();
  let held: ReturnType<typeof hold>[] = [];
  let fakes: Fake[] = [];

  const listening = (source = make()) => {
    const one = hold(source);
    held.push(one);
    return one;
  };
  const put = (more?: object) => {
    const fake = install(window, more);
    fakes.push(fake);
    return fake;
  };
  /** A listening source and a loaded widget. */
  const both = async () => {
    const fake = put();
    const one = listening();
    one.look();
    await calm();
    return [one, fake] as const;
  };
  const leave = async () => {
    for (const one of held) one.stop();
    await calm();
    for (const fake of fakes) fake.uninstall();
    held = [];
    fakes = [];
  };

  beforeEach(() => {
    faults.counts = {};
  });
  afterEach(leave);

  test('tells what it claims, all of it and nothing else', async () => {
    const [one, fake] = await both();
    await chat(fake, rating);
    const seen = new Set(one.signals.map(told).filter(Boolean));
    expect([...seen].sort()).toEqual(certain(tells).sort());
    expect([...MILESTONES, 'identity']).toEqual(expect.arrayContaining(certain(tells)));
    expect(one.signals.flatMap(malformed)).toEqual([]);
    expect(faults.counts).toEqual({});
  });

  test('hides every word that was said, and who said it', async () => {
    const [one, fake] = await both();
    await chat(fake, rating);
    expect(JSON.stringify(one.signals)).not.toContain(CANARY);
    one.signals.forEach((signal, i) => {
      const visitors = signal.type === 'message' && signal.from === 'visitor';
      if (!visitors || !words) expect(one.texts[i]).toBeUndefined();
    });
  });

  test('tells visitor, agent, bot and system apart', async () => {
    const [one, fake] = await both();
    const parties = () =>
      one
        .take()
        .flatMap((signal) => (signal.type === 'message' && signal.from !== 'system' ? [signal.from] : []));
    const claims = (milestone: string) => certain(tells).includes(milestone);
    fake.visitor('where is my parcel');
    await calm();
    expect(parties()).toEqual(claims('chat_first_message_sent') ? ['visitor'] : []);
    if (words) expect(one.texts.filter(Boolean)).toEqual(['where is my parcel']);
    fake.agent('hello');
    await calm();
    expect(parties()).toEqual(claims('chat_agent_replied') ? ['agent'] : []);
    fake.bot('beep');
    await calm();
    expect(parties()).toEqual(bot && claims('chat_agent_replied') ? [bot] : []);
    fake.system('Noor joined');
    await calm();
    expect(parties()).toEqual([]);
  });

  test('hands the address over as it identifies', async () => {
    const [one, fake] = await both();
    fake.prechat({ name: 'Ada Archer', email: ' Ada@Example.com' });
    await calm();
    const addresses = one.signals.flatMap((signal) => (signal.type === 'person' ? (signal.email ?? []) : []));
    expect([...new Set(addresses)]).toEqual(certain(tells).includes('identity') ? ['ada@example.com'] : []);
  });

  test('takes a page that loads into a standing conversation for no news', async () => {
    const [, fake] = await both();
    fake.open();
    fake.visitor('where is my parcel');
    fake.assign(AGENT);
    fake.close();
    fake.agent('hello');
    fake.rate(rating ?? 0);
    const one = listening();
    one.look();
    await calm();
    fake.replay();
    one.look();
    await calm();
    const news = one.signals.filter(({ type }) => /message|ended|rated|topic/.test(type));
    expect(news).toEqual([]);
  });

  const once = async (one: ReturnType<typeof hold>, fake: Fake) => {
    one.take();
    await chat(fake, rating);
    return one
      .take()
      .map((signal) => JSON.stringify({ ...signal, at: 0 }))
      .sort();
  };
  const expected = async () => once(...(await both()));

  if (!always)
    test('is not ready without its widget, and only looks', async () => {
      const before = snapshot(globals);
      const one = make();
      expect(one.ready()).toBeFalsy();
      expect(one.ready()).toBeFalsy();
      expectSame(snapshot(globals), before, waits);
    });

  for (const late of [true, false]) {
    test(`changes nothing on the page when it looks at the ${late ? 'stub' : 'widget'}`, async () => {
      put({ late });
      const before = snapshot(globals);
      const one = make();
      const first = one.ready();
      expect(!!first).toBe(!late || stub);
      expect(one.ready()).toBe(first);
      expectSame(snapshot(globals), before);
    });

    test(`leaves the ${late ? 'stub' : 'widget'} as it was`, async () => {
      put({ late });
      const before = snapshot(globals);
      const watched = watchListeners();
      const one = listening();
      one.look();
      one.stop();
      await calm();
      watched.stop();
      expect(watched.left()).toEqual([]);
      expectSame(snapshot(globals), before, stays);
    });
  }

  test('hears the bundle that comes after', async () => {
    const wanted = await expected();
    await leave();
    const fake = put({ late: true });
    const one = listening();
    one.look();
    fake.load();
    one.look();
    one.look();
    await calm();
    expect(await once(one, fake)).toEqual(wanted);
  });

  test('hears the bundle before anybody looks again, and once', async () => {
    const wanted = await expected();
    await leave();
    const fake = put({ late: true });
    const one = listening();
    one.look();
    fake.load();
    if (!stub) one.look();
    await calm();
    expect(await once(one, fake)).toEqual(wanted);
    one.look();
    expect(one.signals.filter(({ type }) => type !== 'person')).toEqual([]);
  });

  test('hears nothing after stop', async () => {
    for (const late of [true, false]) {
      const fake = put({ late });
      const one = listening();
      one.look();
      if (!late) fake.load();
      one.stop();
      fake.load();
      one.take();
      await chat(fake, rating);
      expect(one.signals).toEqual([]);
      fake.uninstall();
    }
  });

  test('hears again after stop and connect', async () => {
    const wanted = await expected();
    await leave();
    const [one, fake] = await both();
    one.stop();
    await calm();
    one.look();
    await calm();
    expect(await once(one, fake)).toEqual(wanted);
  });

  test('hears a widget that comes in place of the first', async () => {
    const wanted = await expected();
    await leave();
    const [one, fake] = await both();
    fake.uninstall();
    one.look();
    const next = put();
    one.look();
    await calm();
    expect(await once(one, next)).toEqual(wanted);
  });

  test('hears beside another source of its kind', async () => {
    const wanted = await expected();
    await leave();
    const fake = put({ late: true });
    const before = snapshot(globals);
    const [first, second] = [listening(), listening()];
    first.look();
    second.look();
    first.stop();
    second.stop();
    expectSame(snapshot(globals), before, stays);
    first.look();
    second.look();
    fake.load();
    first.look();
    second.look();
    await calm();
    first.take();
    expect(await once(second, fake)).toEqual(wanted);
    expect(first.take()).toHaveLength(wanted.length);
    first.stop();
    site.register(() => {});
    site.drive(fake);
    await calm();
    expect(second.take()).not.toEqual([]);
    expect(first.signals).toEqual([]);
  });

  test('hears on when the site sets its handlers before anybody looks again', async () => {
    const alone = await called('load', 'site');
    const fake = put({ late: true });
    const one = listening();
    let count = 0;
    one.look();
    fake.load();
    if (!stub) one.look();
    await calm();
    site.register(() => count++);
    one.take();
    site.drive(fake);
    await calm();
    expect(count).toBe(alone);
    expect(one.signals).not.toEqual([]);
  });

  /** How often the site's handler is called, as in `steps`. */
  const called = async (...steps: ('site' | 'us' | 'load' | 'stop')[]) => {
    const fake = put({ late: true });
    const one = listening();
    let count = 0;
    for (const [i, step] of steps.entries()) {
      if (step === 'site') site.register(() => count++);
      if (step === 'us') one.look();
      if (step === 'load') await fake.load();
      if (step === 'stop') {
        one.stop();
        await calm();
      }
      if (steps.includes('us') && !steps.slice(0, i + 1).includes('stop')) one.look();
      await calm();
    }
    site.drive(fake);
    await calm();
    await leave();
    return count;
  };

  test('leaves the handlers of the site alone', async () => {
    const alone = await called('site', 'load');
    expect(alone).toBeGreaterThan(0);
    expect(await called('load', 'site')).toBe(alone);
    expect(await called('us', 'site', 'load')).toBe(alone);
    expect(await called('us', 'load', 'site')).toBe(alone);
    expect(await called('us', 'site', 'load', 'stop')).toBe(alone);
    expect(await called('us', 'load', 'site', 'stop')).toBe(alone);
    expect(await called('us', 'site', 'stop', 'load')).toBe(alone);
  });

  test('leaves the earlier handlers of the site alone', async () => {
    const alone = await called('site', 'load');
    const fake = put({ late: true });
    const one = listening();
    let count = 0;
    site.register(() => count++);
    if (opaque) one.look();
    fake.load();
    one.look();
    await calm();
    site.drive(fake);
    await calm();
    expect(count).toBe(alone);
  });

  for (const vendor of names)
    test(`survives whatever ${vendor} tells`, async () => {
      const [one, fake] = await both();
      for (const payload of WRONG)
        expect(() => {
          fake.tell(vendor, 1);
          fake.tell(vendor, payload);
        }).not.toThrow();
      expect(one.signals.flatMap(malformed)).toEqual([]);
      expect(one.texts.every((text) => text === undefined || typeof text === 'string')).toBe(true);
      expect(Object.keys(faults.counts).filter((place) => place !== name)).toEqual([]);
    });

  test('opens on request, where it says so', async () => {
    const { open } = make();
    if (!open) return;
    const [one, fake] = await both();
    one.source.open!();
    await calm();
    expect(fake.opened).toBe(true);
    expect(one.signals.map(({ type }) => type)).toEqual(['opened']);
  });
}
