import { describe, expect, test } from 'vitest';
import { openShop, type Shop, type ShopOptions, type Tab, until } from '../browser/harness.ts';
import { aWhile, consentState, during, expectWithin, nameOf, noteWrites, tracks, writes } from './steps.ts';

/** The fake of a platform, driven as `window.banner`. */
const banner = (name: string, options: object = {}) => `<script type="module">
  import { install } from '/consents/${name}.js';
  window.banner = install(window, ${JSON.stringify(options)});
</script>`;

const shopWith = (name: string, options?: object, { inline = '', script, ...page }: ShopOptions = {}) =>
  openShop({
    widget: 'tawk',
    inline: `(${noteWrites})();${inline}`,
    body: banner(name, options),
    script: { client: 'none', consent: name, anonymous: 'send', ...script },
    ...page,
  });

const answer = (tab: Tab, yes: boolean) => tab.run((yes) => (window as any).banner.answer(yes), yes);

async function talk(tab: Tab) {
  await tab.click('#chat');
  await tab.run(() => window.fake.visitor('Where is my parcel?'));
}
const TALK = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];
const told = (shop: Shop) => until(() => tracks(shop).length === TALK.length, 'the talk arrives');

for (const name of ['onetrust', 'cookiebot', 'tcf', 'shopify'])
  describe(name, () => {
    test('nothing is stored or sent before the answer; after a yes all is told with its own time', async () => {
      const shop = await shopWith(name);
      const tab = await (await shop.visitor()).goto('/hats');
      const span = await during(tab, () => talk(tab));
      await aWhile();
      expect(await consentState(tab)).toBe('pending');
      expect(await writes(tab)).toEqual([]);
      expect(shop.collector.log()).toEqual([]);
      await answer(tab, true);
      await told(shop);
      expect(tracks(shop).map(nameOf)).toEqual(TALK);
      for (const message of tracks(shop)) expectWithin(message, span);
    });

    test('a withdrawal deletes all of ours, and a new yes counts', async () => {
      const shop = await shopWith(name);
      const tab = await (await shop.visitor()).goto('/hats');
      await answer(tab, true);
      await talk(tab);
      await told(shop);
      await answer(tab, false);
      await until(async () => !(await tab.storage()).indexedDB['chatstone'], 'the database is gone');
      await tab.run(() => window.fake.visitor('Hello?'));
      await aWhile();
      expect(await tab.storage()).toMatchObject({ localStorage: {}, cookies: {} });
      expect(Object.keys((await tab.storage()).localStorage)).toEqual([]);
      expect(Object.keys((await tab.storage()).cookies)).toEqual([]);
      expect(tracks(shop)).toHaveLength(TALK.length);
      await answer(tab, true);
      expect(await consentState(tab)).toBe('granted');
    });

    test('a visitor id that stood there before us stays', async () => {
      const shop = await shopWith(
        name,
        {},
        { inline: 'document.cookie = "ajs_anonymous_id=theirs; path=/; domain=shop.localhost";' },
      );
      const tab = await (await shop.visitor()).goto('/hats');
      await answer(tab, true);
      await talk(tab);
      await told(shop);
      await answer(tab, false);
      await until(async () => !(await tab.storage()).indexedDB['chatstone'], 'the database is gone');
      expect((await tab.storage()).cookies).toEqual({ ajs_anonymous_id: 'theirs' });
    });

    test('found by its sign it takes over, however late it comes', async () => {
      const shop = await shopWith(name, {}, { body: '', script: { consent: 'auto' } });
      const tab = await (await shop.visitor()).goto('/hats');
      await until(async () => (await consentState(tab)) === 'granted', 'nobody is there to ask');
      await tab.run(async (address) => {
        const { install } = await import(address);
        Object.assign(window, { banner: install(window, { late: true }) });
      }, `/consents/${name}.js`);
      await until(async () => (await consentState(tab)) === 'pending', 'it has taken over');
      const before = (await writes(tab)).length;
      await talk(tab);
      await aWhile();
      expect(await writes(tab)).toHaveLength(before);
      expect(tracks(shop)).toEqual([]);
      await tab.run(() => (window as any).banner.load());
      await aWhile();
      await answer(tab, true);
      await told(shop);
    });

    test('grants at once where no consent is needed', async () => {
      const shop = await shopWith(name, { free: true });
      const tab = await (await shop.visitor()).goto('/hats');
      await talk(tab);
      await told(shop);
    });
  });
