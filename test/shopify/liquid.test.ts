import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { BLOCK, HOSTILE, type Objects, render, snippet } from './liquid.ts';

const CUSTOMER = { id: 7234567890123, email: 'ann@example.com', phone: '+4930123', name: 'Ann Lee' };
const CART = { item_count: 3, total_price: 2469, currency: { iso_code: 'EUR' } };
const on = (page_type: string) => ({ page_type, design_mode: false, visual_preview_mode: false });
const product = (sku: unknown) => ({
  request: on('product'),
  product: { title: 'Hat', selected_or_first_available_variant: { sku } },
});
const order = (ago: number, total_price = 2469) => ({
  request: on('customers/order'),
  customer: CUSTOMER,
  order: { id: 5123, total_price, created_at: new Date(Date.now() - ago).toISOString() },
});
const HOUR = 3600e3;

/** The attributes `data-…`; the `dataset` of happy-dom leaves out what is empty. */
const data = (tag: Element) =>
  Object.fromEntries(
    [...tag.attributes].flatMap(({ name, value }) => (/^data-/.test(name) ? [[name.slice(5), value]] : [])),
  );

/** What a browser makes of it. */
function read(html: string): { config: any; tag: HTMLScriptElement; scripts: number; others: number } {
  const page = new DOMParser().parseFromString(
    `<!doctype html><html><head>${html}</head><body></body></html>`,
    'text/html',
  );
  const block = page.querySelector('script#chatstone-config');
  return {
    config: block && JSON.parse(block.textContent!),
    tag: page.querySelector('script[src]') as HTMLScriptElement,
    scripts: page.querySelectorAll('script').length,
    others: page.querySelectorAll('head > :not(script), body > *').length,
  };
}
const config = (objects?: Objects, given: Objects = { write_key: 'key' }) =>
  read(snippet(given, objects)).config;

let said: MockInstance;
let options: (given: object, more?: object) => any;
beforeEach(async () => {
  vi.resetModules(); // a sentence is said once a page
  ({ options } = await import('../../src/core/options.ts'));
  said = vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  said.mockRestore();
});

