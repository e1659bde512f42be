// Writes what README says of sizes, widgets and losses from what is measured and declared: npm run readme. A test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sizes } from './size.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const FILES = {
  'chatstone.js': 'the tag: listens, and keeps what it hears',
  'chatstone-engine.js': 'loaded at the first sign of a chat: settles, queues, delivers',
  'chatstone-customerio.js':
    'loaded when there is something to deliver, unless `data-client="none"`, or the page has a client of its own',
};

function sizeTable() {
  const number = (bytes) => bytes.toLocaleString('en-US');
  const rows = sizes().map(({ file, raw, gzip, brotli }) => {
    const name = file.replace('dist/', '');
    return [`\`${name}\``, FILES[name] ?? '', number(raw), number(gzip), number(brotli)];
  });
  return table(['file', 'what it is', 'bytes', 'gzip', 'brotli'], rows);
}

const WIDGETS = {
  'rocket-chat': {
    link: '[Rocket.Chat](https://github.com/RocketChat/Rocket.Chat.Livechat)',
    gaps: 'no agent reply, no rating. The department of the pre-chat form comes as an id: write it into `topics`. The end of a chat is told without saying by whom',
    proof: 'the real host script, in Chromium',
  },
  tawk: {
    link: '[tawk.to](https://developer.tawk.to/jsapi/)',
    gaps: 'no conversation id. Nothing is told in the pop-out window. Topic only from tags (their shape is unverified)',
    proof: 'a fake after the documentation',
  },
  crisp: {
    link: '[Crisp](https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/dollar-crisp)',
    gaps: 'no end, no rating, no assignment. Its id is that of the session, so `chat_opened` and `chat_first_message_sent` come once a session. Bots by their marks (unverified). A site with handlers of its own puts chatstone before Crisp',
    proof: 'a fake, with the real `crisp-sdk-web` as the site’s code',
  },
  intercom: {
    link: '[Intercom](https://developers.intercom.com/installing-intercom/web/methods)',
    gaps: 'no visitor message, no end, no rating. A reply is inferred from the unread count, so a bot’s counts as a person’s. The address of `onUserEmailSupplied` is unverified',
    proof: 'a fake, with the real `@intercom/messenger-js-sdk` stub',
  },
};

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

async function widgetTable() {
  const { sources } = await import(pathToFileURL(join(root, 'dist/esm/sources/index.js')).href);
  const rows = Object.entries(WIDGETS).map(([name, { link, gaps, proof }]) => {
    const { tells } = sources[name]();
    const cells = Object.keys(COLUMNS).map((what) =>
      tells.includes(what) ? 'yes' : tells.includes(`${what}?`) ? 'inferred' : '–',
    );
    return [link, ...cells, gaps, proof];
  });
  return table(['widget', ...Object.values(COLUMNS), 'gaps', 'tested with'], rows);
}

async function lossTable() {
  const file = join(root, 'docs/losses.json');
  if (!existsSync(file)) return 'not measured yet';
  return (await import('./losses-table.mjs')).lossesTable();
}

/** README with the measured parts as they are now. */
export async function render(text = readFileSync(join(root, 'README.md'), 'utf8')) {
  const parts = { sizes: sizeTable(), widgets: await widgetTable(), losses: await lossTable() };
  return Object.entries(parts).reduce(
    (whole, [name, part]) =>
      whole.replace(
        new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, begin, end) => `${begin}\n${part}\n${end}`,
      ),
    text,
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(join(root, 'README.md'), await render());
