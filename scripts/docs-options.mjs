// What the script tag takes, read from the code: its attributes, the keys of its JSON block.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '../..');

const dashed = (name) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The defaults that src/script.ts adds to those of src/core/options.ts, as they stand there. */
async function tagDefaults(script) {
  const { PLATFORMS } = await import('../dist/esm/consents/index.js');
  const [, list] = /const TAG = \{([\s\S]*?)\n\};/.exec(script) ?? [];
  if (!list)
    throw new Error(
      'src/script.ts has no `const TAG = {` any more: tell scripts/docs-options.mjs how to read it',
    );
  const value = (text) => {
    if (text === '{}') return {};
    return /^'(.*)'$/.exec(text)?.[1] ?? ['auto', 'granted', 'manual', ...Object.keys(PLATFORMS)].join('|');
  };
  return Object.fromEntries(
    [...list.matchAll(/^ {2}(\w+): (.+),$/gm)].map(([, name, text]) => [name, value(text)]),
  );
}

/** @returns {Promise<{ attributes: string[], keys: string[], wrong(block: object): string[] }>} */
export async function tagOptions() {
  const { options } = await import('../dist/esm/core/options.js');
  const script = readFileSync(join(root, 'src/script.ts'), 'utf8');
  const defaults = await tagDefaults(script);
  const [, own] = /const \{([^}]*)\.\.\.attributes \} = dataset/.exec(script) ?? [];
  if (!own)
    throw new Error('src/script.ts reads its attributes in another way: tell scripts/docs-options.mjs how');
  const names = [...own.matchAll(/(\w+)(?: = [^,]+)?,/g)].map(([, name]) => name);
  const inBoth = Object.keys(defaults).filter((name) => typeof defaults[name] === 'string');
  const keys = Object.keys(options({}, defaults));
  return {
    attributes: [...names, ...inBoth].map(dashed),
    keys,
    /** What of a JSON block the tag would not take, a sentence each. */
    wrong(block) {
      const unknown = Object.keys(block).filter((name) => !keys.includes(name));
      const known = Object.fromEntries(Object.entries(block).filter(([name]) => keys.includes(name)));
      const { error } = console;
      console.error = () => {}; // it is said here, with the place
      try {
        const chosen = options(known, defaults);
        const unfit = Object.keys(known).filter((name) => chosen[name] !== known[name]);
        return [
          ...unknown.map((name) => `${name} is no option; write one of ${keys.join(', ')}`),
          ...unfit.map((name) => `the option ${name} does not take ${JSON.stringify(known[name])}`),
        ];
      } finally {
        console.error = error;
      }
    },
  };
}
