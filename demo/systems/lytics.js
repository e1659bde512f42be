// A fake of Lytics' tag, after https://docs.lytics.com/docs/jstag-plugin-send: a stub that queues calls until the tag is loaded; `send`
// takes a stream, a payload and a callback in any order, tells them apart by their types, and calls back when it was acknowledged.

/**
 * Puts the stub on a page; `arrive` loads the tag.
 *
 * @param {Window & Record<string, any>} window
 */
export function install(window) {
  const taken = [];
  const listeners = new Set();
  const queue = [];
  let how = 'well';
  let left = Number.POSITIVE_INFINITY;
  window.jstag = { send: (...args) => void queue.push(args) };

  const send = (...args) => {
    if (how === 'throws') throw new Error('jstag failed');
    const payload = args.find((arg) => typeof arg === 'object') ?? {};
    const stream = args.find((arg) => typeof arg === 'string') ?? 'default';
    const callback = args.find((arg) => typeof arg === 'function');
    for (const value of Object.values(payload)) if (Object(value) === value) throw new TypeError('not flat');
    if (how === 'hangs') return;
    if (--left < 0) throw new Error('jstag failed');
    taken.push({ stream, data: { ...payload } });
    for (const listener of listeners) listener();
    setTimeout(() => callback?.({ data: payload, stream }));
  };

  return {
    /** What was sent: `{ stream, data }`. */
    taken: () => taken,
    fares(now) {
      how = now;
      left = Number.POSITIVE_INFINITY;
    },
    takes(n) {
      left = n;
    },
    arrive() {
      Object.assign(window.jstag, { isLoaded: true, send });
      for (const args of queue.splice(0)) send(...args);
    },
    leave() {
      delete window.jstag;
    },
    /** @param {() => void} listener hears that something came */
    on(listener) {
      listeners.add(listener);
    },
  };
}
