// The QA panel in a real page: what it shows, what its buttons do, and that it harms nobody and is loaded for nobody else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, rows, tracks } from './steps.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ASKED = '/?chatstone_debug';
const FILE = '/dist/chatstone-debug.js';
const ADA = 'ada@example.com';

interface Open {
  shop: Shop;
  visitor: Visitor;
  tab: Tab;
}

/** A shop whose tag names where profiles can be read. */
async function open(page: ShopOptions = {}, path = ASKED): Promise<Open & ReturnType<typeof panelOf>> {
  const shop = await openShop({
    widget: 'tawk',
    ...page,
    script: { client: 'none', ...(typeof page.script === 'object' && page.script) },
  });
  const visitor = await shop.visitor();
  const tab = await visitor.goto(path);
  return { shop, visitor, tab, ...panelOf(tab) };
}

function panelOf(tab: Tab) {
  const panel = tab.locator('chatstone-panel');
  const text = async (of: Locator) => (await of.allTextContents()).join('\n');
  const choose = (name: string) => panel.getByRole('tab', { name }).click();
  return {
    panel,
    choose,
    press: (name: string) => panel.getByRole('button', { name, exact: true }).click(),
    /** What stands on a tab of it. */
    async on(name: string): Promise<string> {
      await choose(name);
      return text(panel.getByRole('tabpanel'));
    },
    said: () => text(panel.getByRole('status')),
  };
}

/** A chat with words that must not be seen. */
async function chat(tab: Tab): Promise<void> {
  await tab.click('#chat');
  await tab.run(() => {
    window.fake.visitor('Does the M run small? canary-visitor');
    window.fake.agent('Hello, canary-agent', { id: 'agent-7', name: 'canary-name' });
    window.fake.agent('It does, canary-agent');
  });
}

const known = (tab: Tab) => call(tab, 'identify', { email: ADA });
const loaded = (visitor: Visitor) => visitor.requests.filter(({ url }) => url.includes(FILE)).length;

/** What axe finds on a page, the panel's shadow root too. */
async function violations(tab: Tab, within: string): Promise<string[]> {
  await tab.evaluate(AXE);
  return tab.evaluate(async (within) => {
    const { violations } = await (window as any).axe.run(within);
    return violations.flatMap(({ id, nodes }: any) => nodes.map(({ target }: any) => `${id}: ${target}`));
  }, within);
}

