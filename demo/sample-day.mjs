// Two days of an invented shop: who chats about what, who buys, who never says who they are. From a seed: the same each time.

/**
 * @typedef {{ at: number, topic: string, words: string, sku: string, lines: number, replies: boolean, rating?: number, ended: boolean }} Chat
 *   `words`: the topic as somebody of the shop typed it; `lines` messages a minute apart
 * @typedef {object} Person
 * @property {string} name
 * @property {string | undefined} email undefined: never said
 * @property {string} anonymousId
 * @property {number | undefined} knownAt when the e-mail was said; before all chats for who is logged in
 * @property {Chat[]} chats
 * @property {{ order_id: string, at: number, value: number }[]} purchases
 */

const MINUTE = 60_000; // milliseconds
const HOUR = 60 * MINUTE;
export const SEED = 20261128;
const PEOPLE = 60;

const FIRST =
  'Ailsa Berit Cato Dunja Eskil Fenna Gudrun Hamish Ines Jonas Kirsty Lorcan Maud Nils Orla Piet Runa Sorcha Tamsin Ulf'.split(
    ' ',
  );
const LAST = ['Graham', 'Holm', 'Iversen', 'Jardine', 'Kerr', 'Lindqvist', 'Moffat'];
const SKUS = ['RG-JUMPER', 'RG-FELL', 'RG-BECK', 'RG-CAP'];
/** Topic → how it stands in a free-text field. What is more often asked stands more often. */
const WRITTEN = {
  sizing: ['sizing', 'Sizing', 'sizing ', 'size', 'SIZE?', 'Sizes'],
  shipping: ['shipping', 'Shipping', 'shipping ', 'SHIP', 'delivery'],
  returns: ['returns', 'Return', 'returns ', 'refund'],
  order_status: ['order_status', 'Order status', 'where is it', 'WISMO'],
  product: ['product', 'Product', 'wool'],
};
const ASKED = ['sizing', 'sizing', 'sizing', 'shipping', 'shipping', 'returns', 'order_status', 'product'];

/** Numbers from a seed (mulberry32). */
function numbers(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end) => Math.floor(next() * end);
  return { below, chance: (share) => next() < share, pick: (list) => list[below(list.length)] };
}

/**
 * @param {{ now: number, seed?: number }} when
 * @returns {Person[]}
 */
export function sampleDay({ now, seed = SEED }) {
  const { below, chance, pick } = numbers(seed);
  const hex = (length) => Array.from({ length }, () => below(16).toString(16)).join('');

  const chat = (at) => {
    const topic = pick(ASKED);
    const replies = chance(0.8);
    const ended = replies && chance(0.65);
    return {
      at,
      topic,
      words: pick(WRITTEN[topic]),
      sku: pick(SKUS),
      lines: 4 + below(22),
      replies,
      ended,
      rating: ended && chance(0.6) ? pick([1, 2, 2, 3, 4, 4, 5, 5, 5]) : undefined,
    };
  };

  return Array.from({ length: PEOPLE }, (_, i) => {
    const first = FIRST[i % FIRST.length];
    const last = LAST[i % LAST.length];
    const begins = now - 47 * HOUR + below(46 * 60) * MINUTE;
    const chats = [chat(begins)];
    if (chance(0.3) && begins + 6 * HOUR < now) chats.push(chat(begins + 3 * HOUR + below(120) * MINUTE));
    const way = pick(['logged in', 'logged in', 'form', 'checkout', 'checkout', 'never']);
    const buys = way === 'checkout' || (way !== 'never' && chance(0.25));
    const bought = Math.min(chats.at(-1).at + 30 * MINUTE + below(240) * MINUTE, now - MINUTE);
    return {
      name: `${first} ${last}`,
      email: way === 'never' ? undefined : `${first}.${last}.${i + 1}@example.com`.toLowerCase(),
      anonymousId: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      knownAt: { 'logged in': begins - MINUTE, form: begins + 20_000, checkout: bought }[way],
      chats,
      purchases: buys ? [{ order_id: `RG-${hex(6).toUpperCase()}`, at: bought, value: 40 + below(160) }] : [],
    };
  });
}

/**
 * What happens in a chat, in order.
 * @param {Chat} chat
 * @returns {{ at: number, what: 'opened' | 'visitor' | 'agent' | 'assigned' | 'ended' | 'rated' }[]}
 */
export function happeningsOf({ at, lines, replies, ended, rating }) {
  const told = [{ at, what: 'opened' }];
  let time = at + 30_000;
  for (let i = 0; i < lines; i++) {
    const answers = replies && i > 0 && i % 2 === 1;
    if (answers && i === 1) told.push({ at: time - 5000, what: 'assigned' });
    told.push({ at: time, what: answers ? 'agent' : 'visitor' });
    time += MINUTE / 2;
  }
  if (ended) told.push({ at: time, what: 'ended' });
  if (rating) told.push({ at: time + 20_000, what: 'rated' });
  return told;
}
