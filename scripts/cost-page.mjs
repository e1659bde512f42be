// What docs/cost.json says, as a page.
import { table } from './table.mjs';

const number = (count) => count.toLocaleString('en-US');
const short = (count) => (count < 10 ? count.toPrecision(2) : number(Math.round(count)));
const size = (bytes) => {
  for (const [unit, of] of [
    ['TB', 1e12],
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ])
    if (bytes >= of) return `${short(bytes / of)} ${unit}`;
  return `${bytes} B`;
};
const share = (value) => `${Number((100 * value).toFixed(1))} %`;

const ROWS = {
  message: 'message by message, a request an event ¹',
  messageTogether: 'message by message, three seconds together ²',
  send: 'chatstone, `anonymous: "send"`',
  hold: 'chatstone, `anonymous: "hold"` (default) ³',
};

const RULES = {
  now: 'as it is',
  before: 'as it was: asked, after 1 s; `Retry-After` to the second',
  most15: 'longest backoff 15 minutes',
  whole: 'jitter over all 5 minutes from the first failure on',
  alone: 'what went ahead takes all along',
  spread10: 'who is asked tries after 1 s + up to 10 s, however many failures',
  spread60: 'who is asked tries after 1 s + up to 60 s, however many failures',
  late60: '`Retry-After` + up to 60 s, whatever it names',
  base10: 'full jitter under 10 s × 2ⁿ',
  together: 'full jitter under 10 s × 2ⁿ, asked: 1 s + up to 60 s',
};

/** Published figures, and assumptions. */
function shapes(shape) {
  const all = Object.values(shape);
  const row = ({ value, says, source, from, note }) => [
    says,
    /^share/.test(says) ? share(value) : String(value),
    ...(source ? [`[${from}](${source})${note ? `; ${note}` : ''}`] : []),
  ];
  return {
    published: table(['published', 'here', 'where'], all.filter(({ source }) => source).map(row)),
    assumed: table(['assumed', 'here'], all.filter(({ source }) => !source).map(row)),
  };
}

function growthTable({ paper, counted }) {
  return table(
    [
      'chats a day',
      'events a second, on average',
      'requests in the busiest second: paper, counted',
      'in the busiest 3 s: paper, counted',
      'Customer.io calls a day',
      'bytes a day',
    ],
    paper.map(({ chats, eventsPerSecond, busiestSecond, busiestWindow, calls, bytes }, i) => [
      number(chats),
      short(eventsPerSecond),
      `${number(busiestSecond)}, ${counted[i] ? number(counted[i].busiestSecond) : '–'}`,
      `${number(busiestWindow)}, ${counted[i] ? number(counted[i].busiestWindow) : '–'}`,
      number(calls),
      size(bytes),
    ]),
  );
}

