// Each situation of the demo does what its page says.
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { situations } from '../../demo/situations.mjs';
import { openShop, type Tab, until } from '../browser/harness.ts';
import { call, nameOf, tracks } from './steps.ts';

const AILSA = 'ailsa@example.com';

/** What the page says of what is expected: `yes …`, `not yet …`, `otherwise …`. */
const proof = (page: Tab): Promise<string[]> =>
  page.run(() =>
    [...document.querySelectorAll<HTMLElement>('#proof li')].map(({ textContent }) => textContent!),
  );

const proves = (page: Tab, ...lines: RegExp[]) =>
  until(
    async () => {
      const said = await proof(page);
      return lines.every((line) => said.some((one) => one.startsWith('yes: ') && line.test(one)));
    },
    `the page proves ${lines.join(', ')}`,
    15_000,
  ).catch(async (error) => {
    throw new Error(`${error.message}; it says:\n${(await proof(page)).join('\n')}`);
  });

const allProven = (page: Tab) =>
  until(
    async () => (await proof(page)).every((line) => line.startsWith('yes: ')),
    'every line is proven',
    15_000,
  ).catch(async (error) => {
    throw new Error(`${error.message}; it says:\n${(await proof(page)).join('\n')}`);
  });

async function enter(name: string, query = '') {
  const shop = await openShop();
  const visitor = await shop.visitor();
  const page = await visitor.goto(`/situations/${name}.html${query}`);
  await listening(page);
  return { shop, visitor, page };
}

const listening = async (page: Tab) => {
  await page.waitForSelector('.launcher');
  await until(async () => (await call(page, 'status'))?.widgets.tawk.found, 'chatstone listens to the chat');
};

async function openChat(page: Tab) {
  await page.click('.launcher');
  if (await page.isVisible('.prechat')) await page.click('.prechat button:text("Skip")');
}
async function write(page: Tab, text = 'Does the M run small?') {
  await page.fill('.composer textarea', text);
  await page.press('.composer textarea', 'Enter');
}
async function agent(page: Tab, label: string) {
  await page.run(() => {
    document.querySelector<HTMLDetailsElement>('.agent')!.open = true;
  });
  await page.click(`.agent button:text-is("${label}")`);
}
const act = (page: Tab, name: string) => page.click(`[data-act="${name}"]`);
const chat = async (page: Tab) => {
  await openChat(page);
  await write(page);
};

