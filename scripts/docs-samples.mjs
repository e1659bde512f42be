// Whether the code samples of the documentation hold, as far as that can be known without a browser.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Liquid, Tag } from 'liquidjs';
import { filled } from './docs-around.mjs';
import { tagOptions } from './docs-options.mjs';

/**
 * @typedef {import('./docs-markdown.mjs').Sample} Sample
 * @typedef {'html' | 'calls' | 'module' | 'config' | 'message' | 'xml' | 'sh' | 'liquid' | 'not run' | 'text'} Kind
 */

const root = join(fileURLToPath(import.meta.url), '../..');
const read = (path) => readFileSync(join(root, path), 'utf8');

/** Kinds that need a page. */
export const IN_A_PAGE = ['html', 'calls', 'module', 'config', 'xml'];

const NOT_RUN = ['php', 'nginx', 'http'];

/** What a note asks for, such as the name behind `with`. */
export const noted = ({ notes }, what) =>
  notes.filter((note) => note.startsWith(`${what} `)).map((note) => note.slice(what.length + 1));

/** The module that a sample waits for, while the package has none of that name. */
function awaited(sample) {
  const missing = (name) => {
    try {
      createRequire(join(root, 'package.json')).resolve(name);
      return false;
    } catch (error) {
      if (/^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test(error.code)) return true;
      throw error;
    }
  };
  return noted(sample, 'waits for').find(missing);
}

/**
 * What a sample is. Throws one sentence where nobody can tell.
 * @param {Sample} sample
 * @returns {Kind}
 */
export function kindOf(sample) {
  const { lang, text } = sample;
  if (lang === '' || lang === 'text') return 'text';
  if (NOT_RUN.includes(lang) || awaited(sample)) return 'not run';
  if (['html', 'xml', 'sh', 'liquid'].includes(lang)) return /** @type {Kind} */ (lang);
  if (lang === 'js') return /^import .* from /m.test(text) ? 'module' : 'calls';
  if (lang !== 'json')
    throw new Error(
      `nobody knows how to run ${lang}: write html, js, json, sh, liquid or xml, or teach scripts/docs-samples.mjs`,
    );
  const value = JSON.parse(text);
  return ['track', 'identify', 'health'].includes(value.type) || value.batch ? 'message' : 'config';
}