describe('the panel', () => {
  test('is loaded for nobody who does not ask, and stays in the tab of who does', async () => {
    const { shop, visitor, tab, panel, press } = await open({}, '/');
    await chat(tab);
    await aWhile();
    expect(loaded(visitor)).toBe(0);

    await visitor.goto('/hats?chatstone_debug');
    await panel.getByText('found by window.Tawk_API').waitFor();
    await visitor.goto('/caps'); // the word is not in the address any more
    await panel.getByText('found by window.Tawk_API').waitFor();
    const other = await visitor.newTab('/'); // the tab of somebody who did not ask
    await aWhile();
    expect(await other.locator('chatstone-panel').count()).toBe(0);
    await other.close();

    await press('Close');
    await visitor.goto('/caps');
    await aWhile();
    expect(await panel.count()).toBe(0);
    expect(await tab.run(() => sessionStorage.length)).toBe(0);
    expect(visitor.errors).toEqual([]);
    expect(shop.collector.requests()).toEqual([]); // nobody is known: it asked for no delivery
  });

  test('shows what was found, who it is and why, what waits and why', async () => {
    const { tab, shop, on } = await open();
    await chat(tab);
    await until(
      async () => (await on('How it stands')).includes('4 wait'),
      'it is seen that milestones wait',
    );
    const before = await on('How it stands');
    for (const words of [
      'tawk, found by window.Tawk_API',
      'topic, inferred',
      'granted – auto: no consent platform is on the page',
      'nobody yet: milestones wait on this device for an e-mail',
      '4 wait: until somebody says who this is',
      'Nothing has failed.',
    ])
      expect(before).toContain(words);
    await known(tab);
    await until(() => arrived(shop).length >= 5, 'all has arrived');
    await until(async () => (await on('How it stands')).includes(ADA), 'the person is seen');
    expect(await on('How it stands')).toContain('the page said it: the strongest word');
  });

  test('follows each signal to the server’s answer, and gives the reason where it made no milestone', async () => {
    const { tab, shop, on } = await open();
    await tab.run(() => {
      window.fake.popup();
      window.fake.close();
    });
    await chat(tab);
    await tab.run(() => window.fake.system('canary-system'));
    await known(tab);
    await until(() => arrived(shop).length >= 5, 'all has arrived');
    const line = await until(async () => {
      const now = await on('Timeline');
      return /chat_agent_replied.*?accepted/.test(now) && now;
    }, 'the last is seen to be accepted');
    for (const words of [
      'Page /',
      'no milestone: no gesture',
      '→ chat_topic_set, chat_first_message_sent',
      '→ chat_agent_replied',
      'no milestone: told already: a person has replied in this conversation before',
      'identify: what is known of the person',
      'somebody says who this is',
    ])
      expect(line).toContain(words);
    expect(line).toMatch(
      /chat_first_message_sent topic: sizingcustomerio: accepted [\d.]+ s after it happened/,
    );
  });

  test('says what went wrong and what to do', async () => {
    const { tab, shop, on, panel } = await open({ config: { topcs: {} } });
    shop.collector.weather({ status: 401 });
    await chat(tab);
    await until(async () => (await rows(tab, 'q/')).length === 4, 'it waits');
    await known(tab); // one delivery, and one failure
    const wrong = await until(async () => {
      const now = await on('How it stands');
      return now.includes('status 401') && now;
    }, 'the failure is seen');
    expect(wrong).toContain('To set up: option topcs: write one of');
    expect(wrong).toContain(
      'Check data-write-key, data-region and data-api-host. Nothing is lost meanwhile.',
    );
    expect(wrong).toMatch(/waits?: next try in [\d.]+ s, after 1 failure in a row: status 401/);
    expect(await panel.getByRole('tab', { name: 'How it stands' }).textContent()).toMatch(/\d$/);
  });

  test('tells of consent that is pending', async () => {
    const { tab, on } = await open({ script: { consent: 'manual' } });
    await chat(tab);
    expect(await on('How it stands')).toContain('pending – manual: the page has not said it yet');
    await until(
      async () => (await on('Timeline')).includes('waits in memory for consent'),
      'it is seen to wait',
    );
    await call(tab, 'consent', 'granted');
    await until(async () => (await on('Timeline')).includes('→ chat_opened'), 'it is settled');
  });

  test('shows no word of a chat, and keeps none', async () => {
    const { tab, shop, on } = await open();
    await chat(tab);
    await known(tab);
    await until(() => arrived(shop).length >= 5, 'all has arrived');
    for (const name of ['How it stands', 'Timeline', 'Try it', 'Traces'])
      expect(await on(name), name).not.toMatch(/canary/);
    expect(JSON.stringify((await tab.storage()).sessionStorage)).toMatch(/chat_agent_replied/);
    expect(JSON.stringify((await tab.storage()).sessionStorage)).not.toMatch(/canary/);
  });
});

describe('its buttons', () => {
  test('deliver now, simulate, take a new visitor', async () => {
    const { tab, shop, choose, press, said } = await open();
    await known(tab);
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Try it');
    await press('Simulate');
    await until(() => tracks(shop).length === 7, 'a whole chat has arrived');
    for (const { properties } of tracks(shop))
      expect(properties).toMatchObject({ widget: 'test', is_test: true });
    const [profile] = shop.collector.profiles().profiles;
    expect(profile!.email).toBe(ADA);
    expect(profile!.traits).toEqual({ email: ADA }); // of the person it says nothing
    await press('Deliver now');
    await until(async () => (await said()).startsWith('Told to deliver'), 'it says so');
    const before = (await call(tab, 'status')).visitor;
    await press('New visitor');
    await until(async () => (await call(tab, 'status')).visitor !== before, 'another visitor');
    expect((await call(tab, 'status')).identity.userId).toBeUndefined();
  });

  test('offline lets our deliveries fail and nobody else’s, and back on line all arrives once', async () => {
    const { tab, shop, choose, press, panel, on } = await open({ config: { user: { email: ADA } } });
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Try it');
    await press('Offline');
    await chat(tab);
    await until(async () => (await rows(tab, 'q/')).length > 3, 'it waits');
    await aWhile();
    expect(tracks(shop)).toEqual([]);
    expect(await tab.run(() => fetch('/shop/mark.svg').then(({ ok }) => ok))).toBe(true);
    expect(await on('How it stands')).toContain('this panel lets deliveries of this page fail');
    await choose('Try it');
    expect(await panel.getByRole('button', { name: 'Offline' }).getAttribute('aria-pressed')).toBe('true');
    await press('Offline');
    await until(() => tracks(shop).length === 4, 'all has arrived');
    expect(shop.collector.profiles().duplicates.total).toBe(0);
  });
});

