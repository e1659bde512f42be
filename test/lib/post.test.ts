import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Later, Misconfigured, Refused } from '../../src/lib/answer.ts';
import type { post as Post } from '../../src/lib/post.ts';

const URL = 'https://cdp.example/v1/b';

let post: typeof Post;
let requests: (RequestInit & { url: string })[];

/** The server's answers, one after another; an error is a request that fails. */
function answers(...all: (Response | Error)[]) {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    requests.push({ url, ...init });
    const answer = all.length > 1 ? all.shift()! : all[0]!;
    if (answer instanceof Error) throw answer;
    return answer;
  });
}
const status = (code: number, headers = {}) => new Response('', { status: code, headers });
const failure = (...args: Parameters<typeof Post>) =>
  post(...args).then(
    () => undefined,
    (error) => error,
  );

beforeEach(async () => {
  vi.resetModules(); // what a page has learned of its room is forgotten
  ({ post } = await import('../../src/lib/post.ts'));
  requests = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Modules were reset, so classes are told by their names. */
const kind = (error: object) => Object.getPrototypeOf(error).constructor.name;

describe('post', () => {
  test('needs no preflight, sends no cookies, and outlives its page', async () => {
    answers(status(200));
    await post(URL, { batch: [] });
    const [{ url, method, body, headers, keepalive, credentials }] = requests as [any];
    expect({ url, method, body, headers, keepalive, credentials }).toEqual({
      url: URL,
      method: 'POST',
      body: '{"batch":[]}',
      headers: { 'content-type': 'text/plain' },
      keepalive: true,
      credentials: 'omit',
    });
  });

  test.each([200, 201, 202, 204])('%i is taken', async (code) => {
    answers(new Response(null, { status: code }));
    expect(await failure(URL, {})).toBeUndefined();
  });

  test.each([
    [400, Refused],
    [413, Refused],
    [422, Refused],
    [405, Refused],
    [410, Refused],
    [401, Misconfigured],
    [403, Misconfigured],
    [404, Misconfigured],
    [408, Error],
    [429, Error],
    [500, Error],
    [502, Error],
    [503, Error],
    [504, Error],
    [304, Error],
  ])('%i is %o', async (code, type) => {
    answers(new Response(null, { status: code }));
    const error = await failure(URL, {});
    expect(kind(error)).toBe(type.name);
    expect(error.message).toContain(String(code));
  });

  test('a wrong key or host says what to check, and no more of the address than its host', async () => {
    answers(status(401));
    const { message } = await failure(`${URL}?secret=1`, {});
    expect(message).toMatch(/https:\/\/cdp\.example.*check the write key/);
    expect(message).not.toContain('secret');
  });

  test('a wrong path of this very site is a wrong host too', async () => {
    answers(status(404));
    expect(kind(await failure('/collect', {}))).toBe('Misconfigured');
  });

  test.each([429, 503])('%i with Retry-After is later', async (code) => {
    answers(status(code, { 'retry-after': '120' }));
    const error = await failure(URL, {});
    expect(kind(error)).toBe(Later.name);
    expect(error.seconds).toBe(120);
  });

  test('Retry-After may be a date', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), toFake: ['Date'] });
    answers(status(429, { 'retry-after': 'Sun, 22 Nov 2026 12:01:30 GMT' }));
    expect((await failure(URL, {})).seconds).toBe(90);
  });

  test.each(['soon', '', '-5'])(
    'Retry-After %j is a number of seconds nevertheless, or not there',
    async (after) => {
      answers(status(429, { 'retry-after': after }));
      const { seconds = 0 } = await failure(URL, {});
      expect(seconds).not.toBeNaN();
      expect(seconds).toBeLessThanOrEqual(0);
    },
  );

  test('a 500 with Retry-After is an error as any', async () => {
    answers(status(500, { 'retry-after': '120' }));
    expect(kind(await failure(URL, {}))).toBe('Error');
  });

  test('a network error is handed on', async () => {
    answers(new TypeError('Failed to fetch'));
    expect((await failure(URL, {})).message).toBe('Failed to fetch');
  });

  test('a large body goes without keepalive, which would be refused', async () => {
    answers(status(200));
    await post(URL, { text: 'x'.repeat(61_000) });
    await post(URL, { text: '名'.repeat(21_000) }); // bytes count, not characters
    expect(requests.map(({ keepalive }) => keepalive)).toEqual([false, false]);
  });

  test('goes without keepalive once after a failure: others may use up the room', async () => {
    answers(new TypeError('Failed to fetch'), status(200), status(200));
    await failure(URL, {});
    await post(URL, {});
    await post(URL, {});
    expect(requests.map(({ keepalive }) => keepalive)).toEqual([true, false, true]);
  });

  test('always asks for keepalive when the page goes', async () => {
    answers(new TypeError('Failed to fetch'));
    await failure(URL, {});
    await failure(URL, {}, true);
    expect(requests[1]!.keepalive).toBe(true);
  });

  test('gives up after 15 seconds without an answer', async () => {
    vi.useFakeTimers();
    vi.stubGlobal(
      'fetch',
      (_url: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) => {
          signal!.addEventListener('abort', () => reject(signal!.reason));
        }),
    );
    const error = failure(URL, {});
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await error).name).toBe('AbortError');
  });

  test('leaves no timer behind', async () => {
    vi.useFakeTimers();
    answers(status(200));
    await post(URL, {});
    expect(vi.getTimerCount()).toBe(0);
  });
});
