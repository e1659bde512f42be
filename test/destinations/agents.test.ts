import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fake } from '../../demo/widgets/fake.js';
import { type AgentsOptions, type AgentsWidget, agents } from '../../src/destinations/agents.ts';
import { faults } from '../../src/lib/guard.ts';
import { crisp as crispSource } from '../../src/sources/crisp.ts';
import { hold } from '../sources/conformance.ts';
import { PROFILE } from './conformance.ts';

const page = window as any;
page.happyDOM.settings.enableIframePageLoading = true; // of about:blank, for Rocket.Chat's host script
const script = readFileSync(
  createRequire(import.meta.url).resolve('@rocket.chat/livechat/build/rocketchat-livechat.min.js'),
  'utf8',
);

const fields = { last_cart_value: 123456, returns_page_visited: 123457 };
const MAPS: AgentsOptions = {
  zendesk: { fields },
  salesforce: { fields: { last_cart_value: 'LastCartValue', last_cart_category: 'LastCartCategory' } },
};
const SALESFORCE = { fields: ['LastCartValue', 'LastCartCategory'] };

/** What the agent sees of the profile: a number and a flag, under the vendor's names and in its types. */
const SEEN: Record<AgentsWidget, Record<string, unknown>> = {
  chatwoot: { last_cart_value: 129.5, cio_segment_vip: false },
  crisp: { last_cart_value: 129.5, cio_segment_vip: false },
  freshchat: { last_cart_value: 129.5, cio_segment_vip: false },
  'help-scout': { last_cart_value: '129.5', cio_segment_vip: 'false' },
  jivochat: { last_cart_value: '129.5', cio_segment_vip: 'false' },
  kustomer: { lastCartValueNum: 129.5, lastCartCategoryStr: 'jumpers', cioSegmentVipBool: false },
  livechat: { last_cart_value: '129.5', cio_segment_vip: 'false' },
  olark: { last_cart_value: 129.5, cio_segment_vip: false },
  'rocket-chat': { last_cart_value: '129.5', cio_segment_vip: 'false' },
  salesforce: { LastCartValue: '129.5', LastCartCategory: 'jumpers' },
  smartsupp: { last_cart_value: { label: 'last cart value', value: 129.5 } },
  tawk: { 'last-cart-value': '129.5', 'cio-segment-vip': 'false' },
  tidio: { last_cart_value: '129.5', cio_segment_vip: 'false' },
  zendesk: { 123456: 129.5, 123457: true },
};
const names = Object.keys(SEEN) as AgentsWidget[];
const QUEUES = ['help-scout', 'olark']; // what their stub is told arrives

