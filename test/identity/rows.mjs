// Who the visitor is, as a table: what happens, and what then stands on whose profile in Customer.io. The unit test and the
// browser walk the same rows; docs/identity.md shows them (npm run readme).

/**
 * @typedef {['chat', string] | ['site' | 'page', { id?: string, email?: string }] | ['widget' | 'checkout' | 'form', string]
 *   | ['phone', string] | ['client', string] | ['log-out' | 'client logs out'] | ['pixel', string, string?]} Step
 *   chat: the first message of the conversation of that name; site: chatstone('identify'); page: `user` of a page that is
 *   opened; widget, checkout, form: an address from there; client: Customer.io's own client identifies; pixel: the checkout's
 *   pixel met somebody, under this visitor id or under another
 * @typedef {{ group: string, when: string, so: string, steps: Step[], people: Record<string, string[]>, nobody?: string[],
 *   held?: number, dropped?: number, ignored?: number, refused?: true, client?: string | null, traits?: Record<string, object>,
 *   options?: { identifyBy?: 'id', anonymous?: 'send' } }} Row
 *   people: userId (an address, or the site's id) → the conversations on that profile; nobody: those that stay anonymous; client: whom the page's client
 *   takes the visitor for in the end
 */

const ANN = 'ann@example.com';
const BEN = 'ben@example.com';
const BY_ID = { identifyBy: /** @type {const} */ ('id') };
const SEND = { anonymous: /** @type {const} */ ('send') };

