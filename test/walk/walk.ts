// A random walk: a person, two at times, with a few tabs and a chat widget, whatever the weather. It makes everything from a
// seed, and after each step compares what was recorded with what a listener would have written down.
import type { Fake, Prechat } from '../../demo/widgets/fake.js';
import type { Chatstone } from '../../src/calls.ts';
import type { Happened } from '../../src/core/conversation.ts';
import { MILESTONES } from '../../src/core/milestones.ts';
import type { Queued, Tally } from '../../src/core/queue.ts';
import type { Message, Signal, Source } from '../../src/core/types.ts';
import { DAY, HOUR, MINUTE, NOON, SECOND } from '../core/builders.ts';
import { collector } from './collector.ts';
import { device as deviceOf, type Page, SHOP } from './device.ts';
import type { Ledger } from './ledger.ts';
import { notebook } from './notebook.ts';
import { type Boot, OPTIONS, type Script } from './page-code.ts';
import { random, seedOf } from './random.ts';

/** Planted in every text that must not get anywhere. */
const CANARY = 'canary-9f3c';
const PEOPLE = ['ada@example.com', 'bea@example.com'];
const AGENTS = ['7', '8'].map((n) => ({ id: `${CANARY}-${n}`, name: `${CANARY} Noor`, team: `Team ${n}` }));
const LINES = ['where is my parcel', 'does it run small', 'I want a refund', '', 'hello'];
const TAGS = ['Shipping', 'sizing', `${CANARY} tag`, 'Returns'];
const RATINGS = [-1, 0, 1, 2, 3, 4, 5, 10];
const TABS = 3;

/** What happens, how often. */
const KINDS = {
  visitor: 14,
  agent: 10,
  open: 8,
  bot: 4,
  close: 5,
  end: 6,
  reload: 6,
  prechat: 4,
  wait: 5,
  assign: 4,
  rate: 4,
  tag: 3,
  popup: 3,
  homemade: 10,
  identify: 4,
  sleep: 3,
  replay: 3,
  load: 3,
  leave: 2,
  crash: 2,
  dash: 2,
  reset: 2,
  topic: 2,
  request: 2,
  reboot: 2,
  system: 1,
  touch: 1,
  context: 1,
  flush: 1,
} as const;
type Kind = keyof typeof KINDS;

/** One step; all of it is decided beforehand, so that steps can be left out. */
export interface Action {
  kind: Kind;
  tab: number;
  /** Decides whatever the kind leaves open. */
  roll: number;
  /** Milliseconds before it. */
  wait: number;
  /** Each tab hears it, not only one. */
  everywhere: boolean;
  /** The next comes before all has come to rest. */
  hasty: boolean;
}

/** Steps that may follow before the last has come to rest. */
const HASTY: readonly Kind[] = [
  'visitor',
  'agent',
  'bot',
  'open',
  'close',
  'end',
  'assign',
  'rate',
  'tag',
  'homemade',
  'topic',
];

/** Steps of which a widget may tell this; of a line that was hidden it tells later, too. */
const CAUSES: Record<string, readonly Kind[]> = {
  visitor: ['visitor', 'prechat', 'dash'],
  agent: ['agent', 'bot', 'assign'],
  bot: ['bot'],
  ended: ['end'],
  rated: ['rate', 'end'],
  topic: ['tag', 'topic', 'prechat', 'visitor', 'dash'],
};
const LATER = /^(agent|bot)$/;

/** A rule that was broken. */
export class Fault extends Error {
  readonly rule: string;
  /** The step in which it came out. */
  step = 0;
  /** The last requests. */
  log: readonly string[] = [];
  constructor(rule: string, what: unknown) {
    super(`${rule}: ${typeof what === 'string' ? what : JSON.stringify(what, null, 1)}`);
    this.rule = rule;
  }
}

/** The steps of a seed. */
export function plan(seed: number, steps: number): Action[] {
  const dice = random(seed);
  const kinds = Object.entries(KINDS).flatMap(([kind, often]) => Array<Kind>(often).fill(kind as Kind));
  return Array.from({ length: steps }, () => {
    const kind = dice.pick(kinds);
    return {
      kind,
      tab: dice.below(TABS),
      roll: dice.below(2 ** 31),
      wait: dice.chance(0.1) ? dice.below(50) : 1100 + dice.below(5000),
      everywhere: dice.chance(0.5),
      hasty: HASTY.includes(kind) && dice.chance(0.3),
    };
  });
}

