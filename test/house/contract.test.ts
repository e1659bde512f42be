// @vitest-environment node
// The published names are what segments, journeys and warehouses are built on: they are never renamed, only added to.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedNames } from '../../scripts/contract.mjs';
import { ATTRIBUTES, published } from '../../src/core/attributes.ts';
import { allowed } from '../../src/core/facts.ts';
import { MILESTONES } from '../../src/core/milestones.ts';
import { only } from '../../src/core/routing.ts';
import { LEAN, SHOWN } from '../../src/core/types.ts';
import frozen from './published-names.json' with { type: 'json' };
import { schema, wrongWith } from './valid.ts';

const bodyOf = (message: any) => ({ batch: [message], sentAt: message.sentAt });
const examples: any[] = schema.$defs.message.examples;

describe('the published names', () => {
  test.each(Object.keys(frozen) as (keyof typeof frozen)[])('of %s are all still there', async (kind) => {
    const now: string[] = (await publishedNames())[kind];
    expect(now).toEqual(expect.arrayContaining(frozen[kind]));
  });

  test('are frozen as soon as they are there: add them to test/house/published-names.json', async () => {
    expect(await publishedNames()).toEqual(frozen);
  });
});

describe('docs/message.schema.json', () => {
  test('declares the milestones that are told', () => {
    const told = schema.$defs.milestone.properties.event.enum.filter((name) => name.startsWith('chat_'));
    expect(told).toEqual([...MILESTONES]);
  });

  test('declares the facts that may be told', () => {
    const declared = Object.keys(schema.$defs.milestone.properties.properties.properties);
    const facts = Object.fromEntries(declared.map((name) => [name, 'x']));
    expect(Object.keys(allowed(facts, [])).sort()).toEqual([
      'agent_team',
      'order_id',
      'page_type',
      'product_sku',
    ]);
  });

  test.each(examples.map((one) => [one.event ?? one.type, one]))('takes its example of %s', (_, one) => {
    expect(wrongWith(bodyOf(one))).toEqual([]);
  });

  test.each<[string, (message: any) => void]>([
    ['text beside the message', (one) => (one.text = 'where is my order')],
    ['a reserved property', (one) => (one.properties.title = 'x')],
    ['an object as a property', (one) => (one.properties.extra = {})],
    ['an event outside the list', (one) => (one.event = 'chat_message')],
    ['a time in seconds', (one) => (one.timestamp = 1796000000)],
    ['no visitor', (one) => delete one.anonymousId],
    ['a rating off the scale', (one) => (one.properties.csat_score = 9)],
  ])('does not take %s', (_, spoil) => {
    const one = structuredClone(examples[0]);
    spoil(one);
    expect(wrongWith(bodyOf(one))).not.toEqual([]);
  });
});

describe('docs/data-contract.md', () => {
  test('has a word for every attribute of the shop’s context', () => {
    const page = readFileSync(new URL('../../docs/data-contract.md', import.meta.url), 'utf8');
    for (const name of Object.keys(ATTRIBUTES)) expect(page).toContain(`\`${name}\``);
  });
});

describe('what goes out where the site says nothing else', () => {
  const attributes = Object.entries(ATTRIBUTES).map(([name, about]) => published(name, about));
  const traits = Object.keys(schema.$defs.identify.properties.traits.properties);
  const all = Object.fromEntries(
    [...attributes, ...traits, 'cio_segment_vip', 'plan', 'address'].map((name) => [name, 1]),
  );

  test('is shown: the shop’s context, rollups and flags, and nothing that names a person', () => {
    const shown = Object.keys(only(all, SHOWN));
    expect(shown).toEqual(expect.arrayContaining([...attributes, 'last_chat_topic', 'cio_segment_vip']));
    for (const name of ['email', 'phone', 'name', 'customer_id', 'plan', 'address'])
      expect(shown).not.toContain(name);
  });

  test('is told a system that knows persons: who it is by address and id, rollups and flags', () => {
    const told = Object.keys(only(all, LEAN));
    expect(told).toEqual(
      expect.arrayContaining(['email', 'customer_id', 'open_support_case', 'chat_holdout']),
    );
    for (const name of ['phone', 'name', 'plan', 'address']) expect(told).not.toContain(name);
  });
});
