// What the demo and the QA panel look like, in light and dark, wide and narrow, beside committed references. The font comes from a
// package, the time stands still, ids are given: what is left is what we drew.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createCollector } from '../../demo/collector.mjs';
import { serve } from '../../demo/server.mjs';
import { PLAYWRIGHT_ARGS } from '../browser/chromium-args.ts';
import { compare } from './compare.mjs';

const NOON = Date.UTC(2026, 10, 28, 12);
const FONT = [400, 600, 700]
  .map((weight) => {
    const file = createRequire(import.meta.url).resolve(
      `@fontsource/inter/files/inter-latin-${weight}-normal.woff2`,
    );
    const data = readFileSync(file).toString('base64');
    return `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) }`;
  })
  .join('\n');
const STILL =
  '*, ::before, ::after { font-family: Inter !important; animation: none !important; transition: none !important; caret-color: transparent !important }';

const SIZES = { wide: { width: 1180, height: 760 }, narrow: { width: 390, height: 760 } };

interface Look {
  path: string;
  /** Brings the page to where it is looked at. */
  until?(page: Page): Promise<unknown>;
  /** What of it is looked at; else what fits the window. */
  part?: string;
}

const panel = (page: Page) => page.locator('chatstone-panel');
const tab = (page: Page, name: string) => panel(page).getByRole('tab', { name }).click();

// As text: the test runner writes import() as a function of its own, which the page does not have.
const CHAT = `import('/shop/chat.js').then(async ({ fake }) => {
  fake.popup(); // nobody asked for it
  fake.close();
  chatstone('milestone', 'chat_opened', { widget: 'tawk' });
  fake.visitor('Does the M run small?');
  fake.prechat({ email: 'ailsa@example.com', name: 'Ailsa' });
  fake.assign();
  fake.agent('It does.');
  fake.agent('Take the L.');
  fake.end();
  fake.rate(1);
  const deadline = performance.now() + 8000;
  for (let now; !(now?.delivered > 9 && !now.waiting.length); now = await chatstone('status')) {
    if (performance.now() > deadline) throw new Error(JSON.stringify(now));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})`;

/** A chat in the demo's widget, up to its rating; ends when all of it has arrived. */
const chat = (page: Page): Promise<unknown> => page.evaluate(CHAT);

/** Two days of invented people. */
async function sampleDay(page: Page): Promise<void> {
  await page.request.post('/api/sample');
  await page.reload();
  await page.locator('.uplot canvas').waitFor();
  await page.waitForFunction(() => document.body.textContent?.includes('29 of 29'));
}

const LOOKS: Record<string, Look> = {
  shop: { path: '/index.html' },
  'panel-standing': {
    path: '/size-guide.html?chatstone_debug',
    part: 'chatstone-panel .panel',
    until: async (page) => {
      await panel(page).getByText('found by window.Tawk_API').waitFor();
      await chat(page);
      await panel(page).getByText('ailsa@example.com').waitFor();
    },
  },
  'panel-timeline': {
    path: '/size-guide.html?chatstone_debug',
    part: 'chatstone-panel .panel',
    until: async (page) => {
      await panel(page).getByText('found by window.Tawk_API').waitFor();
      await tab(page, 'Timeline');
      await chat(page);
      await panel(page)
        .getByText(/chat_csat_submitted.*accepted/s)
        .first()
        .waitFor();
    },
  },
  'panel-traces': {
    path: '/size-guide.html?chatstone_debug',
    part: 'chatstone-panel .panel',
    until: async (page) => {
      await panel(page).getByText('found by window.Tawk_API').waitFor();
      await tab(page, 'Traces');
      await panel(page).getByRole('button', { name: 'Start a trace' }).click();
      await chat(page);
      await panel(page).getByRole('button', { name: 'End the trace' }).click();
      await panel(page)
        .getByText(/7 milestones/)
        .waitFor();
    },
  },
  situations: { path: '/situations/' },
  situation: {
    path: '/situations/first-chat.html',
    until: (page) => page.getByText('Try').first().waitFor(),
  },
  builder: { path: '/builder.html' },
  explorer: { path: '/explorer.html', until: sampleDay },
  'explorer-timeline': {
    path: '/explorer.html',
    until: async (page) => {
      await sampleDay(page);
      await page.locator('.uplot').scrollIntoViewIfNeeded();
    },
  },
};

let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
const collector = createCollector({ now: () => NOON });

beforeAll(async () => {
  server = await serve({ port: 0, collector, now: () => NOON });
  // No help from the graphics card, no hints of the system's for fonts: the same everywhere.
  browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: [
      ...PLAYWRIGHT_ARGS,
      '--font-render-hinting=none',
      '--disable-lcd-text',
      '--force-color-profile=srgb',
      '--disable-gpu',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: SIZES.wide,
    baseURL: server.url,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ([font, still]) => {
      // A sheet for every root, shadow roots too.
      const style = (root: DocumentOrShadowRoot) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(still!);
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      };
      document.addEventListener('DOMContentLoaded', () => {
        style(document);
        const faces = document.createElement('style');
        faces.textContent = font!;
        document.head.append(faces);
      });
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (how) {
        const root = attach.call(this, how);
        setTimeout(() => style(root));
        return root;
      };
      // What is drawn on a canvas, too.
      const { prototype } = CanvasRenderingContext2D;
      const { get, set } = Object.getOwnPropertyDescriptor(prototype, 'font')!;
      Object.defineProperty(prototype, 'font', {
        get,
        set(value: string) {
          set!.call(this, value.replace(/(\d+px).*$/, '$1 Inter'));
        },
      });
      localStorage.setItem('ajs_anonymous_id', '"00000000-0000-4000-8000-000000000007"');
    },
    [FONT, STILL],
  );
  return context;
}

test.each(Object.keys(LOOKS))('%s looks as it should, light and dark, wide and narrow', async (name) => {
  collector.reset();
  const context = await open();
  const page = await context.newPage();
  await page.clock.setFixedTime(NOON);
  const { path, until, part } = LOOKS[name]!;
  await page.goto(path);
  await until?.(page);
  await page.evaluate(() => document.fonts.ready);
  const wrong: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await page.waitForTimeout(400); // drawn, and nothing more comes
      const picture = await (part ? page.locator(part) : page).screenshot({ animations: 'disabled' });
      wrong.push(compare(`${name}-${colorScheme}-${size}`, picture));
    }
  await context.close();
  expect(wrong.filter(Boolean)).toEqual([]);
});
