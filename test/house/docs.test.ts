// @vitest-environment node
// The documentation: its links lead somewhere, its samples hold. What needs a page is in test/browser/docs.test.ts.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSamples, pages, shown } from '../../scripts/docs.mjs';
import { checkLinks, fetchLinks } from '../../scripts/docs-links.mjs';
import { readPage, slug } from '../../scripts/docs-markdown.mjs';
import { kindOf, staticCheck } from '../../scripts/docs-samples.mjs';

const ROOT = join(import.meta.dirname, '../..');
const all = pages();
const block = (lang: string, text: string, above = '') => `${above}\n\`\`\`${lang}\n${text}\n\`\`\`\n`;
const sample = (lang: string, text: string, above?: string) =>
  readPage('x.md', block(lang, text, above)).samples[0]!;

describe('readPage', () => {
  test.each([
    ['What Customer.io has to do', 'what-customerio-has-to-do'],
    ['`data-region`, `region`', 'data-region-region'],
    ['The shop’s context', 'the-shops-context'],
    ['What else you can say in [that line](x.md)', 'what-else-you-can-say-in-that-line'],
    ['Größe & Paßform', 'größe--paßform'],
    ['snake_case stays', 'snake_case-stays'],
  ])('makes the anchor of "%s" as GitHub does', (heading, anchor) => {
    expect(slug(heading)).toBe(anchor);
  });

  test('numbers headings of one name, and knows anchors in HTML', () => {
    const { anchors } = readPage('x.md', '# A\n## A\n<a id="own"></a>\n## A\n`<a id="code">`');
    expect([...anchors]).toEqual(['a', 'a-1', 'a-2', 'own']);
  });

  test('finds links in every form, with their lines', () => {
    const text = [
      'See [a\nlink](a.md#b), ![a picture](p.png) and [`code`](c.md).',
      '<a href="d.md">d</a>, <https://e.example/x>, https://f.example/y.',
      '[g]: https://g.example',
    ].join('\n');
    expect(readPage('x.md', text).links.map(({ line, to }) => `${line} ${to}`)).toEqual([
      '1 a.md#b',
      '2 p.png',
      '2 c.md',
      '3 d.md',
      '3 https://e.example/x',
      '3 https://f.example/y',
      '4 https://g.example',
    ]);
  });

  test('takes nothing in code or in a comment for a link or a heading', () => {
    const text = `\`[x](y.md)\` <!-- [x](y.md) -->\n${block('md', '# Heading\n[x](y.md)')}`;
    expect(readPage('x.md', text)).toMatchObject({ links: [], anchors: new Set() });
  });

  test('takes samples out of lists, with the notes right above them', () => {
    const text =
      '<!-- sample: with chat -->\n\nwords\n<!-- sample: with react -->\n   ```js\n   a();\n     b();\n   ```';
    expect(readPage('x.md', text).samples).toEqual([
      { file: 'x.md', line: 5, lang: 'js', text: 'a();\n  b();\n', notes: ['with react'] },
    ]);
  });

  test('says where a block has no end', () => {
    expect(() => readPage('x.md', 'a\n```js\nb')).toThrow('x.md:2: the code block has no end');
  });
});

describe('checkLinks', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'chatstone-docs-'));
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'docs/there.md'), '# What is there\n');
    writeFileSync(join(root, 'docs/x.md'), '');
  });
  afterAll(() => rmSync(root, { recursive: true }));
  const wrong = (to: string) =>
    checkLinks([readPage('docs/x.md', `# Here\n[x](${to})`)], root).faults.map(({ says }) => says)[0] ?? '';

  test.each(['there.md', 'there.md#what-is-there', '#here', '../docs', 'https://docs.customer.io/a?b#c'])(
    'takes %s',
    (to) => {
      expect(wrong(to)).toBe('');
    },
  );

  test.each([
    ['gone.md', 'there is no docs/gone.md'],
    ['There.md', 'there is no docs/There.md'],
    ['there.md/more', 'there is no docs/there.md/more'],
    ['there.md#what-was-there', 'near are #what-is-there'],
    ['#there', 'no heading of docs/x.md makes #there'],
    ['../../etc/passwd', 'out of the repository'],
    ['http://docs.customer.io', 'write https:'],
    ['https://docs', 'docs is no host'],
    ['https://', 'no address'],
  ])('finds what is wrong with %s', (to, says) => {
    expect(wrong(to)).toContain(says);
  });

  test('names the line', () => {
    const { faults } = checkLinks([readPage('docs/x.md', 'a\n\n[x](gone.md)')], root);
    expect(faults.map(shown)).toEqual([expect.stringMatching(/^docs\/x\.md:3: the link to gone\.md: /)]);
  });
});

