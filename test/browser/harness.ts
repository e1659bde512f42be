// A shop and its visitors, in real Chromium.
//
//   const shop = await openShop({ widget: 'crisp', script: { client: 'none', anonymous: 'send' } });
//   const visitor = await shop.visitor();
//   const page = await visitor.goto('/hats');
//   await page.click('#chat'); // a trusted gesture
//   await page.run(() => window.fake.visitor('Hello'));
//   await until(() => shop.collector.messages().length === 2, 'two milestones arrive');
//
// Everything that Playwright itself does in a page counts as a gesture of the visitor, even `waitForSelector` and
// `textContent`. What must not look like one goes through `page.run`.
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { createCollector } from '../../demo/collector.mjs';
import { serve } from '../../demo/server.mjs';
import type { Fake } from '../../demo/widgets/fake.js';
import { wrongWith } from '../house/valid.ts';
import { PLAYWRIGHT_ARGS } from './chromium-args.ts';
import { clock } from './clock.ts';
import { listens, source } from './listens.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const PATIENCE = 20 * SECOND; // another machine may be slow, and busy

/** What a page of the shop is made of. */
export interface ShopPage {
  title?: string;
  /** HTML at the end of the head: a widget, say. */
  head?: string;
  body?: string;
  /**
   * A fake from demo/widgets, by name or with options for its `install`. The page drives it as `window.fake`; a click on
   * `#chat` opens it.
   */
  widget?: string | { name: string; [option: string]: unknown };
  /** Attributes of the script tag without `data-`, in camel case; `true` for one without a value. `false`: no chatstone. */
  script?: Record<string, string | number | boolean> | false;
  /** The JSON block. */
  config?: unknown;
  /** JavaScript that runs after the stub and before everything else. */
  inline?: string;
  /** Headers of the answer: a Content-Security-Policy, say. */
  headers?: Record<string, string>;
}

export interface ShopOptions extends ShopPage {
  /** The clocks of the visitors and of the collector can be moved: `shop.travel`. */
  travels?: boolean;
}

export interface VisitorOptions {
  /** How far the clock of the device is off, in milliseconds. */
  clock?: number;
  /** Keeps the back/forward cache, which Playwright cannot follow: go back with `page.back()`. */
  bfcache?: boolean;
  /** The browser can be closed or killed, and started again with what it has stored. */
  restarts?: boolean;
}

/** One request that a page made. */
export interface Asked {
  method: string;
  url: string;
  type: string;
  body: string | null;
}

