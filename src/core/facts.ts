// What may stand in the properties of a milestone.
import { say } from '../lib/say.ts';
import type { Plain } from './types.ts';

/** Facts that may be known of a milestone beside what the conversation says. */
const FACTS = ['order_id', 'product_sku', 'agent_team', 'page_type'];

// They overwrite the page's context in Customer.io's client, or are reserved there.
const NEVER = /^(path|referrer|search|title|url|recipient|from_address|reply_to)$/;

const LONGEST = 255; // characters of a property

/** What may stand in a property. */
export const plain = (value: unknown): value is Plain =>
  /^(st|bo)/.test(typeof value) || Number.isFinite(value);

/**
 * Keeps what may leave the page: plain values under known names, or under names that the site registered.
 *
 * @param elsewhere names that have a place of their own, and are no properties unless they are registered
 */
export function allowed(
  facts: Record<string, unknown>,
  registered: readonly string[],
  elsewhere: readonly string[] = [],
): Record<string, Plain> {
  const kept: Record<string, Plain> = {};
  if (typeof facts !== 'object') {
    say('context: write an object of names and values');
    return kept;
  }
  for (const name of Object.keys(facts)) {
    const value = facts[name] ?? '';
    if (value === '' || (elsewhere.includes(name) && !registered.includes(name))) continue;
    const why = NEVER.test(name)
      ? 'its name is reserved'
      : ![...FACTS, ...registered].includes(name)
        ? 'add it to the option properties'
        : !plain(value) && 'write a string, a number, true or false';
    if (why) say(`property ${name} is left out: ${why}`);
    else kept[name] = typeof value === 'string' ? value.slice(0, LONGEST) : (value as Plain);
  }
  return kept;
}
