// A collector that answers as Customer.io's Pipelines API does in strict mode, keeps people as Customer.io does, and has
// weather: it can be told to fail in the ways that networks and servers fail. For the demo and the tests.
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { streamSSE } from 'hono/streaming';
import { correctedTime, judge, suspicionsOf } from './judgement.mjs';
import { createProfiles } from './profiles.mjs';

/**
 * How the next requests fare. An object stays until it is changed, or for `times` requests; each one of a list is for
 * one request, or for `times`.
 * @typedef {object} Weather
 * @property {number} [status] answer this; nothing is taken unless it is a 2xx
 * @property {number | string} [retryAfter] the Retry-After header: seconds, or an HTTP date
 * @property {boolean} [expose] false: scripts of other origins cannot read Retry-After
 * @property {string} [refuse] 400 for each request with a message whose JSON contains this
 * @property {number} [delay] milliseconds before the answer; the messages are taken at once
 * @property {'before' | 'after'} [cut] the connection breaks without an answer, before or after the messages are taken
 * @property {boolean} [hang] nothing is taken and no answer ever comes
 * @property {number} [times]
 *
 * @typedef {import('./judgement.mjs').Remark} Remark
 * @typedef {import('./judgement.mjs').Message} Message
 * @typedef {import('./profiles.mjs').Taken} Taken
 *
 * @typedef {object} Entry one request in the log
 * @property {number} n
 * @property {string} at
 * @property {string} method POST, or OPTIONS for a preflight
 * @property {string} path
 * @property {string | null} origin
 * @property {string | null} contentType
 * @property {number} status 0 where no answer was given
 * @property {Weather | null} weather
 * @property {Message[]} messages as they were sent
 * @property {string} body
 * @property {Remark[]} errors why it was refused
 * @property {Remark[]} warnings what Customer.io would swallow
 *
 * @typedef {{ path: string, body?: string, method?: string, origin?: string | null, contentType?: string | null }} Incoming
 */

const LOG_LENGTH = 2000;
const WEATHER_KEYS = ['status', 'retryAfter', 'expose', 'refuse', 'delay', 'cut', 'hang', 'times'];
const NO_BODY = [204, 205, 304];
/** The answer to a request that gets none; the server's close() ends its connection. */
const never = () => new Promise(() => {});

/** @typedef {ReturnType<typeof createCollector>} Collector */

