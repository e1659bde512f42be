// The tables of docs/data-contract.md, from what is declared: docs/message.schema.json and the modules themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '../..');
const schema = JSON.parse(readFileSync(join(root, 'docs/message.schema.json'), 'utf8'));
const { milestone, audience, identify, health, envelope } = schema.$defs;
const ours = (file) => import(pathToFileURL(join(root, 'dist/esm', file)).href);

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const typeOf = ({ type, const: only, enum: words }) =>
  words ? words.map(code).join(', ') : only !== undefined ? code(only) : [type].flat().join(' or ');
const row = ([name, about]) => [
  code(name),
  typeOf(about),
  about.description,
  about.examples ? code(about.examples[0]) : '',
];
const HEAD = ['name', 'type', 'meaning', 'example'];
const fields = ({ properties = {}, patternProperties = {} }, names = {}) =>
  table(HEAD, [
    ...Object.entries(properties).map(row),
    ...Object.entries(patternProperties).map(([pattern, about]) => row([names[pattern] ?? pattern, about])),
  ]);

/** When a milestone is told, and how often: the words of README's table. */
function milestones() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return readme.match(/\| milestone \| when[\s\S]*?\n\n/)[0].trim();
}

const ATTRIBUTE_WORDS = {
  last_cart_value: ['the value of the basket, in the shop’s currency, decimal', 129.5],
  last_cart_category: ['what the basket is mostly about, in the site’s word', 'jumpers'],
  last_viewed_product: ['the product that was looked at last: its name, else its SKU', 'Fell jumper'],
  returns_page_visited: ['the page on returns was opened in this visit', true],
  lifetime_orders: ['orders so far, as the site knows', 3],
};

async function attributes() {
  const { ATTRIBUTES, published } = await ours('core/attributes.js');
  return table(
    [...HEAD, 'told by'],
    Object.entries(ATTRIBUTES).map(([name, about]) => {
      const [meaning, example] = ATTRIBUTE_WORDS[name];
      const by = about.from
        ? `the site, or the visit (${code(about.from)})`
        : name === 'returns_page_visited'
          ? 'the site, or the visit (Shopify)'
          : 'the site';
      return [code(published(name, about)), about.kind, meaning, code(example), by];
    }),
  );
}

/** What goes where, as long as the site says nothing else. */
async function destinations() {
  const made = {
    customerio: (await ours('destinations/customerio.js')).customerio({ writeKey: 'k' }),
    segment: (await ours('destinations/segment.js')).segment(),
    lytics: (await ours('destinations/lytics.js')).lytics(),
    intercom: (await ours('destinations/intercom.js')).intercom(),
    agents: (await ours('destinations/agents.js')).agents(),
    livelike: (await ours('destinations/livelike.js')).livelike(),
    collector: (await ours('destinations/collector.js')).collector({ url: '/' }),
  };
  const list = (names) => names?.map(code).join(', ') ?? 'all';
  return table(
    ['destination', 'milestones', 'properties', 'traits, and what is shown', 'address'],
    Object.entries(made).map(([name, { deliver, routing = {} }]) => [
      code(name),
      deliver ? list(routing.milestones) : 'none: it shows what is known',
      deliver ? list(routing.properties) : '–',
      list(routing.traits),
      routing.email ?? (!routing.traits || routing.traits.includes('email') ? 'plain' : 'no trait'),
    ]),
  );
}

const examples = () =>
  schema.$defs.message.examples
    .map((one) => `\`\`\`json\n${JSON.stringify(one, null, 2)}\n\`\`\``)
    .join('\n\n');

/** The parts of docs/data-contract.md, by the names of their places. */
export const CONTRACT = {
  milestones,
  properties: () => fields(milestone.properties.properties),
  traits: () =>
    fields(identify.properties.traits, {
      '^cio_segment_.*(?<!_entered_at)$': 'cio_segment_<flag>',
      '^cio_segment_.*_entered_at$': 'cio_segment_<flag>_entered_at',
    }),
  attributes,
  audiences: () => fields(audience.properties.properties, { '^cio_segment_': 'cio_segment_<flag>' }),
  health: () =>
    fields(health.properties.properties, {
      '^ignored_': 'ignored_<reason>',
      _queued$: '<destination>_queued',
      _delivered$: '<destination>_delivered',
      _dropped_: '<destination>_dropped_<reason>',
    }),
  envelope: () => fields(envelope),
  routes: destinations,
  examples,
};

/** Every name that is published: what analysts and segments are built on. */
export async function publishedNames() {
  const { ATTRIBUTES, published } = await ours('core/attributes.js');
  return {
    events: [...milestone.properties.event.enum, ...audience.properties.event.enum],
    properties: Object.keys(milestone.properties.properties.properties),
    traits: [
      ...Object.keys(identify.properties.traits.properties),
      ...Object.keys(identify.properties.traits.patternProperties),
    ],
    attributes: Object.entries(ATTRIBUTES).map(([name, about]) => published(name, about)),
    health: [
      ...Object.keys(health.properties.properties.properties),
      ...Object.keys(health.properties.properties.patternProperties),
    ],
    envelope: Object.keys(envelope.properties),
  };
}
