// A fake of what Intercom's Messenger takes from a page, after https://developers.intercom.com/installing-intercom/web/methods: a stub that
// queues until the bundle replaces it, `update` with a limit of 20 in 30 minutes, `trackEvent` with up to 20 flat pieces of metadata.

const LIMIT = 20;
const WITHIN = 30 * 60_000; // milliseconds

/**
 * Puts Intercom's stub on a page, or takes over the messenger that runs there; `arrive` brings the bundle.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ now?: () => number }} [options]
 */
export function install(window, { now = Date.now } = {}) {
  const events = [];
  const attributes = {};
  const taken = [];
  const times = [];
  const listeners = new Set();
  let how = 'well';
  let left = Number.POSITIVE_INFINITY;
  let throttled = 0;

  const note = (one) => {
    taken.push(one);
    for (const listener of listeners) listener();
  };
  const fails = () => how === 'throws' || --left < 0;
  const commands = {
    update(given = {}) {
      if (fails()) throw new Error('Intercom failed');
      while (times.length && times[0] <= now() - WITHIN) times.shift();
      if (times.length >= LIMIT) return void throttled++; // without a word
      times.push(now());
      Object.assign(attributes, given);
      note(['update', given]);
    },
    trackEvent(name, metadata = {}) {
      if (fails()) throw new Error('Intercom failed');
      for (const [key, value] of Object.entries(metadata))
        if (Object(value) === value || /[.$]/.test(key)) throw new Error(`metadata ${key} is not flat`);
      if (Object.keys(metadata).length > 20) throw new Error('too much metadata');
      events.push({ name, metadata });
      note(['trackEvent', name, metadata]);
    },
  };
  const before = window.Intercom;
  const stub = (...args) => void stub.q.push(args);
  stub.q = [];
  if (!before) window.Intercom = stub;

  return {
    events,
    attributes,
    /** Updates that came beyond the limit, which Intercom passes by. */
    throttled: () => throttled,
    taken: () => taken,
    fares(now) {
      how = now;
      left = Number.POSITIVE_INFINITY;
    },
    takes(n) {
      left = n;
    },
    arrive() {
      const other = window.Intercom;
      const messenger = (command, ...args) =>
        commands[command] ? commands[command](...args) : other?.booted && other(command, ...args);
      messenger.booted = true;
      window.Intercom = messenger;
      for (const args of stub.q.splice(0)) messenger(...args);
    },
    leave() {
      if (before) window.Intercom = before;
      else delete window.Intercom;
    },
    /** @param {() => void} listener hears that something came */
    on(listener) {
      listeners.add(listener);
    },
  };
}
