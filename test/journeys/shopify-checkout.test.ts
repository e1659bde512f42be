// A guest chats in a Shopify storefront and buys in its checkout, where the custom pixel alone runs, as it is pasted.
// The pixel manager is Shopify's by its documentation: https://shopify.dev/docs/api/web-pixels-api
// and https://shopify.dev/docs/apps/build/marketing-analytics/pixels
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, openShop, type Shop, type Tab, until, type Visitor } from '../browser/harness.ts';
import { arrived, aWhile, call, expectSameOnEveryTry, nameOf, type Told } from './steps.ts';

const ADA = { email: 'ada@example.com', id: '7' };
const BEN = { email: 'ben@example.com', id: '8' };
const CLIENT_ID = 'b4f6e8d2-1a3c-4e5f-9a7b-c0d1e2f3a4b5'; // Shopify's own, of the browser
const CHECKOUT = '/checkouts/cn/1';
const THANKS = `${CHECKOUT}/thank-you`;
const CHAT = ['chat_opened', 'chat_topic_set', 'chat_first_message_sent'];
const ANSWER = ['chat_assigned', 'chat_agent_replied'];

type Person = typeof ADA;

/** In the pixel's frame: the globals of a custom pixel. What they do, the page around the frame does. */
function manageFrame(init: unknown): void {
  const heard: Record<string, ((event: unknown) => void)[]> = {};
  const asked: ((value: string) => void)[] = [];
  const ask = (method: string, args: unknown[]) =>
    new Promise<string>((resolve) => {
      parent.postMessage({ n: asked.push(resolve) - 1, method, args }, '*');
    });
  const subscribe = async (name: string, listener: (event: unknown) => void) => {
    heard[name] = [...(heard[name] ?? []), listener];
  };
  addEventListener('message', ({ source, data: { n, value, name, event } }) => {
    if (source !== parent) return;
    if (name) for (const listener of heard[name] ?? []) listener(event);
    else asked[n]?.(value);
  });
  const denied = (work: () => unknown) => {
    try {
      return `fine: ${work()}`;
    } catch (error) {
      return (error as Error).name;
    }
  };
  const frame = {
    origin: self.origin,
    cookie: denied(() => document.cookie),
    localStorage: denied(() => localStorage),
    indexedDB: denied(() => indexedDB.open('any')),
  };
  addEventListener('load', () => parent.postMessage({ frame }, '*'));
  Object.assign(window, {
    init,
    analytics: { subscribe },
    customerPrivacy: { subscribe },
    browser: {
      cookie: {
        get: (...args: unknown[]) => ask('get', args),
        set: (...args: unknown[]) => ask('set', args),
      },
    },
  });
}

/** In the page of the checkout: reads and writes its cookies for the frame, and publishes events to it. */
function manageTop(clientId: string): void {
  const frame = () => document.querySelector('iframe')!.contentWindow!;
  let seq = 0;
  const cookie: Record<string, (...args: string[]) => string> = {
    get(name) {
      if (!name) return document.cookie;
      const found = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
      return found?.slice(name.length + 1) ?? '';
    },
    set(first, value) {
      // biome-ignore lint/suspicious/noDocumentCookie: as the page of the checkout does for its pixels
      document.cookie = value === undefined ? first! : `${first}=${value}`;
      return '';
    },
  };
  addEventListener('message', ({ source, data }) => {
    if (source !== frame()) return;
    if (data.frame) Object.assign(window, { pixel: data.frame });
    else frame().postMessage({ n: data.n, value: cookie[data.method]!(...data.args) }, '*');
  });
  Object.assign(window, {
    publish(name: string, rest: object) {
      seq += 1;
      const timestamp = new Date().toISOString();
      const event = { id: `sh-${Math.random()}`, name, clientId, timestamp, seq, type: 'standard', ...rest };
      frame().postMessage({ name, event }, '*');
    },
  });
}

/** The pixel with its settings filled in, as a merchant does. */
const pasted = (settings: Record<string, string>) =>
  Object.entries(settings).reduce(
    (text, [name, value]) =>
      text.replace(new RegExp(`^const ${name} = '.*?';`, 'm'), `const ${name} = '${value}';`),
    readFileSync(new URL('../../dist/shopify/pixel.js', import.meta.url), 'utf8'),
  );

const privacy = (allowed: boolean) => ({
  analyticsProcessingAllowed: allowed,
  marketingAllowed: allowed,
  preferencesProcessingAllowed: allowed,
  saleOfDataAllowed: allowed,
});

