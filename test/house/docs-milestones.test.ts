// @vitest-environment node
// The example of docs/milestones.md, played with the code: what each line tells, and what it changes.
import { describe, expect, test } from 'vitest';
import { advance, type Conversation, type Happened } from '../../src/core/conversation.ts';
import { MILESTONES } from '../../src/core/milestones.ts';
import { rollups } from '../../src/core/rollups.ts';
import { topicOfTag, topicOfText, topicsOf } from '../../src/core/topics.ts';
import { codes, page, tables } from './docs-tables.ts';

const MINUTE = 60_000;
const topics = topicsOf();
const text = page('milestones.md');
const [example] = tables(text, '| # | what happens');

type Heard = Partial<Happened>;

/** A sentence of the example as a signal; `again` for a page on which the widget tells all lines anew. */
function heard(sentence: string): Heard | 'again' {
  const forms: [RegExp, (...found: string[]) => Heard | 'again'][] = [
    [/^The window opens itself/, () => ({ type: 'opened', gesture: false })],
    [/^The visitor clicks on the bubble/, () => ({ type: 'opened', gesture: true })],
    [/^The page is loaded anew/, () => 'again'],
    [
      /^The visitor writes: “(.*)”$/,
      (words) => ({ type: 'message', from: 'visitor', guess: topicOfText(words, topics) }),
    ],
    [/^The bot writes: “.*”$/, () => ({ type: 'message', from: 'bot' })],
    [/^(?:Noor|Ben) writes: “.*”$/, () => ({ type: 'message', from: 'agent' })],
    [/^(Noor|Ben) takes it/, (agent) => ({ type: 'assigned', agent })],
    [/^Noor tags it “(.*)”$/, (tag) => ({ type: 'topic', topic: topicOfTag(tag, topics) })],
    [/^Ben ends the chat$/, () => ({ type: 'ended' })],
    [
      /^The visitor gives (\d) of 5 stars/,
      (stars) => ({ type: 'rated', score: Number(stars), worst: 1, best: 5 }),
    ],
  ];
  for (const [form, signal] of forms) {
    const found = form.exec(sentence);
    if (found) return signal(...found.slice(1));
  }
  throw new Error(`nobody knows how to play “${sentence}”`);
}

function play(sentences: readonly string[]) {
  const lines: Happened[] = [];
  let conversations: readonly Conversation[] = [];
  let traits: Record<string, unknown> = {};
  const take = (happened: Happened): string[] => {
    const step = advance(conversations, happened, 30 * MINUTE);
    conversations = step.conversations;
    traits = rollups(traits, conversations, step.reached, {
      risk: ['returns', 'order_status', 'payment'],
      openCase: true,
    });
    return step.reached.map(({ name }) => name);
  };
  return sentences.map((sentence, index) => {
    const before = traits;
    const when = 1_796_000_000_000 + index * MINUTE;
    const one = heard(sentence);
    const always = {
      widget: 'tawk',
      conversation: 'c-12',
      active: true,
      fresh: 'x',
      gesture: false,
      ends: true,
    };
    const happened = one === 'again' ? [...lines] : [{ ...always, when, own: when, ...one } as Happened];
    if (one !== 'again' && one.type === 'message') lines.push(...happened);
    const told = happened.flatMap(take);
    const changed = Object.entries(traits)
      .filter(([name, value]) => !name.endsWith('_at') && value !== before[name])
      .map(([name, value]) => `${name}: ${value}`);
    return { told, changed };
  });
}

describe('docs/milestones.md', () => {
  test('has an example of twenty lines', () => {
    expect(example!.map(([number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  const played = play(example!.map(([, sentence]) => sentence!));
  test.each(
    example!.map(([number, sentence, told, changed], i) => [number, sentence, told, changed, i] as const),
  )('line %s, %s: says what is told and what changes', (_number, _sentence, told, changed, i) => {
    expect({ told: codes(told!), changed: codes(changed!) }).toEqual(played[i]);
  });

  test('says of each milestone when it is told', () => {
    const [table] = tables(text, '| event | it is told when');
    expect(table!.flatMap(([name]) => codes(name!))).toEqual([...MILESTONES]);
  });
});
