// Each vendor stands in four places: source, fake, test, and a row in README's table.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { widgets } from '../../demo/widgets/index.js';
import { SIGNS, signsOf } from '../../src/script-signs.ts';
import { sources } from '../../src/sources/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const names = (folder: string, ending: string, ...but: string[]) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => basename(file, ending))
    .filter((name) => !but.includes(name))
    .sort();

const PRESENT = ['crisp', 'custom']; // they stand in chatstone.js and chatstone-listening.js: docs/decisions say why
const NO_WIDGETS = ['form', 'shopify-storefront'];
const vendors = names('src/sources', '.ts', 'index', ...NO_WIDGETS);

describe('a widget', () => {
  test('stands in every place, and nothing stands in one of them alone', () => {
    expect(vendors.length).toBeGreaterThan(20);
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const rows = vendors.filter((name) => {
      const about = widgets[name as keyof typeof widgets];
      return about && readme.includes(`| [${about.title}](${about.link}) |`);
    });
    expect({
      fakes: names('demo/widgets', '.js', 'fake', 'index'),
      listed: Object.keys(widgets).sort(),
      tests: names('test/sources', '.test.ts', ...NO_WIDGETS),
      npm: Object.keys(sources)
        .filter((name) => !NO_WIDGETS.includes(name))
        .sort(),
      tag: [...PRESENT, ...Object.keys(SIGNS)].filter((name) => !NO_WIDGETS.includes(name)).sort(),
      rows,
    }).toEqual({
      fakes: vendors,
      listed: vendors,
      tests: vendors,
      npm: vendors,
      tag: vendors,
      rows: vendors,
    });
  });

  test.each(vendors)('%s is asked everything by the conformance suite', (name) => {
    expect(readFileSync(join(ROOT, `test/sources/${name}.test.ts`), 'utf8')).toMatch(/\btestSource\(/);
  });

  test.each(vendors)('%s is called by the name of its file', (name) => {
    expect(sources[name as keyof typeof sources]().name).toBe(name);
  });

  test.each(vendors)('%s has a file of its own, unless it stands in the tag or in what listens', (name) => {
    expect(existsSync(join(ROOT, `dist/chatstone-${name}.js`))).toBe(!PRESENT.includes(name));
  });

  test.each(vendors)('%s says with a link what it cannot tell and what it was tested with', (name) => {
    const { title, link, gaps, proof } = widgets[name as keyof typeof widgets];
    expect(link).toMatch(name === 'custom' ? /^docs\// : /^https:\/\//);
    for (const text of [title, gaps, proof]) expect(text).toMatch(/^[^|\n]{3,}$/);
  });
});

describe('signsOf', () => {
  let leave = () => {};
  afterEach(() => leave());

  test.each(Object.keys(SIGNS).filter((name) => !NO_WIDGETS.includes(name)))(
    'sees %s when it is there, and none before',
    async (name) => {
      const { install } = await import(`../../demo/widgets/${name}.js`);
      const seen = () => Object.keys(SIGNS).filter((one) => signsOf(one)[0]);
      expect(seen()).toEqual([]);
      const fake = install(window, { late: true });
      leave = () => fake.uninstall();
      if (!signsOf(name)[0]) fake.load(); // it has no stub
      expect(seen()).toContain(name);
    },
  );
});