/** @type {Row[]} */
export const ROWS = [
  {
    group: 'A guest becomes known',
    when: 'a guest chats and says nothing of themself',
    so: 'the chat waits on the device',
    steps: [['chat', 'a']],
    people: {},
    held: 1,
  },
  {
    group: 'A guest becomes known',
    when: 'a guest chats with `anonymous: send`',
    so: 'the chat stands under the visitor id',
    options: SEND,
    steps: [['chat', 'a']],
    people: {},
    nobody: ['a'],
  },
  {
    group: 'A guest becomes known',
    when: 'a guest chats, then gives an address to the widget',
    so: 'the chat is theirs',
    steps: [
      ['chat', 'a'],
      ['widget', ANN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a', 'b'] },
  },
  {
    group: 'A guest becomes known',
    when: 'a guest chats with `anonymous: send`, then gives an address at the checkout',
    so: 'Customer.io gives them the chat that it has',
    options: SEND,
    steps: [
      ['chat', 'a'],
      ['checkout', ANN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a', 'b'] },
  },
  {
    group: 'A guest becomes known',
    when: 'a guest chats, then sends a form with an address',
    so: 'the chat is theirs',
    steps: [
      ['chat', 'a'],
      ['form', ANN],
    ],
    people: { [ANN]: ['a'] },
  },
  {
    group: 'A guest becomes known',
    when: 'a guest gives a phone number only',
    so: 'a phone identifies nobody; it waits',
    steps: [
      ['chat', 'a'],
      ['phone', '+44 1'],
    ],
    people: {},
    held: 1,
  },
  {
    group: 'A guest becomes known',
    when: 'a guest gives a phone number, later an address',
    so: 'both stand on one profile',
    steps: [
      ['phone', '+44 1'],
      ['chat', 'a'],
      ['widget', ANN],
    ],
    people: { [ANN]: ['a'] },
    traits: { [ANN]: { phone: '+44 1' } },
  },
  {
    group: 'A guest becomes known',
    when: 'the pixel met the buyer at the checkout, under this visitor id',
    so: 'the chat is the buyer’s',
    steps: [
      ['chat', 'a'],
      ['pixel', ANN],
    ],
    people: { [ANN]: ['a'] },
  },
  {
    group: 'A guest becomes known',
    when: 'the pixel met a buyer under a visitor id that is not this one',
    so: 'it is not about this visitor, and is thrown away',
    steps: [
      ['chat', 'a'],
      ['pixel', ANN, 'somebody-else'],
    ],
    people: {},
    held: 1,
  },
  {
    group: 'The same person again',
    when: 'the address comes in capitals, from somewhere else',
    so: 'it is the same person',
    steps: [
      ['widget', ANN],
      ['chat', 'a'],
      ['checkout', ANN.toUpperCase()],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a', 'b'] },
  },
  {
    group: 'The same person again',
    when: 'the site knows the customer, who types another address at the checkout (a present)',
    so: 'the weaker word is no news; it is counted',
    steps: [
      ['site', { email: ANN }],
      ['chat', 'a'],
      ['checkout', BEN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a', 'b'] },
    ignored: 1,
  },
  {
    group: 'The same person again',
    when: 'the widget knows an address, another form names another (a friend’s newsletter)',
    so: 'the weaker word is no news; it is counted',
    steps: [
      ['widget', ANN],
      ['chat', 'a'],
      ['form', BEN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a', 'b'] },
    ignored: 1,
  },
  {
    group: 'The same person again',
    when: 'the same `id` comes with a changed address',
    so: 'same visitor; what comes later takes the new address (merge the two in Customer.io)',
    steps: [
      ['site', { id: '7', email: ANN }],
      ['chat', 'a'],
      ['site', { id: '7', email: BEN }],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
  },
  {
    group: 'Another person on the device',
    when: 'the widget knew one address, the checkout names another',
    so: 'a stronger word: another visitor, each with their own',
    steps: [
      ['widget', ANN],
      ['chat', 'a'],
      ['checkout', BEN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
  },
  {
    group: 'Another person on the device',
    when: 'two addresses at the same kind of place, one after the other',
    so: 'another visitor, each with their own',
    steps: [
      ['checkout', ANN],
      ['chat', 'a'],
      ['checkout', BEN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
  },
  {
    group: 'Another person on the device',
    when: 'a page is opened on which the site knows somebody else',
    so: 'another visitor, each with their own',
    steps: [
      ['page', { email: ANN }],
      ['chat', 'a'],
      ['page', { email: BEN }],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
  },
  {
    group: 'Log-out',
    when: 'the customer logs out, then a guest chats',
    so: 'the guest’s chat is nobody’s',
    steps: [['site', { email: ANN }], ['chat', 'a'], ['log-out'], ['chat', 'b']],
    people: { [ANN]: ['a'] },
    held: 1,
  },
  {
    group: 'Log-out',
    when: '… and gives an address',
    so: 'the chat after the log-out is theirs, the one before is not',
    steps: [['site', { email: ANN }], ['chat', 'a'], ['log-out'], ['chat', 'b'], ['widget', BEN]],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
  },
  {
    group: 'Log-out',
    when: 'a guest chats, the site says log-out, somebody gives an address',
    so: 'the first chat was nobody’s: dropped and counted',
    steps: [['chat', 'a'], ['log-out'], ['widget', BEN]],
    people: { [BEN]: [] },
    dropped: 1,
  },
  {
    group: 'Log-out',
    when: 'the same with `anonymous: send`',
    so: 'the first chat stays anonymous',
    options: SEND,
    steps: [['chat', 'a'], ['log-out'], ['widget', BEN]],
    people: { [BEN]: [] },
    nobody: ['a'],
  },
  {
    group: 'Ids',
    when: 'the site gives an `id` alone (`identifyBy: email`)',
    so: 'it identifies nobody; it goes with the address as `customer_id`',
    steps: [
      ['site', { id: '7' }],
      ['chat', 'a'],
      ['widget', ANN],
    ],
    people: { [ANN]: ['a'] },
    traits: { [ANN]: { customer_id: '7' } },
  },
  {
    group: 'Ids',
    when: '`identifyBy: id`: an address first, then the id',
    so: 'one profile with both (Customer.io merges them)',
    options: BY_ID,
    steps: [
      ['widget', ANN],
      ['chat', 'a'],
      ['site', { id: '7', email: ANN }],
      ['chat', 'b'],
    ],
    people: { 7: ['a', 'b'] },
    traits: { 7: { email: ANN } },
  },
  {
    group: 'Ids',
    when: '`identifyBy: id`: another id',
    so: 'another visitor, each with their own',
    options: BY_ID,
    steps: [
      ['site', { id: '7' }],
      ['chat', 'a'],
      ['site', { id: '8' }],
      ['chat', 'b'],
    ],
    people: { 7: ['a'], 8: ['b'] },
  },
  {
    group: 'Ids',
    when: '`identifyBy: id`: two customers with one address',
    so: 'Customer.io refuses the second its address (“already associated with a different profile”); the chats are right',
    options: BY_ID,
    steps: [
      ['site', { id: '7', email: ANN }],
      ['chat', 'a'],
      ['log-out'],
      ['site', { id: '8', email: ANN }],
      ['chat', 'b'],
    ],
    people: { 7: ['a'], 8: ['b'] },
    refused: true,
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'the client has a user; the widget gives an address',
    so: 'the client’s user is ours; the address is a trait',
    steps: [
      ['client', 'cust-1'],
      ['chat', 'a'],
      ['widget', ANN],
      ['chat', 'b'],
    ],
    people: { 'cust-1': ['a', 'b'] },
    traits: { 'cust-1': { email: ANN } },
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'the client identifies somebody else',
    so: 'the next chat is theirs',
    steps: [
      ['client', 'cust-1'],
      ['chat', 'a'],
      ['client', 'cust-2'],
      ['chat', 'b'],
    ],
    people: { 'cust-1': ['a'], 'cust-2': ['b'] },
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'the client logs out (`reset`), and a guest chats',
    so: 'the guest’s chat is nobody’s',
    steps: [['client', 'cust-1'], ['chat', 'a'], ['client logs out'], ['chat', 'b']],
    people: { 'cust-1': ['a'] },
    held: 1,
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'the client logs out, and the same customer logs in again',
    so: 'all is theirs',
    steps: [['client', 'cust-1'], ['chat', 'a'], ['client logs out'], ['client', 'cust-1'], ['chat', 'b']],
    people: { 'cust-1': ['a', 'b'] },
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'we told the client who it is; the checkout names another',
    so: 'the client is logged out and told the other',
    steps: [
      ['client', ''],
      ['widget', ANN],
      ['chat', 'a'],
      ['checkout', BEN],
      ['chat', 'b'],
    ],
    people: { [ANN]: ['a'], [BEN]: ['b'] },
    client: BEN,
  },
  {
    group: 'Customer.io’s own client on the page',
    when: 'we told the client who it is; the site says log-out',
    so: 'the client is logged out too: the next chat is nobody’s',
    steps: [['client', ''], ['widget', ANN], ['chat', 'a'], ['log-out'], ['chat', 'b']],
    people: { [ANN]: ['a'] },
    held: 1,
    client: null,
  },
];

/**
 * What a row ends with, all of it.
 * @param {Row} row
 */
export const outcomeOf = ({ people, nobody = [], held = 0, dropped = 0, ignored = 0, refused = false }) => ({
  people,
  nobody,
  held,
  dropped,
  ignored,
  refused,
});

/** The table of docs/identity.md. */
export function identityTable() {
  const by = (/** @type {Record<string, string[]>} */ people) =>
    Object.entries(people).map(([who, chats]) => `\`${who}\`: ${chats.join(', ') || 'no chat'}`);
  const say = (/** @type {Step} */ [what, first, second]) =>
    [what, typeof first === 'object' ? JSON.stringify(first) : first, second].filter(Boolean).join(' ');
  return [...new Set(ROWS.map(({ group }) => group))]
    .map((group) => {
      const rows = ROWS.filter((row) => row.group === group).map(
        ({ when, so, steps, people, nobody, held, dropped, ignored, refused }) => {
          const outcome = [
            ...by(people),
            ...(nobody ? [`anonymous: ${nobody.join(', ')}`] : []),
            ...Object.entries({
              'on the device': held,
              dropped,
              'counted as weaker': ignored,
            })
              .filter(([, count]) => count)
              .map(([name, count]) => `${name}: ${count}`),
            ...(refused ? ['refused by Customer.io: the address'] : []),
          ];
          return `| ${when} | ${so} | ${steps.map((step) => `\`${say(step)}\``).join(' → ')} | ${outcome.join('; ')} |`;
        },
      );
      return [`### ${group}`, '', '| when | so | steps | whose chats |', '|---|---|---|---|', ...rows].join(
        '\n',
      );
    })
    .join('\n\n');
}