/** A check of messages against the schema; what it returns is wrong, a line each. */
function schemaCheck() {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(
    JSON.parse(read('docs/message.schema.json')),
  );
  return (body) =>
    validate(body)
      ? []
      : validate.errors.map(({ instancePath, message, params }) =>
          `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
        );
}

/** What stands in a sample of HTML: the configurations, and the attributes of ours. */
function partsOf(text) {
  const blocks = [...text.matchAll(/<script[^>]*id=["']?chatstone-config\b[^>]*>([\s\S]*?)<\/script>/gi)];
  const tags = [...text.matchAll(/<script[^>]*chatstone\.js[^>]*>/gi)].map(([tag]) => tag);
  const set = [...text.matchAll(/setAttribute\(['"](data-[\w-]+)['"]/g)].map(([, name]) => name);
  return {
    configs: blocks.map(([, json]) => json),
    attributes: [...tags.flatMap((tag) => tag.toLowerCase().match(/\bdata-[\w-]+/g) ?? []), ...set],
  };
}

/** Parameters of the snippet, as its own documentation says. */
const snippetParameters = () =>
  [...read('dist/shopify/chatstone.liquid').matchAll(/@param \{\w+\} \[?(\w+)/g)].map(([, name]) => name);

/** One command of shell, checked: an npm script, a file for node, a tool of the project. */
function wrongCommand(line) {
  const [command, first = '', second = ''] = line.split(/\s+/);
  const { scripts } = JSON.parse(read('package.json'));
  if (command === 'npm') {
    const name = first === 'run' ? second : first;
    if (first !== 'run' && !['start', 'test'].includes(first))
      return ['install', 'i', 'ci'].includes(first) ? '' : `npm ${first} is not known here`;
    return scripts[name]
      ? ''
      : `package.json has no script ${name}; it has ${Object.keys(scripts).join(', ')}`;
  }
  if (command === 'node') return existsSync(join(root, first)) ? '' : `there is no ${first}`;
  if (command === 'npx')
    return existsSync(join(root, 'node_modules/.bin', first)) ? '' : `there is no ${first} in the packages`;
  return `nobody knows how to check ${command}: write npm, node or npx, or a block without a language`;
}

/** Reads Shopify's own tags, which liquidjs has not. */
function liquidParser() {
  const liquid = new Liquid({ templates: { chatstone: '' } });
  for (const [name, end] of Object.entries({ doc: 'enddoc', schema: 'endschema' }))
    liquid.registerTag(
      name,
      class extends Tag {
        constructor(token, rest, engine) {
          super(token, rest, engine);
          while (rest.length && rest.shift().name !== end);
        }
        render() {}
      },
    );
  return liquid;
}

/**
 * Makes the check of all that needs no browser. It returns what is wrong with a sample, a sentence each.
 *
 * @returns {Promise<(sample: Sample) => string[]>}
 */
export async function staticCheck() {
  const tag = await tagOptions();
  const wrongMessage = schemaCheck();
  const { scripts: hashes } = integrity();
  const liquid = liquidParser();
  const json = (text, what) => {
    try {
      return { value: JSON.parse(text), wrong: [] };
    } catch (error) {
      return { wrong: [`${what} is no JSON: ${error.message}`] };
    }
  };
  const config = (text) => {
    const { value, wrong } = json(text, 'the configuration');
    return value ? tag.wrong(value) : wrong;
  };

  const CHECKS = {
    html(text) {
      const { configs, attributes } = partsOf(filled(text, hashes));
      const unknown = attributes.filter((name) => !tag.attributes.includes(name));
      return [
        ...configs.flatMap(config),
        ...unknown.map((name) => `the tag has no ${name}; write one of ${tag.attributes.join(', ')}`),
      ];
    },
    config,
    message(text) {
      const value = JSON.parse(text);
      return wrongMessage(value.batch ? value : { batch: [value], sentAt: value.sentAt });
    },
    sh: (text) =>
      text
        .split('\n')
        .flatMap((line) => line.replace(/#.*$/, '').split(/&&|\|\|?|;/))
        .map((command) => command.trim())
        .filter(Boolean)
        .map(wrongCommand)
        .filter(Boolean),
    liquid(text) {
      try {
        liquid.parse(text);
      } catch (error) {
        return [`Liquid does not read it: ${error.message.split('\n')[0]}`];
      }
      const known = snippetParameters();
      return [...text.matchAll(/\{%-?\s*render\s+['"]chatstone['"]([\s\S]*?)-?%\}/g)]
        .flatMap(([, given]) => given.replace(/'[^']*'|"[^"]*"/g, "''").match(/\w+(?=\s*:)/g) ?? [])
        .filter((name) => !known.includes(name))
        .map((name) => `the snippet has no parameter ${name}; write some of ${known.join(', ')}`);
    },
  };
  /** PHP is not run, but what it writes into the configuration has to be an option. */
  const php = (text) =>
    [...text.matchAll(/\$config\[['"](\w+)['"]\]/g)]
      .map(([, name]) => name)
      .filter((name) => !tag.keys.includes(name))
      .map((name) => `${name} is no option; write one of ${tag.keys.join(', ')}`);
  return (sample) => {
    const late = noted(sample, 'waits for').length && !awaited(sample);
    if (late) return ['what it waited for is there: take the note above it away'];
    if (noted(sample, 'complains').length) return []; // it is wrong on purpose: the page shows how
    try {
      if (sample.lang === 'php') return php(sample.text);
      return CHECKS[kindOf(sample)]?.(sample.text) ?? [];
    } catch (error) {
      return [error.message];
    }
  };
}

/** The hashes of the scripts, by file name. */
export function integrity() {
  const found = JSON.parse(read('dist/integrity.json'));
  return {
    scripts: Object.fromEntries(Object.entries(found).map(([path, hash]) => [path.split('/').pop(), hash])),
  };
}
