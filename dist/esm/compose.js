import { attributesIn, TAKEN } from './core/attributes.js';
import { asking, consent } from './core/consent.js';
import { EVENTS } from './core/events.js';
import { allowed } from './core/facts.js';
import { flagsOf } from './core/flags.js';
import { brief, hear, said } from './core/hear.js';
import { listen } from './core/listen.js';
import { MILESTONES } from './core/milestones.js';
import { options as optionsOf } from './core/options.js';
import { topicOfTag, topicsOf } from './core/topics.js';
import { VERSION } from './core/version.js';
import { visitorId } from './core/visitor.js';
import { databases } from './lib/databases.js';
import { email } from './lib/email.js';
import { gestures } from './lib/gesture.js';
import { fault, faults, guard } from './lib/guard.js';
import { idle } from './lib/idle.js';
import { json } from './lib/json.js';
import { keep } from './lib/keep.js';
import { mark } from './lib/mark.js';
import { on } from './lib/on.js';
import { page } from './lib/page.js';
import { randomId } from './lib/random-id.js';
import { said as saidSoFar, say } from './lib/say.js';
import { takeCookie } from './lib/take-cookie.js';
import { watch } from './lib/watch.js';
const MOST_WAITING = 50; // signals while consent is pending
const ON_REQUEST = 5000; // milliseconds in which a widget opens that was asked to
const HANDED = 'chatstone_user'; // the cookie in which the checkout's pixel hands over whom it has met
/** The listening half of what npm's `init` was given. The engine is a module of its own: bundlers may bring it later. */
export const composed = ({ sources, destinations, consents = [], consent: mode, ...options }, denied) => {
    const own = typeof mode === 'function' ? asking(mode) : undefined;
    const platforms = own ? [own] : consents;
    const words = ['auto', 'granted', 'manual', ...platforms.map(({ name }) => name)];
    return compose(() => sources, platforms, optionsOf({ ...options, consent: own?.name ?? mode }, { consent: words.join('|') }), async (parts) => {
        const shows = destinations.some(({ show }) => show) ? import('./core/showing.js') : undefined;
        const { engine } = await import('./engine.js');
        return engine(parts, destinations, (await shows)?.showing);
    }, destinations.some(({ show }) => show), denied);
};
/**
 * Starts the listening half.
 *
 * @param bring makes the sources; `look` is to be called when one of them is ready that was not before
 * @param load brings the engine, when there is something to tell; asked again later if it fails
 * @param shows whether a destination shows the shop's context: nobody else needs it, so it is not kept for anybody else
 * @param denied whether the page has denied consent before this was there
 */
