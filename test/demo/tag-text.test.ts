// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultsOf, liquidText, npmText, tagText, topicChanges, wordsOf } from '../../demo/shop/tag-text.js';
import { shopifyLiquid } from '../../demo/shopify-theme.mjs';
import { widgets } from '../../demo/widgets/index.js';

const DEFAULTS = { sizing: ['siz', 'fit'], returns: ['return', 'send back'] };
const KNOWN = { topics: DEFAULTS, integrity: 'sha384-abc' };
const PLAIN = {
  writeKey: 'KEY',
  folder: '/static',
  region: 'us',
  apiHost: '',
  widgets: [] as string[],
  consent: 'auto',
  anonymous: 'hold',
  client: 'auto',
  identifyBy: 'email',
  calls: false,
  topics: [
    { id: 'sizing', words: 'siz, fit' },
    { id: 'returns', words: 'return,send back' },
  ],
  pages: [] as { path: string; topic: string }[],
};
type Some = Partial<typeof PLAIN>;
const tag = (some: Some = {}) => tagText({ ...PLAIN, ...some }, KNOWN).text;
const liquid = (some: Some = {}) => liquidText({ ...PLAIN, ...some }, KNOWN);
const npm = (some: Some = {}) => npmText({ ...PLAIN, widgets: ['tawk'], ...some }, KNOWN);
const topic = (id: string, words: string): Some => ({ topics: [...PLAIN.topics, { id, words }] });

/** What a browser reads in it: only the block and the tag. */
const blockOf = (text: string) => JSON.parse(/id="chatstone-config">\n([^<]*)\n<\/script>/.exec(text)![1]!);

describe('tagText', () => {
  const TAG = '<script async src="/static/chatstone.js" integrity="sha384-abc" data-write-key="KEY"';

  test('writes what has to stand there, and nothing else', () => {
    expect(tag()).toBe(`${TAG}></script>`);
  });

  test.each<[string, Some, string]>([
    ['a region', { region: 'eu' }, ' data-region="eu"'],
    [
      'a host in the place of the region',
      { region: 'eu', apiHost: 'https://e.example/' },
      ' data-api-host="https://e.example"',
    ],
    ['widgets', { widgets: ['tawk', 'crisp'] }, ' data-widget="tawk,crisp"'],
    ['send', { anonymous: 'send' }, ' data-anonymous="send"'],
    ['no client', { client: 'none' }, ' data-client="none"'],
    ['a platform', { consent: 'onetrust' }, ' data-consent="onetrust"'],
  ])('writes %s', (_, some, attributes) => {
    expect(tag(some)).toBe(`${TAG}${attributes}></script>`);
  });

  test.each([
    [
      'https://cdn.example/c',
      'https://cdn.example/c/chatstone.js" integrity="sha384-abc" crossorigin="anonymous"',
    ],
    [
      'https://cdn.example/c//',
      'https://cdn.example/c/chatstone.js" integrity="sha384-abc" crossorigin="anonymous"',
    ],
    ['//cdn.example', '//cdn.example/chatstone.js" integrity="sha384-abc" crossorigin="anonymous"'],
    ['/', '/chatstone.js" integrity="sha384-abc" data-write-key'],
  ])('takes the files from %s', (folder, written) => {
    expect(tag({ folder })).toContain(`src="${written}`);
  });

  test('writes the stub where the page calls', () => {
    expect(tag({ calls: true })).toContain('chatstone.q=chatstone.q||[]');
    expect(tag({ consent: 'manual' })).toContain('chatstone.q=chatstone.q||[]');
  });

  test('holds in the block what an attribute cannot hold', () => {
    const text = tag({
      identifyBy: 'id',
      pages: [{ path: '/size', topic: 'sizing' }],
      ...topic('gifts', 'gift, "wrap"'),
    })!;
    expect(blockOf(text)).toEqual({
      identifyBy: 'id',
      topics: { gifts: ['gift', '"wrap"'] },
      pages: { '/size': 'sizing' },
    });
  });

  test.each(['</script><script>alert(1)</script>', '<!--<script>', '"><img onerror=alert(1)>'])(
    'lets no word end the block: %s',
    (word) => {
      const text = tag(topic('gifts', `gift, ${word}`))!;
      expect(text.match(/<\/script>/g)).toHaveLength(2);
      expect(text).not.toContain('<!--');
      expect(blockOf(text).topics.gifts).toEqual(['gift', word]);
    },
  );

  test('lets no host end its attribute', () => {
    expect(tag({ apiHost: 'https://e.example/a&b' })).toContain('data-api-host="https://e.example/a&amp;b"');
  });
});

