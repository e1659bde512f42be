// The composition: sources tell signals; a conversation turns signals into milestones; a queue keeps them; destinations take them.
// What a page needs before the first sign of a chat stands here; the rest is the engine's, which may come later.
import { consent } from './core/consent.ts';
import type { Events } from './core/events.ts';
import { allowed } from './core/facts.ts';
import { hear, said } from './core/hear.ts';
import { listen } from './core/listen.ts';
import { MILESTONES, type MilestoneName } from './core/milestones.ts';
import { choose, type Options, type Order } from './core/options.ts';
import type { Entry } from './core/settle.ts';
import { topicOfTag } from './core/topics.ts';
import type { Consent, ConsentState, Destination, Person, Signal, Source, Stop } from './core/types.ts';
import { VERSION } from './core/version.ts';
import { visitorId } from './core/visitor.ts';
import { type Engine, type EngineStatus, engine, type Parts } from './engine.ts';
import { gestures } from './lib/gesture.ts';
import { faults, guard } from './lib/guard.ts';
import { hash } from './lib/hash.ts';
import { json } from './lib/json.ts';
import { onHidden } from './lib/on-hidden.ts';
import { page } from './lib/page.ts';
import { randomId } from './lib/random-id.ts';
import { say } from './lib/say.ts';
import { storage } from './lib/storage.ts';
import { watch } from './lib/watch.ts';

/** What the listening half works with. */
export interface Listening extends Options {
  sources: readonly Source[];
  consents?: readonly Consent[];
}

/** What chatstone works with. */
export interface Setup extends Listening {
  destinations: readonly Destination[];
}

/** How things stand. */
export interface Status extends EngineStatus {
  version: string;
  consent: { state: ConsentState; by: string };
  /** '' as long as there is nothing to tell. */
  visitor: string;
  widgets: Record<string, { found: boolean }>;
  storage: 'closed' | 'indexeddb' | 'memory';
  errors: Record<string, number>;
  lastError?: string;
}

/** The running chatstone. Every call is safe at any time, in any order, with any arguments. */
export interface Chatstone {
  /** The page knows who this is. */
  identify(person: Person): void;
  /** A home-made widget tells a milestone itself. */
  milestone(name: MilestoneName, properties?: Record<string, unknown>): void;
  /** Sets the topic of the current conversation, or of the next one. */
  topic(topic: string): void;
  /** Facts for the next milestones; `undefined` takes one back. */
  context(facts: Record<string, unknown>): void;
  /** Says, or withdraws, that we may store and send. */
  consent(state: 'granted' | 'denied'): void;
  /** A purchase, once per order id. */
  purchase(order: Order): void;
  /** Opens a widget on request; it counts as an opening. */
  open(widget?: string): void;
  /** Log-out: forgets the person and takes a new visitor id. */
  reset(): void;
  /** Delivers what waits, now. */
  flush(): Promise<void>;
  status(callback?: (status: Status) => void): Promise<Status>;
  on<K extends keyof Events>(event: K, callback: (event: Events[K]) => void): Stop;
  stop(): void;
}

const MOST_WAITING = 50; // signals while consent is pending
const ON_REQUEST = 5000; // milliseconds in which a widget opens that was asked to

/** Starts chatstone. Nothing runs before this is called. */
export const init = ({ destinations, ...setup }: Setup): Chatstone =>
  compose(setup, async (parts) => engine(parts, destinations));

/**
 * Starts the listening half.
 *
 * @param load brings the engine, when there is something to tell; asked again later if it fails
 */
