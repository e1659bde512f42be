// @vitest-environment node
// The names in the recipes are names that arrive.
import { describe, expect, test } from 'vitest';
import { topicsOf } from '../../src/core/topics.ts';
import { codes, page, tables } from './docs-tables.ts';
import frozen from './published-names.json' with { type: 'json' };

const text = page('recipes.md');
const rows = tables(text, '| where | kind |').flat();
const first = (cell: string) => codes(cell)[0] ?? '';
/** Those of flags are patterns. */
const isTrait = (name: string) =>
  frozen.traits.some((one) => (one.startsWith('^') ? new RegExp(one).test(name) : one === name));

describe('docs/recipes.md', () => {
  test('has conditions to read', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows)(
    '%s, %s %s %s %s %s: is of names that arrive',
    (_where, kind, name, property, operator, value) => {
      if (kind === 'event') {
        expect(['PURCHASE', ...frozen.events]).toContain(first(name!));
        if (first(property!)) expect(frozen.properties).toContain(first(property!));
      } else if (kind === 'attribute') {
        expect(first(name!)).toSatisfy(isTrait);
        // A date is Unix seconds: it wants a condition for dates.
        expect(first(name!).endsWith('_at')).toBe(/timestamp/.test(operator!));
      } else expect(kind).toBe('max. time');
      if (['topic', 'last_chat_topic'].includes(first(property!) || first(name!)))
        expect([...Object.keys(topicsOf()), 'other']).toContain(first(value!));
    },
  );
});
