// Somebody in the shop with a browser of any engine. The pages fetch what they are to do from the test and send back what
// came of it: one way that works alike in all engines, in private windows and after a kill.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND, until } from '../browser/harness.ts';
import { listens, source } from '../browser/listens.ts';
import { type Browser, closeDisplay, type Mode, newProfile, openBrowser } from './browser.ts';
import type { EngineName } from './setup.ts';

const START = 30 * SECOND; // within which a browser shows its first page, on a busy machine
const ANSWER = 15 * SECOND;

interface Work {
  source: string;
  done(answer: { value?: any; error?: string }): void;
}

/** A page that has told of itself. */
interface Page {
  id: string;
  path: string;
  agent: string;
  taken: boolean;
  waiting: Work[];
  under: Map<string, Work>;
  poll?: ServerResponse;
}

let pages: Page[] = [];
let hurts: string[] = []; // what nobody caught in a page
let works = 0;

/** Hands a page its next work, if it asks for one. */
function feed(page: Page): void {
  if (!page.poll || !page.waiting.length) return;
  const work = page.waiting.shift()!;
  const id = String(works++);
  page.under.set(id, work);
  page.poll.end(JSON.stringify({ id, source: work.source }));
  page.poll = undefined;
}

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cache-control', 'no-store');
  if (pathname === '/driver.js') {
    response.setHeader('content-type', 'text/javascript');
    response.end(`(${source(drive)})(${source(listens)})`);
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const page = pages.find(({ id }) => id === searchParams.get('page'));
  if (pathname === '/hello') pages.push({ ...JSON.parse(body), taken: false, waiting: [], under: new Map() });
  else if (pathname === '/hurt') hurts.push(body);
  else if (pathname === '/done') {
    const { id, ...answer } = JSON.parse(body);
    page?.under.get(id)?.done(answer);
  } else if (page) {
    page.poll = response;
    response.once('close', () => {
      if (page.poll === response) page.poll = undefined;
    });
    feed(page);
    return;
  }
  response.end();
});

let listening: Promise<number> | undefined;
const port = () =>
  (listening ??= new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  }));

/** What stands in the head of every page that is to be driven. */
export const driver = async (): Promise<string> =>
  `<script src="http://driver.localhost:${await port()}/driver.js"></script>`;

/** In the page. */
function drive(listens: () => Promise<boolean>) {
  const { fetch, setTimeout } = window; // before a test breaks them
  const { origin } = new URL((document.currentScript as HTMLScriptElement).src);
  const id = `${Date.now()}-${Math.random()}`;
  const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const post = (what: string, body: unknown) =>
    fetch(`${origin}/${what}?page=${id}`, { method: 'POST', body: JSON.stringify(body) });
  const hurt = (reason: any) => void post('hurt', String(reason?.stack ?? reason)).catch(() => {});
  window.addEventListener('error', ({ error, message }) => hurt(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => hurt(reason));
  const run = async (source: string) => {
    try {
      // biome-ignore lint/security/noGlobalEval: the test hands over functions as text
      // biome-ignore lint/complexity/noCommaOperator: indirect, so that it runs in the page's scope
      return { value: await (0, eval)(source) };
    } catch (error) {
      return { error: String((error as Error)?.stack ?? error) };
    }
  };
  const live = async () => {
    for (let looks = 0; !(await listens()) && looks < 120; looks++) await rest(25);
    await rest(25);
    await post('hello', { id, path: location.pathname, agent: navigator.userAgent });
    for (;;) {
      try {
        const work = await (await fetch(`${origin}/work?page=${id}`)).json();
        await post('done', { id: work.id, ...(await run(work.source)) });
      } catch {
        await rest(100); // the network is gone for a moment: some tests see to that
      }
    }
  };
  window.addEventListener('load', live);
}

const code = (work: unknown, args: unknown[]) => `(${source(work)})(...${JSON.stringify(args)})`;

/** A tab; it follows its page from one to the next. */
export interface Tab {
  /** Runs a function in the page. It gets the arguments as JSON and sees nothing else of the test. */
  run<A extends unknown[], R>(work: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Runs a function that leaves the page in the task in which it runs, and waits for the page at `path`. */
  leave(path: string, work: (path: string) => void): Promise<void>;
  goto(path: string): Promise<void>;
  agent(): string;
}

const leaving: (() => Promise<void>)[] = [];

/** After each story. */
export async function endVisits(): Promise<void> {
  await Promise.all(leaving.splice(0).map((leave) => leave()));
  pages = [];
  hurts = [];
}

/** After the stories of an engine. */
export async function closeDriver(): Promise<void> {
  closeDisplay();
  if (!listening) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  listening = undefined;
}

/** Somebody with a browser of this engine. `url`: the shop. */
export function newVisitor(engine: EngineName, url: string, mode: Mode = 'usual') {
  const profile = newProfile();
  let browser: Browser | undefined;
  leaving.push(async () => {
    await browser?.kill();
    profile.remove();
  });

  /** The next page at a path that no tab has taken yet. */
  const next = (path: string): Promise<Page> =>
    until(
      () => {
        const page = pages.find((one) => one.path === path && !one.taken);
        if (page) page.taken = true;
        return page;
      },
      `a page at ${path} tells of itself`,
      START,
    );
  const give = (page: Page, work: unknown, args: unknown[]) =>
    new Promise<{ value?: any; error?: string }>((done) => {
      page.waiting.push({ source: code(work, args), done });
      feed(page);
    });

  const tabAt = (first: Page): Tab => {
    let page = first;
    const tab: Tab = {
      async run(work, ...args) {
        const late = delay(ANSWER, undefined, { ref: false }).then(() => ({
          value: undefined,
          error: `no answer in ${ANSWER / SECOND} s: ${String(work)}`,
        }));
        const { value, error } = await Promise.race([give(page, work, args), late]);
        if (error) throw new Error(error);
        return value;
      },
      async leave(path, work) {
        give(page, work, [path]); // the answer may never come
        page = await next(path);
      },
      goto: (path) =>
        tab.leave(path, (to) => {
          location.href = to;
        }),
      agent: () => page.agent,
    };
    return tab;
  };

  return {
    /** What nobody caught in a page. */
    hurts: () => hurts,
    /** Opens the browser with a tab at each path. */
    async open(...paths: string[]): Promise<Tab[]> {
      browser = await openBrowser(
        engine,
        profile.path,
        mode,
        paths.map((path) => url + path),
      );
      return Promise.all(paths.map(async (path) => tabAt(await next(path))));
    },
    /** Ends the browser. `kill`: all its processes at once, without a word. */
    async end(how: 'close' | 'kill' = 'close') {
      await browser?.[how]();
      browser = undefined;
    },
    browser: () => browser!,
  };
}
