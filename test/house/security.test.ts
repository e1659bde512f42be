// What no file of ours may do, whatever data it gets: the sources and what people paste are read. The threats: docs/security.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

const ROOT = join(import.meta.dirname, '../..');
const under = (folder: string, end: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(end))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();

const sources = under('src', '.ts').filter((file) => !file.endsWith('.d.ts'));
const scripts = under('dist', '.js');

/** What stands in a file; of a source without its comments. */
const code = (file: string) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return file.endsWith('.ts') ? withoutComments(text) : text;
};
/** The files in which something stands. */
const where = (files: readonly string[], what: RegExp) => files.filter((file) => what.test(code(file)));

/** The one file of others' code. */
const CLIENT = 'dist/chatstone-customerio.js';
const ours = [...sources, ...scripts.filter((file) => file !== CLIENT)];

/** Ways in which text becomes code or markup, each with a line that does it. */
const RUNS: [what: string, sign: RegExp, line: string][] = [
  ['eval', /\beval\b/, 'eval(text)'],
  ['new Function', /\bFunction\s*\(/, 'new Function("a", text)'],
  ['a timer of text', /\bset(Timeout|Interval)\s*\(\s*['"`]/, 'setTimeout("go()", 1)'],
  ['innerHTML or outerHTML', /\b(inner|outer)HTML\b/, 'one.innerHTML = text'],
  ['insertAdjacentHTML', /\binsertAdjacentHTML\b/, 'one.insertAdjacentHTML("beforeend", text)'],
  ['document.write', /\bdocument\s*\.\s*write/, 'document.writeln(text)'],
  [
    'a parsed fragment',
    /\b(createContextualFragment|DOMParser|setHTMLUnsafe|parseHTMLUnsafe|srcdoc)\b/,
    'new DOMParser()',
  ],
  [
    'an address that is code',
    /['"`](javascript|blob|data:text\/(java|html)):?/,
    'one.href = "javascript:go()"',
  ],
  ['a handler as an attribute', /setAttribute\(\s*['"`]on/, 'one.setAttribute("onload", text)'],
];

describe('no file of src or dist', () => {
  test('is left unread', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(scripts).toEqual(expect.arrayContaining(['dist/chatstone.js', CLIENT, 'dist/esm/engine.js']));
  });

  test.each(RUNS)('has %s', (_, sign, line) => {
    expect(line).toMatch(sign); // it would be seen
    expect(where([...sources, ...scripts], sign)).toEqual([]);
  });

  test('hears postMessage, or looks at who opened the page, or at its name', () => {
    const sign =
      /['"`]message['"`]\s*,\s*(\(|function|\w+\s*=>)|\bon\s*message\b|onmessage\b|window\.(name|opener)\b|BroadcastChannel/;
    expect(where(ours, sign)).toEqual([]);
    expect(where([CLIENT], /onmessage\b|window\.(name|opener)\b|BroadcastChannel/)).toEqual([]);
  });
});

describe('src', () => {
  test('asks a server in one place', () => {
    expect(
      where(sources, /\bfetch\s*\(|\b(sendBeacon|XMLHttpRequest|WebSocket|EventSource)\b|new Image\b/),
    ).toEqual([
      'src/debug/profiles.ts', // reads, at the address that the tag names
      'src/lib/post.ts',
    ]);
  });

  test('brings code in four places only, and puts no element into the page but the QA panel', () => {
    expect(where(sources, /\bimport\s*\(/)).toEqual([
      'src/compose.ts',
      'src/init.ts',
      'src/script-engine.ts',
      'src/script.ts',
    ]);
    expect(
      where(sources, /\.(append|appendChild|prepend|insertBefore|before|after|replaceWith)\s*\(/),
    ).toEqual(['src/debug/element.ts', 'src/debug/panel.ts']);
  });

  test('reads the query string in one place, which takes utm_ alone, and looks for one word in another', () => {
    expect(where(sources, /\bsearch\b|URLSearchParams|searchParams\.get/).sort()).toEqual([
      'src/core/facts.ts', // as a name that is reserved
      'src/lib/page.ts',
      'src/lib/sibling.ts', // of the scripts' own addresses
      'src/script.ts', // whether the QA panel is asked for
    ]);
    expect(where(sources, /\blocation\.(search|hash)\b|\bdocument\.(URL|documentURI|baseURI)\b/)).toEqual([
      'src/script.ts',
    ]);
  });
});

describe('dist', () => {
  test('names no host but those of the systems that take messages', () => {
    const pasted = scripts.filter((file) => !file.startsWith('dist/esm/'));
    // One is for merchants to read, and has comments.
    const hosts = pasted.flatMap((file) =>
      [...withoutComments(code(file)).matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host]) => host),
    );
    const asked = new Set(hosts.filter((host) => host !== 'events.example.com')); // an example, in a sentence
    expect([...asked].sort()).toEqual([
      'api.lytics.io',
      'api.segment.io',
      'cdp-eu.customer.io',
      'cdp.customer.io',
    ]);
  });
});