describe('a trace', () => {
  const report = async (tab: Tab, panel: Locator, name: RegExp) => {
    const [file] = await Promise.all([
      tab.waitForEvent('download'),
      panel.getByRole('button', { name }).click(),
    ]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  };

  test('goes over pages, and its report says on which profile it ended up', async () => {
    const { tab, shop, visitor, panel, choose, press, said } = await open({
      script: { debug: '/api/profiles' },
    });
    await choose('Traces');
    await panel.getByRole('textbox').fill(ADA);
    await press('Start a trace');
    await chat(tab);
    await until(async () => (await rows(tab, 'q/')).length === 4, 'it waits');
    await visitor.goto('/checkout');
    await panel.getByText('The trace goes on.').waitFor();
    await known(tab);
    await until(() => tracks(shop).length === 4, 'all has arrived');
    await choose('Traces');
    await press('End the trace');
    await until(async () => /: passed\.$/.test(await said()), 'it has passed');

    const { name, text } = await report(tab, panel, /^Chat of .* as JSON$/);
    expect(name).toMatch(/^chatstone-chat-[\d-]+\.json$/);
    const told = JSON.parse(text);
    expect(told.keys).toEqual({ customerio: [ADA] });
    expect(told.pages).toEqual(['/', '/checkout']);
    expect(told.checks.map(({ item, passed }: any) => [item, passed])).toEqual(
      [
        'identifier',
        'names',
        'topics in the list',
        'required properties',
        'rollups',
        'timing',
        'accepted',
        'profile',
      ].map((item) => [item, true]),
    );
    expect(told.latencies).toHaveLength(4);
    expect(text).not.toMatch(/canary/);

    const page = await report(tab, panel, /as a page/);
    expect(page.name).toMatch(/\.html$/);
    expect(page.text).toContain(`${ADA} has them all, each once, and the rollups`);
    expect(page.text).not.toMatch(/canary/);
    await visitor.goto('/report', page.text);
    expect(await violations(tab, 'main')).toEqual([]);
  });

  test('fails where the chat ended up on another profile, and ten of them make a checklist', async () => {
    const { tab, shop, panel, choose, press, said } = await open({
      script: { debug: '/api/profiles' },
      config: { user: { email: ADA } },
    });
    await until(() => arrived(shop).length === 1, 'the person is known');
    await choose('Traces');
    for (let i = 0; i < 10; i++) {
      await panel.getByRole('textbox').fill(i === 6 ? 'bea@example.com' : '');
      await press('Start a trace');
      await tab.run((i) => {
        const tell = (detail: object) =>
          window.dispatchEvent(
            new CustomEvent('chatstone', { detail: { widget: 'own', conversation: `c${i}`, ...detail } }),
          );
        tell({ type: 'message', from: 'visitor', text: 'Where is my order?' });
        tell({ type: 'message', from: 'agent' });
        tell({ type: 'ended' });
        tell({ type: 'rated', score: 5 });
      }, i);
      await press('End the trace');
      await until(async () => /(passed\.|failed: .*)$/.test(await said()), 'it has ended');
      expect(await said()).toMatch(i === 6 ? /failed: identifier: it went to ada/ : /passed\.$/);
    }
    const { text } = await report(tab, panel, /^Checklist of all$/);
    const words = [
      'QA checklist of 10 chats',
      '9 of 10 chats passed',
      'it went to ada@example.com, not to bea@example.com',
    ];
    expect(words.filter((one) => !text.includes(one))).toEqual([]);
  }, 90_000);
});

describe('the page around it', () => {
  const RUDE = `
    body *, html > * { all: unset !important; display: none !important; color: red !important; font-size: 40px !important; }
    chatstone-panel { position: static !important; opacity: 0 !important; transform: scale(9) !important; }
    button { background: lime !important; }`;

  test('cannot style it, is not styled by it, and does not hear what is typed in it', async () => {
    const { tab, panel, choose } = await open({
      head: `<style>${RUDE}</style>`,
      inline: 'window.keys = []; addEventListener("keydown", ({ key }) => keys.push(key));',
    });
    await panel.getByText('found by').waitFor();
    const look = () =>
      tab.run(() => {
        const host = document.querySelector('chatstone-panel')!;
        const { position, opacity, transform } = getComputedStyle(host);
        const button = getComputedStyle(host.shadowRoot!.querySelector('.head button')!);
        return {
          position,
          opacity,
          transform,
          size: button.fontSize,
          color: button.color,
          shown: button.display !== 'none',
        };
      });
    expect(await look()).toEqual({
      position: 'fixed',
      opacity: '1',
      transform: 'none',
      size: '13px',
      color: 'rgb(29, 36, 34)',
      shown: true,
    });
    expect(await tab.run(() => getComputedStyle(document.body).position)).toBe('static');
    await choose('Traces');
    await panel.getByRole('textbox').fill('');
    await panel.getByRole('textbox').press('a');
    await panel.getByRole('textbox').press('Escape');
    expect(await panel.getByRole('button', { name: 'Open the chatstone QA panel' }).isVisible()).toBe(true);
    expect(await tab.run(() => (window as any).keys)).toEqual([]);
  });

  test('may forbid inline styles and scripts', async () => {
    const { tab, visitor, panel, on } = await open({
      widget: undefined,
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src http: 'unsafe-inline'; connect-src http:; style-src 'none'",
      },
    });
    await panel.getByText('No chat widget is on this page yet').waitFor();
    expect(await on('Try it')).toContain('Simulate');
    expect(await tab.run(() => getComputedStyle(document.querySelector('chatstone-panel')!).position)).toBe(
      'fixed',
    );
    expect(
      visitor.console.filter((line) => /Content Security Policy/.test(line) && !line.includes("'data:,'")),
    ).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'is told by axe that nothing is wrong with it, %s, tab by tab',
    async (colorScheme) => {
      const { tab, panel, choose } = await open({ config: { user: { email: ADA } } });
      await tab.emulateMedia({ colorScheme });
      await chat(tab);
      for (const name of ['How it stands', 'Timeline', 'Try it', 'Traces']) {
        await choose(name);
        await panel.getByRole('tabpanel').waitFor();
        expect(await violations(tab, 'chatstone-panel'), name).toEqual([]);
      }
    },
  );

  test('is reached and left by the keyboard alone', async () => {
    const { tab, panel } = await open();
    await panel.getByText('found by').waitFor();
    await panel.getByRole('tab', { name: 'How it stands' }).focus();
    const focused = () => tab.run(() => document.activeElement!.shadowRoot?.activeElement?.textContent);
    await tab.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Timeline');
    await tab.keyboard.press('End');
    expect(await focused()).toBe('Traces');
    await tab.keyboard.press('ArrowRight');
    expect(await focused()).toMatch(/^How it stands/);
    await tab.keyboard.press('Escape');
    expect(await focused()).toMatch(/^chatstone/);
    await tab.keyboard.press('Enter');
    expect(await panel.getByRole('tablist').isVisible()).toBe(true);
  });

  test('fits a telephone', async () => {
    const { tab, panel, choose } = await open({ config: { user: { email: ADA } } });
    await tab.setViewportSize({ width: 360, height: 640 });
    await chat(tab);
    for (const name of ['How it stands', 'Timeline', 'Try it', 'Traces']) {
      await choose(name);
      const wide = await panel.evaluate(
        (host) =>
          [...host.shadowRoot!.querySelectorAll('*')].filter(
            (one) => one.getClientRects().length && one.getBoundingClientRect().right > innerWidth + 1,
          ).length,
      );
      expect(wide, name).toBe(0);
    }
  });
});

describe('data-debug', () => {
  test('begins small, and tells on the console what happens', async () => {
    const { tab, visitor, panel } = await open({ script: { debug: true } }, '/');
    const pill = panel.getByRole('button', { name: 'Open the chatstone QA panel' });
    await pill.waitFor();
    expect(await panel.getByRole('tablist').isVisible()).toBe(false);
    await chat(tab);
    await until(
      () => visitor.console.some((line) => line.startsWith('[chatstone] milestone')),
      'the console hears it',
    );
    await until(async () => /4 waiting/.test((await pill.textContent())!), 'the count is seen');
  });

  test('says where its file is missing, and all else goes on', async () => {
    const shop = await openShop({
      widget: 'tawk',
      script: { client: 'none' },
      config: { user: { email: ADA } },
    });
    shop.hide(FILE);
    const visitor = await shop.visitor();
    const tab = await visitor.goto(ASKED);
    await chat(tab);
    await until(() => tracks(shop).length === 4, 'all has arrived');
    expect(visitor.console.join()).toContain('chatstone-debug.js cannot be loaded');
    expect(visitor.errors).toEqual([]);
  });
});

test('from npm it is a function that a page calls', async () => {
  const { tab, panel } = await open({}, '/');
  await tab.run(async () => {
    const { panel } = await import('/dist/esm/debug/panel.js' as string);
    const calls = ['status', 'flush', 'reset', 'milestone', 'on'] as const;
    const chatstone = Object.fromEntries(
      calls.map((name) => [name, (...rest: unknown[]) => (window as any).chatstone(name, ...rest)]),
    );
    (window as any).close = panel(chatstone);
  });
  await panel.getByText('found by window.Tawk_API').waitFor();
  await tab.run(() => (window as any).close());
  expect(await panel.count()).toBe(0);
});