export function compose(bring, consents, options, load, shows = false, denied) {
    let topics; // made at the first text, but where the site has its own: then it is told what is wrong
    const list = () => (topics ?? (topics = topicsOf(options.topics)));
    if (Object.keys(options.topics).length)
        list();
    const check = (topic) => {
        if (topicOfTag(topic, list()) === 'other' && topic !== 'other')
            say(`a topic is told as other: write one of ${Object.keys(list()).join(', ')}`);
    };
    for (const topic of Object.values(options.pages))
        check(topic);
    const standing = visitorId('ajs_anonymous_id'); // Customer.io's and Segment's name, so that page views and chats are one person
    const visitor = {
        ...standing,
        read() {
            const left = running && standing.gone(); // the page's client, or Segment's, has logged out
            if (left && running.known())
                renew(left);
            return standing.read();
        },
        write(id) {
            const before = standing.read();
            if (before && id && id !== before)
                shop = {}; // it was shown of another person
            return standing.write(id);
        },
    };
    const hands = gestures();
    const requested = {}; // widgets that the page asked to open, and when
    const listeners = new Map();
    let waiting = []; // while consent is pending
    let running;
    const tell = (event, detail) => {
        for (const listener of listeners.get(event) ?? [])
            guard(`listener of ${event}`, listener)(detail);
    };
    const OWN = shows ? [...TAKEN, 'flags'] : ['flags'];
    let facts = allowed({ ...options.context, product_sku: options.product.sku, page_type: options.pageType }, options.properties, OWN);
    let shop = {}; // what is shown to agents, of this page and of those before
    let seen = {}; // of them, what is told of the next pages too
    const { globalPrivacyControl: gpc } = navigator;
    const entry = () => ({
        now: Date.now(),
        visitor: running ? visitor.read() : '',
        fresh: randomId(),
        page: page(),
        facts,
        ...(gpc && { gpc }),
    });
    /** Writes down what happened, in the task in which it happens, once we may. */
    const record = (part) => {
        const whole = { ...entry(), ...part };
        if (running)
            running.write(whole);
        else if (permission.state() === 'pending' && waiting.length < MOST_WAITING)
            waiting.push(whole);
    };
    /** Keeps what the site has registered; a source or an older page may know more than that. */
    const registered = (values) => allowed(Object.fromEntries(Object.entries(values).filter(([name]) => options.properties.includes(name))), options.properties);
    /** What was noticed of the visit. */
    const noticed = (values, lasting) => {
        const ours = registered(values);
        facts = { ...facts, ...ours };
        if (lasting)
            seen = { ...seen, ...ours };
        keepShop(values);
    };
    const keepShop = (values) => {
        if (shows)
            shop = JSON.parse(json({ ...shop, ...attributesIn(values) })); // without what was taken back
        running?.remember();
    };
    const heard = (source, signal, text, extra) => {
        if (signal.type === 'person' && signal.unsent && !running)
            return;
        const now = Date.now();
        if (signal.type === 'context')
            return noticed(signal.facts, signal.lasting);
        const part = hear(source, signal, text, {
            topics: list(),
            pages: options.pages,
            now,
            fresh: randomId(),
            gesture: (widget) => now - (requested[widget] ?? 0) < ON_REQUEST || hands.spend(),
            active: hands.seen(),
        });
        if (!part)
            return;
        tell('signal', {
            widget: part.happened?.widget ?? source.name,
            signal: part.happened ?? { type: 'person' },
            at: now,
        });
        record({ now, ...extra, ...part });
    };
    const identify = (person, user) => {
        const part = said(person, 'site', 'the page');
        if (part)
            record({ said: part, user });
    };
    /** A new visitor id; `left` is the one that was taken away. */
    const renew = (left) => {
        const fresh = randomId();
        record({ reset: true, fresh, ...(left && { visitor: left }) });
        facts = Object.fromEntries(Object.entries(facts).filter(([name]) => !(name in seen)));
        seen = {};
        shop = {};
        if (!running)
            return;
        visitor.write(fresh);
        running.remember();
    };
    /** Whom the checkout's pixel has met, if it was under this visitor id or found none. */
    const handed = guard('handed over', () => takeCookie(HANDED, (value) => {
        const [of = '', who = ''] = value.split('|').map(decodeURIComponent);
        const address = email(who);
        const part = (of === visitor.read() || /^shopify:/.test(of)) &&
            said(address ? { email: address } : { id: who }, 'checkout', 'the checkout');
        if (part)
            record({ said: part });
    }));
    const start = () => {
        const kept = keep('chatstone', () => permission.set('denied', 'another tab', false));
        let engine;
        let loading;
        let stopped = false;
        let written = 0; // keeps entries of one millisecond in their order
        const rouse = () => {
            if (loading)
                return loading;
            const noted = kept.notes().length; // whoever looks into the database takes them in; then they are to be settled
            return (loading = load({
                kept,
                visitor,
                options,
                entry,
                tell,
                shop: () => shop,
                permit,
                word: (name) => toldOf[name],
            }).then((loaded) => {
                if (stopped)
                    loaded.stop();
                else
                    engine = loaded;
                rouseFor(noted);
                return engine;
            }, (error) => {
                loading = undefined; // the next entry asks again, and the network's return; what was written down waits
                fault('engine', error);
                return undefined;
            }));
        };
        const settle = guard('engine', () => rouse().then((loaded) => loaded?.settle()));
        const wake = () => (engine ? engine.wake() : left && settle());
        let left = false; // something waits
        let stored; // what the pages before have seen, once that is known
        let known = false; // chatstone has been at work under this visitor id
        const leave = () => {
            if (known)
                visitor.read();
            engine?.leave();
        };
        const off = on('page', window, {
            online: wake,
            pageshow: ({ persisted }) => persisted && wake(), // back from the back/forward cache
            pagehide: leave, // not `unload`, which costs that cache
            visibilitychange: () => document.visibilityState === 'hidden' && leave(),
        });
        const remember = () => {
            if (stored === undefined || stored === json([seen, shop]))
                return;
            stored = json([seen, shop]);
            kept.put('seen', { visitor: visitor.read(), facts: seen, shop });
        };
        /** What other pages left in the database. */
        const read = async () => {
            visitor.read(); // from here on it is known when somebody takes it away
            await kept.open();
            const store = kept.begin().objectStore(kept.name);
            const about = store.get('about');
            const before = store.get('seen');
            const left = store.count(IDBKeyRange.bound('in/', 'q/~'));
            await new Promise((resolve) => {
                left.onsuccess = left.onerror = resolve;
            });
            return { about: about.result, before: before.result, left: left.result };
        };
        /** Takes up what other pages left. Where the database cannot be read, the engine finds out what to do. */
        const look = async () => {
            const all = (await databases()) ?? [kept.name]; // most visitors never chat: for them none is even made
            const found = all.includes(kept.name) ? await read() : {};
            const { about, before, left } = found;
            if (kept.dead())
                return 0; // consent was withdrawn meanwhile: what was read is not written back
            const { visitor: copy, user, open } = about ?? {};
            known || (known = !!copy);
            if (copy) {
                standing.stood(copy); // a client of the page may have logged out before we looked
                if (!visitor.read())
                    visitor.write(copy);
            }
            if (Object.keys(options.user).length) {
                const said = mark(visitor.read() + json(options.user));
                if (user !== said)
                    identify(options.user, said);
            }
            const same = !before?.visitor || before.visitor === visitor.read();
            const lasting = same ? registered(before?.facts ?? {}) : {};
            const shown = same && shows ? attributesIn(before?.shop ?? {}) : {};
            facts = { ...lasting, ...facts };
            seen = { ...lasting, ...seen };
            shop = { ...shown, ...shop };
            stored = json([lasting, shown]);
            remember();
            return left || open;
        };
        const rouseFor = async (found) => {
            if (!found)
                return;
            left = true;
            await settle();
            wake();
        };
        look()
            .catch(() => {
            identify(options.user);
            return kept.notes().length; // no database: the engine says so
        })
            .then(rouseFor);
        // Cookies and localStorage are read slowly, and by the page's own thread.
        idle('handed over', () => {
            if (stopped || kept.dead())
                return;
            handed();
            rouseFor(kept.notes().length);
        });
        return {
            kept,
            rouse,
            known: () => known,
            remember,
            write(whole) {
                known = left = true;
                kept.put(`in/${whole.now}-${String(written++).padStart(6, '0')}-${whole.fresh}`, whole);
                settle();
            },
            look() {
                if (known)
                    visitor.read(); // whether somebody has taken it away
                engine?.look();
            },
            stop() {
                stopped = true;
                engine?.stop();
                off();
            },
        };
    };
    const permission = consent(options.consent, consents, (state) => {
        const before = running;
        before?.stop();
        running = undefined;
        if (state === 'granted') {
            running = start();
            for (const whole of waiting.splice(0))
                running.write(whole);
        }
        else if (state === 'denied') {
            waiting = [];
            takeCookie(HANDED, () => undefined);
            visitor.remove();
            (before?.kept ?? keep('chatstone', () => { })).erase();
        }
    });
    if (gpc && options.gpc === 'deny')
        permission.set('denied', 'gpc');
    if (denied?.())
        permission.set('denied', 'page');
    const own = {}; // of destinations with a consent of their own
    const toldOf = {}; // what the page has said of them
    const permit = (name, asked, changed) => {
        own[name]?.stop();
        const manual = asked === 'manual';
        // As chatstone itself is allowed: where `auto` takes no platform for a yes, it is one here, too.
        const named = !manual && asked.some((one) => one.name === options.consent);
        const mode = manual ? asked : named || options.consent === 'auto' ? options.consent : 'any';
        own[name] = consent(mode, manual ? [] : asked, changed);
        if (toldOf[name])
            own[name].set(toldOf[name], 'page');
        own[name].look();
    };
    let stopped = false;
    let wanted; // to be opened, when it is there
    /** Opens what the page wants open; a widget that is on its way is waited for. */
    const openWanted = () => {
        if (!wanted)
            return;
        const { widget, since } = wanted;
        const found = listening.found();
        const source = sources.find(({ name, open }) => open && found[name]?.found && (!widget || name === widget));
        if (!source && Date.now() - since < ON_REQUEST)
            return;
        wanted = undefined;
        if (!source)
            return say(`open: no ${widget ?? 'widget'} here can be opened`);
        requested[source.name] = Date.now();
        source.open();
    };
    const look = () => {
        if (stopped)
            return;
        listening.look();
        openWanted();
    };
    const sources = bring(look);
    const listening = listen(sources, heard);
    const unwatch = watch(() => {
        permission.look();
        for (const one of Object.values(own))
            one.look();
        look();
        running?.look();
    }, sources.flatMap(({ wake }) => wake ?? []));
    // What fails in a listener of errors is not told to it, not even later.
    faults.listener = (place, message) => place !== 'listener of error' && tell('error', { place, message });
    noticed({ last_viewed_sku: options.product.sku ?? '' }, true);
    keepShop({ last_viewed_product: options.product.name || options.product.sku, ...options.context });
    // ——— what the page may call
    const context = (values) => {
        const rest = { ...facts };
        for (const name of Object.keys(values))
            delete rest[name];
        facts = { ...rest, ...allowed(values, options.properties, OWN) };
        keepShop(values);
        tellFlags(values.flags);
    };
    const tellFlags = (given) => {
        const flags = given ? flagsOf(given) : undefined;
        if (flags)
            record({ flags });
        else
            running?.look();
    };
    const purchase = ({ order_id }) => {
        if (!order_id)
            return say('purchase: write { order_id }');
        context({ order_id });
        record({ order: String(order_id) });
    };
    const milestone = (name, properties = {}) => {
        const { widget, conversation_id: conversation, timestamp: at, topic, is_bot, agent_id, agent_team, csat_score, ...rest } = properties;
        const signal = {
            chat_opened: { type: 'opened' },
            chat_topic_set: { type: 'topic', topic },
            chat_first_message_sent: { type: 'message', from: 'visitor' },
            chat_assigned: { type: 'assigned', agent: agent_id, team: agent_team },
            chat_agent_replied: { type: 'message', from: is_bot ? 'bot' : 'agent' },
            chat_resolved: { type: 'ended' },
            chat_csat_submitted: { type: 'rated', score: csat_score, worst: 1, best: 5 },
        }[name];
        if (!MILESTONES.includes(name))
            return say(`milestone: write one of ${MILESTONES.join(', ')}`);
        const source = { name: brief(widget) ?? 'custom', tells: MILESTONES };
        requested[source.name] = Date.now();
        for (const one of [topic && { type: 'topic', topic }, signal])
            if (one)
                heard(source, { ...one, conversation, at }, undefined, {
                    facts: { ...facts, ...allowed(rest, options.properties) },
                });
    };
    const status = async (callback) => {
        const loaded = await running?.rouse();
        const rest = await loaded?.status().catch((error) => void fault('status', error));
        const now = {
            version: VERSION,
            consent: { state: permission.state(), by: permission.by() },
            visitor: visitor.read(),
            widgets: listening.found(),
            topics: [...Object.keys(list()), 'other'],
            errors: { ...faults.counts },
            lastError: faults.last,
            ...rest,
            said: [...new Set([...saidSoFar, ...(rest?.said ?? [])])],
        };
        if (callback)
            guard('status', callback)(now);
        return now;
    };
    const wakeUp = async () => {
        const engine = await running?.rouse();
        await engine?.settle();
        await engine?.wake();
    };
    const calls = {
        identify: (person) => identify(person),
        milestone,
        topic(topic) {
            check(topic);
            heard({ name: '', tells: [] }, { type: 'topic', topic });
        },
        context,
        consent(state, destination) {
            if (state !== 'granted' && state !== 'denied')
                say('consent: write granted or denied');
            else if (destination) {
                toldOf[destination] = state;
                own[destination]?.set(state, 'page');
                wakeUp();
            }
            else
                permission.set(state, 'page');
        },
        purchase,
        open(widget) {
            wanted = { widget, since: Date.now() };
            openWanted();
        },
        reset() {
            if (running)
                handed(); // it is of whoever was here before
            renew();
        },
        flush: wakeUp,
        status,
        on(event, callback) {
            if (!EVENTS.includes(event))
                say(`on: write one of ${EVENTS.join(', ')}`);
            const all = listeners.get(event) ?? new Set();
            listeners.set(event, all.add(callback));
            return () => all.delete(callback);
        },
        stop() {
            stopped = true;
            running?.stop();
            permission.stop();
            for (const one of Object.values(own))
                one.stop();
            listening.stop();
            unwatch();
            hands.stop();
        },
    };
    for (const name of Object.keys(calls))
        calls[name] = guard(name, calls[name]);
    tellFlags(options.context.flags);
    if (Object.keys(options.order).length)
        calls.purchase(options.order);
    return calls;
}
