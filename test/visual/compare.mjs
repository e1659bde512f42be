// Compares a picture with its reference in test/visual/references/. With VISUAL=update the references are written anew: look at them
// before you commit them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const REFERENCES = join(import.meta.dirname, 'references');
const RESULTS = join(import.meta.dirname, '../results'); // what differed, to be looked at; not committed

// Another version of the browser, or another rasterizer, draws edges of letters and curves a little otherwise: per pixel that is
// forgiven up to `threshold` (0 to 1, a distance of colours), and of the whole picture `MOST` may differ even so.
const threshold = 0.2;
const MOST = 0.01;

/**
 * @param {string} name of the picture, without its ending
 * @param {Buffer} png what it looks like now
 * @returns {string} what is wrong, '' if nothing
 */
export function compare(name, png) {
  const file = join(REFERENCES, `${name}.png`);
  if (process.env.VISUAL === 'update') {
    mkdirSync(REFERENCES, { recursive: true });
    writeFileSync(file, png);
    return '';
  }
  if (!existsSync(file))
    return `${name} has no reference: run VISUAL=update npm run test:visual, and look at it`;
  const [now, before] = [PNG.sync.read(png), PNG.sync.read(readFileSync(file))];
  const { width, height } = before;
  const keep = (picture, what) => {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, `${name}-${what}.png`), PNG.sync.write(picture));
  };
  if (now.width !== width || now.height !== height) {
    keep(now, 'now');
    return `${name} is ${now.width} × ${now.height}, its reference ${width} × ${height}`;
  }
  const difference = new PNG({ width, height });
  const pixels = pixelmatch(before.data, now.data, difference.data, width, height, { threshold });
  const share = pixels / (width * height);
  if (process.env.VISUAL === 'measure') console.log(name, (100 * share).toFixed(3));
  if (share <= MOST) return '';
  keep(now, 'now');
  keep(difference, 'difference');
  return `${name} differs from its reference in ${(100 * share).toFixed(1)} % of its pixels: look at test/results/${name}-difference.png; if it is as it should be, run VISUAL=update npm run test:visual`;
}