describe('chatstone.liquid', () => {
  test('tells of a guest on the first page what kind of page it is, and nothing else', () => {
    expect(Object.keys(config())).toEqual(['properties', 'pageType']);
    expect(config().pageType).toBe('index');
  });

  test('tells who is logged in, the id as text', () => {
    expect(config({ customer: CUSTOMER }).user).toEqual({ ...CUSTOMER, id: '7234567890123' });
  });

  test('tells what the customer did not leave as nothing', () => {
    expect(config({ customer: { id: 1, email: 'ann@example.com' } }).user).toMatchObject({
      phone: null,
      name: null,
    });
  });

  test('tells the SKU of the variant in view', () => {
    expect(config(product('HAT-9'))).toMatchObject({ product: { sku: 'HAT-9' }, pageType: 'product' });
  });

  test.each([
    ['EUR', 2469, 24.69],
    ['JPY', 100_000, 1000],
    ['EUR', 1, 0.01],
  ])('tells a cart in %s of %i hundredths as %d', (iso_code, total_price, cart_value) => {
    expect(config({ cart: { item_count: 3, total_price, currency: { iso_code } } }).context).toEqual({
      cart_value,
      cart_currency: iso_code,
      cart_items: 3,
    });
  });

  test('tells nothing of an empty cart', () => {
    expect(config()).not.toHaveProperty('context');
  });

  test('tells a fresh order as a purchase, in whole units', () => {
    expect(config(order(HOUR)).order).toEqual({ order_id: '5123', value: 24.69 });
    expect(config(order(HOUR, 100_000)).order.value).toBe(1000);
  });

  test('tells an old order that is looked up as what the talk is about, not as a purchase', () => {
    const told = config({ ...order(30 * 24 * HOUR), cart: CART });
    expect(told).not.toHaveProperty('order');
    expect(told.context).toMatchObject({ order_id: '5123', cart_items: 3 });
    expect(config(order(30 * 24 * HOUR)).context).toEqual({ order_id: '5123' });
  });

  test.each(['design_mode', 'visual_preview_mode'])('is empty in %s', (mode) => {
    expect(snippet({ write_key: 'key' }, { request: { ...on('index'), [mode]: true } }).trim()).toBe('');
  });

  test('reads a topic a line', () => {
    const topics = '\r\n gifts : gift, wrap \r\n\nsizing: /too (?:big|small)/i\nstock:\nengraving';
    expect(config({}, { write_key: 'key', topics }).topics).toEqual({
      gifts: ['gift', 'wrap'],
      sizing: ['/too (?:big|small)/i'],
      stock: [], // takes the topic away
      engraving: null, // chatstone says what to write
    });
  });

  test('reads a page a line', () => {
    const pages = '/pages/size-guide: sizing\n*/pages/gift*:gifts\n';
    expect(config({}, { write_key: 'key', pages }).pages).toEqual({
      '/pages/size-guide': 'sizing',
      '*/pages/gift*': 'gifts',
    });
  });

  test('writes attributes for what was given, and for the rest the choice of a Shopify store', () => {
    expect(data(read(snippet()).tag)).toEqual({
      'write-key': 'key',
      anonymous: 'send',
      consent: 'shopify',
    });
    const given = { write_key: 'key', region: 'eu', api_host: 'https://e.example.com', consent: 'onetrust' };
    expect(data(read(snippet({ ...given, widget: 'tawk', debug: true })).tag)).toEqual({
      'write-key': 'key',
      anonymous: 'send',
      region: 'eu',
      'api-host': 'https://e.example.com',
      consent: 'onetrust',
      widget: 'tawk',
      debug: '',
    });
  });

  test('loads the script from the theme without holding the page up', () => {
    const { tag } = read(snippet());
    expect(tag.getAttribute('src')).toBe('/dist/chatstone.js?v=17');
    expect(tag.hasAttribute('async')).toBe(true);
  });

  test.each(HOSTILE.map((text) => [text.slice(0, 30), text]))('gives %j back as it was', (_, text) => {
    const shop = {
      ...product(text),
      ...order(HOUR),
      customer: { id: 1, email: text, phone: text, name: text },
      cart: { item_count: 1, total_price: 1, currency: { iso_code: text } },
      request: on(text),
    };
    const { config, tag, scripts, others } = read(
      snippet(
        { write_key: text, region: text, consent: text, api_host: text, widget: text, identify_by: text },
        shop,
      ),
    );
    expect(config).toMatchObject({
      user: { email: text, phone: text, name: text },
      product: { sku: text },
      pageType: text,
      identifyBy: text,
      context: { cart_currency: text },
    });
    const parsed = text.replaceAll('\r\n', '\n').replaceAll('\u0000', '\ufffd'); // as HTML is read
    for (const name of ['writeKey', 'region', 'consent', 'apiHost', 'widget'])
      expect([text, parsed]).toContain(tag.dataset[name]);
    expect([scripts, others]).toEqual([2, 0]);
  });

  test.each(HOSTILE.map((text) => [text.slice(0, 30), text]))(
    'takes %j as a topic and its word',
    (_, text) => {
      const { config, scripts, others } = read(
        snippet({
          write_key: 'key',
          topics: `gifts: ${text}\n${text}: a`,
          pages: `${text}: gifts\n/a: ${text}`,
        }),
      );
      expect(config.topics.gifts).toBeInstanceOf(Array);
      expect(config.pages['/a']).toBeTypeOf('string');
      expect([scripts, others]).toEqual([2, 0]);
    },
  );

  test('writes no option that chatstone does not know', () => {
    const { context, ...rest } = config(
      { ...product('HAT-9'), ...order(HOUR), cart: CART },
      {
        write_key: 'key',
        topics: 'gifts: gift',
        pages: '/gifts: gifts',
        identify_by: 'id',
      },
    );
    expect(Object.keys(context)).toEqual(['order_id', 'cart_value', 'cart_currency', 'cart_items']);
    expect(options(rest)).toMatchObject(rest);
    expect(said.mock.calls).toEqual([]);
  });

  test('registers every fact that Shopify pages tell', () => {
    expect(config().properties).toEqual(
      expect.arrayContaining([...Object.keys(config({ cart: CART }).context), 'last_viewed_sku']),
    );
  });
});

describe('the app embed block', () => {
  const { settings } = JSON.parse(/{% schema %}(.*){% endschema %}/s.exec(BLOCK)![1]!);
  const defaults = Object.fromEntries(settings.map(({ id, default: it }: Objects) => [id, it ?? '']));
  const block = (chosen: Objects = {}) =>
    read(render(BLOCK, {}, { block: { settings: { ...defaults, ...chosen } } }));

  test('writes what the snippet writes', () => {
    const { tag, config } = block({ write_key: 'key' });
    expect(data(tag)).toEqual({
      'write-key': 'key',
      anonymous: 'send',
      consent: 'shopify',
      region: 'us',
    });
    expect(config).toMatchObject({ pageType: 'index', identifyBy: 'email' });
  });

  test('hands every setting on', () => {
    const { tag, config } = block({
      write_key: 'w',
      region: 'eu',
      consent: 'tcf',
      identify_by: 'id',
      topics: 'gifts: gift',
      pages: '/gifts: gifts',
      debug: true,
    });
    expect(data(tag)).toMatchObject({ 'write-key': 'w', region: 'eu', consent: 'tcf', debug: '' });
    expect(config).toMatchObject({
      identifyBy: 'id',
      topics: { gifts: ['gift'] },
      pages: { '/gifts': 'gifts' },
    });
  });
});