/** A storefront with a chat, and the checkout of Shopify with the pixel in it. */
async function openShopify(consent = true): Promise<Shop> {
  const shop = await openShop({
    travels: true,
    widget: 'tawk',
    script: { anonymous: 'send', client: 'none', consent: 'granted' },
  });
  const init = {
    context: {},
    data: { customer: null, cart: null, shop: {}, purchasingCompany: null },
    customerPrivacy: privacy(consent),
  };
  const pixel = pasted({ WRITE_KEY: 'key', API_HOST: shop.origin('collector') });
  const inside = `<!doctype html><script>(${manageFrame})(${JSON.stringify(init)})</script><script>${pixel}</script>`;
  const srcdoc = inside.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const html = `<!doctype html><meta charset="utf-8"><title>Checkout</title><link rel="icon" href="data:,">
    <script>(${manageTop})('${CLIENT_ID}')</script>
    <iframe sandbox="allow-scripts allow-forms" srcdoc="${srcdoc}"></iframe>`;
  shop.show(CHECKOUT, html);
  shop.show(THANKS, html);
  return shop;
}

const messagesOf = (shop: Shop, sender: string): Told[] =>
  shop.collector.messages().filter(({ context }) => context.library.name === sender);

const cookies = async (page: Tab) =>
  Object.fromEntries((await page.run(() => document.cookie)).split('; ').map((one) => one.split('=')));

/** A page of the checkout, when its pixel listens. */
async function enter(visitor: Visitor, path: string) {
  const page = await visitor.goto(path);
  const frame = await until(() => page.run(() => (window as any).pixel), 'the pixel has run');
  return { page, frame };
}

const publish = (page: Tab, name: string, event: object) =>
  page.run((name, event) => (window as any).publish(name, event), name, event);

const submitContact = (page: Tab, { email }: Person) =>
  publish(page, 'checkout_contact_info_submitted', {
    data: { checkout: { email, phone: null, order: null } },
  });

const complete = (page: Tab, { email, id }: Person) =>
  publish(page, 'checkout_completed', {
    data: { checkout: { email, phone: null, order: { id: '1001', customer: { id, isFirstOrder: true } } } },
  });

/** Goes through the checkout to its end. Returns the two messages of the pixel. */
async function buy(shop: Shop, visitor: Visitor, person: Person): Promise<[Told, Told]> {
  const told = () => messagesOf(shop, 'chatstone-pixel').filter(({ userId }) => userId === person.email);
  await submitContact((await enter(visitor, CHECKOUT)).page, person);
  await until(() => told().length === 1, 'the contact is told');
  await complete((await enter(visitor, THANKS)).page, person);
  await until(() => told().length === 2, 'the order is told');
  return told() as [Told, Told];
}

/** Asks something in the chat. Returns the page and the visitor id there. */
async function ask(shop: Shop, visitor: Visitor) {
  const asked = () => arrived(shop).filter((name) => name === 'chat_first_message_sent').length;
  const before = asked();
  const page = await visitor.goto('/hats');
  await page.click('#chat');
  await page.run(() => window.fake.visitor('Does it run small?'));
  await until(() => asked() > before, 'the question arrives');
  return { page, id: (await cookies(page))['ajs_anonymous_id'] as string };
}

/** Comes back to the storefront, which takes over whom the checkout has met. */
async function comeBack(visitor: Visitor, { email }: Person): Promise<Tab> {
  const page = await visitor.goto('/');
  await until(
    async () => (await call(page, 'status')).identity?.userId === email,
    'the storefront knows the buyer',
  );
  return page;
}

const people = (shop: Shop) => {
  const { profiles, anonymous, errors, conflicts } = shop.collector.profiles();
  expect({ anonymous, errors, conflicts }).toEqual({ anonymous: [], errors: [], conflicts: [] });
  return profiles.map(({ email, anonymousIds, events }) => ({
    email,
    anonymousIds,
    events: events.map(nameOf),
  }));
};

