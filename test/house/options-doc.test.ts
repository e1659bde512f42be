// docs/options.md says all that can be said to chatstone, and nothing else: attributes, keys, calls, types, defaults, sentences.
import { describe, expect, test } from 'vitest';
import { tagOptions } from '../../scripts/docs-options.mjs';
import { EVENTS } from '../../src/core/events.ts';
import { init } from '../../src/init.ts';
import { codes, page, tables } from './docs-tables.ts';

const text = page('options.md');
const tag = await tagOptions();

/** The sections under a heading: the names in each one's heading, and its text. */
function sections(heading: string) {
  const [, part] = new RegExp(`\n## ${heading}\n([\\s\\S]*?)(?=\n## |$)`).exec(text)!;
  return part!
    .split('\n### ')
    .slice(1)
    .map((section) => ({ names: codes(section.split('\n')[0]!), text: section }));
}
const attributes = sections('Attributes of the tag');
const keys = [...attributes.filter(({ names }) => names.length > 1), ...sections('The JSON block')].map(
  (one) => ({
    ...one,
    name: one.names.at(-1)!,
  }),
);
const calls = sections('Calls');

/** A line such as `Type: … Default: … Example: …`. */
const said = (section: string, what: string) =>
  new RegExp(`\\b${what}: (.*?)\\.(?= (?:Default|Example|The console|Returns): |\n|$)`, 'm').exec(
    section,
  )?.[1] ?? '';

describe('docs/options.md', () => {
  test('has a section for each attribute that the tag reads, and no other', () => {
    expect(attributes.map(({ names: [name] }) => name).sort()).toEqual([...tag.attributes].sort());
  });

  test('has a section for each key of the JSON block, and no other', () => {
    expect(keys.map(({ name }) => name).sort()).toEqual([...tag.keys].sort());
  });

  test('has a section for each call, and no other', () => {
    const chatstone = init({ sources: [], destinations: [], consent: 'manual' });
    chatstone.stop();
    expect(calls.map(({ names: [name] }) => name).sort()).toEqual(Object.keys(chatstone).sort());
  });

  test.each(keys)('says the type and the default of $name', ({ name, text: section }) => {
    const { kind, otherwise, words } = tag.about(name);
    const type = said(section, 'Type');
    if (words) expect(codes(type).sort()).toEqual([...words].sort());
    else expect(type.startsWith(kind)).toBe(true);
    const empty = otherwise === '' || JSON.stringify(otherwise) === '{}';
    expect(said(section, 'Default')).toMatch(empty ? /^none/ : `\`${JSON.stringify(otherwise)}\``);
  });

  test.each(keys)('shows an example of $name that is taken', ({ name, text: section }) => {
    const examples = codes(said(section, 'Example'));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const [, attribute, value] = /^(data-[\w-]+)="(.*)"$/.exec(example) ?? [];
      if (attribute) expect(tag.attributes).toContain(attribute);
      expect(tag.wrong(attribute ? { [name]: value } : JSON.parse(example))).toEqual([]);
    }
  });

  test.each(keys)('says what the console says of a wrong $name', ({ name, text: section }) => {
    const block = JSON.parse(codes(said(section, 'Wrong'))[0]!);
    expect(Object.keys(block)).toEqual([name]);
    expect(tag.wrong(block)).toEqual(codes(said(section, 'The console')));
  });

  test('shows a call in the section of each', () => {
    for (const { names, text: section } of calls) expect(section).toContain(`chatstone('${names[0]}'`);
  });

  test('lists the events', () => {
    const { text: section } = calls.find(({ names: [name] }) => name === 'on')!;
    expect(codes(said(section, 'Takes'))).toEqual([...EVENTS]);
    expect(
      tables(section, '| event |')[0]!
        .flatMap(([name]) => codes(name!))
        .sort(),
    ).toEqual([...EVENTS].sort());
  });

  test('lists what status says', async () => {
    const chatstone = init({ sources: [], destinations: [], consent: 'granted' });
    const status = await chatstone.status();
    chatstone.stop();
    const { text: section } = calls.find(({ names: [name] }) => name === 'status')!;
    const named = codes(tables(section, '| field |')[0]!.flat().join(' '));
    expect(Object.keys(status).filter((field) => !named.includes(field))).toEqual([]);
  });

  test('names the systems that can be destinations', () => {
    const { text: section } = keys.find(({ name }) => name === 'destinations')!;
    for (const name of tag.destinations) expect(codes(said(section, 'Type'))).toContain(name);
  });
});
