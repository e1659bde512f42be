// What the site may choose, and what it is told where it chose something that does not exist.
import { say } from '../lib/say.ts';
import { RISKY } from './rollups.ts';
import { TOPICS, type Topics } from './topics.ts';
import type { Person } from './types.ts';

/** A purchase. */
export interface Order {
  order_id: string | number;
  value?: number;
  currency?: string;
}

/** Everything the site may choose; all of it has a default. */
export interface Options {
  /** Who says that we may store and send: `auto`, `granted`, `manual`, or a platform's name. */
  consent?: string;
  /** `hold` keeps milestones on the device until the person is known; `send` sends them under the anonymous id. */
  anonymous?: 'hold' | 'send';
  /** What the userId is: the e-mail address, or the site's own id. */
  identifyBy?: 'email' | 'id';
  /** The known customer. */
  user?: Person;
  /** The order, on a thank-you page. */
  order?: Order;
  /** The product, on its page. */
  product?: { sku?: string };
  pageType?: string;
  /** Topic id → words, or patterns as "/…/i". Extends and overrides the list; an empty list of words removes a topic. */
  topics?: Record<string, (string | RegExp)[]>;
  /** Beginning of a path (`*` for anything) → topic. */
  pages?: Record<string, string>;
  /** Further property names that may leave the page. */
  properties?: string[];
  /** `conversation` in minutes (30), `case` in hours (72). */
  idle?: { conversation?: number; case?: number };
  /** Topics on which an open case is a high risk. */
  risk?: string[];
  /** `false` leaves `open_support_case` to the helpdesk. */
  openCase?: boolean;
  /** `deny` honours Global Privacy Control as a denial. */
  gpc?: 'report' | 'deny';
}

/** The options with their defaults. */
export interface Chosen {
  consent: string;
  hold: boolean;
  identifyBy: 'email' | 'id';
  user?: Person;
  order?: Order;
  facts: Record<string, unknown>;
  topics: Topics;
  pages: Record<string, string>;
  properties: string[];
  idle: { conversation: number; case: number }; // milliseconds
  risk: string[];
  openCase: boolean;
  gpcDenies: boolean;
}

const MINUTE = 60_000;

const isObject = (value: unknown): value is Record<string, any> => !!value && typeof value === 'object' && !Array.isArray(value);
const isList = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

function pattern(word: unknown, topic: string): string | RegExp | undefined {
  if (word instanceof RegExp) return word;
  if (typeof word !== 'string' || !word.trim()) {
    say(`topics.${topic}: a word must be a string. It is left out.`);
    return undefined;
  }
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/.exec(word) ?? [];
  if (!source) return word;
  try {
    return new RegExp(source, flags!.replace('g', ''));
  } catch (error) {
    say(`topics.${topic}: ${(error as Error).message}. It is left out.`);
    return undefined;
  }
}

/** Checks the options; what is wrong is said and keeps its default. */
export function choose(given: Options): Chosen {
  const known: Record<string, unknown> = {};
  /** The option if it passes, else its default. */
  const take = <T>(name: keyof Options, fits: (value: any) => boolean, otherwise: T, instead: string): T => {
    known[name] = 1;
    const value = given[name];
    if (value === undefined || value === null) return otherwise;
    if (fits(value)) return value as T;
    say(`option "${name}" must be ${instead}. It keeps its default.`);
    return otherwise;
  };
  const oneOf = <T extends string>(name: keyof Options, ...values: T[]): T =>
    take(name, (value) => values.includes(value), values[0]!, values.map((value) => `"${value}"`).join(' or '));
  const object = (name: keyof Options) => take<Record<string, any>>(name, isObject, {}, 'an object { … }');
  const list = (name: keyof Options, otherwise: string[]) => take(name, isList, otherwise, 'a list of strings [ "…" ]');

  const topics: Record<string, readonly (string | RegExp)[]> = { ...TOPICS };
  const own = object('topics');
  for (const id of Object.keys(own)) {
    if (!Array.isArray(own[id])) say(`topics.${id} must be a list of words. It keeps its default.`);
    else topics[id] = own[id].map((word: unknown) => pattern(word, id)).filter(Boolean) as (string | RegExp)[];
    if (!topics[id]?.length) delete topics[id];
  }
  const pages = { ...object('pages') };
  for (const path of Object.keys(pages))
    if (!(pages[path] in topics || pages[path] === 'other')) {
      say(`pages["${path}"] must be one of the topics: ${Object.keys(topics).join(', ')}, other. The rule is left out.`);
      delete pages[path];
    }
  const idle = object('idle');
  const span = (name: string, otherwise: number) => {
    const value = idle[name];
    if (value === undefined || (Number.isFinite(value) && value > 0)) return value ?? otherwise;
    say(`option "idle.${name}" must be a number above 0. It keeps its default.`);
    return otherwise;
  };
  const text = (value: unknown) => typeof value === 'string';
  const some = <T extends object>(value: T) => (Object.keys(value).length ? value : undefined);
  const chosen: Chosen = {
    consent: oneOf('consent', 'auto', 'granted', 'manual', 'shopify', 'onetrust', 'cookiebot', 'tcf'),
    hold: oneOf('anonymous', 'hold', 'send') === 'hold',
    identifyBy: oneOf('identifyBy', 'email', 'id'),
    user: some(object('user')),
    order: some(object('order')) as Order | undefined,
    facts: { product_sku: object('product').sku, page_type: take('pageType', text, undefined, 'a string') },
    topics,
    pages,
    properties: list('properties', []),
    idle: { conversation: span('conversation', 30) * MINUTE, case: span('case', 72) * 60 * MINUTE },
    risk: list('risk', RISKY),
    openCase: take('openCase', (value) => typeof value === 'boolean', true, 'true or false'),
    gpcDenies: oneOf('gpc', 'report', 'deny') === 'deny',
  };
  for (const name of Object.keys(given))
    if (!(name in known)) say(`there is no option "${name}". The options are: ${Object.keys(known).join(', ')}.`);
  return chosen;
}