const STORIES: Record<string, () => Promise<unknown>> = {
  async 'first-chat'() {
    const { shop, page } = await enter('first-chat');
    await chat(page);
    await proves(page, /3 milestones wait on this device, none has left/);
    expect(shop.collector.requests()).toEqual([]);
    await act(page, 'sign-in');
    await proves(page, /left after the word/, new RegExp(`3 milestones arrived on ${AILSA}`));
    expect(tracks(shop).every(({ userId }) => userId === AILSA)).toBe(true);
    return page;
  },

  async 'known-customer'() {
    const { page } = await enter('known-customer');
    await chat(page);
    await proves(
      page,
      new RegExp(`The page said that this is ${AILSA}`),
      /3 milestones arrived/,
      /told once/,
    );
    return page;
  },

  async 'pre-chat'() {
    const { page } = await enter('pre-chat');
    await page.click('.launcher');
    await proves(page, /1 milestone waits/);
    await page.fill('.prechat [name=email]', 'Berit@Example.com');
    await page.click('.prechat button:text("Start")');
    await write(page);
    await proves(
      page,
      /form said that this is berit@example.com/,
      /3 milestones arrived on berit@example.com/,
    );
    return page;
  },

  async checkout() {
    const { shop, page } = await enter('checkout');
    await chat(page);
    await proves(page, /3 milestones wait on this device/);
    await page.fill('#billing_email', 'cato@example.com');
    await page.click('#place');
    await proves(
      page,
      /checkout said that this is cato@example.com/,
      /arrived on cato/,
      /Order RG-\w+ stands beside/,
    );
    expect(tracks(shop).map(nameOf)).toContain('Order Completed');
    return page;
  },

  async offline() {
    const { shop, page } = await enter('offline');
    await act(page, 'unreachable');
    await chat(page);
    await proves(page, /without an answer/, /on this device/);
    expect(tracks(shop)).toEqual([]);
    await delay(2100); // later than what the page calls late
    await page.reload();
    await listening(page);
    await act(page, 'fine');
    await proves(page, /All 3 arrived on ailsa@example.com; [1-3] of them late/, /told once/);
    return page;
  },

  async 'two-tabs'() {
    const { shop, visitor, page } = await enter('two-tabs');
    await chat(page);
    const opened = visitor.browser().waitForEvent('page');
    await act(page, 'second-tab');
    const other = (await opened) as Tab;
    await other.waitForSelector('.chat-window:not([hidden])'); // the same chat
    for (const tab of [page, other]) {
      await tab.evaluate(() => {
        document.querySelector<HTMLDetailsElement>('.agent')!.open = true;
      });
      await tab.click('.agent button:text-is("Replies")');
    }
    await proves(page, /2 tabs are open/, /4 milestones arrived/, /Each of the 4 is told once/);
    expect(tracks(shop).filter(({ event }) => event === 'chat_agent_replied')).toHaveLength(1);
    await other.waitForSelector('#proof li:has-text("2 tabs are open")');
    await other.close();
    await until(async () => /only tab/.test((await proof(page)).join()), 'the other one is gone');
    return undefined;
  },

  async consent() {
    const { shop, page } = await enter('consent');
    await chat(page);
    await proves(page, /Nothing of chatstone’s is stored/);
    expect(shop.collector.requests()).toEqual([]);
    await page.click('.consent button:text-is("Yes")');
    await proves(page, /what had waited in memory was told/, /database chatstone/, /3 milestones arrived/);
    await act(page, 'withdraw');
    await proves(page, /You did not agree/, /Nothing of chatstone’s is stored/);
    return page;
  },

  async 'single-page-app'() {
    const { page } = await enter('single-page-app');
    await page.click('#views a:text-is("Size guide")');
    await openChat(page);
    await write(page, 'Hello there'); // the words tell no topic, the view does
    await page.click('#views a:text-is("Our story")');
    await agent(page, 'Replies');
    await proves(page, /size guide has the topic “sizing”/, /2 views: size-guide, story/, /not loaded anew/);
    return page;
  },

  async 'two-widgets'() {
    const { page } = await enter('two-widgets');
    await chat(page);
    await act(page, 'second-open');
    await act(page, 'second-write');
    await proves(page, /listens to (tawk and intercom|intercom and tawk)/, /tawk: \d+ milestones/, /apart/);
    return page;
  },

  async 'strict-csp'() {
    const { visitor, page } = await enter('strict-csp');
    await chat(page);
    await proves(page, /3 milestones arrived/, /live view stands/, /refused nothing$/);
    expect(visitor.console.filter((line) => /Content.Security.Policy/i.test(line))).toEqual([]);
    // A policy that is not there would refuse nothing, too.
    await page.run(() => {
      document.body.append(
        Object.assign(document.createElement('script'), { textContent: 'window.hacked = 1' }),
      );
    });
    await until(
      async () => (await proof(page)).some((line) => /^otherwise: The policy refused/.test(line)),
      'it says so',
    );
    expect(await page.run(() => 'hacked' in window)).toBe(false);
    return undefined;
  },

  async shopify() {
    const { shop, page } = await enter('shopify');
    await chat(page);
    await proves(page, /Nothing is stored and nothing sent/);
    expect(shop.collector.requests()).toEqual([]);
    await act(page, 'shopify-yes');
    await proves(page, /Shopify says yes/, /name the product/, /3 milestones arrived under the anonymous id/);
    await act(page, 'customer');
    await page.waitForURL(/customer/);
    await listening(page);
    await agent(page, 'Replies');
    await proves(page, /milestones arrived on ailsa@example.com/);
    return page;
  },

  async 'broken-collector'() {
    const { page, visitor } = await enter('broken-collector');
    await chat(page);
    await until(async () => (await proof(page)).length === 4, 'it is there');
    await act(page, '500');
    await agent(page, 'Joins');
    await proves(page, /^yes: 500: tried/);
    await act(page, 'refuse');
    await agent(page, 'Replies');
    await act(page, 'flush');
    await proves(page, /1 record refused, dropped and counted/);
    await act(page, '401');
    await agent(page, 'Ends the chat');
    await proves(page, /^yes: 401: kept/);
    expect(
      visitor.console.filter((line) => line.startsWith('[chatstone]') && line.includes('401')),
    ).toHaveLength(1);
    await act(page, 'fine');
    await proves(page, /others arrived on ailsa/);
    return page;
  },
};

describe('situations', () => {
  test('each has a story', () => {
    expect(Object.keys(STORIES)).toEqual(Object.keys(situations));
  });

  test.each(Object.entries(STORIES))('%s', async (_, story) => {
    const page = await story();
    if (page) await allProven(page as Tab);
  });

  test('the next situation begins with another visitor and a new chat', async () => {
    const { shop, page } = await enter('first-chat');
    await chat(page);
    await act(page, 'sign-in');
    await proves(page, /arrived on/);
    const { visitor } = await call(page, 'status');
    await page.click('.walk a:text("Next")');
    await page.waitForURL(/known-customer\.html$/); // without `fresh`
    await listening(page);
    await chat(page);
    await proves(page, /3 milestones arrived/);
    expect((await call(page, 'status')).visitor).not.toBe(visitor);
    expect(tracks(shop)).toHaveLength(6);
    await page.goto('/situations/shopify.html?fresh');
    await page.waitForURL(/shopify\.html$/);
    await proves(page, /Nothing is stored and nothing sent/);
  });
});