/** @param {{ now?: () => number }} [options] */
export function createCollector({ now = Date.now } = {}) {
  const listeners = new Set();
  let state = blank();

  function blank() {
    return {
      people: createProfiles({ now }),
      /** @type {Taken[]} */
      taken: [],
      /** @type {Map<string, { first: Message, userId?: string }>} by messageId */
      seen: new Map(),
      duplicates: { total: 0, byMessageId: /** @type {Record<string, number>} */ ({}) },
      /** @type {{ messageId: string, first: Message, second: Message }[]} */
      conflicts: [],
      /** @type {Entry[]} */
      log: [],
      requests: 0,
      /** @type {{ weather: Weather, left: number }[]} */
      forecast: [],
    };
  }

  /**
   * A request without HTTP around it: judges it, takes what is good, and says what to answer.
   * @param {Incoming} request
   */
  function receive(request) {
    const { path, body = '' } = request;
    const weather = nextWeather();
    const receivedAt = now();
    const judged = judge(path.slice(path.lastIndexOf('/') + 1), body);
    const { status, errors } = verdict(judged, weather);
    const times = judged.messages.map((message) => ({
      receivedAt,
      correctedAt: correctedTime(message, judged.sentAt, receivedAt),
    }));
    if (isGood(status)) for (const [i, message] of judged.messages.entries()) take(message, times[i]);

    const silent = Boolean(weather?.cut || weather?.hang);
    record(request, {
      at: iso(receivedAt),
      status: silent ? 0 : status,
      weather,
      messages: judged.messages,
      errors,
      warnings: judged.messages.flatMap((message, index) =>
        suspicionsOf(message, times[index]).map((reason) => ({
          index,
          messageId: message.messageId,
          reason,
        })),
      ),
    });
    return { status, answer: isGood(status) ? { success: true } : { errors }, weather };
  }

  /** @param {Message} message @param {{ receivedAt: number, correctedAt: number }} times */
  function take(message, { receivedAt, correctedAt }) {
    const { messageId } = message;
    const known = state.seen.get(messageId);
    if (known) {
      const { duplicates } = state;
      duplicates.total += 1;
      duplicates.byMessageId[messageId] = (duplicates.byMessageId[messageId] ?? 0) + 1;
      if (differs(known, message)) state.conflicts.push({ messageId, first: known.first, second: message });
      known.userId ??= message.userId;
      return;
    }
    state.seen.set(messageId, { first: message, userId: message.userId });
    const taken = { ...message, receivedAt: iso(receivedAt), correctedAt: iso(correctedAt) };
    state.taken.push(taken);
    state.people.take(taken);
  }

  /** @param {Incoming} request @param {Partial<Entry>} rest */
  function record({ path, body = '', method = 'POST', origin = null, contentType = null }, rest) {
    state.requests += 1;
    const blankEntry = { at: iso(now()), status: 204, weather: null, messages: [], errors: [], warnings: [] };
    /** @type {Entry} */
    const entry = { n: state.requests, method, path, origin, contentType, body, ...blankEntry, ...rest };
    state.log.push(entry);
    if (state.log.length > LOG_LENGTH) state.log.shift();
    tell('request', entry);
    if (method === 'POST' && listeners.size > 0) tell('profiles', profiles());
  }

  function nextWeather() {
    const next = state.forecast[0];
    if (!next) return null;
    next.left -= 1;
    if (next.left <= 0) state.forecast.shift();
    return next.weather;
  }

  /** @param {string} event @param {unknown} data */
  function tell(event, data) {
    for (const listener of listeners) listener(event, data);
  }

  /** @param {(event: string, data: any) => void} listener hears `request` and `profiles` @returns {() => void} stop */
  function on(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Forgets everything, the weather too. */
  function reset() {
    state = blank();
    tell('profiles', profiles());
  }

  /** @param {Weather | Weather[] | null} [weather] nothing: fair weather */
  function weather(weather) {
    const list = Array.isArray(weather) ? weather : weather ? [weather] : [];
    list.forEach(check);
    const once = Array.isArray(weather) ? 1 : Number.POSITIVE_INFINITY;
    state.forecast = list.map((one) => ({ weather: one, left: one?.times ?? once }));
  }

  const profiles = () => {
    const { people, duplicates, conflicts } = state;
    return structuredClone({ ...people.list(), duplicates, conflicts });
  };
  const log = () => structuredClone(state.log);

  const collector = {
    receive,
    on,
    reset,
    weather,
    profiles,
    /** Every request in order, preflights too; the last 2,000. */
    log,
    /** The requests that brought messages, or tried to. */
    requests: () => log().filter(({ method }) => method === 'POST'),
    /** All accepted messages, each messageId once, in order of arrival. */
    messages: () => structuredClone(state.taken),
  };
  return { ...collector, routes: createRoutes(collector, { record, forecast: () => state.forecast }) };
}

/** The collector over HTTP. */
function createRoutes(collector, { record, forecast }) {
  const routes = new Hono();
  const CALL = '/v1/:call{[btipga]}';

  routes.options(CALL, async (c, next) => {
    await next();
    record({ path: c.req.path, method: 'OPTIONS', ...sender(c) }, { status: c.res.status });
  });
  routes.use('/v1/*', cors());
  routes.use('/api/*', cors());

  routes.post(CALL, async (c) => {
    const request = { path: c.req.path, ...sender(c) };
    let body;
    try {
      body = await c.req.text();
    } catch (error) {
      record(request, { status: 0, errors: [{ reason: `the request broke off: ${error.message}` }] });
      return never();
    }
    const { status, answer, weather } = collector.receive({ ...request, body });
    if (weather?.expose !== false) c.header('Access-Control-Expose-Headers', 'Retry-After');
    if (weather?.retryAfter !== undefined) c.header('Retry-After', String(weather.retryAfter));
    if (weather?.delay) await delay(weather.delay, undefined, { ref: false });
    if (weather?.cut) c.env.outgoing.destroy();
    if (weather?.cut || weather?.hang) return never();
    return NO_BODY.includes(status) ? c.body(null, status) : c.json(answer, status);
  });

  routes.get('/api/profiles', (c) => c.json(collector.profiles()));
  routes.get('/api/log', (c) => c.json(collector.log()));
  routes.post('/api/reset', (c) => {
    collector.reset();
    return c.json({ success: true });
  });
  routes.get('/api/weather', (c) => c.json(forecast().map(({ weather }) => weather)));
  routes.post('/api/weather', async (c) => {
    try {
      collector.weather(await c.req.json());
    } catch (error) {
      return c.json({ error: error.message }, 400);
    }
    return c.json({ success: true });
  });
  routes.delete('/api/weather', (c) => {
    collector.weather();
    return c.json({ success: true });
  });
  routes.get('/api/stream', (c) =>
    streamSSE(c, async (stream) => {
      const send = (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) });
      const left = new Promise((resolve) => stream.onAbort(resolve));
      const stop = collector.on(send);
      await send('profiles', collector.profiles());
      await left;
      stop();
    }),
  );
  return routes;
}

/** @param {import('hono').Context} c */
const sender = (c) => ({
  origin: c.req.header('origin') ?? null,
  contentType: c.req.header('content-type') ?? null,
});

/**
 * What the weather makes of a judgement.
 * @param {import('./judgement.mjs').Judgement} judged
 * @param {Weather | null} weather
 */
function verdict(judged, weather) {
  if (weather?.hang || weather?.cut === 'before')
    return { status: 503, errors: [{ reason: 'nobody answers' }] };
  const { status = 200, refuse } = weather ?? {};
  if (!isGood(status)) return { status, errors: [{ reason: `the weather says ${status}` }] };
  const unwanted = judged.messages.flatMap((message, index) =>
    refuse !== undefined && JSON.stringify(message).includes(refuse)
      ? [{ index, messageId: message?.messageId, reason: `the weather refuses ${refuse}` }]
      : [],
  );
  if (unwanted.length > 0) return { status: 400, errors: unwanted };
  return isGood(judged.status) ? { status, errors: [] } : judged;
}

/**
 * Is a repeated message another one under the same id? A userId may be added, once: an adoption does that.
 * @param {{ first: Message, userId?: string }} known
 * @param {Message} message
 */
function differs({ first, userId }, message) {
  if (userId && message.userId && userId !== message.userId) return true;
  return !isDeepStrictEqual(essence(first), essence(message));
}

/** @param {Message} message */
const essence = ({ sentAt, writeKey, userId, ...rest }) => rest;

/** @param {Weather} weather */
function check(weather) {
  const unknown = Object.keys(weather ?? {}).filter((key) => !WEATHER_KEYS.includes(key));
  if (unknown.length > 0)
    throw new Error(`unknown weather: ${unknown.join(', ')}; known: ${WEATHER_KEYS.join(', ')}`);
  const { status = 200 } = weather ?? {};
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new Error(`no such status: ${status}`);
}

/** @param {number} status */
const isGood = (status) => status >= 200 && status < 300;
/** @param {number} time */
const iso = (time) => new Date(time).toISOString();
