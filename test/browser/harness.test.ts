import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, openShop, until } from './harness.ts';

const PLAIN = '/test/plain.html';

/** In the page: stores one value in each place. */
async function storeEverywhere() {
  localStorage.setItem('local', '1');
  sessionStorage.setItem('session', '2');
  await cookieStore.set({ name: 'biscuit', value: '3', expires: Date.now() + 600_000 });
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('larder', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('shelf');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction('shelf', 'readwrite', { durability: 'strict' });
      transaction.objectStore('shelf').put({ jars: 4 }, 'jam');
      transaction.oncomplete = () => resolve();
    };
  });
}

describe('openShop', () => {
  test('shows the storefront, the test pages and the pages of a test', async () => {
    const shop = await openShop();
    const visitor = await shop.visitor();
    expect(await (await visitor.goto('/')).run(() => document.title)).toContain('Ravelgarth');
    expect(await (await visitor.goto(PLAIN)).run(() => document.title)).toBe('A plain page');
    const page = await visitor.goto('/hats', {
      title: 'Hats',
      script: false,
      config: { pageType: '</script>' },
    });
    expect(await page.run(() => document.title)).toBe('Hats');
    expect(
      await page.run(() => JSON.parse(document.getElementById('chatstone-config')!.textContent!)),
    ).toEqual({
      pageType: '</script>',
    });
  });

  test('writes the script tag', async () => {
    const shop = await openShop({ script: { client: 'none', debug: true, anonymous: 'a "b"' } });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/anywhere');
    expect(
      await page.run(() => ({ ...document.querySelector<HTMLElement>('script[src]')?.dataset })),
    ).toEqual({
      writeKey: 'key',
      apiHost: shop.origin('collector'),
      client: 'none',
      debug: '',
      anonymous: 'a "b"',
    });
  });

  test('sends the headers of a page, and hides a file', async () => {
    const shop = await openShop({
      headers: { 'Content-Security-Policy': "script-src 'none'" },
      inline: 'window.ran = 1',
    });
    shop.hide('/dist/chatstone.js');
    const page = await (await shop.visitor()).goto('/');
    expect(await page.run(() => 'ran' in window)).toBe(false);
    expect(await page.run(() => fetch('/dist/chatstone.js').then(({ status }) => status))).toBe(404);
  });

  test('puts a widget on the page', async () => {
    const shop = await openShop({ widget: { name: 'crisp', late: true }, script: false });
    const page = await (await shop.visitor()).goto('/');
    expect(await page.run(() => [window.fake.name, window.fake.loaded])).toEqual(['crisp', false]);
    await page.run(() => window.fake.load());
    await page.click('#chat');
    expect(await page.run(() => window.fake.opened)).toBe(true);
  });

  test('stands in a secure context, apart from its collector', async () => {
    const shop = await openShop({ script: false });
    const page = await (await shop.visitor()).goto('/');
    expect(await page.run(() => [isSecureContext, 'locks' in navigator])).toEqual([true, true]);
    const send = (url: string) =>
      fetch(`${url}/v1/b`, { method: 'POST', body: '{}' }).then(({ status }) => status);
    await page.run(send, shop.origin('collector'));
    expect(shop.collector.requests()).toMatchObject([{ origin: shop.url }]);
  });
});

describe('visitor', () => {
  test('keeps console lines, uncaught errors and requests', async () => {
    const shop = await openShop({ script: false });
    const visitor = await shop.visitor();
    const page = await visitor.goto('/');
    await page.run(async () => {
      console.log('a line');
      setTimeout(() => {
        throw new Error('a fall');
      });
      await fetch('/v1/b', { method: 'POST', body: 'a body' });
      await fetch('https://stranger.example/').catch(() => console.log('not found'));
    });
    await until(() => visitor.errors.length, 'the error is heard');
    expect(visitor.errors[0]).toContain('a fall');
    expect(visitor.console).toEqual(expect.arrayContaining(['a line', 'not found']));
    expect(visitor.requests).toContainEqual(expect.objectContaining({ method: 'POST', body: 'a body' }));
    expect(visitor.strangers().map(({ url }) => url)).toEqual(['https://stranger.example/']);
  });

  test('has a browser of their own', async () => {
    const shop = await openShop();
    const [one, other] = [await shop.visitor(), await shop.visitor()];
    await (await one.goto(PLAIN)).run(storeEverywhere);
    expect(await (await other.goto(PLAIN)).storage()).toEqual({
      indexedDB: {},
      localStorage: {},
      sessionStorage: {},
      cookies: {},
    });
  });

  test('shares storage between tabs', async () => {
    const visitor = await (await openShop()).visitor();
    await (await visitor.goto(PLAIN)).run(storeEverywhere);
    const second = await visitor.newTab(PLAIN);
    expect((await second.storage()).indexedDB).toEqual({ larder: { shelf: [['jam', { jars: 4 }]] } });
  });

  test('finds all that is stored after a restart', async () => {
    const visitor = await (await openShop()).visitor({ restarts: true });
    await (await visitor.goto(PLAIN)).run(storeEverywhere);
    await visitor.restart();
    expect(await (await visitor.goto(PLAIN)).storage()).toEqual({
      indexedDB: { larder: { shelf: [['jam', { jars: 4 }]] } },
      localStorage: { local: '1' },
      sessionStorage: {},
      cookies: { biscuit: '3' },
    });
  });

  test('finds IndexedDB after all processes were killed', async () => {
    const visitor = await (await openShop()).visitor({ restarts: true });
    await (await visitor.goto(PLAIN)).run(storeEverywhere);
    await visitor.restart('kill');
    const { indexedDB } = await (await visitor.goto(PLAIN)).storage();
    expect(indexedDB).toEqual({ larder: { shelf: [['jam', { jars: 4 }]] } });
  });

  test('goes offline and comes back', async () => {
    const shop = await openShop();
    const visitor = await shop.visitor();
    const page = await visitor.goto(PLAIN);
    const reach = () =>
      fetch('/v1/b', { method: 'POST', body: '{}' }).then(
        () => true,
        () => false,
      );
    await visitor.offline();
    expect(await page.run(() => navigator.onLine)).toBe(false);
    expect(await page.run(reach)).toBe(false);
    await visitor.online();
    expect(await page.run(reach)).toBe(true);
    expect(shop.collector.requests()).toHaveLength(1);
  });

  test('comes back to a page that the back/forward cache kept', async () => {
    const visitor = await (await openShop({ script: false })).visitor({ bfcache: true });
    const page = await visitor.goto('/one');
    await page.run(() => void Object.assign(window, { kept: true }));
    await visitor.goto('/two');
    await page.back();
    expect(await page.run(() => [location.pathname, 'kept' in window])).toEqual(['/one', true]);
  });
});

