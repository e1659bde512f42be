// The shop's server: one page, which differs only in the script that it carries, and files as a CDN serves them.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundle } from '../browser/remotes.ts';
import { SCRIPTS, type Script } from './page-clients.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUNDLE = 400; // milliseconds after the page until the widget's bundle is there
const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };
const PRODUCTS = ['Drover jumper', 'Haar jacket', 'Tarn cardigan', 'Corrie gilet', 'Fell socks', 'Mill cap'];

const card = (name: string, number: number) => `
      <li class="card">
        <a href="/product-${number}">
          <svg viewBox="0 0 64 64" aria-hidden="true" width="200" height="200"><path d="M8 12l12-6h24l12 6-4 14-6-2v32H18V24l-6 2z" /><circle cx="32" cy="${20 + (number % 9)}" r="4" /></svg>
          <h3>${name}, no. ${number}</h3>
        </a>
        <p>Spun and knitted in one valley. It runs true to size and washes by hand.</p>
        <p class="price">£${40 + number}</p>
        <form><label>Size <select><option>S</option><option>M</option><option>L</option></select></label>
          <button type="button">Add to basket</button></form>
      </li>`;

const tagOf = (client: string, { file, before, attributes, start }: Script, collector: string) => `
    <script>${before ?? ''}
      window.begin = () => {${start?.(collector) ?? ''}};
    </script>
    <script async src="/scripts/${client}/${file}" ${attributes?.(collector) ?? ''} onload="begin()"></script>`;

/** The page with a script, or without any. */
function html(client: string, collector: string): string {
  const script = SCRIPTS[client];
  const widget = script ? script.widget : 'tawk';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Woollens</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/page/shop.css" />
    ${widget ? `<script src="/page/${widget}.js"></script>` : ''}${script ? tagOf(client, script, collector) : ''}
  </head>
  <body>
    <header><a href="/">Ravelgarth</a> <nav><a href="/size-guide">Size guide</a></nav></header>
    <main><h1>Wool for weather</h1><ul class="products">${Array.from({ length: 60 }, (_, i) =>
      card(PRODUCTS[i % PRODUCTS.length]!, i),
    ).join('')}
    </ul></main>
    ${widget ? `<script>addEventListener('load', () => setTimeout(() => fake.load(), ${BUNDLE}));</script>` : ''}
  </body>
</html>`;
}

const widgetFile = (name: string) =>
  bundle(`import { install } from '../../../demo/widgets/${name}.js';
    window.fake = install(window, { late: true });`);

const brotli = (text: Buffer | string) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

export type Site = Awaited<ReturnType<typeof openSite>>;

/** Opens the server. Each page has an origin, so that nothing of it is known to the browser before. */
export async function openSite() {
  const files = new Map<string, Promise<Buffer>>();
  const pages = new Map<string, Buffer>();

  async function read(path: string): Promise<Buffer> {
    const [, kind, name, ...rest] = path.split('/');
    if (kind === 'page' && name === 'shop.css') return readFile(join(ROOT, 'demo/shop.css'));
    if (kind === 'page') return Buffer.from(await widgetFile(basename(name!, '.js')));
    const script = kind === 'scripts' && SCRIPTS[name!];
    if (!script) throw new Error(`there is no ${path}`);
    return readFile(join(ROOT, script.folder, basename(rest.join('/'))));
  }
  /** A file as it is served. */
  function compressed(path: string): Promise<Buffer> {
    if (!files.has(path)) files.set(path, read(path).then(brotli));
    return files.get(path)!;
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url!, 'http://shop.localhost');
    const page = pages.get(request.headers.host!.split('.')[0]!);
    const body = pathname === '/' ? page : await compressed(pathname);
    response.writeHead(200, {
      'Content-Type': `${TYPES[pathname.split('.')[1] ?? 'html']}; charset=utf-8`,
      'Content-Encoding': 'br',
      'Content-Length': body!.length,
      'Cache-Control': pathname === '/' ? 'no-cache' : 'public, max-age=31536000, immutable',
    });
    response.end(body);
  }

  const missing = new Set<string>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      missing.add(`${request.url}: ${error.message}`);
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let number = 0;

  return {
    /** What was asked for and is not there. */
    missing,
    /** A page of its own origin, with a script that sends to a collector. */
    page(client: string, collector: string): string {
      const host = `${client}-${++number}`;
      pages.set(host, brotli(html(client, collector)));
      return `http://${host}.localhost:${port}/`;
    },
    /** How many bytes the body of a file has on the wire. */
    async size(client: string, file: string): Promise<number> {
      return (await compressed(`/scripts/${client}/${file}`)).length;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
