// One look at the page, measured from outside: through the DevTools protocol, in a tab of its own.
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { FIRST, NEXT } from './page-clients.ts';

const STAY = 2000; // milliseconds after `load`
const LATENCY = 40; // milliseconds, of every request
const RATE = 10_000_000; // bits per second, either way
const PATIENCE = 8000; // milliseconds for the first event
const CALM = 5000; // milliseconds for the others
const MANY = 100;

/** What stands between the page and its servers, in the browser. */
const NETWORK = {
  offline: false,
  latency: LATENCY,
  downloadThroughput: RATE / 8,
  uploadThroughput: RATE / 8,
};

interface Request {
  url: string;
  bytes: number;
}

export interface Visit {
  /** What was asked for beside the page, its style and its widget: names of files, and what went to the collector. */
  files: string[];
  requests: number;
  /** Received, with headers. */
  bytes: number;
  /** CPU of the main thread until 2 s after `load`, in milliseconds: all tasks; running script; compiling it. */
  task: number;
  script: number;
  compile: number;
  longTasks: number;
  /** What of the long tasks is above 50 ms, in milliseconds. */
  blocking: number;
  /** The sum of all layout shifts. */
  shift: number;
  /** Bytes of JavaScript objects after a garbage collection. */
  heap: number;
}

export interface Talk {
  files: string[];
  requests: number;
  received: number;
  /** Bytes of the bodies that reached the collector. */
  sent: number;
  /** Milliseconds from the widget's callback until it was written where the next page finds it; null: nothing was. */
  localStorage: number | null;
  indexedDB: number | null;
  /** The same until the collector has read it, and until the page has the answer. */
  wire: number | null;
  accepted: number | null;
  /** Bytes after so many more events. */
  heap: number;
  /** How many of them the collector had by then. */
  arrived: number;
}

/** What a collector has read, when. */
export interface Reading {
  at: number;
  bytes: number;
  names: string[];
}

declare global {
  interface Window {
    seen: { longTasks: number; blocking: number; shift: number };
    /** When the first event had been written. */
    kept: { localStorage?: number; indexedDB?: number };
  }
}

/** In the page, before all else. */
function observe() {
  window.seen = { longTasks: 0, blocking: 0, shift: 0 };
  performance.setResourceTimingBufferSize(2000);
  const watch = (type: string, see: (entry: any) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  watch('longtask', ({ duration }) => {
    window.seen.longTasks++;
    window.seen.blocking += duration - 50;
  });
  watch('layout-shift', ({ value }) => {
    window.seen.shift += value;
  });
}

/** In the page: sees the first write of an event that outlives the page. */
function watchWrites(name: string) {
  // Snowplow keeps its events in base64, which has three forms.
  const forms = [
    name,
    ...[0, 1, 2].map((shift) => btoa(' '.repeat(shift) + name).slice(shift && 4, -4)),
    '"in/', // chatstone's journal
    '"chatstone:in/',
  ];
  const carries = (...given: unknown[]) => {
    const text = JSON.stringify(given);
    return forms.some((form) => text.includes(form));
  };
  window.kept = {};
  const seen = (where: keyof Window['kept']) => {
    window.kept[where] ??= performance.timeOrigin + performance.now();
  };
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key, value) {
    setItem.call(this, key, value);
    if (this === localStorage && carries(key, value)) seen('localStorage');
  };
  const { put, add } = IDBObjectStore.prototype;
  const watched = (write: typeof put) =>
    function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      const { transaction } = this;
      if (carries(...given)) transaction.addEventListener('complete', () => seen('indexedDB'));
      return write.apply(this, given);
    };
  IDBObjectStore.prototype.put = watched(put);
  IDBObjectStore.prototype.add = watched(add);
}

/** All requests of a tab that are not the page's own. */
async function listen(session: CDPSession, collector: string) {
  const requests = new Map<string, Request>();
  session.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    const { origin, pathname } = new URL(url);
    if (/^(http)/.test(url) && (origin === collector || pathname.startsWith('/scripts/')))
      requests.set(requestId, { url, bytes: 0 });
  });
  const cached = new Set<string>();
  session.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache) cached.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  await session.send('Network.enable');
  return () => [...requests].filter(([id]) => !cached.has(id)).map(([, request]) => request);
}

