// The demo's collector, as seen from the page.

async function call(method, path, body) {
  const answer = await fetch(`/api/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The collector answered ${answer.status} to ${method} /api/${path}`);
  return answer.json();
}

export const weather = () => call('GET', 'weather');
export const setWeather = (weather) =>
  weather ? call('POST', 'weather', weather) : call('DELETE', 'weather');
export const reset = () => call('POST', 'reset');

export const log = () => call('GET', 'log');
export const fillSample = () => call('POST', 'sample');
export const sample = () => call('GET', 'sample');
export const order = (placed) => call('POST', 'orders', placed);

const listeners = [];
let stream;
let last; // the profiles that were heard last: who listens later need not wait for a change

/**
 * Hears `profiles` and `request` while the page is visible. A browser opens six connections to one host, and a stream
 * holds one: all listeners share it, and hidden tabs let go of theirs.
 */
export function listen(listener) {
  listeners.push(listener);
  if (listeners.length === 1) {
    document.addEventListener('visibilitychange', look);
    look();
  } else if (last) listener.profiles?.(last);
}

function look() {
  if (document.hidden) {
    stream?.close();
    stream = undefined;
  } else if (!stream) {
    stream = new EventSource('/api/stream'); // after a break it comes back by itself
    for (const name of ['profiles', 'request'])
      stream.addEventListener(name, ({ data }) => {
        const heard = JSON.parse(data);
        if (name === 'profiles') last = heard;
        for (const listener of listeners) listener[name]?.(heard);
      });
  }
}
