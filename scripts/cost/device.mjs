// A visitor's device that runs chatstone's own modules as they are published: what it hears, settles, stores and posts. Time is
// the chats'; the server takes everything at once, so that nothing is put together that a slow answer would put together.
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Window } from 'happy-dom';
import { MILESTONES } from '../../dist/esm/core/milestones.js';
import { random } from './random.mjs';

const DIST = new URL('../../dist/esm/', import.meta.url);
const PAGE = 'https://shop.example/products/linen-shirt?utm_source=newsletter&utm_campaign=autumn';
export const WRITE_KEY = '0f1e2d3c4b5a69788796';
const WIDGET = { name: 'tawk', tells: [...MILESTONES, 'identity'] };

let modules;

/** The page around the modules; they are loaded once. */
async function load() {
  if (modules) return modules;
  const window = new Window({ url: PAGE });
  const { document, location, localStorage } = window;
  const queue = new Map(); // Web Locks: one after another, by name
  const request = (name, _how, work) => {
    const run = (queue.get(name) ?? Promise.resolve()).then(work);
    queue.set(
      name,
      run.catch(() => undefined), // whoever asked is told
    );
    return run;
  };
  const globals = {
    window,
    document,
    location,
    localStorage,
    IDBKeyRange,
    navigator: { onLine: true, locks: { request } },
  };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const from = (file) => import(new URL(file, DIST).href);
  const [{ engine }, { hear }, { options }, { customerio }, { keep }, { topicsOf }, { page }] =
    await Promise.all(
      [
        'engine.js',
        'core/hear.js',
        'core/options.js',
        'destinations/customerio.js',
        'lib/keep.js',
        'core/topics.js',
        'lib/page.js',
      ].map(from),
    );
  modules = { engine, hear, options, customerio, keep, topicsOf, page };
  return modules;
}

const real = {
  now: Date.now,
  fetch: globalThis.fetch,
  setTimeout: globalThis.setTimeout,
  random: Math.random,
};

/** Gives the clock, the dice and the network back. */
export function tidy() {
  Date.now = real.now;
  Math.random = real.random;
  globalThis.fetch = real.fetch;
  globalThis.setTimeout = real.setTimeout;
}

/**
 * @typedef {{ at: number, bytes: number, calls: number }} Request
 * @param {{ seed: number, now: number, anonymous: 'hold' | 'send', gone?: boolean }} how in milliseconds; gone: no server answers
 */
export async function device({ seed, now, anonymous, gone = false }) {
  const { engine, hear, options, customerio, keep, topicsOf, page } = await load();
  const dice = random(seed);
  const fill = (bytes) => bytes.map(() => Math.floor(dice() * 256));
  let clock = now;
  let entries = 0;
  /** @type {Request[]} */
  const requests = [];
  localStorage.clear();
  Date.now = () => clock;
  Math.random = dice;
  // What waits would wait in the time of this process. The chat goes on before, and each new record wakes what waits.
  globalThis.setTimeout = (work, delay, ...more) => (delay > 0 ? 0 : real.setTimeout(work, 0, ...more));
  globalThis.indexedDB = new IDBFactory();
  Object.defineProperty(globalThis, 'crypto', {
    value: { getRandomValues: (array) => array.set(fill([...array])) ?? array },
    configurable: true,
  });
  globalThis.fetch = async (_url, { body }) => {
    requests.push({ at: clock, bytes: Buffer.byteLength(body), calls: JSON.parse(body).batch.length });
    if (gone) throw new TypeError('no server answers');
    return new Response('{}', { status: 200 });
  };
  const id = () =>
    [8, 4, 4, 4, 12]
      .map((size) =>
        fill(Array(size / 2).fill(0))
          .map(hex)
          .join(''),
      )
      .join('-');
  const visitor = {
    id: id(),
    read: () => visitor.id,
    write: (next = id()) => {
      visitor.id = next;
      return next;
    },
  };
  const choices = options({ anonymous });
  const topics = topicsOf(choices.topics);
  const entry = () => ({
    now: clock,
    visitor: visitor.id,
    fresh: id(),
    page: page(),
    facts: { page_type: 'product' },
  });
  const events = [];
  const start = () => {
    const kept = keep('chatstone', () => {});
    const parts = {
      kept,
      visitor,
      options: choices,
      entry,
      tell: (event, detail) => event === 'milestone' && events.push({ at: clock, name: detail.name }),
    };
    return { kept, ...engine(parts, [customerio({ writeKey: WRITE_KEY, client: 'none' })]) };
  };
  let open = start();
  const rest = async () => {
    await open.settle();
    await open.wake();
  };
  await open.kept.open();

  const signalOf = (step, conversation) => {
    const { kind, from, topic, agent, score } = step;
    if (kind === 'opened') return { type: kind };
    if (kind === 'message') return { type: kind, from, conversation };
    if (kind === 'topic') return { type: kind, topic, conversation };
    if (kind === 'assigned')
      return { type: kind, agent: `agent-${agent}`, team: 'Customer care', conversation };
    if (kind === 'rated') return { type: kind, score, worst: 1, best: 5, conversation };
    if (kind === 'ended') return { type: kind, conversation };
    if (kind === 'person')
      return { type: kind, email: `${visitor.id.slice(0, 8)}@example.com`, name: 'Ada Example' };
    return undefined; // chatstone does not listen to it
  };

  return {
    requests,
    /** The milestones that were recorded. */
    events,
    /** Lives through a chat that begins now. @param {import('./chats.mjs').Chat} chat */
    async play({ steps }) {
      const began = clock;
      const conversation = id().slice(0, 13);
      for (const step of steps) {
        clock = began + Math.round(step.at * 1000);
        const signal = signalOf(step, conversation);
        if (!signal) continue;
        const heard = hear(WIDGET, signal, undefined, {
          topics,
          pages: choices.pages,
          now: clock,
          fresh: id(),
          gesture: () => true,
          active: true,
        });
        const whole = { ...entry(), ...heard };
        open.kept.put(`in/${clock}-${String(entries++).padStart(6, '0')}-${whole.fresh}`, whole);
        await rest();
      }
    },
    /** Another page, so much later. @param {number} milliseconds */
    async later(milliseconds) {
      open.stop();
      clock += milliseconds;
      open = start();
      await open.kept.open();
      await rest();
    },
    /** What stands on the device: rows, and bytes of keys and values as JSON. */
    async stored() {
      const db = await open.kept.open();
      const store = db.transaction('chatstone').objectStore('chatstone');
      const [keys, all] = await Promise.all([store.getAllKeys(), store.getAll()].map(done));
      const bytes = keys.reduce((sum, key, i) => sum + Buffer.byteLength(key + JSON.stringify(all[i])), 0);
      return { rows: keys.length, waiting: keys.filter((key) => key.startsWith('q/')).length, bytes };
    },
    stop() {
      open.stop();
    },
  };
}

const hex = (byte) => byte.toString(16).padStart(2, '0');

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