const bytesOf = (requests: Request[]) => requests.reduce((sum, { bytes }) => sum + bytes, 0);

/** Names of files, and `collector` for what went there. */
const namesOf = (requests: Request[], collector: string) =>
  requests.map(({ url }) => {
    const { origin, pathname } = new URL(url);
    return origin === collector ? 'collector' : pathname.slice(pathname.lastIndexOf('/') + 1);
  });

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.disable');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

async function until(look: () => boolean, within: number) {
  for (const end = Date.now() + within; !look() && Date.now() < end; ) await delay(10);
}

/** Looks at a page with a fresh tab; `talk` goes on with a chat there. */
export async function visit(
  browser: BrowserContext,
  url: string,
  { cpu, collector, readings }: { cpu: number; collector: string; readings: Reading[] },
): Promise<{ visit: Visit; talk(): Promise<Talk>; close(): Promise<void> }> {
  const page = await browser.newPage();
  const session = await browser.newCDPSession(page);
  await page.addInitScript(observe);
  const requests = await listen(session, collector);
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.goto(url, { waitUntil: 'load' });
  await delay(STAY);

  const { metrics } = await session.send('Performance.getMetrics');
  const milliseconds = (name: string) => {
    const found = metrics.find((metric) => metric.name === name);
    if (!found) throw new Error(`This Chromium has no metric ${name}.`);
    return found.value * 1000;
  };
  const asked = requests();
  const before = {
    files: namesOf(asked, collector),
    requests: asked.length,
    bytes: bytesOf(asked),
    task: milliseconds('TaskDuration'),
    script: milliseconds('ScriptDuration'),
    compile: milliseconds('V8CompileDuration'),
    ...(await page.evaluate(() => window.seen)),
    heap: await heapOf(session),
  };
  return {
    visit: before,
    talk: () => talk(page, session, { requests, collector, readings }),
    close: () => page.close(),
  };
}

async function talk(
  page: Page,
  session: CDPSession,
  { requests, collector, readings }: { requests(): Request[]; collector: string; readings: Reading[] },
): Promise<Talk> {
  const before = requests();
  const read = readings.length;
  await page.evaluate(watchWrites, FIRST);
  const told = await page.evaluate(() => {
    const now = performance.timeOrigin + performance.now();
    (window as any).fake.visitor('Hello'); // words of no topic: one event, as with the others
    return now;
  });
  const first = () => readings.slice(read).find(({ names }) => names.includes(FIRST));
  await until(() => !!first(), PATIENCE);
  await delay(500); // the answer, and what comes of it
  const arrival = first();
  const { kept, answers } = await page.evaluate(
    (origin) => ({
      kept: window.kept,
      answers: (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => new URL(name).origin === origin)
        .map(({ startTime, responseEnd }) => ({
          from: performance.timeOrigin + startTime,
          to: performance.timeOrigin + responseEnd,
        })),
    }),
    collector,
  );
  // The request that was on its way when the collector read it, and was the first to be over.
  const answer = answers
    .filter(({ from, to }) => arrival && from <= arrival.at + 2 && to >= arrival.at - 2)
    .sort((one, other) => one.to - other.to)[0];
  const since = (time?: number) => (time === undefined ? null : time - told);
  const after = requests();
  const figures = {
    files: namesOf(after.slice(before.length), collector),
    requests: after.length - before.length,
    received: bytesOf(after) - bytesOf(before),
    sent: readings.slice(read).reduce((sum, { bytes }) => sum + bytes, 0),
    localStorage: since(kept.localStorage),
    indexedDB: since(kept.indexedDB),
    wire: since(arrival?.at),
    accepted: since(answer?.to),
  };

  await page.evaluate(
    ([name, many]) => {
      for (let i = 0; i < many; i++) (window as any).tell(name, { conversation_id: `talk-${i}` });
    },
    [NEXT, MANY] as const,
  );
  const more = () =>
    readings.slice(read).reduce((sum, { names }) => sum + names.filter((name) => name === NEXT).length, 0);
  await until(() => more() >= MANY, CALM);
  await delay(500);
  return { ...figures, heap: await heapOf(session), arrived: more() };
}
