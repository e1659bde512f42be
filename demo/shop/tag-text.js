// The texts that a shop pastes, made of what it chose: the script tag, the line for a Shopify theme, the npm module.
// Pure functions; only what differs from the default is written.

/**
 * @typedef {object} Choices as they stand in the form
 * @property {string} writeKey
 * @property {string} folder where the files of dist/ lie: an address, or a path of the shop
 * @property {string} region `us` or `eu`
 * @property {string} apiHost '' for Customer.io's own
 * @property {string[]} widgets none: whatever runs on the page
 * @property {string} consent
 * @property {string} anonymous `hold` or `send`
 * @property {string} client `auto` or `none`
 * @property {string} identifyBy `email` or `id`
 * @property {boolean} calls whether the page itself calls chatstone
 * @property {{ id: string, words: string }[]} topics all that are wanted, words divided by commas
 * @property {{ path: string, topic: string }[]} pages
 *
 * @typedef {Record<string, string>} Faults what to write instead, by field
 * @typedef {{ text?: string, faults: Faults, notes: string[] }} Form
 */

const STUB =
  '<script>window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)}</script>';
const PLATFORMS = ['shopify', 'onetrust', 'cookiebot', 'tcf'];
const LOOPBACK = /^(127\.0\.0\.1|\[::1\]|localhost|.+\.localhost)$/;

/** A word, or a pattern between slashes, in which a comma may stand. */
const WORD = /\s*(\/(?:\\.|[^/\\])+\/[a-z]*(?=\s*(?:,|$))|[^,]+)/g;

/** @param {string} text words divided by commas */
export const wordsOf = (text) => [...text.matchAll(WORD)].map(([, word]) => word.trim()).filter(Boolean);