export function compose({ sources, consents = [], ...options }: Listening, load: (parts: Parts) => Promise<Engine>): Chatstone {
  const chosen = choose(options);
  const visitor = visitorId('ajs_anonymous_id'); // Customer.io's and Segment's name, so that page views and chats are one person
  const hands = gestures();
  const requested = new Map<string, number>(); // widgets that the page asked to open, and when
  const listeners = new Map<string, Set<(event: any) => void>>();
  let waiting: Entry[] = []; // while consent is pending
  let running: ReturnType<typeof start> | undefined;

  const tell = <K extends keyof Events>(event: K, detail: Events[K]) => {
    for (const listener of listeners.get(event) ?? []) guard(`listener of ${event}`, listener)(detail);
  };
  const keep = (values: Record<string, unknown>) =>
    allowed(values, chosen.properties, (name, why) => say(`property "${name}" ${why}. It is left out.`));
  let facts = keep(chosen.facts);

  const { globalPrivacyControl: gpc } = navigator as { globalPrivacyControl?: boolean };
  const entry = (): Entry => ({
    now: Date.now(),
    visitor: running ? visitor.read() : '',
    fresh: randomId(),
    page: page(),
    facts,
    ...(gpc && { gpc }),
  });

  /** Writes down what happened, in the task in which it happens, once we may. */
  const record = (part: Partial<Entry>) => {
    const whole = { ...entry(), ...part };
    if (running) running.write(whole);
    else if (permission.state() === 'pending' && waiting.length < MOST_WAITING) waiting.push(whole);
  };

  const heard = (source: Pick<Source, 'name' | 'tells'>, signal: Signal, text?: string, extra?: Partial<Entry>) => {
    const now = Date.now();
    const part = hear(source, signal, text, {
      topics: chosen.topics,
      pages: chosen.pages,
      now,
      fresh: randomId(),
      path: location.pathname,
      gesture: (widget) => now - (requested.get(widget) ?? 0) < ON_REQUEST || hands.spend(),
      active: hands.seen(),
    });
    if (!part) return;
    tell('signal', { widget: source.name, signal: part.happened ?? { type: 'person' }, at: now });
    record({ now, ...extra, ...part });
  };

  const identify = (person: Person, user?: string) => {
    const part = said(person, 'site', 'the page');
    if (part) record({ said: part, user });
  };

  const start = () => {
    const kept = storage('chatstone', () => permission.set('denied', 'another tab'));
    let engine: Engine | undefined;
    let loading: Promise<Engine | undefined> | undefined;
    let stopped = false;
    let written = 0; // keeps entries of one millisecond in their order

    const rouse = (): Promise<Engine | undefined> =>
      (loading ??= load({ kept, visitor, rules: chosen, entry, tell }).then(
        (loaded) => {
          if (stopped) loaded.stop();
          else engine = loaded;
          return engine;
        },
        (error) => {
          say(`the file that delivers cannot be loaded (${error.message}): it must lie beside chatstone.js.`);
          loading = undefined; // the next entry asks again; what was written down waits
          return undefined;
        },
      ));
    const settle = () => rouse().then((loaded) => loaded?.settle());
    const wake = guard('wake', (event: Event) => {
      if (event.type === 'online' || (event as PageTransitionEvent).persisted) engine?.wake();
    });
    addEventListener('online', wake);
    addEventListener('pageshow', wake); // back from the back/forward cache
    const unhide = onHidden(() => engine?.leave());

    kept
      .change((view) => {
        const copy = view.get('visitor');
        if (copy && !visitor.read()) visitor.write(copy);
        return {
          known: view.get('user'),
          left: [...view].some(([key, value]) => /^(in|q)/.test(key) || value.conversations?.some((one: any) => one.open)),
        };
      })
      .then(({ known, left }) => {
        const user = hash(visitor.read() + json(chosen.user));
        if (chosen.user && known !== user) identify(chosen.user, user);
        if (left) settle().then(() => engine?.wake());
      });
    return {
      kept,
      rouse,
      write(whole: Entry) {
        kept.keep(`in/${whole.now}-${String(written++).padStart(6, '0')}-${whole.fresh}`, whole);
        settle();
      },
      look: () => engine?.look(),
      stop() {
        stopped = true;
        engine?.stop();
        unhide();
        removeEventListener('online', wake);
        removeEventListener('pageshow', wake);
      },
    };
  };

  const permission = consent(chosen.consent, consents, (state) => {
    const before = running;
    before?.stop();
    running = undefined;
    if (state === 'granted') {
      running = start();
      for (const whole of waiting.splice(0)) running.write(whole);
    } else if (state === 'denied') {
      waiting = [];
      (before?.kept ?? storage('chatstone', () => {})).erase();
      visitor.remove();
    }
  });
  if (gpc && chosen.gpcDenies) permission.set('denied', 'gpc');

  const listening = listen(sources, heard);
  const unwatch = watch(
    () => {
      permission.look();
      listening.look();
      running?.look();
    },
    sources.flatMap(({ wake }) => wake ?? []),
  );
  faults.listener = (place, message) => tell('error', { place, message });

  // ——— what the page may call

  const context = (values: Record<string, unknown>) => {
    const rest = { ...facts };
    for (const name of Object.keys(values)) delete rest[name];
    facts = { ...rest, ...keep(values) };
  };
  const purchase = ({ order_id }: Order) => {
    context({ order_id });
    record({ order: String(order_id) });
  };

  const milestone = (name: MilestoneName, properties: Record<string, unknown> = {}) => {
    const { widget = 'custom', conversation_id, timestamp, topic, is_bot, agent_id, agent_team, csat_score, ...rest } = properties;
    const signals: Record<MilestoneName, Signal> = {
      chat_opened: { type: 'opened' },
      chat_topic_set: { type: 'topic', topic: topic as string },
      chat_first_message_sent: { type: 'message', from: 'visitor' },
      chat_assigned: { type: 'assigned', agent: agent_id as string, team: agent_team as string },
      chat_agent_replied: { type: 'message', from: is_bot ? 'bot' : 'agent' },
      chat_resolved: { type: 'ended' },
      chat_csat_submitted: { type: 'rated', score: csat_score as number, worst: 1, best: 5 },
    };
    if (!MILESTONES.includes(name)) return say(`there is no milestone "${name}". The milestones are: ${MILESTONES.join(', ')}.`);
    const source = { name: String(widget), tells: MILESTONES };
    const base = { conversation: conversation_id as string, at: timestamp as string };
    requested.set(source.name, Date.now());
    const extra = { facts: { ...facts, ...keep(rest) } };
    heard(source, { ...base, ...signals[name] }, undefined, extra);
    if (topic && name !== 'chat_topic_set') heard(source, { ...base, ...signals.chat_topic_set }, undefined, extra);
  };

  const status = async (callback?: (status: Status) => void): Promise<Status> => {
    const found = listening.found();
    const now: Status = {
      version: VERSION,
      consent: { state: permission.state(), by: permission.by() },
      visitor: visitor.read(),
      widgets: Object.fromEntries(sources.map(({ name }) => [name, { found: found.includes(name) }])),
      identity: {},
      queued: {},
      held: 0,
      delivered: 0,
      dropped: {},
      ignored: {},
      destinations: {},
      ...(await (await running?.rouse())?.status()),
      storage: running?.kept.kind() ?? 'closed',
      errors: { ...faults.counts },
      lastError: faults.last,
    };
    if (callback) guard('status', callback)(now);
    return now;
  };

  if (chosen.order) guard('order', purchase)(chosen.order);
  return {
    identify: guard('identify', (person) => identify(person)),
    milestone: guard('milestone', milestone),
    topic: guard('topic', (topic) => {
      if (topicOfTag(topic, chosen.topics) === 'other' && topic !== 'other')
        say(`topic "${topic}" is not on the list and is told as "other". The topics are: ${Object.keys(chosen.topics).join(', ')}.`);
      heard({ name: '', tells: [] }, { type: 'topic', topic });
    }),
    context: guard('context', context),
    consent: guard('consent', (state) => {
      if (state === 'granted' || state === 'denied') permission.set(state, 'page');
      else say(`consent must be "granted" or "denied".`);
    }),
    purchase: guard('purchase', purchase),
    open: guard('open', (widget) => {
      const found = listening.found();
      const source = sources.find(({ name, open }) => open && found.includes(name) && (!widget || name === widget));
      if (!source) return say(`no ${widget ?? 'widget'} was found that can be opened.`);
      requested.set(source.name, Date.now());
      source.open!();
    }),
    reset: guard('reset', () => {
      const before = visitor.read();
      const fresh = randomId();
      record({ reset: true, visitor: before, fresh });
      if (running) visitor.write(fresh);
    }),
    flush: async () => {
      const engine = await running?.rouse();
      await engine?.settle();
      await engine?.wake();
    },
    status,
    on(event, callback) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(callback));
      return () => all.delete(callback);
    },
    stop() {
      running?.stop();
      permission.stop();
      listening.stop();
      unwatch();
      hands.stop();
    },
  };
}
