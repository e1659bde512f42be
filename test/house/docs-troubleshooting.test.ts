// @vitest-environment node
// Whoever reads a sentence on the console finds it, word for word, in docs/troubleshooting.md.
import { describe, expect, test } from 'vitest';
import { missing, says, sentences, sentencesIn } from '../../scripts/docs-sentences.mjs';
import { codes, page } from './docs-tables.ts';

const shown = (all: readonly { file: string; parts: string[] }[]) =>
  all.map(({ file, parts }) => `${file}: ${parts.join('…')}`);

describe('docs/troubleshooting.md', () => {
  test('has every sentence that the console may say', async () => {
    const all = await sentences();
    expect(all.length).toBeGreaterThan(40);
    expect(shown(missing(all, codes(page('troubleshooting.md'))))).toEqual([]);
  });
});

describe('sentencesIn', () => {
  const IMPORT = "import { say } from '../lib/say.ts';";

  test('finds what is said, also where it is returned, with its open places', async () => {
    const code = `${IMPORT}
      export function a(x: string) { return x || say(\`no \${x ?? \`what \${x}\`} here\`); }
      if (1) say('write a list');`;
    expect((await sentencesIn(code, 'a.ts')).map(({ parts }) => parts)).toEqual([
      ['no ', ' here'],
      ['write a list'],
    ]);
  });

  test('leaves out what a file says in a say of its own', async () => {
    expect(await sentencesIn("const say = (x: string) => x; say('x');", 'a.ts')).toEqual([]);
  });

  test('asks for a sentence where one is handed on', async () => {
    await expect(sentencesIn(`${IMPORT} export const a = (x: string) => say(x);`, 'a.ts')).rejects.toThrow(
      'a.ts: say(…) is not given a sentence',
    );
  });
});

describe('missing', () => {
  const sentence = (...parts: string[]) => ({ file: 'a.ts', parts });

  test.each([
    ['option …: write …', true],
    ['[chatstone] option gpc: write report or deny', true],
    ['option gpc: writes report', false],
    ['an option gpc: write report', false],
  ])('takes %s for a sentence with open places: %s', (text, taken) => {
    expect(says(['option ', ': write ', '']).test(text)).toBe(taken);
  });

  test('lets a text stand for one sentence, the most telling one', () => {
    const loose = sentence('', ': ', '');
    const close = sentence('option ', ': write ', '');
    expect(missing([loose, close], ['option a: write b'])).toEqual([loose]);
    expect(missing([loose, close], ['option a: write b', 'x: y'])).toEqual([]);
  });
});
