// @vitest-environment node
// Cases in which the builder, the explorer, a proof or the docs checker was wrong once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { factsOfMilestones, membersOf } from '../../demo/shop/segments.js';
import { proof } from '../../demo/shop/situation-proof.js';
import { faultsOf, tagText } from '../../demo/shop/tag-text.js';
import { checkLinks } from '../../scripts/docs-links.mjs';
import { readPage } from '../../scripts/docs-markdown.mjs';
import { staticCheck } from '../../scripts/docs-samples.mjs';
import { topicOfPage, topicsOf } from '../../src/core/topics.ts';

const check = await staticCheck();
const NOW = Date.UTC(2026, 10, 28, 12);

describe('the tag builder', () => {
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
    topics: [{ id: 'sizing', words: 'siz, fit' }],
    pages: [] as { path: string; topic: string }[],
  };
  const faults = (some: Partial<typeof PLAIN>) => faultsOf({ ...PLAIN, ...some }) as Record<string, string>;

  // What the tag itself takes as an address: src/script-engine.ts.
  test.each(['https:events.example.com', 'HTTPS://events.example.com', 'https:///events.example.com'])(
    'refuses the host %s, which the tag would refuse',
    (apiHost) => {
      expect(faults({ apiHost }).apiHost).toMatch(/https:\/\//);
    },
  );
  test('refuses a name and a password in an address: fetch throws on them', () => {
    expect(() => new Request('https://a:b@events.example.com')).toThrow();
    expect(faults({ apiHost: 'https://a:b@events.example.com' }).apiHost).toBeDefined();
  });
  test('refuses a folder that is an address without its slashes: a browser takes it for a path', () => {
    expect(new URL('https:static/', 'https://shop.example/hats/').href).toBe(
      'https://shop.example/hats/static/',
    );
    expect(faults({ folder: 'https:static/' }).folder).toBeDefined();
  });

  const page = (path: string) => faults({ pages: [{ path, topic: 'sizing' }] })['pages.0'];
  test.each(['/search?q=size', '/help#sizes'])('refuses the path %s, which no page has', (path) => {
    const { pathname } = new URL(path, 'https://shop.example');
    expect(topicOfPage(pathname, { [path]: 'sizing' }, topicsOf())).toBeUndefined();
    expect(page(path)).toBeDefined();
  });
  test('writes a path as a browser has it', () => {
    const path = '/größen tabelle';
    const { pathname } = new URL(path, 'https://shop.example');
    const { text } = tagText(
      { ...PLAIN, pages: [{ path, topic: 'sizing' }] },
      { topics: { sizing: ['siz', 'fit'] }, integrity: 'sha384-abc' },
    );
    const { pages } = JSON.parse(/config">\n([^<]*)\n</.exec(text!)![1]!);
    expect(topicOfPage(pathname, pages, topicsOf())).toBe('sizing');
  });
  test('says that a path stands there twice', () => {
    const pages = [
      { path: '/a', topic: 'sizing' },
      { path: '/a', topic: 'other' },
    ];
    expect(faults({ pages })['pages.1']).toMatch(/twice/);
  });
});

describe('the explorer', () => {
  const told = (event: string, properties: object) => ({
    event,
    timestamp: new Date(NOW - 1000).toISOString(),
    properties,
  });
  test('counts nothing that was simulated', () => {
    const simulated = { widget: 'test', is_test: true };
    const person = factsOfMilestones({
      email: 'ada@example.com',
      traits: {},
      events: [
        told('chat_topic_set', { ...simulated, topic: 'sizing' }),
        told('chat_csat_submitted', { ...simulated, csat_score: 1 }),
      ],
    });
    expect(membersOf('asked', [person], { topic: 'sizing', asked: 48, bought: 24 }, NOW)).toEqual([]);
    expect(membersOf('low', [person], { score: 2, days: 7 }, NOW)).toEqual([]);
  });
  test('knows no time of an open case that says none', () => {
    const { openSince } = factsOfMilestones({ id: '7', traits: { open_support_case: true }, events: [] });
    expect(openSince).not.toBeNaN();
  });
});

describe('the proof of a situation', () => {
  const FACTS = {
    visitor: 'v-1',
    userId: undefined,
    by: undefined,
    consent: 'pending',
    found: ['tawk'],
    queued: 0,
    held: 0,
    dropped: {},
    tries: [] as { status: number; messages: object[] }[],
    events: [] as object[],
    on: undefined as string | undefined,
    orders: [],
    conflicts: 0,
    stored: [] as string[],
    before: [] as string[],
    tabs: 1,
    loads: 1,
    began: 0,
    waited: 0,
    violations: [],
    view: true,
  };
  const EVENT = {
    event: 'chat_opened',
    properties: { widget: 'tawk', conversation_id: 'c-1' },
    context: { page: { path: '/situations/x.html' } },
    timestamp: '2026-11-28T12:00:00.000Z',
    receivedAt: '2026-11-28T12:00:00.100Z',
  };
  const SENT = { tries: [{ status: 200, messages: [EVENT] }], events: [EVENT], on: 'ailsa@example.com' };
  const states = (name: string, some: object) =>
    proof[name]!({ ...FACTS, ...some }).map(({ state }) => state);

  test('sees what a theme of Shopify has sent before its banner was answered', () => {
    expect(states('shopify', { ...SENT, consent: 'pending' })[1]).toBe('no');
    // It may have been sent while it was allowed.
    expect(states('shopify', { ...SENT, consent: 'pending', loads: 2 })[1]).toBe('yes');
    expect(states('shopify', { ...SENT, consent: 'denied' })[1]).toBe('yes');
  });
  test('sees what was sent before the banner was answered', () => {
    expect(states('consent', { ...SENT, consent: 'pending' })).toContain('no');
  });
  test('does not tell two widgets apart by conversations of one id', () => {
    const of = (widget: string, conversation_id: string) => ({
      ...EVENT,
      properties: { widget, conversation_id },
    });
    const apart = [of('tawk', '1'), of('crisp', '1')]; // each numbers its own
    expect(states('two-widgets', { events: apart, consent: 'granted' })[2]).toBe('yes');
  });
  test('does not call a record refused that only met a server without an answer', () => {
    const lines = proof['broken-collector']!({
      ...FACTS,
      consent: 'granted',
      events: [EVENT],
      on: undefined,
      tries: [{ status: 500, messages: [EVENT] }],
    });
    expect(lines.map(({ text }) => text).join()).not.toContain('undefined');
  });
});

describe('the docs checker', () => {
  const root = mkdtempSync(join(tmpdir(), 'chatstone-docs-'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/there.md'), '# There\n');
  writeFileSync(join(root, 'there.md'), '# There\n');
  afterAll(() => rmSync(root, { recursive: true }));
  const says = (text: string) => checkLinks([readPage('x.md', text)], root).faults;

  test.each([
    ['[a](gone.md "a title")', 'with a title'],
    ["[a](gone.md 'a title')", 'with a title in single quotes'],
    ['[a](<gone one.md>)', 'with a space'],
    ["<a href='gone.md'>a</a>", 'of HTML in single quotes'],
    ['<a\nhref="gone.md">a</a>', 'of HTML over two lines'],
    ['[a][nowhere]', 'by a reference that is defined nowhere'],
    ['[nowhere][]', 'by its own text, defined nowhere'],
    ['> [a](gone.md)', 'in a quotation'],
    ['| [a](gone.md) |', 'in a table'],
    ['[a](there.md#gone)', 'to a heading'],
    ['[a\\]b](gone.md)', 'with a bracket in its text'],
    ['[a](gone.md "say \\"so\\"")', 'with quotes in its title'],
    ['[a](node_modules/there.md)', 'to what is not in the repository'],
    ['[a]: gone.md "a title"', 'defined with a title'],
  ])('sees that %s leads nowhere: a link %s', (text) => {
    expect(says(text)).not.toEqual([]);
  });
  test('takes no checkbox, footnote or index for a link by reference', () => {
    expect(says('* [ ] to do\n* [x] done\n\nall[0][1] and [one][two]\n\n[two]: there.md')).toEqual([]);
  });

  test('finds a sample in a quotation', () => {
    expect(readPage('x.md', '> ```js\n> chatstone("nothing");\n> ```\n').samples).toHaveLength(1);
  });

  const sample = (lang: string, text: string) =>
    readPage('x.md', `\`\`\`${lang}\n${text}\n\`\`\`\n`).samples[0]!;
  test.each([
    ['sh', 'npm install && npm run nothing'],
    ['sh', 'npm ci; npm run nothing'],
    ['sh', 'npm test | npx nothing'],
    ['liquid', '{% render "chatstone", write_key: "K", nothing: "x" %}'],
    ['liquid', "{%- render 'chatstone', write_key: '100%', nothing: 'x' -%}"],
    ['php', '$config["nothing"] = 1;'],
    ['html', "<script async src='https://x.example/chatstone.js' DATA-NOTHING='1'></script>"],
    ['html', '<script type="application/json" id=\'chatstone-config\'>{ "nothing": 1 }</script>'],
  ])('sees what is wrong with %s: %s', (lang, text) => {
    expect(check(sample(lang, text))).not.toEqual([]);
  });
});