/** All that a page's origin has stored. */
export interface Stored {
  indexedDB: Record<string, Record<string, [IDBValidKey, unknown][]>>;
  localStorage: Record<string, string>;
  sessionStorage: Record<string, string>;
  cookies: Record<string, string>;
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
export type Visitor = Awaited<ReturnType<Shop['visitor']>>;

/** A page of Playwright, and what it lacks. */
export type Tab = Page & {
  /** Runs a function in the page without a gesture. It gets the arguments as JSON and sees nothing else of the test. */
  run<A extends unknown[], R>(work: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Goes back in history. */
  back(): Promise<void>;
  storage(): Promise<Stored>;
};

interface Answer {
  html: string;
  status?: 200 | 404;
  headers?: Record<string, string>;
}

let usual: Promise<Browser> | undefined; // of all visitors of a file that need none of their own
let server: Promise<Awaited<ReturnType<typeof serve>>> | undefined;
let pages = new Map<string, Answer>();
let anyPage: Answer | undefined;
let time = 0; // how far the shop has travelled
const collector = createCollector({ now: () => Date.now() + time });
const leaving: (() => Promise<void>)[] = []; // closes the browsers of one test

// The pages of a test stand before the files of the demo.
function routes() {
  const app = new Hono();
  app.get('/*', async (c, next) => {
    const opened = c.req.header('sec-fetch-dest') === 'document' && !c.req.path.startsWith('/test/');
    const page = pages.get(c.req.path) ?? (opened ? anyPage : undefined);
    return page ? c.html(page.html, page.status ?? 200, page.headers) : next();
  });
  return app.route('/', collector.routes);
}

/** After each test: the visitors leave, and what reached the collector is looked at. */
export async function endVisits(): Promise<void> {
  await Promise.all(leaving.splice(0).map((leave) => leave()));
  const ours = collector.requests().filter(({ path, errors }) => path === '/v1/b' && !errors.length);
  collector.reset();
  const wrong = ours.flatMap(({ body }) => wrongWith(JSON.parse(body)));
  expect(wrong, 'every body has the shape of docs/message.schema.json').toEqual([]);
}

/** After each file. */
export async function closeShop(): Promise<void> {
  await (await usual)?.close();
  usual = undefined;
  await (await server)?.close();
  server = undefined;
}

/**
 * Opens the shop, on its own origin with the collector on another. The options say how every page looks that `show` does
 * not tell otherwise; without any, it is the demo's storefront.
 */
export async function openShop({ travels = false, ...page }: ShopOptions = {}) {
  server ??= serve({ port: 0, collector: { ...collector, routes: routes() } });
  const { port } = await server;
  const origin = (name: string) => `http://${name}.localhost:${port}`; // a secure context, like https
  const url = origin('shop');
  const compose = (parts: ShopPage | string): Answer => {
    if (typeof parts === 'string') return { html: parts };
    const whole = { ...page, ...parts };
    return { html: html(whole, origin('collector')), headers: whole.headers };
  };
  pages = new Map();
  anyPage = Object.keys(page).length ? compose({}) : undefined;
  time = 0;
  const visitors: { move(): Promise<void> }[] = [];

  return {
    url,
    /** Another site, on the same server. */
    origin,
    collector,
    /** How the page at a path looks. */
    show(path: string, parts: ShopPage | string) {
      pages.set(path, compose(parts));
    },
    /** There is nothing at a path, as where a blocker took a script away. */
    hide(path: string) {
      pages.set(path, { html: '', status: 404 });
    },
    /** Moves all clocks forward. */
    async travel(milliseconds: number) {
      if (!travels) throw new Error('open the shop with { travels: true }');
      time += milliseconds;
      await Promise.all(visitors.map((visitor) => visitor.move()));
    },
    /** Somebody with a browser of their own. */
    async visitor({ clock: skew, bfcache = false, restarts = false }: VisitorOptions = {}) {
      const profile = bfcache || restarts ? mkdtempSync(join(tmpdir(), 'chatstone-profile-')) : undefined;
      const heard = { console: [] as string[], errors: [] as string[], requests: [] as Asked[] };
      const offset = () => (travels || skew !== undefined ? time + (skew ?? 0) : undefined);
      let browser = await launch(profile, { url, bfcache, offset: offset(), heard });
      leaving.push(async () => {
        const late = setTimeout(() => profile && kill(profile), PATIENCE);
        await browser.close();
        clearTimeout(late);
        if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      });
      let first: Tab | undefined;

      const visitor = {
        /** Lines on the console. */
        console: heard.console,
        /** Errors that nothing caught. */
        errors: heard.errors,
        /** All requests; what a dying page sends may be missing, the collector's log has it. */
        requests: heard.requests,
        /** Requests that left the shop and its collector. */
        strangers: () =>
          heard.requests.filter(({ url: to }) => ![url, origin('collector')].includes(new URL(to).origin)),
        /** Opens a path, or a URL, in the first tab; `parts` says how the page there looks. */
        async goto(path = '/', parts?: ShopPage | string): Promise<Tab> {
          if (parts !== undefined) pages.set(path, compose(parts));
          first =
            first?.isClosed() === false
              ? first
              : await equip(browser.pages()[0] ?? (await browser.newPage()));
          await first.goto(path);
          return first;
        },
        /** Opens a path in one more tab. */
        async newTab(path = '/'): Promise<Tab> {
          const tab = await equip(await browser.newPage());
          await tab.goto(path);
          return tab;
        },
        offline: () => browser.setOffline(true),
        online: () => browser.setOffline(false),
        /**
         * Closes the browser and starts it again. `kill`: all its processes end at once, without a word. `meanwhile` runs
         * while there is none.
         */
        async restart(how?: 'kill', meanwhile = () => {}) {
          if (!profile) throw new Error('open the visitor with { restarts: true }');
          if (how === 'kill') await kill(profile);
          // Where the news of the death comes while it is being closed, closing fails.
          await browser.close().catch((error) => {
            if (how !== 'kill') throw error;
          });
          first = undefined;
          meanwhile();
          browser = await launch(profile, { url, bfcache, offset: offset(), heard });
        },
        browser: () => browser,
        async move() {
          const to = offset()!;
          await browser.addInitScript(moveClock, to);
          for (const tab of browser.pages())
            if (tab.url() !== 'about:blank') await run(await cdp(tab), moveClock, to);
        },
      };
      visitors.push(visitor);
      return visitor;
    },
  };
}

/** Waits until something is so, and returns it. What throws is not so yet: a page that is leaving cannot be asked. */
export async function until<T>(
  look: () => T | Promise<T>,
  what: string,
  within = PATIENCE,
): Promise<NonNullable<T>> {
  const end = Date.now() + within;
  let cause: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(25);
  }
  throw new Error(`Not within ${within / SECOND} s: ${what}`, { cause });
}

const moveClock = (to: number) => window.moveClock?.(to);

interface Launch {
  url: string;
  bfcache: boolean;
  offset?: number;
  heard: { console: string[]; errors: string[]; requests: Asked[] };
}

/** A browser with a profile on disk, or, where there is none, a context of the usual browser: that is made in no time. */
async function launch(
  profile: string | undefined,
  { url, bfcache, offset, heard }: Launch,
): Promise<BrowserContext> {
  const how = {
    executablePath: inject('chromium'),
    // Nothing leaves this machine: a name that is not *.localhost is not found.
    args: [
      ...PLAYWRIGHT_ARGS,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    ],
    ignoreDefaultArgs: bfcache ? ['--disable-back-forward-cache'] : [],
    timeout: 30 * SECOND,
  };
  const browser = profile
    ? await chromium.launchPersistentContext(profile, { ...how, baseURL: url })
    : await (await (usual ??= chromium.launch(how))).newContext({ baseURL: url });
  if (!profile) await browser.newPage(); // a browser of its own has one, too
  browser.setDefaultTimeout(PATIENCE);
  browser.setDefaultNavigationTimeout(3 * PATIENCE); // a page may have a lot to do at its start, and the machine beside it
  browser.on('console', (line) => heard.console.push(line.text()));
  browser.on('weberror', (error) => heard.errors.push(String(error.error())));
  browser.on('request', (request) =>
    heard.requests.push({
      method: request.method(),
      url: request.url(),
      type: request.resourceType(),
      body: request.postData(),
    }),
  );
  if (offset !== undefined) await browser.addInitScript(clock, offset);
  return browser;
}

/** Ends all processes of the browser that holds a profile, and waits until they are gone. */
async function kill(profile: string): Promise<void> {
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').pop()); // host-pid
  process.kill(-pid, 'SIGKILL'); // Playwright starts it as the leader of a group
  await until(() => !alive(pid), 'the browser is gone');
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

function cdp(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

async function run<A extends unknown[], R>(
  session: CDPSession,
  work: (...args: A) => R | Promise<R>,
  ...args: A
): Promise<R> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${source(work)})(...${JSON.stringify(args)})`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Until the page hears its widget: a person takes longer to reach for the mouse than the page to load. */
async function untilListening(page: Page): Promise<void> {
  const session = await cdp(page);
  const end = Date.now() + 3 * SECOND; // where it does not come, the test is about that
  while (Date.now() < end && !(await run(session, listens))) await delay(25);
  await delay(25);
}

async function equip(page: Page): Promise<Tab> {
  const session = await cdp(page);
  const { goto, reload } = page;
  const listening =
    <A extends unknown[], R>(go: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      const response = await go.apply(page, args);
      await untilListening(page);
      return response;
    };
  const ours: Omit<Tab, keyof Page> = {
    run: (work, ...args) => run(session, work, ...args),
    async back() {
      const from = page.url();
      await run(session, () => history.back());
      await until(() => page.url() !== from, 'the page before is back');
    },
    async storage() {
      const cookies = await page.context().cookies(page.url());
      return {
        ...(await run(session, readStorage)),
        cookies: Object.fromEntries(cookies.map(({ name, value }) => [name, value])),
      };
    },
  };
  return Object.assign(page, ours, { goto: listening(goto), reload: listening(reload) });
}

/** In the page. */
async function readStorage(): Promise<Omit<Stored, 'cookies'>> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found: Stored['indexedDB'] = {};
  for (const { name } of await indexedDB.databases()) {
    const opening = indexedDB.open(name!);
    // It may be deleted by now: looking must not make it again.
    opening.onupgradeneeded = () => opening.transaction!.abort();
    const db = await answer(opening).catch(() => undefined);
    if (!db) continue;
    const stores: Stored['indexedDB'][string] = {};
    for (const store of db.objectStoreNames) {
      const objects = db.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(objects.getAllKeys()), answer(objects.getAll())]);
      stores[store] = keys.map((key, i) => [key, values[i]]);
    }
    db.close();
    found[name!] = stores;
  }
  return { indexedDB: found, localStorage: { ...localStorage }, sessionStorage: { ...sessionStorage } };
}

const STUB = 'window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)}';

const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
const quoted = (text: unknown) => String(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `window.fake` is there once the page has loaded, for modules wait for the page. */
function chat(widget: NonNullable<ShopPage['widget']>) {
  const { name, ...options } = typeof widget === 'string' ? { name: widget } : widget;
  return `<button type="button" id="chat" onclick="fake.open()">Chat</button>
<script type="module">
  import { install } from '/widgets/${name}.js';
  window.fake = install(window, ${json(options)});
</script>`;
}

function html(
  { title = 'Shop', inline, config, script = {}, head, widget, body }: ShopPage,
  apiHost: string,
) {
  const said: Record<string, string | number | boolean> = { writeKey: 'key', apiHost, ...script };
  const attributes = Object.entries(said)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => ` data-${dashed(name)}${value === true ? '' : `="${quoted(value)}"`}`);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">`,
    `<script>${STUB}</script>`,
    config !== undefined && `<script type="application/json" id="chatstone-config">${json(config)}</script>`,
    inline && `<script>${inline}</script>`,
    script && `<script async src="/dist/chatstone.js"${attributes.join('')}></script>`,
    head,
    '</head><body>',
    body,
    widget && chat(widget),
    '</body></html>',
  ]
    .filter(Boolean)
    .join('\n');
}

declare global {
  interface Window {
    /** The widget that `ShopPage.widget` names. */
    fake: Fake;
  }
}