/** Why an address cannot be used, or undefined. */
function addressFault(text, example) {
  let url;
  try {
    url = new URL(text);
  } catch {
    return `This is no address. Write it whole: ${example}`; // the message says it all
  }
  if (!/^https?:\/\/[^/]/.test(text)) return `Write an address that begins with https:// — ${example}`;
  if (url.username || url.password) return `An address has no name and no password: ${example}`;
  if (/[\s"'<>\\{}]/.test(text)) return `An address has no spaces, quotes or brackets: ${example}`;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    return `Write an address that begins with https:// — ${example}`;
  if (url.search || url.hash) return `Leave away what begins with ? or #: ${example}`;
  return undefined;
}

function folderFault(folder) {
  if (!folder.startsWith('/'))
    return addressFault(folder, 'https://cdn.example.com/chatstone/, or a path: /static/');
  if (folder.startsWith('//')) return addressFault(`https:${folder}`, '//cdn.example.com/chatstone/');
  return /[\s"'<>\\?#]/.test(folder) ? 'A path has no spaces, quotes, ? or #: /static/chatstone/' : undefined;
}

function topicFault({ id, words }, i, all) {
  if (!/^[a-z][a-z0-9_]*$/.test(id))
    return 'Name the topic with small letters, digits and _, a letter first: gift_wrap';
  if (all.findIndex((one) => one.id === id) < i)
    return `${id} stands here twice. Put all words into one of them`;
  if (id === 'other') return '“other” is what matches nothing: choose another name';
  const list = wordsOf(words);
  if (!list.length) return 'Write at least one word, or remove the topic';
  for (const word of list) {
    const [, source, flags] = /^\/(.+)\/([a-z]*)$/.exec(word) ?? [];
    if (!source && !/[\p{L}\p{N}]/u.test(word)) return `“${word}” is no word: write letters or digits`;
    try {
      if (source) new RegExp(source, flags);
    } catch (error) {
      return `${word} is no pattern that works: ${error.message}`;
    }
  }
  return undefined;
}

function pageFault({ path, topic }, i, all, ids) {
  if (!/^[/*]/.test(path))
    return 'Write how the path begins, with a / first (* stands for anything): /pages/size-guide';
  if (/[?#]/.test(path)) return 'A path ends before ? and #: /search';
  if (all.findIndex((one) => one.path === path) < i) return `${path} stands here twice: one of them counts`;
  if (!ids.includes(topic)) return `There is no topic “${topic}”. Write one of ${ids.join(', ')}`;
  return undefined;
}

/**
 * What is wrong, by field: `writeKey`, `folder`, `apiHost`, `topics.0`, `pages.0` …
 * @param {Choices} choices
 * @returns {Faults}
 */
export function faultsOf({ writeKey, folder, apiHost, topics, pages }) {
  const ids = [...topics.map(({ id }) => id), 'other'];
  const all = {
    writeKey: !writeKey
      ? 'Write the key of a JavaScript source in Customer.io: Data & Integrations, Integrations'
      : /^[^\s"'<>&{}\\]+$/.test(writeKey)
        ? undefined
        : 'A write key has no spaces, quotes or brackets. Copy it again from the source’s settings',
    folder: folderFault(folder),
    apiHost: apiHost ? addressFault(apiHost, 'https://events.example.com') : undefined,
    ...Object.fromEntries(topics.map((topic, i) => [`topics.${i}`, topicFault(topic, i, topics)])),
    ...Object.fromEntries(pages.map((page, i) => [`pages.${i}`, pageFault(page, i, pages, ids)])),
  };
  return Object.fromEntries(Object.entries(all).filter(([, fault]) => fault));
}

/**
 * Topics that differ from the defaults: their words, or an empty list for those that were removed.
 * @param {Choices['topics']} topics
 * @param {Record<string, readonly string[]>} defaults
 */
export function topicChanges(topics, defaults) {
  const words = Object.fromEntries(topics.map((topic) => [topic.id, wordsOf(topic.words)]));
  const removed = Object.keys(defaults).filter((id) => !Object.hasOwn(words, id));
  const changed = Object.entries(words).filter(
    ([id, list]) => !Object.hasOwn(defaults, id) || list.join() !== defaults[id].join(),
  );
  return Object.fromEntries([...changed, ...removed.map((id) => [id, []])]);
}

const isEmpty = (object) => Object.keys(object).length === 0;
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
/** JSON that cannot end the script element in which it stands. */
const json = (value) => JSON.stringify(value, null, 2).replaceAll('<', '\\u003c');
const hostOf = (apiHost) => apiHost.replace(/\/+$/, '');
/** A path as a browser has it: what is no ASCII, and a space, is encoded. */
const pathOf = (path) => path.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
const pagesOf = (pages) => Object.fromEntries(pages.map(({ path, topic }) => [pathOf(path), topic]));

/** What stands in the JSON block, and in npm's options. */
function optionsOf({ identifyBy, topics, pages }, defaults) {
  const changes = topicChanges(topics, defaults);
  return {
    ...(identifyBy === 'id' && { identifyBy }),
    ...(!isEmpty(changes) && { topics: changes }),
    ...(pages.length > 0 && { pages: pagesOf(pages) }),
  };
}

/**
 * The tag, as it stands in a page's head.
 * @param {Choices} choices
 * @param {{ topics: Record<string, readonly string[]>, integrity: string }} known the default topics; the hash of chatstone.js
 * @returns {Form}
 */
export function tagText(choices, { topics, integrity }) {
  const faults = faultsOf(choices);
  if (!isEmpty(faults)) return { faults, notes: [] };
  const { writeKey, region, apiHost, widgets, consent, anonymous, client, calls } = choices;
  const folder = choices.folder.replace(/\/*$/, '/');
  const config = optionsOf(choices, topics);
  const elsewhere = !/^\/(?!\/)/.test(folder);
  const attributes = {
    src: `${folder}chatstone.js`,
    integrity,
    crossorigin: elsewhere && 'anonymous',
    'data-write-key': writeKey,
    'data-region': !apiHost && region === 'eu' && region,
    'data-api-host': hostOf(apiHost),
    'data-widget': widgets.join(','),
    'data-anonymous': anonymous === 'send' && anonymous,
    'data-client': client === 'none' && client,
    'data-consent': consent !== 'auto' && consent,
  };
  const written = Object.entries(attributes)
    .filter(([, value]) => value)
    .map(([name, value]) => ` ${name}="${quoted(value)}"`)
    .join('');
  const text = [
    (calls || consent === 'manual') && STUB,
    !isEmpty(config) && `<script type="application/json" id="chatstone-config">\n${json(config)}\n</script>`,
    `<script async${written}></script>`,
  ]
    .filter(Boolean)
    .join('\n');
  return {
    text,
    faults,
    notes: [
      'The hash is that of this version’s chatstone.js. When you update the files, build the tag anew.',
      ...(elsewhere ? ['Files of another host need its answer Access-Control-Allow-Origin.'] : []),
      ...(consent === 'manual'
        ? ["The page says chatstone('consent', 'granted') or 'denied' on each page."]
        : []),
    ],
  };
}

/** A string of Liquid knows no escapes: it stands in the quotes that it does not contain. */
const liquidString = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`);

function liquidFaults({ topics, pages, folder: _, ...rest }) {
  const faults = {};
  const opens = /\{[{%]|[%}]\}/;
  topics.forEach(({ words }, i) => {
    if (opens.test(words)) faults[`topics.${i}`] = 'In Liquid no word may hold {{ or {%';
    else if (wordsOf(words).some((word) => word.includes(',')))
      faults[`topics.${i}`] = 'In the Liquid form no pattern may hold a comma';
    else if (/<br \/>/.test(words)) faults[`topics.${i}`] = 'In the Liquid form no word may hold <br />';
  });
  pages.forEach(({ path }, i) => {
    if (/[:\n]/.test(path) || opens.test(path) || path.includes('<br />'))
      faults[`pages.${i}`] = 'In the Liquid form no path may hold a colon, {{ or {%';
  });
  if (`${rest.apiHost}`.includes("'")) faults.apiHost = 'In Liquid no address may hold an apostrophe';
  return faults;
}

/**
 * What stands in layout/theme.liquid, where snippets/chatstone.liquid is dist/shopify/chatstone.liquid.
 * @param {Choices} choices
 * @param {{ topics: Record<string, readonly string[]> }} known
 * @returns {Form}
 */
export function liquidText(choices, { topics }) {
  const general = faultsOf({ ...choices, folder: '/' }); // Shopify has a place of its own for the files
  const faults = { ...liquidFaults(choices), ...general };
  if (!isEmpty(faults)) return { faults, notes: [] };
  const { writeKey, region, apiHost, widgets, consent, identifyBy, anonymous, client, pages } = choices;
  const changes = topicChanges(choices.topics, topics);
  const capture = (name, lines) =>
    lines.length > 0 &&
    [`{% capture ${name} %}`, ...lines.map((line) => `  ${line}`), '{% endcapture %}'].join('\n');
  const parameters = {
    write_key: liquidString(writeKey),
    region: !apiHost && region === 'eu' && "'eu'",
    api_host: apiHost && liquidString(hostOf(apiHost)),
    consent: !['auto', 'shopify'].includes(consent) && liquidString(consent),
    identify_by: identifyBy === 'id' && "'id'",
    widget: widgets.length > 0 && liquidString(widgets.join(',')),
    topics: !isEmpty(changes) && 'topics',
    pages: pages.length > 0 && 'pages',
  };
  const given = Object.entries(parameters)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
  const text = [
    capture(
      'topics',
      Object.entries(changes).map(([id, words]) => `${id}: ${words.join(', ')}`.trim()),
    ),
    capture(
      'pages',
      pages.map(({ path, topic }) => `${pathOf(path)}: ${topic}`),
    ),
    `{% render 'chatstone', ${given} %}`,
  ]
    .filter(Boolean)
    .join('\n');
  return {
    text,
    faults,
    notes: [
      'Upload all chatstone*.js to assets, chatstone.js last; paste dist/shopify/chatstone.liquid into snippets/chatstone.liquid; these lines go above </head> in layout/theme.liquid.',
      'The snippet asks Shopify for consent unless you name another platform, and sends anonymously, for the checkout is out of its reach.',
      ...(anonymous === 'hold' ? ['“Hold” is not to be had there.'] : []),
      ...(client === 'none' ? ['The client cannot be switched off there.'] : []),
    ],
  };
}

const camel = (name) => name.replace(/-./g, (part) => part[1].toUpperCase());
const literal = (value, indent) => JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);

/**
 * The module, with the package `chatstone` from npm.
 * @param {Choices} choices
 * @param {{ topics: Record<string, readonly string[]> }} known
 * @returns {Form}
 */
export function npmText(choices, { topics }) {
  const faults = faultsOf({ ...choices, folder: '/' });
  if (!choices.widgets.length) faults.widgets = 'Choose the widgets: from npm each is an import of its own';
  if (!isEmpty(faults)) return { faults, notes: [] };
  const { writeKey, region, apiHost, widgets, consent, anonymous, client } = choices;
  const platform = PLATFORMS.includes(consent) && consent;
  const to = {
    writeKey,
    ...(!apiHost && region === 'eu' && { region }),
    ...(apiHost && { apiHost: hostOf(apiHost) }),
    ...(client === 'none' && { client }),
  };
  const imports = [
    ['chatstone', consent === 'auto' ? 'consents, init' : 'init'],
    ...(platform ? [[`chatstone/consents/${platform}`, platform]] : []),
    ['chatstone/destinations/customerio', 'customerio'],
    ['chatstone/sources/form', 'form'],
    ...widgets.map((name) => [`chatstone/sources/${name}`, camel(name)]),
  ];
  const options = [
    `sources: [${widgets.map((name) => `${camel(name)}()`).join(', ')}, form()]`,
    `destinations: [customerio(${literal(to, '  ')})]`,
    consent === 'auto' && 'consents',
    platform && `consents: [${platform}()]`,
    consent !== 'auto' && `consent: ${JSON.stringify(consent)}`,
    anonymous === 'send' && `anonymous: "send"`,
    ...Object.entries(optionsOf(choices, topics)).map(([name, value]) => `${name}: ${literal(value, '  ')}`),
  ].filter(Boolean);
  const text = [
    ...imports.map(([from, what]) => `import { ${what} } from '${from}';`),
    '',
    'export const chatstone = init({',
    ...options.map((option) => `  ${option},`),
    '});',
  ].join('\n');
  return {
    text,
    faults,
    notes: [
      'npm install chatstone, and import this module once, in the browser.',
      ...(client === 'auto'
        ? ['From npm “auto” uses Customer.io’s client where the page runs it, and plain HTTP where not.']
        : []),
    ],
  };
}
