// The composition: sources tell signals; a conversation turns signals into milestones; a queue keeps them; destinations take them.
import { consent } from './core/consent.ts';
import { delivery, type Standing, standing } from './core/delivery.ts';
import { hear, said } from './core/hear.ts';
import { journal } from './core/journal.ts';
import { listen } from './core/listen.ts';
import { allowed, VERSION } from './core/message.ts';
import { MILESTONES, type MilestoneName } from './core/milestones.ts';
import { choose, type Options, type Order } from './core/options.ts';
import { keysOf, tally } from './core/queue.ts';
import { type Entry, knownOf } from './core/settle.ts';
import { topicOfTag } from './core/topics.ts';
import type { Consent, ConsentState, Destination, Message, Person, Signal, Source, Stop, Strength } from './core/types.ts';
import { visitorId } from './core/visitor.ts';
import { gestures } from './lib/gesture.ts';
import { faults, guard } from './lib/guard.ts';
import { onHidden } from './lib/on-hidden.ts';
import { page } from './lib/page.ts';
import { randomId } from './lib/random-id.ts';
import { say } from './lib/say.ts';
import { storage } from './lib/storage.ts';
import { watch } from './lib/watch.ts';

/** What chatstone works with. */
export interface Setup extends Options {
  sources: readonly Source[];
  destinations: readonly Destination[];
  consents?: readonly Consent[];
}

/** How things stand. */
export interface Status {
  version: string;
  consent: { state: ConsentState; by: string };
  /** '' as long as there is nothing to tell. */
  visitor: string;
  identity: { userId?: string; by?: Strength };
  widgets: Record<string, { found: boolean }>;
  storage: 'closed' | 'indexeddb' | 'memory';
  /** Records that wait, by destination; `held` of them wait for a person. */
  queued: Record<string, number>;
  held: number;
  delivered: number;
  dropped: Record<string, number>;
  ignored: Record<string, number>;
  destinations: Record<string, Standing>;
  errors: Record<string, number>;
  lastError?: string;
}

/** What can be listened to. */
export interface Events {
  signal: { widget: string; signal: Omit<Signal, 'conversation'>; at: number; why?: string };
  milestone: Message & { name: string };
  delivered: { destination: string; messages: Message[] };
  dropped: { destination: string; reason: string; messages: Message[] };
  error: { place: string; message: string };
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
export function init({ sources, destinations, consents = [], ...options }: Setup): Chatstone {
  const chosen = choose(options);
  const visitor = visitorId('ajs_anonymous_id'); // Customer.io's and Segment's name, so that page views and chats are one person
  const hands = gestures();
  const requested = new Map<string, number>(); // widgets that the page asked to open, and when
  const listeners = new Map<string, Set<(event: any) => void>>();
  let waiting: Entry[] = [];
  let running: ReturnType<typeof start> | undefined;
  let clientUser: string | undefined;

  const tell = <K extends keyof Events>(event: K, detail: Events[K]) => {
    for (const listener of listeners.get(event) ?? []) guard(`listener of ${event}`, listener)(detail);
  };
  const keep = (values: Record<string, unknown>) =>
    allowed(values, chosen.properties, (name, why) => say(`property "${name}" ${why}. It is left out.`));
  let facts = keep(chosen.facts);

  const { globalPrivacyControl: gpc } = navigator as { globalPrivacyControl?: boolean };

  // ——— what happens is written down, once we may

  const record = (part: Partial<Entry>) => {
    const entry: Entry = {
      now: Date.now(),
      visitor: running ? visitor.read() : '',
      fresh: randomId(),
      page: page(),
      facts,
      ...(gpc && { gpc }),
      ...part,
    };
    if (running) running.journal.write(entry);
    else if (permission.state() === 'pending' && waiting.length < MOST_WAITING) waiting.push(entry);
  };

  /** The page's own client may know, or change, who this is. */
  const askClients = () => {
    for (const destination of destinations) {
      const user = guard(destination.name, () => destination.user?.())();
      if (!user || user === clientUser) continue;
      clientUser = user;
      record({ said: { ...said({ email: user.includes('@') ? user : undefined }, 'site', destination.name), client: user, by: 'site', traits: {} } });
    }
  };

  const heard = (source: Pick<Source, 'name' | 'tells'>, signal: Signal, text?: string, extra?: Partial<Entry>) => {
    askClients();
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

  // ——— where it is kept and how it leaves

  const start = () => {
    const kept = storage('chatstone', () => permission.set('denied', 'another tab'));
    const out = delivery(kept, destinations, chosen.hold, {
      delivered: (destination, messages) => tell('delivered', { destination, messages }),
      dropped: (destination, reason, messages) => tell('dropped', { destination, reason, messages }),
    });
    const diary = journal(
      kept,
      visitor,
      { ...chosen, destinations },
      { now: Date.now(), visitor: '', fresh: randomId(), page: page(), facts: {}, visit: true },
      (outcome) => {
        for (const message of outcome.messages)
          if (message.event) tell('milestone', { ...message, name: message.event });
        for (const { reason, messages } of outcome.dropped) tell('dropped', { destination: '', reason, messages });
        if (outcome.messages.length) out.wake();
      },
    );
    const wake = guard('wake', () => void out.wake());
    const woken = guard('wake', (event: Event) => {
      if (event.type === 'online' || (event as PageTransitionEvent).persisted) wake();
    });
    addEventListener('online', woken);
    addEventListener('pageshow', woken); // back from the back/forward cache
    const unhide = onHidden(() => out.leave());
    diary.settle().then(wake);
    return {
      kept,
      journal: diary,
      delivery: out,
      stop() {
        out.stop();
        unhide();
        removeEventListener('online', woken);
        removeEventListener('pageshow', woken);
      },
    };
  };

  const permission = consent(chosen.consent, consents, (state) => {
    running?.stop();
    const before = running;
    running = undefined;
    if (state === 'granted') {
      running = start();
      for (const entry of waiting.splice(0)) running.journal.write(entry);
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
      askClients();
    },
    sources.flatMap(({ wake }) => wake ?? []),
  );
  faults.listener = (place, message) => tell('error', { place, message });

  // ——— what the page may call

  const identify = (person: Person) => {
    const part = said(person, 'site', 'the page');
    if (part) record({ said: part });
  };
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
    const view = (await running?.kept.change((now) => new Map(now))) ?? new Map();
    const id = visitor.read();
    const found = listening.found();
    const { userId, by } = knownOf(view, id);
    const { delivered, dropped, ignored } = tally(view);
    const now: Status = {
      version: VERSION,
      consent: { state: permission.state(), by: permission.by() },
      visitor: id,
      identity: { userId, by },
      widgets: Object.fromEntries(sources.map(({ name }) => [name, { found: found.includes(name) }])),
      storage: running?.kept.kind() ?? 'closed',
      queued: Object.fromEntries(destinations.map(({ name }) => [name, keysOf(view, name).length])),
      held: keysOf(view).filter((key) => chosen.hold && !view.get(key).message.userId && !view.get(key).free).length,
      delivered,
      dropped,
      ignored,
      destinations: Object.fromEntries(destinations.map((destination) => [destination.name, standing(view, destination)])),
      errors: { ...faults.counts },
      lastError: faults.last,
    };
    if (callback) guard('status', callback)(now);
    return now;
  };

  const { user, order } = chosen;
  if (user) guard('user', identify)(user);
  if (order) guard('order', purchase)(order);
  return {
    identify: guard('identify', identify),
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
      await running?.journal.settle();
      await running?.delivery.wake();
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
