// The sentences that chatstone says on the console, read from its sources.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rollup/parseAst';
import { transformWithOxc } from 'vite';

const root = join(fileURLToPath(import.meta.url), '../..');

/** All nodes below one, itself too. */
function* nodes(node) {
  if (!node || typeof node !== 'object') return;
  if (node.type) yield node;
  for (const value of Object.values(node)) yield* nodes(value);
}

/** The fixed parts of a sentence; between two of them stands what is known only when it is said. */
function partsOf(node) {
  if (node.type === 'Literal') return [String(node.value)];
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked);
  return undefined;
}

/**
 * The sentences in the code of a file, each as its fixed parts.
 * @param {string} code TypeScript
 * @param {string} file
 */
export async function sentencesIn(code, file) {
  const { code: plain } = await transformWithOxc(code, file);
  const found = [];
  const tree = parseAst(plain);
  const ours = ({ source, specifiers = [] }) =>
    /\/say\.ts$/.test(source?.value) && specifiers.some(({ local }) => local.name === 'say');
  if (!tree.body.some(ours)) return found; // it has a say of its own
  for (const node of nodes(tree)) {
    if (node.type !== 'CallExpression' || node.callee.name !== 'say') continue;
    const parts = partsOf(node.arguments[0]);
    if (!parts) throw new Error(`${file}: say(…) is not given a sentence; write it where it is said`);
    found.push({ file, parts });
  }
  return found;
}

/** @returns {Promise<{ file: string, parts: string[] }[]>} */
export async function sentences() {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('say.ts'))
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .sort();
  const all = await Promise.all(
    files.map((file) => sentencesIn(readFileSync(join(root, file), 'utf8'), file)),
  );
  return all.flat();
}

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a text is the sentence, whatever stands in its open places; `…` may stand there. */
export const says = (parts) => new RegExp(`^(\\[chatstone\\] )?${parts.map(quoted).join('[\\s\\S]*')}$`);

/**
 * Of some sentences those that are none of the texts; a text stands for one sentence.
 * @param {readonly { file: string, parts: string[] }[]} all
 * @param {readonly string[]} texts
 */
export function missing(all, texts) {
  const left = new Set(texts);
  const length = ({ parts }) => parts.join('').length;
  // The most telling first: `…: …` would be any of them.
  return [...all]
    .sort((one, other) => length(other) - length(one))
    .filter(({ parts }) => {
      const form = says(parts);
      const text = [...left].find((one) => form.test(one));
      if (text === undefined) return true;
      left.delete(text);
      return false;
    });
}
