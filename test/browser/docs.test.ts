// The samples of the documentation, each in a real page; and that what is wrong with one is found there.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { pages } from '../../scripts/docs.mjs';
import { readPage, type Sample } from '../../scripts/docs-markdown.mjs';
import { openSamples } from '../../scripts/docs-page.mjs';
import { IN_A_PAGE, kindOf } from '../../scripts/docs-samples.mjs';

type Browser = Awaited<ReturnType<typeof openSamples>>;
let browser: Browser;
let hasty: Browser; // for what is waited for in vain
beforeAll(async () => {
  browser = await openSamples(inject('chromium'));
  hasty = await openSamples(inject('chromium'), 2000);
});
afterAll(() => Promise.all([browser.close(), hasty.close()]));

const all = pages().flatMap(({ samples }) => samples.filter((one) => IN_A_PAGE.includes(kindOf(one))));

// Each in a profile and with a collector of its own: some run beside each other.
describe.concurrent('the documentation', () => {
  test.each(all.map((one): [string, Sample] => [`${one.file}:${one.line}`, one]))(
    '%s runs',
    async (_, one) => {
      expect(await browser.run(one)).toEqual([]);
    },
  );
});

const sample = (lang: string, text: string, notes: string[] = []) => {
  const above = notes.map((note) => `<!-- sample: ${note} -->\n`).join('');
  return readPage('x.md', `${above}\`\`\`${lang}\n${text}\n\`\`\`\n`).samples[0]!;
};
const config = (json: string) => `<script type="application/json" id="chatstone-config">${json}</script>`;
const npm = (rest: string) => `import { init } from 'chatstone';\n${rest}`;

describe('a sample that is wrong is found:', () => {
  test.each<[string, string, string, string]>([
    [
      'an option inside an option',
      'html',
      config('{ "idle": { "case": "long" } }'),
      'idle.case keeps its default',
    ],
    [
      'a destination’s option, which is read late',
      'json',
      '{ "destinations": { "segment": { "writeKey": "k", "email": "md5" } } }',
      'destinations.segment.email: write',
    ],
    ['a tag without a key', 'html', '<script async src="/a/chatstone.js"></script>', 'data-write-key: write'],
    [
      'a tag that cannot start',
      'html',
      '<script type="module" src="/a/chatstone.js"></script>',
      'has started',
    ],
    ['a call that does not exist', 'js', "chatstone('idenfity', {});", 'call idenfity: write one of'],
    ['a call that fails', 'js', "chatstone('identify');", 'something fails in identify'],
    ['code that throws', 'js', "chatstone('reset'); nothing.of.it();", 'nothing is not defined'],
    ['code that cannot be read', 'js', "chatstone('reset'", 'missing )'],
    [
      'an import that does not exist',
      'js',
      npm("import { tawkto } from 'chatstone/sources/tawk';\ninit(tawkto);"),
      'tawkto',
    ],
    [
      'a module that does not exist',
      'js',
      npm("import { x } from 'chatstone/sources/x';\ninit(x);"),
      'chatstone/sources/x',
    ],
    ['an example that never starts', 'js', npm('console.log(typeof init);'), 'the sample calls init'],
    ['markup that is none', 'xml', '<a><b></a>', 'it is no XML'],
  ])('%s', async (_, lang, text, says) => {
    expect((await hasty.run(sample(lang, text))).join('\n')).toContain(says);
  });

  test('one that says more than its note, or less', async () => {
    const wrong = "chatstone('milestone', 'chat_started'); chatstone('purchase', {});";
    expect(
      await browser.run(
        sample('js', wrong, ['complains milestone: write one of', 'complains purchase: write']),
      ),
    ).toEqual([]);
    expect(await browser.run(sample('js', wrong, ['complains milestone: write one of']))).toEqual([
      'the console says: purchase: write { order_id }',
    ]);
    expect(await browser.run(sample('js', "chatstone('topic', 'sizing');", ['complains topic']))).toEqual([
      'it is to show "topic", which the console does not say',
    ]);
  });

  test('one that tells less than its note', async () => {
    const told = sample('js', "chatstone('milestone', 'chat_opened');", ['tells chat_opened']);
    expect(await browser.run(told)).toEqual([]);
    const silent = sample('js', "chatstone('topic', 'sizing');", ['tells chat_topic_set']); // no conversation yet
    expect(await hasty.run(silent)).toEqual(['not within 2 s: it tells chat_topic_set']);
  });

  test('one that wants something around it that nobody has', async () => {
    expect((await browser.run(sample('js', 'a();', ['with nothing'])))[0]).toMatch(
      /^nothing is called nothing: write/,
    );
  });
});