describe('topicChanges', () => {
  test.each<[string, [string, string][], object]>([
    [
      'nothing where nothing differs',
      [
        ['sizing', 'siz,  fit'],
        ['returns', 'return, send back'],
      ],
      {},
    ],
    [
      'new words',
      [
        ['sizing', 'siz, waist'],
        ['returns', 'return, send back'],
      ],
      { sizing: ['siz', 'waist'] },
    ],
    ['an empty list for what was removed', [['sizing', 'siz, fit']], { returns: [] }],
    [
      'a new topic',
      [
        ['sizing', 'siz, fit'],
        ['returns', 'return, send back'],
        ['constructor', 'build'],
      ],
      { constructor: ['build'] },
    ],
  ])('is %s', (_, rows, changes) => {
    expect(
      topicChanges(
        rows.map(([id, words]) => ({ id, words })),
        DEFAULTS,
      ),
    ).toEqual(changes);
  });
});

describe('wordsOf', () => {
  test.each([
    ['gift, wrap ,', ['gift', 'wrap']],
    ['/too (big|small),?/i, fit', ['/too (big|small),?/i', 'fit']],
    ['a/b, c', ['a/b', 'c']],
    [String.raw`/\/x,y/, z`, [String.raw`/\/x,y/`, 'z']],
    [' , ', []],
  ])('reads %s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('faultsOf', () => {
  test.each<[string, Some, string, RegExp]>([
    ['no key', { writeKey: '' }, 'writeKey', /Write the key of a JavaScript source/],
    ['a key with a space', { writeKey: 'a b' }, 'writeKey', /no spaces/],
    ['a key with quotes', { writeKey: `k"onload='x` }, 'writeKey', /no spaces, quotes/],
    ['a host without a scheme', { apiHost: 'events.example.com' }, 'apiHost', /Write it whole: https/],
    ['a host over http', { apiHost: 'http://events.example.com' }, 'apiHost', /begins with https/],
    ['a host that is a script', { apiHost: 'javascript:alert(1)' }, 'apiHost', /begins with https/],
    ['a host with a query', { apiHost: 'https://e.example/?a=1' }, 'apiHost', /Leave away/],
    ['a host with Liquid', { apiHost: 'https://e.example/{{x}}' }, 'apiHost', /brackets/],
    ['a folder that is neither', { folder: 'static' }, 'folder', /address.*or a path: \/static\//],
    ['a folder with a quote', { folder: '/sta"tic' }, 'folder', /no spaces, quotes/],
    ['no folder', { folder: '' }, 'folder', /Write it whole/],
    ['a topic without words', topic('gifts', ' , '), 'topics.2', /at least one word, or remove/],
    ['a topic without a name', topic('', 'gift'), 'topics.2', /Name the topic with small letters/],
    ['a topic with a name that is none', topic('Gift wrap', 'gift'), 'topics.2', /gift_wrap/],
    ['a topic twice', topic('sizing', 'x'), 'topics.2', /twice/],
    ['the topic of what is left', topic('other', 'x'), 'topics.2', /another name/],
    ['a word of signs', topic('gifts', 'gift, ??'), 'topics.2', /“\?\?” is no word/],
    ['a broken pattern', topic('gifts', '/(/'), 'topics.2', /no pattern that works/],
    ['a page without a slash', { pages: [{ path: 'size', topic: 'sizing' }] }, 'pages.0', /a \/ first/],
    [
      'a page with a topic that is none',
      { pages: [{ path: '/size', topic: 'fit' }] },
      'pages.0',
      /Write one of sizing, returns, other/,
    ],
  ])('says what to write instead of %s, and makes no tag', (_, some, field, words) => {
    const choices = { ...PLAIN, ...some };
    expect(Object.keys(faultsOf(choices))).toEqual([field]);
    expect(faultsOf(choices)[field]).toMatch(words);
    expect(tagText(choices, KNOWN).text).toBeUndefined();
  });

  test.each([
    'http://localhost:3000',
    'http://127.0.0.1:4173',
    'http://shop.localhost',
    'https://e.example/proxy',
  ])('takes %s as a host', (apiHost) => {
    expect(faultsOf({ ...PLAIN, apiHost })).toEqual({});
  });
});

describe('liquidText', () => {
  test.each<[string, Some, string]>([
    ['the key alone', {}, "{% render 'chatstone', write_key: 'KEY' %}"],
    ['a region', { region: 'eu' }, "{% render 'chatstone', write_key: 'KEY', region: 'eu' %}"],
    ['no consent for Shopify’s own', { consent: 'shopify' }, "{% render 'chatstone', write_key: 'KEY' %}"],
    [
      'a platform and an id',
      { consent: 'onetrust', identifyBy: 'id' },
      "{% render 'chatstone', write_key: 'KEY', consent: 'onetrust', identify_by: 'id' %}",
    ],
    [
      'widgets and a host',
      { widgets: ['tawk', 'crisp'], apiHost: 'https://e.example/' },
      "{% render 'chatstone', write_key: 'KEY', api_host: 'https://e.example', widget: 'tawk,crisp' %}",
    ],
  ])('writes %s', (_, some, text) => {
    expect(liquid(some).text).toBe(text);
  });

  test('is rendered by the snippet as it was meant', () => {
    const { text } = liquid({
      topics: [
        { id: 'sizing', words: 'siz, fit' },
        { id: 'gifts', words: `gift, </script>, l'amour, "wrap", /too (big|small)/i` },
      ],
      pages: [{ path: '/pages/size-guide', topic: 'sizing' }],
    });
    const globals = { request: { page_type: 'index' }, cart: { item_count: 0 } };
    const page: string = shopifyLiquid().parseAndRenderSync(text!, {}, { globals });
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    expect(blockOf(page)).toMatchObject({
      topics: { gifts: ['gift', '</script>', "l'amour", '"wrap"', '/too (big|small)/i'], returns: [] },
      pages: { '/pages/size-guide': 'sizing' },
    });
    expect(page).toContain('data-write-key="KEY"');
  });

  test.each<[string, Some, string]>([
    ['Liquid in a word', topic('gifts', 'gift {{ shop }}'), 'topics.2'],
    ['a tag in a word', topic('gifts', 'gift {% endcapture %}'), 'topics.2'],
    ['a pattern with a comma', topic('gifts', '/a,b/'), 'topics.2'],
    ['a colon in a path', { pages: [{ path: '/a:b', topic: 'sizing' }] }, 'pages.0'],
  ])('refuses %s, which the tag may hold', (_, some, field) => {
    expect(Object.keys(liquid(some).faults)).toEqual([field]);
    expect(liquid(some).text).toBeUndefined();
    expect(tag(some)).toBeDefined();
  });

  test('does not mind where else the files lie', () => {
    expect(liquid({ folder: 'nowhere' }).text).toBeDefined();
  });

  test('uses parameters that the snippet has', () => {
    const snippet = readFileSync(join(import.meta.dirname, '../../dist/shopify/chatstone.liquid'), 'utf8');
    const { text } = liquid({
      region: 'eu',
      consent: 'tcf',
      identifyBy: 'id',
      widgets: ['tawk'],
      pages: [{ path: '/a', topic: 'sizing' }],
      ...topic('gifts', 'gift'),
    });
    const used = [...text!.matchAll(/(\w+): (?='|topics|pages)/g)].map(([, name]) => name);
    expect(used).toEqual(['write_key', 'region', 'consent', 'identify_by', 'widget', 'topics', 'pages']);
    for (const name of used) expect(snippet).toMatch(new RegExp(`@param \\{\\w+\\} \\[?${name}\\]? `));
  });
});

describe('npmText', () => {
  test('imports and starts what was chosen', () => {
    expect(
      npm({ region: 'eu', widgets: ['help-scout'] }).text,
    ).toBe(`import { consents, init } from 'chatstone';
import { customerio } from 'chatstone/destinations/customerio';
import { form } from 'chatstone/sources/form';
import { helpScout } from 'chatstone/sources/help-scout';

export const chatstone = init({
  sources: [helpScout(), form()],
  destinations: [customerio({
    "writeKey": "KEY",
    "region": "eu"
  })],
  consents,
});`);
  });

  test.each([
    ['granted', 'consent: "granted"', ''],
    ['tcf', 'consents: [tcf()],\n  consent: "tcf"', "import { tcf } from 'chatstone/consents/tcf';"],
  ])('names who says %s', (consent, option, line) => {
    const { text } = npm({ consent });
    expect(text).toContain(option);
    expect(text).toContain(line);
  });

  test('asks for a widget', () => {
    expect(npm({ widgets: [] })).toMatchObject({
      faults: { widgets: expect.stringContaining('Choose the widgets') },
    });
    expect(npm({ widgets: [] }).text).toBeUndefined();
  });

  test.each(Object.keys(widgets))('names what the package exports for %s', async (name) => {
    const { text } = npm({ widgets: [name] });
    const [, exported] = new RegExp(`import \\{ (\\w+) \\} from 'chatstone/sources/${name}';`).exec(text!)!;
    const file = join(import.meta.dirname, `../../dist/esm/sources/${name}.js`);
    expect(existsSync(file)).toBe(true);
    expect(await import(file)).toHaveProperty(exported!);
  });
});