describe('fetchLinks', () => {
  const links = [
    'https://a.example/1#x',
    'https://a.example/1#y',
    'https://b.example/2',
    'https://c.example',
  ].map((to, line) => ({ file: 'x.md', line, to }));

  test('asks each address once; what is gone is a fault, what nobody knows is told', async () => {
    const asked: string[] = [];
    const answers: Record<string, string> = {
      'https://a.example/1': 'gone',
      'https://b.example/2': 'status 403',
      'https://c.example': '',
    };
    const { faults, unknown, fetched } = await fetchLinks(links, async (to) => {
      asked.push(to);
      return answers[to]!;
    });
    expect(asked.sort()).toEqual(Object.keys(answers));
    expect(faults.map(({ line }) => line)).toEqual([0, 1]);
    expect(unknown).toEqual(['https://b.example/2 (status 403)']);
    expect(fetched).toBe(2);
  });
});

describe('samples', () => {
  let check: Awaited<ReturnType<typeof staticCheck>>;
  beforeAll(async () => {
    check = await staticCheck();
  });
  const config = (json: string) => `<script type="application/json" id="chatstone-config">${json}</script>`;
  const message = {
    ...JSON.parse(readFileSync(join(ROOT, 'docs/message.schema.json'), 'utf8')).$defs.message.examples[0],
  };

  test.each([
    ['html', config('{ "pageType": "product" }')],
    [
      'html',
      '<script async src="/a/chatstone.js" data-write-key="k" data-api-host="/x" data-names="chat"></script>',
    ],
    ['html', config('{ "user": { "id": {{{json customer.id}}} } }')],
    ['json', '{ "risk": ["returns"] }'],
    ['json', JSON.stringify(message)],
    ['sh', 'npm run docs # all\nnpm test\nnode scripts/docs.mjs --online\nnpx vitest run'],
    ['liquid', "{% render 'chatstone', write_key: 'k', region: 'eu' %}"],
    ['php', "$config['user'] = [];"],
  ])('of %s that are right pass: %s', (lang, text) => {
    expect(check(sample(lang, text))).toEqual([]);
  });

  test.each([
    ['html', config('{ "pagetype": "product" }'), 'option pagetype: write one of'],
    ['html', config('{ "gpc": true }'), 'option gpc: write report or deny'],
    ['html', config('{ "gpc": "deny", }'), 'is no JSON'],
    ['html', '<script src="chatstone.js" data-writekey="k"></script>', 'the tag has no data-writekey'],
    ['html', "tag.src = 'chatstone.js'; tag.setAttribute('data-regoin', 'eu')", 'the tag has no data-regoin'],
    ['json', '{ "topic": {} }', 'option topic: write one of'],
    ['json', '{ "topics": {}, }', 'JSON'],
    ['json', JSON.stringify({ ...message, event: 'chat_message' }), '/batch/0'],
    ['sh', 'npm run dcos', 'no script dcos'],
    ['sh', 'node scripts/nothing.mjs', 'there is no scripts/nothing.mjs'],
    ['sh', 'npx nothing-of-ours', 'there is no nothing-of-ours'],
    ['sh', 'rm -rf dist', 'nobody knows how to check rm'],
    ['liquid', '{% if x %}', 'Liquid does not read it'],
    ['liquid', "{% render 'chatstone', write_kye: 'k' %}", 'no parameter write_kye'],
    ['php', "$config['usr'] = [];", 'usr is no option'],
    ['cobol', 'x', 'nobody knows how to run cobol'],
  ])('of %s that are wrong are found: %s', (lang, text, says) => {
    expect(check(sample(lang, text)).join('\n')).toContain(says);
  });

  test('that wait for a module are not run, and say so when it is there', () => {
    const waiting = (name: string) =>
      sample('js', `import { x } from '${name}';`, `<!-- sample: waits for ${name} -->`);
    expect(kindOf(waiting('chatstone/nothing'))).toBe('not run');
    expect(check(waiting('chatstone/nothing'))).toEqual([]);
    expect(check(waiting('chatstone'))).toEqual(['what it waited for is there: take the note above it away']);
  });
});

describe('the documentation', () => {
  test('has no link that leads nowhere', () => {
    const { faults, counts } = checkLinks(all, ROOT);
    expect(faults.map(shown)).toEqual([]);
    expect(counts.files).toBeGreaterThan(100);
  });

  test('has no sample that is wrong, and few that nobody can run', async () => {
    const { faults, notRun, inAPage } = await checkSamples(all.flatMap(({ samples }) => samples));
    expect(faults.map(shown)).toEqual([]);
    expect(inAPage.length).toBeGreaterThan(40);
    expect(notRun.map(({ lang }) => lang).sort()).toEqual(['nginx', 'php']);
  });

  test('is reached from docs/README.md, every page', () => {
    const here = all.find(({ file }) => file === 'docs/README.md')!;
    const linked = here.links.map(({ to }) => `docs/${to.split('#')[0]}`);
    const others = all
      .map(({ file }) => file)
      .filter((file) => file.startsWith('docs/') && file !== here.file);
    expect(others.filter((file) => !linked.includes(file))).toEqual([]);
  });

  test('of installing shows small configurations that are taken, too', async () => {
    const check = await staticCheck();
    const text = readFileSync(join(ROOT, 'docs/install.md'), 'utf8');
    const inText = [...text.matchAll(/`(\{ "[^`]+\})`/g)].map(([, json]) => json!);
    expect(inText.length).toBeGreaterThan(0);
    expect(inText.flatMap((json) => check(sample('json', json)))).toEqual([]);
  });
});
