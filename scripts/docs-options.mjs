// What the script tag takes, read from the code: its attributes, the keys of its JSON block, the systems it delivers to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '../..');

const dashed = (name) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A part of a source; what it looks for is said where it is not there any more. */
function partOf(file, form) {
  const [, part] = form.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  if (part === undefined)
    throw new Error(`${file} has no ${form} any more: tell scripts/docs-options.mjs how to read it`);
  return part;
}

/** The defaults that the tag adds to those of src/core/options.ts. */
async function tagDefaults() {
  const { PLATFORMS } = await import('../dist/esm/consents/index.js');
  const value = (text) => {
    if (text === '{}') return {};
    return /^'(.*)'$/.exec(text)?.[1] ?? ['auto', 'granted', 'manual', ...Object.keys(PLATFORMS)].join('|');
  };
  const list = partOf('src/script-listening.ts', /const TAG = \{([\s\S]*?)\n\};/);
  return Object.fromEntries(
    [...list.matchAll(/^ {2}(\w+): (.+),$/gm)].map(([, name, text]) => [name, value(text)]),
  );
}

/** What the tag takes. */
export async function tagOptions() {
  const { kind, options } = await import('../dist/esm/core/options.js');
  const { said } = await import('../dist/esm/lib/say.js');
  const defaults = await tagDefaults();
  const chosen = options({}, defaults);
  const keys = Object.keys(chosen);
  const read = partOf('src/script.ts', /const \{([^}]*)\.\.\.attributes \} = dataset/);
  const own = [...read.matchAll(/(\w+)(?: = [^,]+)?,/g)].map(([, name]) => name);
  const inBoth = Object.keys(defaults).filter((name) => typeof defaults[name] === 'string');
  const files = partOf('src/script-engine.ts', /const FILES[^{]*\{([\s\S]*?)\n\};/);

  /** What the console would say of a block. */
  const wrong = (block) => {
    const { error } = console;
    console.error = () => {};
    said.clear(); // a sentence is said once
    try {
      options(block, defaults);
    } finally {
      console.error = error;
    }
    return [...said];
  };
  return {
    attributes: [...own, ...inBoth].map(dashed),
    keys,
    /** The systems that the block may name. */
    destinations: ['customerio', 'collector', ...files.match(/^ {2}\w+(?=:)/gm).map((name) => name.trim())],
    wrong,
    /** The kind and the default of a key, and the words that it may be, where there are only some. */
    about(name) {
      const [, words] = /: write (\S+ or .+)$/.exec(wrong({ [name]: 0 })[0]) ?? [];
      return { kind: kind(chosen[name]), otherwise: chosen[name], words: words?.split(' or ') };
    },
  };
}