/** docs/cost.md */
export function costPage({
  version,
  seed,
  limit,
  curve,
  shape,
  defaults,
  day,
  span,
  growth,
  visitors,
  crowds,
  rules,
  tried,
}) {
  const { published, assumed } = shapes(shape);
  const { rows, lines, known, count, longer } = day;
  const most = `${number(limit.requests)} requests in ${limit.seconds} s`;
  const busy = curve.share / ((curve.to - curve.from) * 3600); // of a day's chats, in a second
  const shop = (pages, minutes) => number(Number((pages / (busy * (minutes * 60 + span))).toPrecision(2)));
  const outages = [...new Set(crowds.map(({ minutes }) => minutes))];
  const found = (rule, story, minutes) =>
    rules.find((one) => one.rule === rule && one.story === story && one.minutes === minutes);
  const cell = (one) =>
    one ? `${number(one.holds)} (${one.done === null ? 'over 2 h' : `${one.done} s`})` : '';
  const ruleTable = (stories) =>
    table(
      [
        'rule',
        ...Object.values(stories).flatMap((title) => outages.map((minutes) => `${title}, ${minutes} min`)),
      ],
      Object.entries(RULES).map(([rule, title]) => [
        title,
        ...Object.keys(stories).flatMap((story) =>
          outages.map((minutes) => cell(found(rule, story, minutes))),
        ),
      ]),
    );
  const less = (one, other) => (one / other).toFixed(1);
  return `# What a day of chats costs

Written by \`npm run bench:cost\` from a seed (${seed}), without a browser; all figures are in [cost.json](cost.json), and
\`test/house/cost-doc.test.ts\` makes a part of them anew. chatstone ${version}.

A simulation shows what follows from its assumptions. They stand below, each with its source or as what it is.

## A thousand chats

${number(count)} chats, and the openings of a window without a line that belong to so many, each on a device of its own that runs the
published modules (\`dist/esm\`: what is heard, settled, stored and posted) over an IndexedDB. ${lines.mean} lines in a chat on
average, ${lines.median} in the one in the middle, ${lines.most} in the longest; the person becomes known in ${share(known)} of them. The same chats for all:

${table(
  ['of 1,000 chats', 'events', 'Customer.io calls', 'requests', 'bytes in bodies'],
  Object.entries(ROWS).map(([name, title]) => {
    const { events, calls, requests, bytes } = rows[name];
    return [title, number(events), number(calls), number(requests), size(bytes)];
  }),
)}

¹ Each line, each “is typing”, each opening and closing is an event: what one gets who forwards the widget’s callbacks to Customer.io’s
client, Segment or Snowplow as they are set up by default.
² The same events through a client that sends what came in three seconds in one request, as PostHog does by default.
³ The default tells of nobody who is not known: the milestones of the others wait on the device, and go with the identification.

Events are milestones, or what stands in their place. Calls are the track and identify messages in all requests: chatstone tells the
person’s rollups (\`last_chat_at\` and others) with an identify for each milestone of a known person, and these are counted against it.
The others’ events are counted in chatstone’s own envelope; Customer.io’s client, for one, adds the browser’s name and language. Headers are
not counted, for anybody. The server answers at once, so that nothing of ours goes together that a slow answer would put together.

Message by message costs ${less(rows.message.events, rows.send.events)} times the events, ${less(rows.message.calls, rows.send.calls)} times the calls and ${less(rows.message.requests, rows.send.requests)} times the requests of \`send\`. With longer chats that grows,
for milestones do not know how long a chat was:

${table(
  ['lines a chat', ...longer.map(({ times }) => `× ${times}`)],
  [
    ['events of 1,000 chats, message by message', ...longer.map(({ events }) => number(events))],
    ['the same, milestones', ...longer.map(() => number(rows.send.events))],
  ],
)}

### What clients do by default

${table(
  ['client', 'file', 'option', 'what it does'],
  defaults.map(({ client, where, option, does }) => [client, `\`${where}\``, `\`${option}\``, does]),
)}

### What a chat is like

${published}

${assumed}

Half of the day’s chats come between ${curve.from} and ${curve.to} o’clock ([Zendesk, 2015](${curve.source}): “over 50 %”), evenly; the rest evenly in the other hours. So one
in ${number(Math.round(1 / busy))} chats of the day begins in a given second of the busy hours.

## From a thousand chats a day to ten million

Customer.io asks a workspace to stay under ${most} on its [Pipelines API](${limit.source}), and says that it does not enforce that strictly,
but may throttle or drop what is over it for long (read in a copy of that page; limits change). Whether a batch counts as one there or as the calls in it is not said; both are here. On paper:
what chance exceeds once in the busy hours, if requests came one by one (Poisson). Counted: a day of the chats above, each at a time of
the day’s curve; it is more than on paper, for a chat’s requests come in company.

