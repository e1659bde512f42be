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

/**
 * Hears `profiles` and `request` while the page is visible. A browser opens six connections to one host, and a stream
 * holds one: hidden tabs let go of theirs.
 */
export function listen({ profiles, request }) {
  let stream;
  const hear = (name, listener) =>
    stream.addEventListener(name, (event) => {
      listener(JSON.parse(event.data));
    });
  const look = () => {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
    } else if (!stream) {
      stream = new EventSource('/api/stream'); // after a break it comes back by itself
      hear('profiles', profiles);
      hear('request', request);
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
}
