// Runs the samples of the documentation in a real page: in Chromium, with the built dist/ and the demo's collector.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { chromium } from 'playwright-core';
import { createCollector } from '../demo/collector.mjs';
import { AROUND, filled } from './docs-around.mjs';
import { bundled } from './docs-bundle.mjs';
import { integrity, kindOf, noted } from './docs-samples.mjs';
import { CHROMIUM_ARGS } from './ensure-browser.mjs';

/** @typedef {import('./docs-markdown.mjs').Sample} Sample */

const root = join(fileURLToPath(import.meta.url), '../..');
const SHOP = 'https://shop.example.com';
const LATER = 200; // milliseconds in which a sample does what it does later

const STUB =
  '<script>window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)}</script>';
const tagAt = (folder, more = '') =>
  `<script async src="${folder}/chatstone.js" data-write-key="CUSTOMERIO_WRITE_KEY"${more}></script>`;
const CHAT = `<script type="module">
  import { install } from '${SHOP}/widgets/tawk.js';
  window.fake = install(window, {});
</script>`;
const html = (head) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${head}</head><body>${CHAT}</body></html>`;

/** Files by the end of their address: ours from dist/, the fakes of the widgets from the demo. */
function fileOf({ pathname }) {
  const [, ours] = /\/(chatstone[\w-]*\.js)$/.exec(pathname) ?? [];
  const [, fake] = /^\/(widgets\/[\w/-]+\.js)$/.exec(pathname) ?? [];
  const path = join(root, ours ? `dist/${ours}` : fake ? `demo/${fake}` : 'none');
  return existsSync(path) ? path : undefined;
}

/** What is seen of a page. */
function watch(page) {
  const seen = { complaints: [], errors: [] };
  page.on('console', (line) => {
    const text = line.text();
    if (line.type() === 'error' && text.startsWith('[chatstone]')) seen.complaints.push(text.slice(12));
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  return seen;
}

async function within(patience, look, what) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${patience / 1000} s: ${what}`);
    await delay(25);
  }
}

/** A failure as a sentence; a bundler's begins with a line of its own, and ends with places. */
const reasonOf = ({ message }) => [
  stripVTControlCharacters(message) // it is red where CI is set
    .replace(/^Build failed with .*:\n+/, '')
    .split('\n')
    .slice(0, 2)
    .join(' '),
];

/** In the page: a chat begins, of somebody who is known, once we may; what waits is delivered. */
async function chat(name) {
  const chatstone = typeof name === 'string' ? window[name] : undefined;
  const call = (what, ...rest) => (chatstone ? chatstone(what, ...rest) : window.made.at(-1)[what](...rest));
  const before = await call('status');
  if (before.consent.state !== 'granted') call('consent', 'granted');
  call('milestone', 'chat_first_message_sent', { widget: 'docs', conversation_id: 'docs-1' });
  await call('flush');
  if (!(await call('status')).identity?.userId) call('identify', { id: '7', email: 'ada@example.com' });
  await call('flush');
  const { identity, errors, lastError } = await call('status');
  return { identity, errors, lastError };
}

/**
 * Opens a browser in which samples are run one after the other, each with a profile and a collector of its own.
 *
 * @param {string} executablePath
 * @param {number} [patience] milliseconds that what a sample is to do may take
 */