describe('agents', () => {
  const fakes: Fake[] = [];
  const put = async (name: AgentsWidget, options: object = {}): Promise<Fake> => {
    const { install } = await import(`../../demo/widgets/${name}.js`);
    const fake = install(page, {
      ...(name === 'rocket-chat' && { script }),
      ...(name === 'salesforce' && SALESFORCE),
      ...options,
    });
    fakes.push(fake);
    return fake;
  };
  const failing = (fake: Fake) => {
    const fail = () => {
      throw new Error(`${fake.name} is out of order`);
    };
    Object.defineProperty(fake, 'attributes', { get: fail, set: fail });
  };

  beforeEach(() => {
    faults.counts = {};
  });
  afterEach(() => {
    for (const fake of fakes.splice(0)) fake.uninstall();
    document.body.replaceChildren();
    vi.restoreAllMocks();
  });

  test('takes no messages, and waits for a widget', () => {
    const destination = agents();
    expect(destination).toMatchObject({ name: 'agents', limit: { most: 20, within: 1_800_000 } });
    expect(destination.deliver).toBe(undefined);
    expect(destination.ready!()).toBeFalsy();
  });

  test.each(names)('shows %s what is known, as it takes it, and what changes', async (name) => {
    const destination = agents(MAPS);
    const fake = await put(name);
    expect(destination.ready!()).toBeTruthy();
    await destination.show!(PROFILE);
    expect(fake.attributes).toMatchObject(SEEN[name]);
    await destination.show!({ ...PROFILE, last_cart_value: 7.25 });
    expect(JSON.stringify(fake.attributes)).toMatch(/\b7\.25\b/);
    expect(faults.counts).toEqual({});
  });

  test.each(names)('loses nothing to the stub of %s', async (name) => {
    const destination = agents(MAPS);
    const fake = await put(name, { late: true });
    expect(!!destination.ready!()).toBe(QUEUES.includes(name));
    await destination.show!(PROFILE);
    fake.load();
    if (!QUEUES.includes(name)) {
      expect(fake.attributes).toEqual({});
      expect(destination.ready!()).toBeTruthy();
      await destination.show!(PROFILE);
    }
    expect(fake.attributes).toMatchObject(SEEN[name]);
    expect(faults.counts).toEqual({});
  });

  test.each(names)('shows the others what %s does not take, and says that it failed', async (name) => {
    const other = name === 'tidio' ? 'tawk' : 'tidio';
    failing(await put(name));
    const well = await put(other);
    await expect(agents(MAPS).show!(PROFILE)).rejects.toThrow('out of order');
    expect(well.attributes).toMatchObject(SEEN[other]);
  });

  test.each(names)('tells %s of nobody', async (name) => {
    const fake = await put(name);
    const who = {
      email: 'ann@example.com',
      name: 'Ann',
      phone: '+442079460000',
      customer_id: '7788',
      referred_by: 'bob@example.com',
    };
    const all = Object.fromEntries(Object.keys(who).map((own, i) => [own, `${1000 + i}`]));
    await agents({
      zendesk: { fields: { ...all, ...fields } },
      salesforce: { fields: { ...all, last_cart_value: 'LastCartValue' } },
    }).show!({ ...who, last_cart_value: 129.5 });
    expect(JSON.stringify(fake.attributes)).toMatch(/129\.5/);
    expect(JSON.stringify(fake.attributes)).not.toMatch(/@|Ann|7946|7788/);
  });

  test.each(names)('tells %s nothing where there is nothing to tell', async (name) => {
    const fake = await put(name);
    await agents(MAPS).show!({});
    await agents(MAPS).show!({ cio_segment_vip_entered_at: 1_796_000_000 });
    expect(fake.attributes).toEqual({});
  });

  test('tells since when a flag stands where the site asks for it', async () => {
    const fake = await put('crisp');
    await agents({ enteredAt: true }).show!(PROFILE);
    expect(fake.attributes).toHaveProperty('cio_segment_cart_abandoner_entered_at', 1_796_000_000);
  });

  test('tells those widgets that the site names', async () => {
    const [crisp, tidio] = [await put('crisp'), await put('tidio')];
    await agents({ widgets: ['tidio'] }).show!(PROFILE);
    expect(crisp.attributes).toEqual({});
    expect(tidio.attributes).toMatchObject(SEEN.tidio);
    expect(agents({ widgets: ['tawk'] }).ready!()).toBeFalsy();
  });

  test('says what to write where a widget is none of them', () => {
    const spoken = vi.spyOn(console, 'error').mockImplementation(() => {});
    agents({ widgets: ['gorgias' as AgentsWidget] });
    expect(spoken.mock.calls[0]![0]).toMatch(/^\[chatstone\] agents: write some of chatwoot, crisp/);
  });

  test.each(['zendesk', 'salesforce'] as const)('leaves %s alone without a map', async (name) => {
    const fake = await put(name);
    expect(agents().ready!()).toBeFalsy();
    await agents().show!(PROFILE);
    expect(fake.attributes).toEqual({});
  });

  test('maps no name that an object merely inherits', async () => {
    await put('zendesk');
    const calls: unknown[] = [];
    page.zE = Object.assign((...args: unknown[]) => calls.push(args), { widget: 'messenger' });
    await agents(MAPS).show!({ constructor: 'x', last_cart_value: 1 });
    expect(calls).toEqual([['messenger:set', 'conversationFields', [{ id: '123456', value: 1 }]]]);
  });

  test('waits for the button of Salesforce, whose script takes nothing before', async () => {
    await put('salesforce');
    document.getElementById('embeddedMessagingConversationButton')!.remove();
    expect(page.embeddedservice_bootstrap.prechatAPI).toBeDefined();
    expect(agents(MAPS).ready!()).toBeFalsy();
  });

  test('leaves what the site told LiveChat', async () => {
    const fake = await put('livechat');
    page.LiveChatWidget.call('set_session_variables', { plan: 'gold' });
    await agents().show!(PROFILE);
    expect(fake.attributes).toMatchObject({ plan: 'gold', last_cart_value: '129.5' });
  });

  test.each<[AgentsWidget, number]>([
    ['help-scout', 20],
    ['jivochat', 10],
    ['tawk', 50],
  ])('keeps to the room that %s has: %i values', async (name, most) => {
    const fake = await put(name);
    await agents().show!(Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`last_cart_${i}`, i])));
    expect(Object.keys(fake.attributes).length).toBe(most);
    expect(faults.counts).toEqual({});
  });

  test.each<[AgentsWidget, number]>([
    ['tawk', 255],
    ['tidio', 1000],
    ['kustomer', 1024],
    ['help-scout', 10_000],
  ])('cuts a string for %s to %i characters', async (name, longest) => {
    const fake = await put(name);
    await agents().show!({ last_cart_category: 'x'.repeat(20_000) });
    expect(Object.values(fake.attributes)).toEqual(['x'.repeat(longest)]);
  });

  test('writes a name as the widget takes it', async () => {
    const [crisp, tawk] = [await put('crisp'), await put('tawk')];
    await agents().show!({ 'cio_segment_VIP.Club': true });
    expect(crisp.attributes).toEqual({ cio_segment_vip_club: true });
    expect(tawk.attributes).toEqual({ 'cio-segment-vip-club': 'true' });
  });

  test('comes again to Kustomer, which takes nothing before its start has finished', async () => {
    const fake = await put('kustomer', { slow: true, late: true });
    const destination = agents();
    fake.load();
    expect(destination.ready!()).toBeTruthy();
    await expect(destination.show!(PROFILE)).rejects.toThrow('start');
    await destination.show!(PROFILE);
    expect(fake.attributes).toMatchObject(SEEN.kustomer);
    page.Kustomer.stop();
    expect(destination.ready!()).toBeFalsy();
  });

  test('takes a widget that breaks when it is looked at for none', async () => {
    const well = await put('tidio');
    await put('gorgias' as AgentsWidget, { late: true });
    Object.defineProperty(page, '$chatwoot', {
      configurable: true,
      get() {
        throw new Error('no');
      },
    });
    try {
      expect(agents().ready!()).toBeTruthy();
      await agents().show!(PROFILE);
      expect(well.attributes).toMatchObject(SEEN.tidio);
    } finally {
      delete page.$chatwoot;
    }
  });

  test('counts what tawk.to refuses', async () => {
    await put('tawk');
    page.Tawk_API.setAttributes = (_: object, done: (error: string) => void) => done('INVALID_ATTRIBUTES');
    await agents().show!(PROFILE);
    expect(faults.counts).toEqual({ 'agents tawk': 1 });
  });

  test('is not heard by the source of Crisp, whose setters echo', async () => {
    const fake = await put('crisp');
    const one = hold(crispSource());
    one.look();
    await agents().show!(PROFILE);
    expect(fake.attributes).toMatchObject(SEEN.crisp);
    expect(one.take()).toEqual([]);
    one.stop();
  });

  test('lets the site choose what is shown', () => {
    expect(agents().routing!.traits).toContain('cio_segment_*');
    expect(agents({ ...MAPS, traits: ['lifetime_orders'] }).routing).toEqual({ traits: ['lifetime_orders'] });
  });
});
