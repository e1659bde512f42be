// Shopify's Liquid, as far as the kit needs it: https://shopify.dev/docs/api/liquid
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';

const file = (path: string) => readFileSync(join(import.meta.dirname, '../../src/shopify', path), 'utf8');

export const SNIPPET = file('chatstone.liquid');
export const BLOCK = file('app-embed/blocks/chatstone.liquid');

/** What stands between the tag and its end is no Liquid. */
const silent = (end: string) =>
  class extends Tag {
    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
      super(token, rest, liquid);
      while ((rest.shift() as TagToken | undefined)?.name !== end)
        if (!rest.length) throw new Error(`no ${end}`);
    }
    override render() {}
  };

const shopify = new Liquid({ templates: { chatstone: SNIPPET } });
shopify.registerTag('doc', silent('enddoc'));
shopify.registerTag('schema', silent('endschema'));
shopify.registerFilter('asset_url', (name: string) => `/dist/${name}?v=17`);
// Shopify's `json` leaves no character that could end a script; the one of liquidjs does.
shopify.registerFilter('json', (value: unknown) =>
  JSON.stringify(value ?? null).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
);

export type Objects = Record<string, unknown>;

const GUEST = {
  request: { page_type: 'index', design_mode: false, visual_preview_mode: false },
  cart: { item_count: 0, total_price: 0, currency: { iso_code: 'EUR' } },
};

/** A line of a theme's layout, where the shop's objects are such. */
export const render = (line: string, objects: Objects = {}, scope: Objects = {}): string =>
  shopify.parseAndRenderSync(line, scope, { globals: { ...GUEST, ...objects } });

/** The snippet with parameters. */
export const snippet = (given: Objects = { write_key: 'key' }, objects?: Objects): string =>
  render(
    `{% render 'chatstone', ${Object.keys(given)
      .map((name) => `${name}: given.${name}`)
      .join(', ')} %}`,
    objects,
    { given },
  );

/** Breaks out of what is written without care. */
export const HOSTILE = [
  `</script><script>window.hacked=1</script>`,
  `"><img src=x onerror="window.hacked=1">`,
  `' onload='window.hacked=1`,
  `<!--<script>`,
  `\\"};window.hacked=1;//`,
  `line\u2028and\u2029paragraph\r\n\t\u0000`,
  `{{ 'x' }}{% assign x = 1 %}`,
  `&quot;&lt;/script&gt;`,
  `Zoë 👩‍👩‍👧 日本`,
  `long `.repeat(20_000),
];
