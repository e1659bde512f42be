// Reads a page of the documentation: its headings and the anchors that GitHub makes of them, its links, its code samples.

/**
 * @typedef {object} Sample a fenced block
 * @property {string} file
 * @property {number} line of the fence
 * @property {string} lang as it stands behind the fence; '' for none
 * @property {string} text without the indent of its list
 * @property {string[]} notes what `<!-- sample: … -->` right before it says
 *
 * @typedef {{ file: string, line: number, to: string, undefined?: boolean }} Link by a reference that is defined nowhere: `to` is its name
 * @typedef {{ file: string, anchors: Set<string>, links: Link[], samples: Sample[] }} Page
 */

const FENCE = /^((?:\s|>)*)(`{3,}|~{3,})\s*([\w+-]*)/; // in a list, or a quotation
const NOTE = /^\s*<!--\s*sample:\s*(.*?)\s*-->\s*$/;
const CODE = /(?<!`)(`+)(?!`)((?:[^\n]|\n(?!\s*\n))*?[^`])\1(?!`)/g;

const blank = (text) => text.replace(/[^\n]/g, ' ');

/** The text without fenced blocks, line for line, and these. */
function divide(file, text) {
  const samples = /** @type {Sample[]} */ ([]);
  const rest = [];
  let open;
  let notes = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, indent = '', fence, lang = ''] = FENCE.exec(line) ?? [];
    if (open) {
      rest.push('');
      if (fence?.startsWith(open.fence) && !lang) {
        samples.push(open.sample);
        open = undefined;
      } else {
        const own = line.startsWith(open.indent)
          ? line.slice(open.indent.length)
          : line.replace(open.indent.includes('>') ? /^(\s|>)+/ : /^\s+/, '');
        open.sample.text += `${own}\n`;
      }
    } else if (fence) {
      open = { indent, fence, sample: { file, line: index + 1, lang, text: '', notes } };
      notes = [];
      rest.push('');
    } else {
      const note = NOTE.exec(line)?.[1];
      if (note) notes.push(note);
      else if (line.trim()) notes = [];
      rest.push(line);
    }
  }
  if (open) throw new Error(`${file}:${open.sample.line}: the code block has no end; write ${open.fence}`);
  return { prose: rest.join('\n'), samples };
}

/** The anchor that GitHub makes of a heading: https://github.com/Flet/github-slugger */
export function slug(heading) {
  const words = heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .toLowerCase()
    .trim();
  return words.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
}

function anchorsOf(prose) {
  const anchors = new Set();
  for (const [, heading] of prose.matchAll(/^ {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$/gm)) {
    const name = slug(heading);
    let anchor = name;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${name}-${n}`;
    anchors.add(anchor);
  }
  for (const [, id] of prose.replace(CODE, blank).matchAll(/<[a-z][^>]*\s(?:id|name)="([^"]+)"/g))
    anchors.add(id);
  return anchors;
}

const TITLE = /(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*\)))?/.source;
const WORDS = /\[(?:\\.|[^[\]\\]|\[(?:\\.|[^\]\\])*\])*\]/.source;
const IN_ANGLES = new RegExp(`${WORDS}\\(\\s*<([^<>\\n]+)>${TITLE}\\s*\\)`, 'g');
const IN_BRACKETS = new RegExp(`${WORDS}\\(\\s*((?:[^()\\s<>]|\\([^()\\s]*\\))+)${TITLE}\\s*\\)`, 'g');
const DEFINED = new RegExp(
  `^ {0,3}\\[([^\\]]+)\\]:[ \\t]*<?(\\S+?)>?${TITLE.replaceAll('\\s+', '[ \\t]+')}[ \\t]*$`,
  'gm',
);
const REFERENCE = /(?<![\w\])])\[((?:\\.|[^[\]\\])+)\]\[([^[\]\n]*)\]/g;
const IN_HTML = /<(?:a|img)\s[^>]*?(?:href|src)=(?:"([^"]+)"|'([^']+)')/g;
const BARE = /(?<![\w("'=<[/])<?(https?:\/\/[^\s<>()[\]"'|]+)/g;

function linksOf(file, prose) {
  const links = /** @type {Link[]} */ ([]);
  // Of code in a link's text the place is kept, of code elsewhere nothing.
  let text = prose.replace(/<!--[\s\S]*?-->/g, blank).replace(CODE, (code) => code.replace(/[^\n]/g, 'x'));
  const lineOf = (index) => text.slice(0, index).split('\n').length;
  const defined = new Set([...text.matchAll(DEFINED)].map(([, name]) => name.toLowerCase()));
  for (const form of [IN_ANGLES, IN_BRACKETS, DEFINED, REFERENCE, IN_HTML, BARE]) {
    const found = [...text.matchAll(form)];
    for (const match of found) {
      const line = lineOf(match.index);
      const [, first, second] = match;
      if (form === REFERENCE) {
        const name = (second || first).toLowerCase();
        if (!defined.has(name)) links.push({ file, line, to: name, undefined: true });
      } else if (form === DEFINED) links.push({ file, line, to: second });
      else links.push({ file, line, to: (first ?? second).replace(form === BARE ? /[.,;:!?]+$/ : /$^/, '') });
    }
    // What was found as one form is not found as another: an address in brackets is no bare one.
    for (const { index, 0: whole } of found)
      text = text.slice(0, index) + blank(whole) + text.slice(index + whole.length);
  }
  return links.sort((one, other) => one.line - other.line);
}

/**
 * @param {string} file its path from the root, for what is said about it
 * @param {string} text
 * @returns {Page}
 */
export function readPage(file, text) {
  const { prose, samples } = divide(file, text);
  return { file, anchors: anchorsOf(prose), links: linksOf(file, prose), samples };
}
