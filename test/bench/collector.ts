// A collector for one client on one page: it has weather, and a door that can be shut.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Arrival, READERS } from './bodies.ts';

export interface Weather {
  /** Answers this; takes nothing. */
  status?: number;
  /** Seconds. */
  retryAfter?: number;
  /** Milliseconds before the answer; what came is taken at once. */
  delay?: number;
  /** Takes nothing, never answers. */
  hang?: true;
  /** The connection ends without an answer: before or after what came is taken. */
  cut?: 'before' | 'after';
}

/** What clients ask before they begin. */
function settings(client: string, host: string): unknown {
  const destination = { apiKey: 'key', apiHost: `${host}/v1`, protocol: 'http' };
  const answers: Record<string, unknown> = {
    customerio: { integrations: { 'Customer.io Data Pipelines': destination } },
    segment: { integrations: { 'Segment.io': destination } },
    rudderstack: {
      source: {
        ...{
          id: 'source',
          name: 'shop',
          writeKey: 'key',
          enabled: true,
          workspaceId: 'shop',
          destinations: [],
        },
        config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      },
    },
    posthog: { supportedCompression: ['gzip', 'gzip-js'], hasFeatureFlags: false },
  };
  return answers[client] ?? {};
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));

/** Opens a collector that reads what one client sends, on any free port. */
export async function openCollector(client: string) {
  const collector = {
    url: '',
    /** Everything taken, in order. */
    arrivals: [] as Arrival[],
    /** Requests that brought facts, taken or not. */
    asked: 0,
    /** Bodies that could not be read, and why. */
    unread: [] as string[],
    weather: {} as Weather,
    /** From here on connections are refused. */
    shut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    reopen: () => listen(server, port),
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { method, headers } = request;
    const { host, pathname } = new URL(request.url!, collector.url);
    // A browser sends a POST again by itself where a connection that it used before breaks: none is used twice.
    response.shouldKeepAlive = false;
    response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (method === 'OPTIONS') return response.writeHead(204).end();
    if (method === 'GET')
      return response
        .setHeader('Content-Type', 'application/json')
        .end(JSON.stringify(settings(client, host)));

    const { weather } = collector;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    let facts: Arrival[] = [];
    try {
      facts = READERS[client]!({ path: pathname, bytes });
    } catch (error) {
      collector.unread.push(`${pathname}: ${error}: ${String(bytes).slice(0, 200)}`);
    }
    if (facts.length) collector.asked++;
    const taken = !weather.status && !weather.hang && weather.cut !== 'before';
    if (taken) collector.arrivals.push(...facts);
    if (weather.hang) return;
    if (weather.cut) return request.socket.destroy();
    await delay(weather.delay ?? 0);
    if (weather.retryAfter) response.setHeader('Retry-After', String(weather.retryAfter));
    response.writeHead(weather.status ?? 200, { 'Content-Type': 'application/json' });
    response.end(pathname.includes('/tp2') ? 'ok' : JSON.stringify({ success: taken, status: 1 }));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!request.destroyed && !/aborted/.test(error.message)) throw error;
    });
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  collector.url = `http://collector.localhost:${port}`;
  return collector;
}

export type Collector = Awaited<ReturnType<typeof openCollector>>;