describe('the checkout of Shopify', () => {
  test('tells whose chat it was, also where the buyer never comes back', async () => {
    const shop = await openShopify();
    const visitor = await shop.visitor();
    const { id } = await ask(shop, visitor);
    expect(shop.collector.profiles().profiles).toEqual([]);
    const [contact, order] = await buy(shop, visitor, ADA);
    await aWhile();

    expect(contact).toMatchObject({ type: 'identify', anonymousId: id, traits: { email: ADA.email } });
    expect(order).toMatchObject({ anonymousId: id, traits: { email: ADA.email, customer_id: ADA.id } });
    expect(people(shop)).toEqual([{ email: ADA.email, anonymousIds: [id], events: CHAT }]);
    expect(visitor.errors).toEqual([]);
  });

  test('has a frame without origin and storage, and needs no preflight', async () => {
    const shop = await openShopify();
    const visitor = await shop.visitor();
    const { frame } = await enter(visitor, CHECKOUT);
    expect(frame).toEqual({
      origin: 'null',
      cookie: 'SecurityError',
      localStorage: 'SecurityError',
      indexedDB: 'SecurityError',
    });
    await buy(shop, visitor, ADA);
    const log = shop.collector.log().map(({ method, origin, status }) => ({ method, origin, status }));
    expect(log).toEqual([
      { method: 'POST', origin: 'null', status: 200 },
      { method: 'POST', origin: 'null', status: 200 },
    ]);
  });

  test('hands the buyer to the storefront, ten minutes later', async () => {
    const shop = await openShopify();
    const visitor = await shop.visitor();
    const { id } = await ask(shop, visitor);
    await buy(shop, visitor, ADA);
    await shop.travel(10 * MINUTE); // Customer.io finds no owner any more for what comes without a userId
    const page = await comeBack(visitor, ADA);
    await until(async () => !('chatstone_user' in (await cookies(page))), 'the cookie is taken');
    expect((await call(page, 'status')).identity).toEqual({ userId: ADA.email, by: 'checkout' });

    await page.run(() => window.fake.assign());
    await page.run(() => window.fake.agent('Half a size.'));
    await until(() => arrived(shop).includes('chat_agent_replied'), 'the answer arrives');
    await aWhile();
    const later = shop.collector.messages().filter((message) => ANSWER.includes(nameOf(message)));
    expect(later).toMatchObject([
      { userId: ADA.email, anonymousId: id },
      { userId: ADA.email, anonymousId: id },
    ]);
    expect(people(shop)).toEqual([{ email: ADA.email, anonymousIds: [id], events: [...CHAT, ...ANSWER] }]);
    expectSameOnEveryTry(shop);
    expect(visitor.errors).toEqual([]);
  });

  test('says nothing without consent, and what it held once there is some', async () => {
    const shop = await openShopify(false);
    const visitor = await shop.visitor();
    const { id } = await ask(shop, visitor);
    const { page } = await enter(visitor, CHECKOUT);
    await submitContact(page, ADA);
    await aWhile();
    expect(messagesOf(shop, 'chatstone-pixel')).toEqual([]);
    expect(shop.collector.log().filter(({ origin }) => origin === 'null')).toEqual([]);
    expect(await cookies(page)).not.toHaveProperty('chatstone_user');

    await publish(page, 'visitorConsentCollected', { customerPrivacy: privacy(true) });
    await until(() => messagesOf(shop, 'chatstone-pixel').length === 1, 'the buyer is told');
    expect(people(shop)).toEqual([{ email: ADA.email, anonymousIds: [id], events: CHAT }]);
    expect(await cookies(page)).toHaveProperty('chatstone_user');

    await publish(page, 'visitorConsentCollected', { customerPrivacy: privacy(false) });
    await until(async () => !('chatstone_user' in (await cookies(page))), 'the cookie is gone');
  });

  test("goes by Shopify's client id where there was no storefront, which takes the buyer over later", async () => {
    const shop = await openShopify();
    const visitor = await shop.visitor();
    const [contact] = await buy(shop, visitor, ADA);
    expect(contact).toMatchObject({ userId: ADA.email, anonymousId: `shopify:${CLIENT_ID}` });

    await shop.travel(10 * MINUTE);
    const page = await comeBack(visitor, ADA);
    expect(await cookies(page)).not.toHaveProperty('chatstone_user');
    const { id } = await ask(shop, visitor);
    await aWhile();
    const [{ anonymousIds, ...buyer }, ...others] = people(shop) as [any];
    expect(others).toEqual([]);
    expect(buyer).toEqual({ email: ADA.email, events: CHAT });
    expect(new Set(anonymousIds)).toEqual(new Set([`shopify:${CLIENT_ID}`, id]));
    const chat = shop.collector.messages().filter(({ type }) => type === 'track');
    expect(chat.every(({ userId, anonymousId }) => userId === ADA.email && anonymousId === id)).toBe(true);
  });

  test.each(['comes back', 'never comes back'])(
    'keeps two people on one device apart, where the first %s',
    async (how) => {
      const shop = await openShopify();
      const visitor = await shop.visitor();
      const { id } = await ask(shop, visitor);
      await buy(shop, visitor, ADA);
      if (how === 'comes back') await comeBack(visitor, ADA);
      await shop.travel(HOUR);
      await buy(shop, visitor, BEN);
      await shop.travel(HOUR);
      await comeBack(visitor, BEN);
      const next = await ask(shop, visitor);
      await aWhile();
      if (how === 'comes back') expect(next.id).not.toBe(id);
      expect(people(shop)).toMatchObject([
        { email: ADA.email, anonymousIds: [id], events: CHAT },
        { email: BEN.email, events: CHAT },
      ]);
      const chats = shop.collector.messages().filter(({ event }) => event === 'chat_first_message_sent');
      expect(new Set(chats.map(({ properties }) => properties.conversation_id)).size).toBe(2);
      expect(chats[1]).toMatchObject({ userId: BEN.email, anonymousId: next.id });
      expectSameOnEveryTry(shop);
    },
  );
});
