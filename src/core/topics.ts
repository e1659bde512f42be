// The controlled list of topics. Text in, id out: text exists nowhere but in the argument of these functions.
import { say } from '../lib/say.ts';

/** Topic id → words or patterns that mean it. A word stands for all that begin with it; a pattern is used as it is. */
export type Topics = Record<string, readonly (string | RegExp)[]>;

// For shops. The order decides where several match: what tells more stands first.
const TOPICS: Record<string, string> = {
  order_status: 'my order|order status|where is|track my|tracking|parcel',
  returns: 'return|refund|exchang|send back|send it back',
  sizing: 'siz|fit|too small|too big|run small|run large|measur',
  shipping: 'ship|deliver|customs',
  payment: 'pay|credit card|invoice',
  discount: 'discount|coupon|promo|voucher',
  stock: 'in stock|of stock|availab|sold out',
  ingredients: 'ingredient|allerg|vegan|material',
  account: 'account|log in|login|password',
  product: 'product|differen|recommend',
};

/** Words alone, in lower case: "T-shirt?" and "t shirt" are the same. */
const plain = (text: unknown) =>
  String(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A word as it stands, or the pattern that "/…/i" stands for. */
function sign(word: unknown, topic: string): string | RegExp | undefined {
  if (typeof word !== 'string' && !(word instanceof RegExp)) return say(`topics.${topic}: write words`);
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/.exec(String(word)) ?? [];
  try {
    return source ? new RegExp(source, flags!.replace('g', '')) : plain(word);
  } catch (error) {
    return say(`topics.${topic}: ${(error as Error).message}`);
  }
}

/** The list, extended and overridden by the site's own words; an empty list of words takes a topic away. */
export function topicsOf(own: Record<string, unknown> = {}): Topics {
  const topics: Record<string, (string | RegExp)[]> = {};
  const words: Record<string, unknown> = { ...TOPICS, ...own };
  for (const id of Object.keys(words)) {
    const all = id in own ? words[id] : TOPICS[id]!.split('|');
    if (!Array.isArray(all)) say(`topics.${id} is left out: write a list of words`);
    else if (all.length) topics[id] = all.map((word) => sign(word, id)!).filter(Boolean);
  }
  return topics;
}

/** The topic that a visitor's own words speak of, or undefined. */
export function topicOfText(text: unknown, topics: Topics): string | undefined {
  if (typeof text !== 'string') return undefined;
  const line = text.slice(0, 5000); // a pattern of the site's may be slow
  const words = ` ${plain(line)}`;
  return Object.keys(topics).find((id) =>
    topics[id]!.some((one) => (typeof one === 'string' ? words.includes(` ${one}`) : one.test(line))),
  );
}

/** The topic that a tag, department, quick reply or call names: an id of the list, or what its words mean, else `other`. */
export function topicOfTag(tag: unknown, topics: Topics): string {
  const id = Object.keys(topics).find((one) => plain(one) === plain(tag));
  return id ?? topicOfText(tag, topics) ?? 'other';
}

/** The topic that the address of a page stands for: that of the first rule that begins its path; `*` is anything. */
export function topicOfPage(path: string, rules: Record<string, string>, topics: Topics): string | undefined {
  const rule = Object.keys(rules).find((one) =>
    new RegExp(`^${one.replace(/[^\w/*-]/g, '\\$&').replace(/\*/g, '.*')}`).test(path),
  );
  return rule && topicOfTag(rules[rule], topics);
}
