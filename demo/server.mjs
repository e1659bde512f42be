// The demo's server: the storefront, the built scripts, the vendors' own loaders, and the collector. Loopback only.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { builderPage } from './builder-page.mjs';
import { createCollector } from './collector.mjs';
import { explorerPage } from './explorer-page.mjs';
import { createOrders } from './orders.mjs';
import { createSample } from './sample.mjs';
import { createSituations } from './situation-routes.mjs';
import { createSystems } from './systems.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The vendors' own code, where npm has it. */
const VENDOR_FILES = {
  'rocketchat-livechat.min.js': '@rocket.chat/livechat/build/rocketchat-livechat.min.js',
  'crisp-sdk-web.js': 'crisp-sdk-web/dist/crisp.umd.cjs',
  'uplot.js': 'uplot/dist/uPlot.esm.js',
  'uplot.css': 'uplot/dist/uPlot.min.css',
  'analytics-next.js': '@segment/analytics-next/dist/umd/index.js',
  'cdp-analytics-browser.js': '@customerio/cdp-analytics-browser/dist/umd/index.js',
};

/**
 * Starts the server.
 * @param {{ port?: number, host?: string, collector?: import('./collector.mjs').Collector, root?: string, now?: () => number }} [options]
 *   port 0: any free one; root: the project's folder; now: the shop's own clock
 * @returns {Promise<{ url: string, port: number, collector: import('./collector.mjs').Collector, close: () => Promise<void> }>}
 *   rejects when the port is taken
 */
export async function serve({
  port = 4173,
  host = '127.0.0.1',
  collector = createCollector(),
  root = ROOT,
  now = Date.now,
} = {}) {
  const { fetch } = createApp(collector, root, now);
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  // A browser sends a POST again by itself when a connection that it used before breaks without an answer, and a test
  // would see that retry in place of ours. So no connection is used twice.
  // https://chromium.googlesource.com/chromium/src/+/main/net/http/http_network_transaction.cc (ShouldResendRequest)
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });

  await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, port)));
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address();
  return {
    url: `http://${host}:${bound}`,
    port: bound,
    collector,
    close() {
      const closed = new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      server.closeAllConnections(); // what hangs or streams would hold it open
      return closed;
    },
  };
}

/** @param {import('./collector.mjs').Collector} collector @param {string} root @param {() => number} now */
function createApp(collector, root, now) {
  // serveStatic refuses every path with dots, backslashes or percent signs that could lead out of the folder
  const files = (from = /^/, to = '') =>
    serveStatic({ root, rewriteRequestPath: (path) => path.replace(from, to) });

  const app = new Hono();

  // no-store would keep pages out of the back/forward cache: https://web.dev/articles/bfcache
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-cache');
  });

  app.route('/', collector.routes);
  app.route('/', createSystems());
  app.get('/explorer.html', (c) => c.html(explorerPage()));
  app.get('/builder.html', (c) => c.html(builderPage()));
  app.route('/', createOrders(collector, { now }));
  app.route('/', createSample(collector, { now }));
  app.route('/', createSituations());

  // What Customer.io's own client asks for first; the client then sends to the host that this names.
  app.get('/v1/projects/:key/settings', (c) => {
    const { host, protocol } = new URL(c.req.url);
    const settings = {
      apiKey: c.req.param('key'),
      apiHost: `${host}/v1`,
      protocol: protocol.replace(':', ''),
    };
    return c.json({ integrations: { 'Customer.io Data Pipelines': settings } });
  });

  for (const [name, path] of Object.entries(VENDOR_FILES)) {
    app.get(`/vendor/${name}`, async (c) => {
      c.header('Content-Type', `text/${name.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`);
      return c.body(await readFile(join(root, 'node_modules', path), 'utf8'));
    });
  }

  app.use('/dist/*', files());
  app.use('/test/*', files(/^\/test/, '/test/browser/pages'));
  app.get('/:file{[^/]+\\.mjs}', (c) => c.notFound()); // the server's own code
  app.use('/*', files(/^/, '/demo'));
  return app;
}

/** @param {NodeJS.ErrnoException} error @param {number} port */
function explained(error, port) {
  if (error.code !== 'EADDRINUSE') return error;
  const free = port === 4180 ? 4181 : 4180;
  return new Error(`Port ${port} is taken. Choose another one: PORT=${free} npm start`, { cause: error });
}
