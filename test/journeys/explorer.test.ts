// The data explorer shows what has arrived, and what clean data is good for; its page and the others can be used by all.
import { describe, expect, test } from 'vitest';
import { openShop, type Tab, until } from '../browser/harness.ts';
import { axeViolations } from '../demo/axe.ts';
import { tracks } from './steps.ts';

async function openExplorer() {
  const shop = await openShop();
  const visitor = await shop.visitor();
  const page = await visitor.goto('/explorer.html');
  await page.waitForSelector(':root[data-ready]');
  return { shop, visitor, page };
}

const texts = (page: Tab, selector: string): Promise<string[]> =>
  page.run(
    (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent!),
    selector,
  );

const verdicts = (page: Tab, segment: string) => texts(page, `[data-segment="${segment}"] .against tr`);

async function fill(page: Tab) {
  await page.click('#fill');
  await until(async () => (await texts(page, '#people li')).length > 40, 'the people are there');
}

describe('the data explorer', () => {
  test('shows the sample day, and what each kind of data makes of a segment', async () => {
    const { page, visitor, shop } = await openExplorer();
    expect(await page.isDisabled('#as-messages')).toBe(true);
    await fill(page);
    expect(tracks(shop).length).toBeGreaterThan(300);
    for (const segment of ['asked', 'open', 'low']) {
      const says = async (line: RegExp) => (await verdicts(page, segment)).some((row) => line.test(row));
      await until(
        () => says(/^milestones(\d+) of \1all, and no other$/),
        `milestones find all of ${segment}`,
      );
      expect(await says(/^message by message\d+ of \d+\d+ missing/)).toBe(true);
    }
    expect(await page.textContent('.sample')).toMatch(/invented, from a seed/);

    const members = (await texts(page, '[data-segment=asked] .members li')).length;
    await page.check('#as-messages');
    await until(
      async () => (await texts(page, '[data-segment=asked] .members li')).length < members / 2,
      'most are missing',
    );
    expect(await texts(page, '#legend li')).toContain('Message Sent');
    expect(visitor.errors).toEqual([]);
  });

  test('lets parameters be changed, and says where one cannot be', async () => {
    const { page } = await openExplorer();
    await fill(page);
    const members = () => texts(page, '[data-segment=asked] .members li');
    const before = await members();
    await page.selectOption('#asked-topic', 'returns');
    expect(await members()).not.toEqual(before);
    await page.fill('#asked-asked', '');
    expect(await page.textContent('[data-segment=asked] .fault')).toMatch(
      /write a whole number from 0 to 720/,
    );
    await page.fill('#asked-asked', '0');
    expect(await members()).toEqual([]);
    expect(await page.textContent('[data-segment=asked] .count')).toBe('0 people');
  });

  test('finds people by their traits, and shows one', async () => {
    const { page } = await openExplorer();
    await fill(page);
    const all = (await texts(page, '#people li')).length;
    await page.fill('#search', 'last_chat_topic:sizing open_support_case:true');
    const found = await texts(page, '#people li');
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all);
    await page.click('#people li:first-child button');
    expect(await page.textContent('#person .facts-list')).toMatch(/last_chat_topicsizing/);
    expect((await texts(page, '#person .events li')).join()).toContain('chat_opened');
    const [first] = await texts(page, '#case-rows th');
    expect(await texts(page, '[data-segment=open] .members li')).toContain(first);
  });

  test('draws each event, and has the same as a table', async () => {
    const { page } = await openExplorer();
    await fill(page);
    await page.click('#timeline-table summary');
    const [, events] = /(\d+) events as milestones/.exec((await page.textContent('#sample-numbers'))!)!;
    const rows = () => texts(page, '#timeline-rows tr');
    await until(async () => (await rows()).length >= Number(events), 'all are drawn');
    expect(await rows()).toHaveLength(Number(events));
    const colours = await page.run(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('#chart canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 4)
        found.add([...data.subarray(i, i + 3)].map((part) => part.toString(16).padStart(2, '0')).join(''));
      return [...found];
    });
    for (const colour of ['9a6200', '0067a3', '8a4a78', '00734f', 'b34700'])
      expect(colours).toContain(colour);
  });

  test('follows what happens in the shop, an order too', async () => {
    const { page, visitor, shop } = await openExplorer();
    expect(await page.textContent('#person')).toMatch(/Nobody is here yet/);
    const other = await visitor.newTab('/product.html?id=fell');
    await other.run(() => {
      const bought = {
        order_id: 'RG-77',
        value: 89,
        currency: 'GBP',
        email: 'Dora@example.com',
        pieces: ['1 × Fell'],
      };
      sessionStorage.setItem('ravelgarth-order', JSON.stringify(bought));
    });
    await other.goto('/thanks.html');
    await other.goto('/thanks.html'); // looked at again: told once
    await until(() => tracks(shop).length === 1, 'the order arrives');
    await page.bringToFront();
    await until(
      async () => (await texts(page, '#people li')).join().includes('dora@example.com'),
      'the buyer is shown',
    );
    expect(tracks(shop)).toMatchObject([
      { event: 'Order Completed', userId: 'dora@example.com', properties: { value: 89 } },
    ]);
  });
});

describe('the demo', () => {
  const PAGES = ['/explorer.html', '/situations/', '/situations/checkout.html', '/builder.html'];
  test.each(PAGES.flatMap((path) => [[path, 'light'] as const, [path, 'dark'] as const]))(
    'has nothing that axe-core finds: %s, %s',
    async (path, colorScheme) => {
      const { page } = await openExplorer();
      await page.emulateMedia({ colorScheme });
      if (path === '/explorer.html') {
        await fill(page);
        await page.click('#people li:first-child button');
      } else await page.goto(path);
      if (/checkout|builder/.test(path)) await page.waitForSelector('.live .pipeline, #builder[data-ready]');
      expect(await axeViolations(page)).toEqual([]);
    },
  );

  test('axe-core looks at it', async () => {
    const { page } = await openExplorer();
    await page.run(() => void document.getElementById('fill')!.replaceChildren());
    expect(await axeViolations(page)).toEqual([expect.stringContaining('button-name: #fill')]);
  });

  test.each(['/explorer.html', '/builder.html', '/situations/', '/situations/shopify.html'])(
    '%s fits a narrow window',
    async (path) => {
      const { page } = await openExplorer();
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(path);
      if (path === '/explorer.html') await fill(page);
      expect(await page.run(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    },
  );

  test('says in the live view where all of it is', async () => {
    const shop = await openShop();
    const page = await (await shop.visitor()).goto('/index.html');
    await page.waitForSelector('.live a[href="/situations/"]', { state: 'attached' });
  });
});
