// The composition: sources tell signals; a conversation turns signals into milestones; a queue keeps them; destinations take them.
import { consent } from './core/consent.js';
import { delivery, standing } from './core/delivery.js';
import { hear, said } from './core/hear.js';
import { journal } from './core/journal.js';
import { listen } from './core/listen.js';
import { allowed, VERSION } from './core/message.js';
import { MILESTONES } from './core/milestones.js';
import { choose } from './core/options.js';
import { keysOf, tally } from './core/queue.js';
import { knownOf } from './core/settle.js';
import { topicOfTag } from './core/topics.js';
import { visitorId } from './core/visitor.js';
import { gestures } from './lib/gesture.js';
import { faults, guard } from './lib/guard.js';
import { onHidden } from './lib/on-hidden.js';
import { page } from './lib/page.js';
import { randomId } from './lib/random-id.js';
import { say } from './lib/say.js';
import { storage } from './lib/storage.js';
import { watch } from './lib/watch.js';
const MOST_WAITING = 50; // signals while consent is pending
const ON_REQUEST = 5000; // milliseconds in which a widget opens that was asked to
/** Starts chatstone. Nothing runs before this is called. */
export function init({ sources, destinations, consents = [], ...options }) {
    const chosen = choose(options);
    const visitor = visitorId('ajs_anonymous_id'); // Customer.io's and Segment's name, so that page views and chats are one person
    const hands = gestures();
    const requested = new Map(); // widgets that the page asked to open, and when
    const listeners = new Map();
    let waiting = [];
    let running;
    let clientUser;
    const tell = (event, detail) => {
        for (const listener of listeners.get(event) ?? [])
            guard(`listener of ${event}`, listener)(detail);
    };
    const keep = (values) => allowed(values, chosen.properties, (name, why) => say(`property "${name}" ${why}. It is left out.`));
    let facts = keep(chosen.facts);
    const { globalPrivacyControl: gpc } = navigator;
    // ——— what happens is written down, once we may
    const record = (part) => {
        const entry = {
            now: Date.now(),
            visitor: running ? visitor.read() : '',
            fresh: randomId(),
            page: page(),
            facts,
            ...(gpc && { gpc }),
            ...part,
        };
        if (running)
            running.journal.write(entry);
        else if (permission.state() === 'pending' && waiting.length < MOST_WAITING)
            waiting.push(entry);
    };
    /** The page's own client may know, or change, who this is. */
    const askClients = () => {
        for (const destination of destinations) {
            const user = guard(destination.name, () => destination.user?.())();
            if (!user || user === clientUser)
                continue;
            clientUser = user;
            record({ said: { ...said({ email: user.includes('@') ? user : undefined }, 'site', destination.name), client: user, by: 'site', traits: {} } });
        }
    };
    const heard = (source, signal, text, extra) => {
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
        if (!part)
            return;
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
        const diary = journal(kept, visitor, { ...chosen, destinations }, { now: Date.now(), visitor: '', fresh: randomId(), page: page(), facts: {}, visit: true }, (outcome) => {
            for (const message of outcome.messages)
                if (message.event)
                    tell('milestone', { ...message, name: message.event });
            for (const { reason, messages } of outcome.dropped)
                tell('dropped', { destination: '', reason, messages });
            if (outcome.messages.length)
                out.wake();
        });
        const wake = guard('wake', () => void out.wake());
        const woken = guard('wake', (event) => {
            if (event.type === 'online' || event.persisted)
                wake();
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
            for (const entry of waiting.splice(0))
                running.journal.write(entry);
        }
        else if (state === 'denied') {
            waiting = [];
            (before?.kept ?? storage('chatstone', () => { })).erase();
            visitor.remove();
        }
    });
    if (gpc && chosen.gpcDenies)
        permission.set('denied', 'gpc');
    const listening = listen(sources, heard);
    const unwatch = watch(() => {
        permission.look();
        listening.look();
        askClients();
    }, sources.flatMap(({ wake }) => wake ?? []));
    faults.listener = (place, message) => tell('error', { place, message });
    // ——— what the page may call
    const identify = (person) => {
        const part = said(person, 'site', 'the page');
        if (part)
            record({ said: part });
    };
    const context = (values) => {
        const rest = { ...facts };
        for (const name of Object.keys(values))
            delete rest[name];
        facts = { ...rest, ...keep(values) };
    };
    const purchase = ({ order_id }) => {
        context({ order_id });
        record({ order: String(order_id) });
    };
    const milestone = (name, properties = {}) => {
        const { widget = 'custom', conversation_id, timestamp, topic, is_bot, agent_id, agent_team, csat_score, ...rest } = properties;
        const signals = {
            chat_opened: { type: 'opened' },
            chat_topic_set: { type: 'topic', topic: topic },
            chat_first_message_sent: { type: 'message', from: 'visitor' },
            chat_assigned: { type: 'assigned', agent: agent_id, team: agent_team },
            chat_agent_replied: { type: 'message', from: is_bot ? 'bot' : 'agent' },
            chat_resolved: { type: 'ended' },
            chat_csat_submitted: { type: 'rated', score: csat_score, worst: 1, best: 5 },
        };
        if (!MILESTONES.includes(name))
            return say(`there is no milestone "${name}". The milestones are: ${MILESTONES.join(', ')}.`);
        const source = { name: String(widget), tells: MILESTONES };
        const base = { conversation: conversation_id, at: timestamp };
        requested.set(source.name, Date.now());
        const extra = { facts: { ...facts, ...keep(rest) } };
        heard(source, { ...base, ...signals[name] }, undefined, extra);
        if (topic && name !== 'chat_topic_set')
            heard(source, { ...base, ...signals.chat_topic_set }, undefined, extra);
    };
    const status = async (callback) => {
        const view = (await running?.kept.change((now) => new Map(now))) ?? new Map();
        const id = visitor.read();
        const found = listening.found();
        const { userId, by } = knownOf(view, id);
        const { delivered, dropped, ignored } = tally(view);
        const now = {
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
        if (callback)
            guard('status', callback)(now);
        return now;
    };
    const { user, order } = chosen;
    if (user)
        guard('user', identify)(user);
    if (order)
        guard('order', purchase)(order);
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
            if (state === 'granted' || state === 'denied')
                permission.set(state, 'page');
            else
                say(`consent must be "granted" or "denied".`);
        }),
        purchase: guard('purchase', purchase),
        open: guard('open', (widget) => {
            const found = listening.found();
            const source = sources.find(({ name, open }) => open && found.includes(name) && (!widget || name === widget));
            if (!source)
                return say(`no ${widget ?? 'widget'} was found that can be opened.`);
            requested.set(source.name, Date.now());
            source.open();
        }),
        reset: guard('reset', () => {
            const before = visitor.read();
            const fresh = randomId();
            record({ reset: true, visitor: before, fresh });
            if (running)
                visitor.write(fresh);
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