export async function openSamples(executablePath, patience = 10_000) {
  const until = (look, what) => within(patience, look, what);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const hashes = integrity().scripts;

  /** A page with a document, on a network of its own: what is asked for is answered here, and nothing leaves. */
  const open = async (document) => {
    const collector = createCollector();
    const context = await browser.newContext();
    await context.route('**/*', async (route) => {
      const request = route.request();
      const url = new URL(request.url());
      const headers = { 'access-control-allow-origin': '*' };
      if (request.isNavigationRequest()) return route.fulfill({ body: document, contentType: 'text/html' });
      const path = fileOf(url);
      if (path) {
        const contentType = extname(path) === '.js' ? 'text/javascript' : 'text/plain';
        return route.fulfill({ body: readFileSync(path, 'utf8'), contentType, headers });
      }
      if (request.method() !== 'POST') return route.fulfill({ status: 404, headers });
      if (!url.pathname.endsWith('/v1/b') || url.hostname === 'api.segment.io')
        return route.fulfill({ status: 200, headers, body: '' });
      const { status } = collector.receive({ path: url.pathname, body: request.postData() ?? '' });
      return route.fulfill({ status, headers, body: '' });
    });
    const page = await context.newPage();
    const seen = watch(page);
    await page.goto(`${SHOP}/products/hat`, { waitUntil: 'load' });
    return { page, collector, seen, close: () => context.close() };
  };

  const started = (page, name) =>
    until(
      () => page.evaluate((global) => window[global]?.started === true, name),
      `window.${name} has started`,
    );

  /** Chats, and says what is wrong then. */
  const chats = async ({ page, collector }, name, arrives = true) => {
    const { errors, lastError } = await page.evaluate(chat, name);
    const wrong = Object.keys(errors).map((place) => `something fails in ${place}: ${lastError}`);
    if (arrives)
      await until(
        () => collector.messages().some(({ event, userId }) => event && userId),
        'a milestone arrives at Customer.io',
      ).catch((error) => wrong.push(error.message));
    return wrong;
  };

  /** How each kind is run, in a page that `show` opens. What is wrong is returned, a sentence each. */
  const RUN = {
    async html(text, show) {
      const whole = filled(text, hashes);
      const has = /chatstone\.js/.test(whole.replace(/chatstone-[\w-]+\.js/g, ''));
      const [folder = `${SHOP}/static`] =
        whole.match(/https:\/\/[\w.-]+(?:\/[\w.-]+)*(?=\/chatstone-[\w-]+\.js)/) ?? [];
      const global = /data-global="(\w+)"/.exec(whole)?.[1] ?? 'chatstone';
      const opened = await show(html(has ? whole : `${whole}${tagAt(folder)}`));
      await started(opened.page, global);
      const key = !has || /data-write-key["'=]/.test(whole);
      return chats(opened, global, key);
    },
    config: (text, show) =>
      RUN.html(`${STUB}<script type="application/json" id="chatstone-config">${text}</script>`, show),
    async calls(text, show, { around, ends, tells }) {
      const opened = await show(
        html(`${STUB}${tagAt(`${SHOP}/static`, ' data-consent="granted" data-client="none"')}`),
      );
      const { page } = opened;
      await started(page, 'chatstone');
      await page.evaluate(() => {
        window.told = [];
        window.chatstone('on', 'milestone', ({ name }) => window.told.push(name));
      });
      await page.addScriptTag({ content: `${around}\n${text}` });
      for (const name of tells)
        await until(() => page.evaluate((one) => window.told.includes(one), name), `it tells ${name}`);
      await delay(LATER);
      return ends ? [] : chats(opened, 'chatstone');
    },
    async module(text, show, { around }) {
      const code = await bundled(`${around}\n${text}`);
      const opened = await show(html(''));
      await opened.page.addScriptTag({ content: code, type: 'module' });
      await until(() => opened.page.evaluate(() => window.made?.length), 'the sample calls init');
      await delay(LATER);
      return chats(opened, undefined, /customerio\(/.test(text));
    },
    async xml(text, show) {
      const { page } = await show(html(''));
      const error = await page.evaluate(
        (xml) =>
          new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent,
        text,
      );
      return error ? [`it is no XML: ${error.split('\n')[1] ?? error}`] : [];
    },
  };

  return {
    /**
     * Runs a sample. Returns what is wrong with it, a sentence each.
     * @param {Sample} sample
     */
    async run(sample) {
      const expected = noted(sample, 'complains');
      const names = noted(sample, 'with');
      const unknown = names.filter((name) => !(name in AROUND));
      if (unknown.length)
        return [`nothing is called ${unknown}: write with one of ${Object.keys(AROUND).join(', ')}`];
      const around = names.map((name) => AROUND[name]).join('\n');
      const ends = noted(sample, 'ends').length > 0;
      const tells = noted(sample, 'tells');
      let opened;
      const show = async (document) => {
        opened = await open(document);
        return opened;
      };
      const wrong = await RUN[kindOf(sample)](sample.text, show, { around, ends, tells }).catch(reasonOf);
      await opened?.close();
      const { complaints = [], errors = [] } = opened?.seen ?? {};
      return [
        ...wrong,
        ...errors.map((error) => `it throws: ${error}`),
        ...complaints
          .filter((text) => !expected.some((part) => text.includes(part)))
          .map((text) => `the console says: ${text}`),
        ...expected
          .filter((part) => !complaints.some((text) => text.includes(part)))
          .map((part) => `it is to show "${part}", which the console does not say`),
      ];
    },
    close: () => browser.close(),
  };
}
