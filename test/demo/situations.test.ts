// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { SHAPES, shapeOf } from '../../demo/shop/shapes.js';
import { proof } from '../../demo/shop/situation-proof.js';
import { createSituations } from '../../demo/situation-routes.mjs';
import { situations } from '../../demo/situations.mjs';
import { tag } from '../../demo/tag.mjs';
import { MILESTONES } from '../../src/index.ts';

const app = createSituations();
const get = (path: string) => app.request(`http://127.0.0.1:4173${path}`);
const names = Object.keys(situations);

describe('createSituations', () => {
  test('lists them all', async () => {
    const page = await (await get('/situations/')).text();
    for (const name of names) expect(page).toContain(`href="/situations/${name}.html?fresh"`);
    expect((await get('/situations')).headers.get('location')).toBe('/situations/');
  });

  test.each(names)('%s holds the tag, what to try and what to expect', async (name) => {
    const response = await get(`/situations/${name}.html`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toMatch(/<script\s+async\s+src="\/dist\/chatstone\.js/);
    expect(page).toContain('data-write-key="demo"');
    expect(page).toContain('data-api-host="http://127.0.0.1:4173"');
    expect(page).toContain('<dt>Try</dt>');
    expect(page).not.toContain('undefined');
    expect(page).not.toContain('data-debug');
    expect(Object.keys(proof)).toContain(name);
  });

  test.each(names)('%s opens the QA panel by its address', async (name) => {
    expect(await (await get(`/situations/${name}.html?chatstone_debug`)).text()).toContain(
      'data-debug="/api/profiles"',
    );
  });

  test('takes a widget of the list alone', async () => {
    expect(await (await get('/situations/consent.html?widget=crisp')).text()).toContain(
      'data-widget="crisp"',
    );
    for (const widget of ['"><script>', 'constructor', '__proto__', '../../x']) {
      const response = await get(`/situations/consent.html?widget=${encodeURIComponent(widget)}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/write one of chatwoot, crisp/);
    }
  });

  test.each([
    '/situations/none.html',
    '/situations/constructor.html',
    '/situations/consent.html/view',
    '/situations/consent',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('the strict one has a policy, and no script that the policy would refuse', async () => {
    const response = await get('/situations/strict-csp.html');
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect(response.headers.get('content-security-policy')).not.toMatch(/unsafe|nonce/);
    const page = await response.text();
    const inline = [...page.matchAll(/<script(?![^>]*(src=|application\/json))[^>]*>/g)];
    expect(inline.map(([script]) => script)).toEqual([]);
    expect(page).not.toMatch(/\son\w+=|\sstyle=/);
  });

  test('a view of the single page is its page', async () => {
    expect((await get('/situations/single-page-app.html/size-guide')).status).toBe(200);
  });

  test('a theme knows who is logged in', async () => {
    expect(await (await get('/situations/shopify.html')).text()).not.toContain('"user"');
    expect(await (await get('/situations/shopify.html?customer')).text()).toContain(
      '"email": "ailsa@example.com"',
    );
  });
});

describe('tag', () => {
  test('lets no value end what it stands in', () => {
    const text = String(tag({ writeKey: '"><x' }, { pageType: '</script><script>' }));
    expect(text).toContain('data-write-key="&quot;&gt;&lt;x"');
    expect(text.match(/<\/script>/g)).toHaveLength(2);
  });
});

describe('proof', () => {
  const NOTHING = {
    visitor: '',
    consent: 'granted',
    found: [],
    queued: 0,
    held: 0,
    dropped: {},
    tries: [],
    events: [],
    orders: [],
    conflicts: 0,
    stored: [],
    before: [],
    tabs: 1,
    loads: 1,
    began: 0,
    waited: 0,
    violations: [],
    view: true,
    userId: undefined,
    by: undefined,
    on: undefined,
  };
  const states = (name: string, facts: object = {}) =>
    proof[name]!({ ...NOTHING, ...facts } as any).map(({ state }) => state);
  const told = (event: string, more = {}) => ({
    event,
    properties: { conversation_id: 'c1', widget: 'tawk', ...more },
    timestamp: '2026-11-28T10:00:00.000Z',
    receivedAt: '2026-11-28T10:00:01.000Z',
    context: { page: { path: '/situations/x.html' } },
  });

  test.each(names)('%s proves nothing before anything has happened, and contradicts nothing', (name) => {
    const all = states(name, { consent: 'pending' });
    expect(all).toContain('wait');
    expect(all).not.toContain('no');
  });

  test.each<[string, string, object, string]>([
    [
      'a milestone that left before anybody was known',
      'first-chat',
      { tries: [{ status: 200, messages: [{ type: 'track' }] }] },
      'no',
    ],
    ['milestones that wait', 'first-chat', { held: 3 }, 'yes'],
    ['milestones on nobody', 'known-customer', { events: [told('chat_opened')] }, 'no'],
    ['somebody known by another word', 'pre-chat', { userId: 'a@b', by: 'site' }, 'no'],
    [
      'a milestone told twice',
      'two-tabs',
      { on: 'a@b', events: [told('chat_opened'), told('chat_opened')] },
      'no',
    ],
    [
      'another content under the same id',
      'two-tabs',
      { on: 'a@b', events: [told('chat_opened')], conflicts: 1 },
      'no',
    ],
    [
      'something stored without consent',
      'consent',
      { consent: 'pending', stored: ['database chatstone'] },
      'no',
    ],
    ['something stored without consent', 'shopify', { consent: 'denied', stored: ['the visitor id'] }, 'no'],
    [
      'what an earlier page has left',
      'consent',
      { consent: 'pending', stored: ['database chatstone'], before: ['database chatstone'] },
      'wait',
    ],
    [
      'conversations that are one',
      'two-widgets',
      { events: [told('chat_opened'), told('chat_opened', { widget: 'crisp' })] },
      'no',
    ],
    ['a refusal by the policy', 'strict-csp', { violations: ['script-src inline'] }, 'no'],
    ['a refused record', 'broken-collector', { dropped: { refused: 1 } }, 'yes'],
  ])('sees %s (%s)', (_, name, facts, state) => {
    expect(states(name, facts)).toContain(state);
  });

  test.each([
    ['before the chat, as for the QA panel, for none', '2026-11-28T09:59:59.000Z', 'yes'],
    ['in the middle of the chat for one', '2026-11-28T10:00:00.001Z', 'no'],
  ])('takes a load %s', (_, began, state) => {
    const facts = { loads: 2, began: Date.parse(began), events: [told('chat_opened')] };
    expect(states('single-page-app', facts)[2]).toBe(state);
  });
});

describe('shapeOf', () => {
  test('tells each milestone and a purchase apart by its shape', () => {
    const events = [...MILESTONES, 'Order Completed'];
    expect(new Set(events.map((event) => shapeOf(event, false).path)).size).toBe(events.length);
    for (const event of events) expect(Object.keys(SHAPES)).toContain(event);
  });

  test('has something for what it does not know', () => {
    expect(shapeOf('constructor', true).path).toBe(shapeOf('Live Chat Conversation Started', true).path);
  });
});
