// How things stand: widgets, consent, who it is, what waits and why, what failed and what to do.
import type { Status } from '../calls.ts';
import { signsOf } from '../script-signs.ts';
import { element } from './element.ts';
import { offline } from './offline.ts';
import { consent, identity, many, remedy, waits } from './words.ts';

const COLUMNS = [
  ['chat_opened', 'opened'],
  ['chat_topic_set', 'topic'],
  ['chat_first_message_sent', 'first message'],
  ['chat_assigned', 'assigned'],
  ['chat_agent_replied', 'reply'],
  ['chat_resolved', 'end'],
  ['chat_csat_submitted', 'rating'],
  ['identity', 'who it is'],
] as const;
/** Sources that are found on every page: they are no widgets. */
const ALWAYS = ['custom', 'form', 'shopify-storefront'];

/** By what a widget is known on a page. */
const sign = (name: string) => (name === 'crisp' ? '$crisp' : name);
const how = (name: string): string => {
  const signs = signsOf(name);
  const shown = signs.length ? signs : sign(name) in window ? [sign(name)] : [];
  return shown.length
    ? `found by ${shown.map((one) => (/-/.test(one) ? `<${one}>` : `window.${one}`)).join(', ')}`
    : 'found';
};

function tells(all: readonly string[]): HTMLElement {
  return element(
    'ul',
    { class: 'tells', 'aria-label': 'What it can tell' },
    ...COLUMNS.map(([name, word]) => {
      const inferred = all.includes(`${name}?`);
      return all.includes(name) || inferred
        ? element('li', {}, inferred ? `${word}, inferred` : word)
        : element('li', { class: 'no' }, word, element('span', { class: 'unseen' }, ': not told'));
    }),
  );
}

function widgets(status: Status): Node[] {
  const names = Object.keys(status.widgets).filter((name) => !ALWAYS.includes(name));
  const found = names.filter((name) => status.widgets[name]!.found);
  const others = names.filter((name) => !found.includes(name));
  return [
    ...(found.length
      ? found.map((name) =>
          element('div', {}, element('b', {}, name), `, ${how(name)}`, tells(status.widgets[name]!.tells)),
        )
      : [
          element(
            'p',
            { class: 'wait' },
            'No chat widget is on this page yet. It is looked for again and again.',
          ),
        ]),
    element(
      'details',
      {},
      element('summary', {}, `${others.length} more would be heard`),
      element('p', { class: 'faint' }, others.join(', ')),
    ),
  ];
}

const rows = (pairs: readonly (readonly [string, Node | string, string?])[]) =>
  element(
    'dl',
    {},
    ...pairs.flatMap(([name, value, tone]) => [
      element('dt', {}, name),
      element('dd', tone ? { class: tone } : {}, value),
    ]),
  );

/** What went wrong, with what to do, the latest last. */
export function problems(status: Status, faults: readonly { place: string; message: string }[]): string[] {
  const failing = Object.entries(status.destinations ?? {}).flatMap(([place, { error }]) =>
    error && !faults.some((one) => one.place === place && one.message.includes(error))
      ? [{ place, message: error }]
      : [],
  );
  const already = (message: string) =>
    status.said.some((one) => one.includes(message.replace(/^\w*Error: /, '')));
  const news = [...faults.slice(-5), ...failing].filter(({ message }) => !already(message));
  const lines = news.map(({ place, message }) => `${place}: ${message}. ${remedy(message)}`.trim());
  const before = Object.entries(status.errors).filter(
    ([place]) => !faults.some((one) => one.place === place),
  );
  return [
    ...status.said.map((sentence) => `To set up: ${sentence}. ${remedy(sentence)}`.trim()),
    ...new Set(lines),
    ...before.map(([place, count]) => `${place} failed ${many(count, 'time')} before the panel came`),
    ...Object.entries(status.dropped ?? {}).map(
      ([why, count]) => `${many(count, 'message')} dropped: ${why}`,
    ),
  ];
}

/** The state in a few lines. */
export function standing(status: Status): Node[] {
  const { state } = status.consent;
  const waiting = Object.keys(status.queued ?? {})
    .map((name) => [name, waits(name, status, Date.now())] as const)
    .filter(([, words]) => words);
  return [
    ...widgets(status),
    rows([
      [
        'Consent',
        consent(status.consent),
        state === 'granted' ? 'good' : state === 'denied' ? 'bad' : 'wait',
      ],
      ['Visitor', status.visitor || 'no id yet: there is nothing to tell'],
      ['Person', status.identity?.userId ?? 'unknown', status.identity?.userId ? 'good' : 'wait'],
      ['because', identity(status)],
      ['Delivered', `${status.delivered ?? 0}`],
      [
        'Storage',
        status.storage === 'memory'
          ? 'memory only: the browser’s storage cannot be used'
          : (status.storage ?? 'none before consent'),
      ],
      ...(waiting.length
        ? waiting.map(([name, words]) => [name, words, 'wait'] as const)
        : [['Waiting', 'nothing'] as const]),
      ...(offline() ? [['Network', 'this panel lets deliveries of this page fail', 'bad'] as const] : []),
    ]),
  ];
}