\`send\`:

${growthTable(growth.send)}

\`hold\`, the default:

${growthTable(growth.hold)}

Message by message, a request an event:

${growthTable(growth.message)}

${most} are reached, on paper, at this many chats a day:

${table(
  ['', 'counted by requests', 'counted by calls'],
  Object.entries(growth).map(([name, { requestsReach, callsReach }]) => [
    ROWS[name].replace(/ [¹²³]$/, ''),
    number(requestsReach),
    number(callsReach),
  ]),
)}

### On one device

One visitor who chats every three hours: rows of the database, records among them that wait, and bytes of keys and values as JSON.

${table(
  ['chats', ...visitors.known.map(({ chats }) => number(chats))],
  Object.entries({
    known: 'known, the server takes all',
    unknown: 'unknown, `hold`: all waits',
    unreachable: 'known, no server answers',
  }).map(([kind, title]) => [
    title,
    ...visitors[kind].map(
      ({ rows, waiting, bytes }) => `${number(rows)} rows, ${number(waiting)} wait, ${size(bytes)}`,
    ),
  ]),
)}

What is remembered of a visitor ends at 20 conversations, 20 orders and 100 settled entries, what waits for a destination at 1,000
records and 30 days.

## The crowd after an outage

So many pages are open and have two records or more waiting when the server is back. Each began to try at some moment of the outage and
has backed off since (full jitter under 1 s × 2ⁿ, at most 5 minutes); then one record goes ahead, and the rest follows when it was taken. Nobody touches
the pages. “Busiest” is the most requests in 3 s from the return on; “done” is when 99 of 100 pages have delivered everything.

${table(
  [
    'outage',
    'pages',
    'busiest 3 s',
    'done after',
    'with a server that refuses what is over the limit (429): done after',
    'requests a page there',
  ],
  crowds
    .filter(({ strict }) => !strict)
    .map(({ minutes, pages, peak, done }) => {
      const strict = crowds.find((one) => one.strict && one.minutes === minutes && one.pages === pages);
      return [
        `${minutes} min`,
        number(pages),
        peak > limit.requests ? `**${number(peak)}**` : number(peak),
        `${done} s`,
        strict.done === null ? 'not in 2 h' : `${number(strict.done)} s`,
        String(strict.requests),
      ];
    }),
)}

In bold: over ${number(limit.requests)}. Pages do not know of each other, so the busiest moment grows with their number. The largest crowd that stays under the
limit, and how large a shop has one (all who had a chat in the outage keep their page open; a chat’s milestones come in ${span} s on average):

${table(
  [
    'outage',
    'pages',
    'chats a day',
    'pages that are used (a page view or a new record a minute)',
    'chats a day',
  ],
  outages.map((minutes) => {
    const quiet = found('now', 'quiet', minutes).holds;
    const used = found('now', 'used', minutes).holds;
    return [`${minutes} min`, number(quiet), shop(quiet, minutes), number(used), shop(used, minutes)];
  }),
)}

Two cases name one moment to all pages, whatever their number. **The network comes back** for all of them at once (an office, a
provider): each hears \`online\`, and tries 1 s later and up to 2ⁿ⁻⁴ s more after n failures, at most a minute more. So a visitor whose network was
away for some seconds delivers within two, and one who was away for ten minutes within a minute. A page view and a new record are answered
alike. **A server names a time** (\`Retry-After\` with a date): no page comes before it, and each up to as long again after it as it still had to
wait (and 1 s × 2ⁿ more), at most 5 minutes: \`Retry-After: 5\` becomes 11 s at most at the first failure. A page that leaves after that time sends at once. An
hour is the most, with all jitter: of what names more than 55 minutes, less is left for it. The largest crowd that stays under the limit:

${table(
  [
    'outage',
    'the network comes back',
    'before there was jitter',
    'a server names a time',
    'before there was jitter',
  ],
  outages.map((minutes) => [
    `${minutes} min`,
    ...['online', 'date'].flatMap((story) =>
      ['now', 'before'].map((rule) => cell(found(rule, story, minutes))),
    ),
  ]),
)}

In brackets: when 99 of 100 pages of a crowd of ${number(tried)} have delivered everything. Pages that began to try shortly before the return know of few failures,
and of a short time to wait: they come first, and so these crowds are larger after a long outage than after a short one.

### What another rule would do

The largest crowd under the limit, and in brackets when 99 of 100 pages are done; measured with ${number(tried)} pages. What a rule does not name is as it is.

${ruleTable({ quiet: 'quiet', used: 'used' })}

${ruleTable({ online: '`online`', date: 'a date' })}

The model is held against \`src/core/delivery.ts\`, try by try, in \`test/house/cost-doc.test.ts\`. It leaves out: pages that are closed (they send in
leaving), several tabs (one of them delivers), servers that hang instead of refusing (15 s a try: fewer tries), and clocks.
`;
}