/** A step as it is printed. */
export const describeAction = ({ kind, tab, roll, wait, everywhere, hasty }: Action): string =>
  `+${wait} ms, tab ${tab}: ${kind} ${roll}${everywhere ? ' everywhere' : ''}${hasty ? ' in haste' : ''}`;

interface Tab {
  page: Page;
  script: Script;
  chatstone: Chatstone;
  fake: Fake;
  touched: number;
  requested: number;
}

/** Walks. Resolves with what was told and where it went; rejects with the fault. */
export async function walk(
  boot: Boot,
  vendor: string,
  seed: number,
  actions: readonly Action[],
): Promise<Ledger> {
  const dice = random(seedOf(seed, 'device'));
  const weather = {
    rough: dice.pick([0, 0, 0.2, 0.5, 0.9]),
    picky: dice.chance(0.3),
    hold: dice.chance(0.6),
  };
  const search = (place: string, what: unknown) => {
    const text = JSON.stringify(what);
    const at = text.indexOf(CANARY);
    if (at >= 0) blame('no text', `in ${place}: … ${text.slice(Math.max(0, at - 150), at + 50)} …`);
  };
  const device = deviceOf(NOON, dice, dice.chance(0.7), search);
  const { clock } = device;
  const book = notebook();
  const faults: Fault[] = [];
  const blame = (rule: string, what: unknown) => {
    const fault = new Fault(rule, what);
    fault.log = collectors.flatMap(({ log }) => log);
    faults.push(fault);
  };
  const collectors = (dice.chance(0.7) ? ['collector'] : ['collector', 'other']).map((name) =>
    collector(name, device, random(seedOf(seed, name)), { ...weather }, blame, search),
  );
  const tabs: (Tab | undefined)[] = [];
  const ended = { leave: 0, crash: 0 }; // pages
  const alive = () => tabs.filter((tab) => tab !== undefined);
  let lines: Fake['lines'] = [];
  let open = false;
  let doing: Kind[] = []; // since all was at rest
  let began = NOON;
  const done: Kind[] = [];
  const replays: Parameters<Chatstone['milestone']>[] = []; // what a home-made widget may tell again

  // ——— what was recorded

  const told: Message[] = []; // since all was at rest
  const seen = new Map<string, Message>();
  const visitors: string[] = []; // in the order in which they had the device
  const see = (messages: readonly Message[]) => {
    const known = new Map<string, string>(); // since when, of visitors that are new
    for (const message of messages) {
      const { messageId, anonymousId, type, timestamp } = message;
      if (!seen.has(messageId)) seen.set(messageId, structuredClone(message));
      // One person follows another when that one is named; only the first of several can be nobody.
      const since = known.get(anonymousId) ?? '';
      known.set(anonymousId, type === 'identify' && !(since && since < timestamp) ? timestamp : since);
    }
    const fresh = [...known].filter(([visitor]) => !visitors.includes(visitor));
    visitors.push(...fresh.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([visitor]) => visitor));
  };

  const show = (chats: { event: string; value: string; at: number }[][]) =>
    chats
      .filter((facts) => facts.length)
      .map((facts) =>
        facts.map(({ event, value, at }) => `${event} ${value} ${new Date(at).toISOString()}`).join('\n'),
      )
      .sort();

  /** What was recorded is what should be. */
  const compare = (queue: readonly Message[]) => {
    const messages = [...seen.values()].sort((a, b) =>
      a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0,
    );
    const epochs = book.epochs.filter(({ email, chats }) => email || chats.some(({ facts }) => facts.length));
    if (visitors.length !== epochs.length)
      return blame('a visitor id for each person', {
        visitors,
        epochs: epochs.map(({ email }) => email ?? '?'),
      });
    epochs.forEach((epoch, i) => {
      const own = messages.filter(({ anonymousId }) => anonymousId === visitors[i]);
      const conversations = new Map<string, { event: string; value: string; at: number }[]>();
      for (const { type, event, properties: p, timestamp } of own) {
        if (type !== 'track') continue;
        const id = `${p!.widget} ${p!.conversation_id}`;
        const value = {
          chat_topic_set: p!.topic,
          chat_csat_submitted: p!.csat_score,
          chat_agent_replied: p!.is_bot,
        }[event!];
        const facts = conversations.get(id) ?? [];
        conversations.set(id, [
          ...facts,
          { event: event!, value: String(value ?? ''), at: Date.parse(timestamp) },
        ]);
      }
      for (const [id, facts] of conversations) {
        const names = facts.map(({ event, value }) =>
          /replied|resolved/.test(event) ? `${event} ${value}` : event,
        );
        for (const name of [
          'chat_opened',
          'chat_first_message_sent',
          'chat_agent_replied true',
          'chat_agent_replied false',
        ])
          if (names.filter((one) => one === name).length > 1) blame('no milestone twice', `${name} in ${id}`);
        for (const name of ['chat_topic_set', 'chat_csat_submitted'])
          facts
            .filter(({ event }) => event === name)
            .forEach(({ value }, at, all) => {
              if (all[at - 1]?.value === value) blame('no milestone twice', `${name} ${value} in ${id}`);
            });
      }
      // Within one millisecond the order is not seen in the times.
      const same = (chats: string[]) => chats.map((facts) => facts.split('\n').sort().join('\n')).sort();
      const wanted = same(show(epoch.chats.map(({ facts }) => facts)));
      const got = same(show([...conversations.values()]));
      const lost = wanted.filter((one) => !got.includes(one));
      const more = got.filter((one) => !wanted.includes(one));
      if (`${got.join()}` !== `${wanted.join()}`) blame('what is told is what happened', { lost, more });
      if (!epoch.email) return;
      const identifies = own.filter(({ type }) => type === 'identify');
      const said: Record<string, unknown> = {};
      for (const { traits, userId } of identifies) {
        const before = JSON.stringify(said);
        Object.assign(said, traits);
        if (before === JSON.stringify(said)) blame('an identify is sent when something changed', traits);
        if (userId !== epoch.email || traits!.email !== epoch.email)
          blame('nobody is taken for somebody else', { userId, traits, wanted: epoch.email });
      }
      const stands = () => (epoch.hadCase ? epoch.chats.some((chat) => chat.open) : undefined);
      // A page that has slept since it loaded counts as visited when it first has something to tell.
      if (said.open_support_case === false && stands() && epoch === book.present()) book.visit(clock.now());
      const isOpen = stands();
      if (said.open_support_case !== isOpen)
        blame('open_support_case is as the last open or resolve', { told: said, wanted: isOpen });
    });
    for (const message of [...queue, ...collectors.flatMap(({ taken }) => [...taken.values()])]) {
      const epoch = epochs[visitors.indexOf(message.anonymousId)];
      if (message.userId && message.userId !== epoch?.email)
        blame('nobody is taken for somebody else', message);
    }
  };

  /** All has come to rest: is everything as it should be? */
  const check = async () => {
    const rows = await device.rows();
    search('console', device.said.splice(0));
    const queued = [...rows].filter(([key]) => key.startsWith('q/'));
    const queue = (queued as [string, Queued][]).map(([, { message }]) => message);
    see([
      ...told.splice(0),
      // In the order of the queue: of two with the same time the later one counts.
      ...collectors.flatMap(({ sent }) => [...sent.values()]),
      ...queue,
    ]);
    for (const { heard } of collectors) heard();
    const waiting = [...Object.keys(device.storage), ...rows.keys()].some((key) => /(^|:)in\//.test(key));
    if (!waiting) compare(queue);
    if (faults[0]) throw faults[0];
    return { rows, waiting, queued: queued.length };
  };

  // ——— tabs

  /** A page begins to load; nothing of it has had time yet. */
  const begin = (at: number, dies?: Tab) => {
    const { below, chance } = random(seedOf(clock.now(), at, seed));
    const page = device.page(`${SHOP}products/${below(3)}?q=${CANARY}&utm_source=mail`);
    const script = boot(page.globals);
    const late = chance(0.4);
    const widget = () => {
      tab.fake = script.install(page.window, { late, ...OPTIONS[vendor]?.() });
      tab.fake.lines.push(...(dies?.fake.lines ?? lines));
      tab.fake.opened = dies?.fake.opened ?? open;
    };
    const tab = { page, script, touched: -DAY, requested: -DAY } as Tab;
    tabs[at] = tab;
    const first = chance(0.5);
    if (first) widget();
    let listening = false;
    let person: (Signal & { type: 'person' }) | undefined;
    const source = script.make();
    const heard: Source = Object.create(source, {
      ready: { value: () => listening && source.ready() },
      connect: {
        value: (emit: (signal: Signal, text?: string) => void) =>
          source.connect((signal, text) => {
            if (signal?.type === 'person') person = signal;
            emit(signal, text);
          }),
      },
    });
    tab.chatstone = script.init({
      sources: [heard],
      destinations: collectors.map(({ name, deliver }) => ({
        name,
        target: name,
        deliver: (messages, how) => page.whileAlive(deliver(messages, how, script, page.alive)),
      })),
      consent: 'granted',
      anonymous: weather.hold ? 'hold' : 'send',
    });
    tab.chatstone.on('signal', ({ widget: by, signal, at: now }) => {
      if (!page.alive()) return;
      if (signal.type === 'person') {
        const address = String(person?.email ?? '')
          .trim()
          .toLowerCase();
        return book.person(address || undefined, person?.by ?? 'widget');
      }
      const happened = signal as Happened;
      search('a signal', happened);
      const { type, gesture, when, own } = happened;
      const what = type === 'message' ? (happened as { from: string }).from : type;
      if (when > now + 5 * SECOND || when <= now - DAY) blame('times are sane', happened);
      if (by === vendor) {
        const causes = CAUSES[what];
        const old = LATER.test(what) || (own !== undefined && own < began); // told again, with the time at which it happened
        const steps = old ? done : doing;
        // A vendor that tells everything again to the same page is the core's business.
        if (causes && !steps.some((kind) => kind === 'replay' || causes.includes(kind)))
          blame('a widget tells what happens, when it happens', { what, doing, happened });
        const legit = now - tab.touched < 1000 || now - tab.requested < 5000;
        if (type === 'opened' && gesture && !legit)
          blame('a window that opens itself is no opening', happened);
      }
      book.hear(happened);
    });
    tab.chatstone.on('milestone', ({ name: _, ...message }) => page.alive() && told.push(message));
    tab.chatstone.on('error', ({ place, message }) => {
      if (/AbortError/.test(message)) return; // a lock whose holder waits too long is taken from it
      if (page.alive() && !collectors.some(({ name }) => name === place))
        blame('nothing of ours fails', `${place}: ${message}`);
    });
    listening = true;
    page.window.dispatchEvent(new page.window.Event('load'));
    if (!first) widget();
    page.window.dispatchEvent(new page.window.Event('load'));
    book.visit(clock.now());
    return tab;
  };

  const load = async (at: number, dies?: Tab) => {
    const tab = begin(at, dies);
    const { page } = tab;
    await device.rest();
    if (!tab.fake.loaded) {
      await device.pass(random(seedOf(seed, clock.now())).below(3000));
      await tab.fake.load();
      await device.rest();
      page.window.dispatchEvent(new page.window.Event('load'));
      await device.rest();
    }
    if (tab.fake.lines.length) tab.fake.replay();
    await device.rest();
  };

  const leave = async (at: number, how: 'leave' | 'crash') => {
    const tab = tabs[at];
    if (!tab) return;
    if (how === 'leave') tab.page.leave();
    lines = [...tab.fake.lines];
    open = tab.fake.opened;
    await tab.page.die();
    ended[how]++;
    tabs[at] = undefined;
  };

  const ready = async (at: number): Promise<Tab> => {
    if (!tabs[at]) await load(at);
    return tabs[at]!;
  };

  const touch = (tab: Tab, type: 'pointerdown' | 'keydown') => {
    tab.touched = clock.now();
    tab.page.touch(type);
  };

  // ——— steps

  /** A home-made widget tells a few things, not in the order in which they happened, and some of them again. */
  const homemade = ({ chatstone }: Tab, roll: number) => {
    const { below, chance, pick } = random(roll);
    const now = clock.now();
    const times = [
      now,
      now - 700,
      now + 2000,
      Math.floor(now / 1000),
      now - 9 * SECOND,
      now - 3 * DAY,
      now + HOUR,
    ];
    for (let count = 1 + below(4); count > 0; count--) {
      const again = chance(0.3) && replays.length > 0;
      const call: Parameters<Chatstone['milestone']> = again
        ? pick(replays.slice(-8))
        : [
            pick([...MILESTONES, 'chat_first_message_sent', 'chat_resolved'] as const),
            {
              widget: 'homemade',
              ...(chance(0.6) && { conversation_id: `c-${below(2)}` }),
              ...(chance(0.6) && { timestamp: pick([...times, new Date(now - MINUTE).toISOString()]) }),
              ...(chance(0.2) && { topic: pick(TAGS) }),
              is_bot: chance(0.3),
              agent_id: pick(AGENTS).id,
              csat_score: 1 + below(5),
              comment: CANARY,
            },
          ];
      replays.push(call);
      chatstone.milestone(...call);
    }
  };

  const act = async ({ kind, tab: at, roll, everywhere }: Action) => {
    const { pick, chance } = random(roll);
    if (kind === 'load' || kind === 'reload' || kind === 'crash') {
      const before = tabs[at];
      if (before && kind === 'load') return;
      await leave(at, kind === 'crash' ? 'crash' : 'leave');
      return load(at, before);
    }
    if (kind === 'dash') {
      // Something is said in the task in which the page loads, and it dies at once.
      const before = tabs[at];
      await leave(at, 'leave');
      const tab = begin(at, before);
      touch(tab, 'keydown');
      if (tab.fake.loaded) tab.fake.visitor(CANARY);
      await leave(at, chance(0.5) ? 'leave' : 'crash');
      return load(at, tab);
    }
    if (kind === 'leave') return leave(at, 'leave');
    if (kind === 'wait') return device.pass(pick([2, 20, 31, 90].map((some) => some * MINUTE)));
    if (kind === 'sleep') {
      if (clock.now() - NOON < 20 * DAY)
        clock.set(clock.now() + pick([MINUTE, 31 * MINUTE, HOUR, 25 * HOUR, 4 * DAY]));
      return device.rest();
    }
    const tab = await ready(at);
    const { fake, chatstone } = tab;
    const others = everywhere ? alive().filter((one) => one !== tab) : [];
    const each = (work: (fake: Fake) => void) => {
      for (const one of [tab, ...others]) {
        work(one.fake);
        clock.set(clock.now() + 1);
      }
    };
    const text = `${CANARY} ${pick(LINES)}`;
    const agent = pick(AGENTS);
    const person = pick(PEOPLE);
    const steps: Partial<Record<Kind, () => unknown>> = {
      visitor() {
        touch(tab, 'keydown');
        each((one) => one.visitor(text));
      },
      agent: () => each((one) => one.agent(text, agent)),
      bot: () => each((one) => one.bot(text)),
      system: () => each((one) => one.system(text)),
      assign: () => each((one) => one.assign(agent)),
      end: () => each((one) => one.end()),
      tag: () => each((one) => one.tag(pick(TAGS))),
      rate: () => fake.rate(pick(RATINGS)),
      open() {
        touch(tab, 'pointerdown');
        fake.open();
      },
      close: () => fake.close(),
      popup: () => each((one) => one.popup()),
      request() {
        tab.requested = clock.now();
        chatstone.open();
      },
      prechat() {
        const form: Prechat = { name: 'Ada Archer', email: person };
        if (chance(0.3)) form.phone = '+44 20 7946 0000';
        if (chance(0.4)) form.department = pick(TAGS);
        touch(tab, 'pointerdown');
        fake.prechat(form);
      },
      identify() {
        chatstone.identify({ email: person });
        book.person(person, 'site');
      },
      reset() {
        chatstone.reset();
        book.reset();
      },
      replay: () => fake.replay(),
      async reboot() {
        const before = { lines: [...fake.lines], opened: fake.opened };
        fake.uninstall();
        await device.pass(chance(0.5) ? 6000 : 0);
        tab.fake = tab.script.install(tab.page.window, OPTIONS[vendor]?.());
        tab.fake.lines.push(...before.lines);
        tab.fake.opened = before.opened;
        await device.pass(6000);
        tab.fake.replay();
      },
      touch: () => touch(tab, 'pointerdown'),
      topic: () => chatstone.topic(pick(['sizing', 'returns', 'Payment'])),
      context: () => chatstone.context({ order_id: 'o-7', comment: CANARY }),
      flush: () => void chatstone.flush(),
      homemade: () => homemade(tab, roll),
    };
    await steps[kind]!();
  };

  let step = 0;
  try {
    for (const action of actions) {
      await device.pass(action.wait);
      if (!doing.length) began = clock.now();
      doing.push(action.kind);
      done.push(action.kind);
      await act(action);
      if (!action.hasty) {
        await device.rest();
        await check();
        doing = [];
      }
      step++;
    }
    // Better weather, one more page, and time enough.
    for (const { calm } of collectors) calm();
    await device.rest();
    if (!tabs[0]) await load(0);
    else {
      const before = tabs[0];
      await leave(0, 'leave');
      await load(0, before);
    }
    let left = await check();
    for (let i = 0; i < 3 && (i === 0 || left.queued); i++) {
      await device.pass(61 * MINUTE);
      left = await check();
    }
    const { rows, waiting } = left;
    if (waiting) blame('nothing is left unsettled', [...rows.keys(), ...Object.keys(device.storage)]);
    const persons = new Map(
      [...seen.values()].flatMap(({ anonymousId, userId }) =>
        userId ? [[anonymousId, userId] as const] : [],
      ),
    );
    for (const { name, taken, refused } of collectors)
      for (const message of seen.values())
        if (
          !taken.has(message.messageId) &&
          !refused.has(message.messageId) &&
          !(weather.hold && !persons.has(message.anonymousId))
        )
          blame('what is recorded arrives', { at: name, message });
    if (faults[0]) throw faults[0];
    const all = book.epochs.flatMap(({ chats }) => chats.filter(({ facts }) => facts.length));
    const { delivered = 0, dropped = {} }: Partial<Tally> = rows.get('tally') ?? {};
    const sum = (count: 'requests' | 'failed' | 'duplicates') =>
      collectors.reduce((total, { counts }) => total + counts[count], 0);
    const stands = (name: string, id: string) =>
      [...rows.keys()].some((key) => key.startsWith(`q/${name}/`) && key.endsWith(id));
    const gone = collectors.flatMap(({ name, taken }) =>
      [...seen.keys()].filter((id) => !taken.has(id) && !stands(name, id)),
    );
    return {
      walks: 1,
      conversations: all.length,
      own: all.filter(({ widget }) => widget !== 'homemade').length,
      days: (clock.now() - NOON) / DAY,
      ended,
      facts: all.reduce((total, { facts }) => total + facts.length, 0),
      milestones: [...seen.values()].filter(({ type }) => type === 'track').length,
      messages: seen.size * collectors.length,
      delivered,
      dropped,
      held: left.queued,
      taken: collectors.reduce((total, { taken }) => total + taken.size, 0),
      gone: gone.length,
      requests: sum('requests'),
      failed: sum('failed'),
      duplicates: sum('duplicates'),
    };
  } catch (error) {
    if (error instanceof Error) Object.assign(error, { step });
    throw error;
  } finally {
    for (const tab of alive()) await tab.page.die();
    await device.stop();
  }
}

/** Looks for fewer steps that break the same rule. */
export async function shrink(
  boot: Boot,
  vendor: string,
  seed: number,
  actions: readonly Action[],
  fault: Error,
  tries = 150,
): Promise<{ actions: readonly Action[]; fault: Error }> {
  const rule = (error: Error) => (error instanceof Fault ? error.rule : error.message);
  let best = { actions: actions.slice(0, (fault as Fault).step + 1), fault };
  const works = async (fewer: readonly Action[]) => {
    tries--;
    const found = await walk(boot, vendor, seed, fewer).then(
      () => undefined,
      (error: Error) => error,
    );
    if (!found || rule(found) !== rule(fault)) return false;
    best = { actions: fewer.slice(0, (found as Fault).step + 1), fault: found };
    return true;
  };
  if (!(await works(best.actions))) return { actions, fault }; // it came out at the end only
  for (let size = best.actions.length >> 1; size >= 1 && tries > 0; size >>= 1)
    for (let at = best.actions.length - size; at >= 0 && tries > 0; at -= size)
      await works([...best.actions.slice(0, at), ...best.actions.slice(at + size)]);
  return best;
}
