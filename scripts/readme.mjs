// Writes what README says of sizes, widgets and survival from what is measured and declared: npm run readme. A test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { widgets } from '../demo/widgets/index.js';
import { identityTable } from '../test/identity/rows.mjs';
import { CONTRACT } from './contract.mjs';
import { npmSizes, sizes } from './size.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const FILES = {
  'chatstone-debug.js': 'the QA panel: loaded where somebody asks for it, and for nobody else',
  'chatstone.js': 'the tag: waits for a sign that there is something to hear',
  'chatstone-listening.js': 'loaded at that sign, a widget above all: listens, and keeps what it hears',
  'chatstone-engine.js': 'loaded when there is something to tell: settles, queues, delivers',
  'chatstone-showing.js': 'loaded with the engine where something is shown to agents',
  'chatstone-customerio.js':
    'loaded when there is something to deliver, unless `data-client="none"`, or the page has a client of its own',
  'chatstone-form.js':
    'loaded when somebody may be filling in a checkout, or another form that the page names',
  'chatstone-shopify-storefront.js': 'loaded on a Shopify storefront: the cart and the visit',
  'shopify/pixel.js': 'pasted as a custom pixel of Shopify, readable: runs in the checkout only',
};

async function sizeTable() {
  const number = (bytes) => bytes.toLocaleString('en-US');
  const code = (name) => (name.endsWith('.js') ? `\`${name}\`` : name);
  const row = (name, what, of) => [code(name), what, ...['raw', 'gzip', 'brotli'].map(of)];
  const measured = sizes().map((size) => ({ ...size, name: size.file.replace('dist/', '') }));
  const isSystem = ({ name }) => name.startsWith('chatstone-to-');
  const isVendor = ({ name }) => Object.keys(widgets).includes(name.replace(/^chatstone-|\.js$/g, ''));
  const vendors = measured.filter(isVendor);
  const range = (key) => {
    const bytes = vendors.map((size) => size[key]);
    return `${number(Math.min(...bytes))} to ${number(Math.max(...bytes))}`;
  };
  const rows = [
    ...measured
      .filter((size) => !isVendor(size))
      .map((size) =>
        row(
          size.name,
          isSystem(size) ? 'loaded with the engine where the page names it' : (FILES[size.name] ?? ''),
          (key) => number(size[key]),
        ),
      ),
    row(
      'chatstone-<widget>.js',
      `loaded when its widget is on the page: ${vendors.length} files, one is needed (for Zendesk and LiveChat two: their two products look alike before they are loaded)`,
      range,
    ),
    ...(await npmSizes()).map((size) =>
      row(size.file, 'one widget and Customer.io without a client, bundled by you', (key) =>
        number(size[key]),
      ),
    ),
  ];
  return table(['file', 'what it is', 'bytes', 'gzip', 'brotli'], rows);
}

const COLUMNS = {
  chat_opened: 'opened',
  chat_topic_set: 'topic',
  chat_first_message_sent: 'first message',
  chat_assigned: 'assigned',
  chat_agent_replied: 'replied',
  chat_resolved: 'resolved',
  chat_csat_submitted: 'rating',
  identity: 'who it is',
};

/** What each widget tells, as the conformance suite saw it: it fails where `tells` says more or less than that. */
async function widgetRows() {
  const { sources } = await import(pathToFileURL(join(root, 'dist/esm/sources/index.js')).href);
  return Object.entries(widgets)
    .map(([name, about]) => {
      const { tells } = sources[name]();
      const cells = Object.keys(COLUMNS).map((what) =>
        tells.includes(what) ? 'yes' : tells.includes(`${what}?`) ? 'inferred' : '–',
      );
      return { name, ...about, cells };
    })
    .sort(
      (one, other) => (one.name === OWN) - (other.name === OWN) || one.title.localeCompare(other.title, 'en'),
    );
}

const OWN = 'custom';

async function widgetTable() {
  const rows = (await widgetRows()).map(({ name, title, link, gaps, cells }) => {
    const more = `[gaps](docs/widgets.md#${name})${/unverified/.test(gaps) ? ', some unverified' : ''}`;
    return [`[${title}](${link})`, ...cells, more];
  });
  return table(['widget', ...Object.values(COLUMNS), 'details'], rows);
}

async function widgetPages() {
  const sections = (await widgetRows()).map(
    ({ name, title, link, gaps, proof, cells }) =>
      `<a id="${name}"></a>\n\n## ${title}\n\n\`data-widget="${name}"\`, [documentation](${link.replace('docs/', '')}). Tested with ${proof}.\n\n` +
      `${table(Object.values(COLUMNS), [cells])}\n\n${gaps[0].toUpperCase()}${gaps.slice(1)}.`,
  );
  return sections.join('\n\n');
}

async function survival() {
  const file = join(root, 'docs/survival.json');
  if (!existsSync(file)) return 'not measured yet';
  return (await import('./survival-table.mjs')).survivalTable();
}

/** What a page pays before anybody chats, from docs/page.json. */
async function performanceTable() {
  const result = JSON.parse(readFileSync(join(root, 'docs/page.json'), 'utf8'));
  const { figure, SCRIPTS, scripting, TITLES } = await import('./page-figures.mjs');
  const rows = ['waiting', ...SCRIPTS].map((client) => [
    TITLES[client],
    figure(result, client, 1, 'first', 'requests'),
    (figure(result, client, 1, 'first', 'bytes') / 1000).toFixed(1),
    (
      (figure(result, client, 1, 'again', 'heap') - figure(result, 'none', 1, 'again', 'heap')) /
      1000
    ).toFixed(0),
    ...[1, 4].map((cpu) => scripting(result, client, cpu, 'first').toFixed(0)),
  ]);
  const head = [
    'before the first chat',
    'requests',
    'kB',
    'kB of memory',
    'ms of script',
    'ms, CPU 4× slower',
  ];
  return `${table(head, rows)}

${result.date.slice(0, 10)}, Chromium ${result.browser}, ${result.rounds.length === 1 ? 'one round' : `medians of ${result.rounds.length} rounds`}.`;
}

const PARTS = {
  performance: performanceTable,
  sizes: sizeTable,
  widgets: widgetTable,
  survival,
  gaps: widgetPages,
  identity: identityTable,
  lytics: async () => (await import('./lytics-page.mjs')).lyticsTable(),
  ...CONTRACT,
};
export const FILES_WITH_PARTS = [
  'README.md',
  'docs/widgets.md',
  'docs/identity.md',
  'docs/data-contract.md',
  'docs/lytics.md',
];

/** A text with its measured parts as they are now. */
export async function render(text) {
  let whole = text;
  for (const [name, part] of Object.entries(PARTS)) {
    const place = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!place.test(whole)) continue;
    const now = await part();
    whole = whole.replace(place, (_, begin, end) => `${begin}\n${now}\n${end}`);
  }
  return whole;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const file of FILES_WITH_PARTS) {
    const path = join(root, file);
    writeFileSync(path, await render(readFileSync(path, 'utf8')));
  }