describe('page.run', () => {
  const activation = () => navigator.userActivation.hasBeenActive;

  test('makes no gesture, a click does', async () => {
    const page = await (await (await openShop()).visitor()).goto(PLAIN);
    const listen = () => {
      const trusted: boolean[] = [];
      document.getElementById('button')!.addEventListener('click', (event) => trusted.push(event.isTrusted));
      Object.assign(window, { trusted });
    };
    await page.run(listen);
    await page.run(() => document.getElementById('button')!.click());
    await page.storage();
    expect(await page.run(activation)).toBe(false);
    await page.click('#button');
    expect(await page.run(() => (window as any).trusted)).toEqual([false, true]);
    expect(await page.run(activation)).toBe(true);
  });

  test('hands on what the page throws', async () => {
    const page = await (await (await openShop()).visitor()).goto(PLAIN);
    const fall = (word: string) => {
      throw new RangeError(word);
    };
    await expect(page.run(fall, 'far')).rejects.toThrow('RangeError: far');
  });
});

describe('shop.travel', () => {
  const drift = (page: { run(work: () => number): Promise<number> }) =>
    page.run(() => Date.now()).then((there) => Math.round((there - Date.now()) / MINUTE));

  test('moves the clock of every page, the next ones, and the collector', async () => {
    const shop = await openShop({ travels: true, script: false });
    const visitor = await shop.visitor({ restarts: true });
    const page = await visitor.goto('/');
    await shop.travel(31 * MINUTE);
    expect(await drift(page)).toBe(31);
    expect(await drift(await visitor.newTab('/'))).toBe(31);
    await visitor.goto('/next');
    await shop.travel(29 * MINUTE);
    expect(await drift(page)).toBe(60);
    expect(await drift(await visitor.goto('/'))).toBe(60);
    await visitor.restart();
    expect(await drift(await visitor.goto('/'))).toBe(60);
    await (await visitor.goto('/')).run(() => fetch('/v1/b', { method: 'POST', body: '{}' }).then(() => 0));
    expect(Math.round((Date.parse(shop.collector.log()[0]!.at) - Date.now()) / MINUTE)).toBe(60);
  });

  test('runs what is due, once and in order, without a gesture', async () => {
    const shop = await openShop({ travels: true, script: false });
    const page = await (await shop.visitor()).goto('/');
    await page.run(() => {
      const ran: string[] = [];
      Object.assign(window, { ran });
      setTimeout(() => ran.push('two hours'), 2 * 3_600_000);
      setTimeout((word: string) => ran.push(word), 600_000, 'ten minutes');
      setInterval(() => ran.push('every minute'), 60_000);
      clearTimeout(setTimeout(() => ran.push('never'), 1000));
      setTimeout(() => ran.push('an hour and a blink'), 3_600_050);
    });
    await shop.travel(HOUR);
    const ran = () => (window as any).ran as string[];
    await until(async () => (await page.run(ran)).length === 3, 'the blink is over');
    expect(await page.run(ran)).toEqual(['every minute', 'ten minutes', 'an hour and a blink']);
    expect(await page.run(() => navigator.userActivation.hasBeenActive)).toBe(false);
    await shop.travel(HOUR);
    expect(await page.run(ran)).toEqual(expect.arrayContaining(['two hours']));
  });

  test('leaves dates as they are', async () => {
    const shop = await openShop({ travels: true, script: false });
    const page = await (await shop.visitor({ clock: -2 * HOUR })).goto('/');
    expect(await drift(page)).toBe(-120);
    expect(
      await page.run(() => [
        new Date(0).toISOString(),
        Date.UTC(1970, 0, 1),
        new Date() instanceof Date,
        Math.abs(Date.parse(Date()) - Date.now()) < 2000,
      ]),
    ).toEqual(['1970-01-01T00:00:00.000Z', 0, true, true]);
  });
});

describe('until', () => {
  test('goes on where a look throws', async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks < 3) throw new Error('the page is leaving');
      return 'there';
    };
    expect(await until(look, 'it is there')).toBe('there');
  });

  test('says what did not come', async () => {
    await expect(until(() => false, 'the tide turns', 50)).rejects.toThrow(
      'Not within 0.05 s: the tide turns',
    );
  });
});
