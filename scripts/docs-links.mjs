// Whether every link of the documentation leads somewhere.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { readPage } from './docs-markdown.mjs';

/**
 * @typedef {import('./docs-markdown.mjs').Page} Page
 * @typedef {import('./docs-markdown.mjs').Link} Link
 * @typedef {{ file: string, line: number, says: string }} Fault
 */

const TIMEOUT = 15_000; // milliseconds
const AT_ONCE = 6;

/** Whether a path is there, in these very letters: GitHub tells them apart, some file systems do not. */
function exists(root, path) {
  for (let at = path; at !== '.' && at !== ''; at = dirname(at))
    try {
      if (!readdirSync(join(root, dirname(at))).includes(basename(at))) return false;
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(error.code)) return false;
      throw error;
    }
  return true;
}

/** Anchors that share a word with the one that is not there. */
function alike(anchors, wanted) {
  const words = wanted.split('-').filter((word) => word.length > 2);
  return [...anchors].filter((anchor) => words.some((word) => anchor.includes(word))).slice(0, 4);
}

/** What is wrong with the form of an external address, if anything. */
function malformed(to) {
  if (!URL.canParse(to)) return 'it is no address';
  const { protocol, hostname } = new URL(to);
  if (protocol === 'mailto:') return undefined;
  if (/^(localhost|127\.0\.0\.1)$/.test(hostname)) return undefined;
  if (protocol !== 'https:') return `write https: in place of ${protocol}`;
  return /^[\w-]+(\.[\w-]+)+$/.test(hostname) ? undefined : `${hostname} is no host`;
}

/**
 * Checks the links of pages, without asking anybody on the network.
 *
 * @param {readonly Page[]} pages
 * @param {string} root the folder from which their paths count
 * @returns {{ faults: Fault[], counts: { files: number, anchors: number, external: number }, external: Link[] }}
 */
export function checkLinks(pages, root) {
  const faults = /** @type {Fault[]} */ ([]);
  const counts = { files: 0, anchors: 0, external: 0 };
  const external = /** @type {Link[]} */ ([]);
  const known = new Map(pages.map((page) => [page.file, page]));
  const pageAt = (path) => {
    if (!known.has(path)) known.set(path, readPage(path, readFileSync(join(root, path), 'utf8')));
    return known.get(path);
  };
  for (const { file, links } of pages)
    for (const link of links) {
      const { line, to } = link;
      const say = (says) => faults.push({ file, line, says: `the link to ${to}: ${says}` });
      if (link.undefined) {
        say(`[${to}] is defined nowhere on the page; write [${to}]: address`);
        continue;
      }
      if (/^[a-z][a-z\d+.-]*:/i.test(to)) {
        counts.external += 1;
        external.push(link);
        const why = malformed(to);
        if (why) say(why);
        continue;
      }
      const [path, anchor] = to.split('#');
      const target = path
        ? posix.join(posix.dirname(file), decodeURIComponent(path)).replace(/\/$/, '')
        : file;
      counts.files += 1;
      if (target.startsWith('..')) {
        say('it leads out of the repository');
        continue;
      }
      if (/^(node_modules|\.git)(\/|$)/.test(target)) {
        say('it is not in the repository');
        continue;
      }
      if (!exists(root, target)) {
        say(`there is no ${target}; mind capital letters`);
        continue;
      }
      if (!anchor) continue;
      counts.anchors += 1;
      if (!target.endsWith('.md') || !statSync(join(root, target)).isFile()) continue; // #L10 of a source
      const { anchors } = pageAt(target);
      const near = alike(anchors, anchor);
      if (!anchors.has(decodeURIComponent(anchor)))
        say(
          `no heading of ${target} makes #${anchor}${near.length ? `; near are ${near.map((one) => `#${one}`).join(', ')}` : ''}`,
        );
    }
  return { faults, counts, external };
}

/** @returns {Promise<string>} '' where it is there, `gone` where it is not, else why nobody knows */
async function ask(address) {
  for (const method of ['HEAD', 'GET'])
    try {
      const { status } = await fetch(address, { method, signal: AbortSignal.timeout(TIMEOUT) });
      if (status < 400) return '';
      if (method === 'GET') return status === 404 || status === 410 ? 'gone' : `status ${status}`;
    } catch (error) {
      if (method === 'GET') return error.cause?.code ?? error.name;
    }
  return '';
}

/**
 * Fetches external addresses, each once. Only what says itself that it is gone is a fault: many refuse programs.
 *
 * @param {readonly Link[]} links
 * @param {typeof ask} look
 * @returns {Promise<{ faults: Fault[], unknown: string[], fetched: number }>}
 */
export async function fetchLinks(links, look = ask) {
  const answers = new Map();
  const waiting = [...new Set(links.map(({ to }) => to.split('#')[0]))].filter(
    (to) => to.startsWith('https:') && !malformed(to),
  );
  const all = waiting.length;
  const work = async () => {
    for (let to = waiting.pop(); to; to = waiting.pop()) answers.set(to, await look(to));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const faults = links
    .filter(({ to }) => answers.get(to.split('#')[0]) === 'gone')
    .map(({ file, line, to }) => ({ file, line, says: `the link to ${to}: it is gone; find its new place` }));
  const unknown = [...answers]
    .filter(([, why]) => why && why !== 'gone')
    .map(([to, why]) => `${to} (${why})`);
  return { faults, unknown, fetched: all - unknown.length };
}
