// @vitest-environment node
// Every example of docs/topics.md.
import { describe, expect, test } from 'vitest';
import { topicOfPage, topicOfTag, topicOfText, topicsOf } from '../../src/core/topics.ts';
import { codes, page, tables } from './docs-tables.ts';

const text = page('topics.md');
const topics = topicsOf();
const topic = (cell: string) => codes(cell)[0];
const [lines, linesWithOwn] = tables(text, '| first line |');
const [tags] = tables(text, '| tag or call |');
const [addresses] = tables(text, '| page |');
const rules = JSON.parse(/With\n`(\{.*\})`/.exec(text)![1]!);
const own = JSON.parse(/id="chatstone-config">\s(\{[\s\S]*?)<\/script>/.exec(text)![1]!);

describe('docs/topics.md', () => {
  test('lists the topics with their words, in the order that decides', () => {
    const [table] = tables(text, '| topic | words');
    expect(table!.map(([id, words]) => [topic(id!), words!.split(', ')])).toEqual(Object.entries(topics));
  });

  test.each(lines!)('the first line “%s” is about %s', (line, about) => {
    expect(topicOfText(line, topics)).toBe(topic(about!));
  });

  test.each(tags!)('the tag %s is %s', (tag, about) => {
    expect(topicOfTag(tag!.slice(1, -1), topics)).toBe(topic(about!));
  });

  test.each(addresses!)('the page %s stands for %s', (path, about) => {
    expect(topicOfPage(path!, rules, topics)).toBe(topic(about!));
  });

  test.each(linesWithOwn!)('with words of its own, “%s” is about %s', (line, about) => {
    expect(topicOfText(line, topicsOf(own.topics))).toBe(topic(about!));
  });

  test('the tag of a person becomes other', () => {
    const [, tag] = /“(VIP, [^”]*)”/.exec(text)!;
    expect(topicOfTag(tag, topics)).toBe('other');
  });

  test('has enough examples', () => {
    expect([lines, linesWithOwn, tags, addresses].map((rows) => rows!.length)).toEqual([8, 5, 6, 4]);
  });
});
