// A server as a destination sees it: what it was posted, and how it answers.
import { vi } from 'vitest';
import type { Vendor } from './conformance.ts';

export interface FakeServer extends Vendor {
  /** The address and the body of each request, parsed. */
  requests(): { url: string; body: any }[];
}

const ANSWERS = {
  well: () => new Response('{"success":true}'),
  refuses: () => new Response('', { status: 400 }),
  unknown: () => new Response('', { status: 401 }),
  busy: () => new Response('', { status: 429, headers: { 'retry-after': '7' } }),
};

/** Stands in for `fetch` until it leaves. */
export function fakeServer(): FakeServer {
  const requests: { url: string; body: any }[] = [];
  let how: Parameters<Vendor['fares']>[0] = 'well';
  vi.stubGlobal('fetch', async (url: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    if (how === 'throws') throw new TypeError('Failed to fetch');
    if (how === 'hangs')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const answer = ANSWERS[how]();
    if (answer.ok) requests.push({ url, body: JSON.parse(body) });
    return answer;
  });
  return {
    requests: () => requests,
    taken: () => requests.flatMap(({ body }) => body.batch),
    fares(now) {
      how = now;
    },
    leave: () => void vi.unstubAllGlobals(),
  };
}
