// A page of a Shopify theme: the snippet that a shop pastes, rendered as Shopify renders it, with a shop that is made up.
import { readFileSync } from 'node:fs';
import { html, raw } from 'hono/html';
import { Liquid, Tag } from 'liquidjs';
import { STUB } from './frame.mjs';

const SNIPPET = new URL('../dist/shopify/chatstone.liquid', import.meta.url);

/** What stands between the tag and its end is no Liquid. */
class Doc extends Tag {
  constructor(token, rest, liquid) {
    super(token, rest, liquid);
    while (rest.length && rest[0].name !== 'enddoc') rest.shift();
    if (!rest.shift()) throw new Error('{% doc %} has no end: write {% enddoc %}');
  }
  render() {}
}

/** Shopify’s Liquid, as far as the snippet needs it. https://shopify.dev/docs/api/liquid */
export function shopifyLiquid(snippet = readFileSync(SNIPPET, 'utf8')) {
  const liquid = new Liquid({ templates: { chatstone: snippet } });
  liquid.registerTag('doc', Doc);
  liquid.registerFilter('asset_url', (name) => `/dist/${name}?v=17`);
  // Shopify's `json` leaves no character that could end a script; the one of liquidjs does.
  liquid.registerFilter('json', (value) =>
    JSON.stringify(value ?? null).replace(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
  return liquid;
}

const SHOP = {
  request: { page_type: 'product', design_mode: false, visual_preview_mode: false },
  cart: { item_count: 1, total_price: 8900, currency: { iso_code: 'GBP' } },
  product: { title: 'Fell jumper', selected_or_first_available_variant: { sku: 'RG-JUMPER-M' } },
};
const CUSTOMER = { id: 7234567890123, email: 'ailsa@example.com', phone: null, name: 'Ailsa Graham' };

/** The line that stands in layout/theme.liquid. */
export const LINE = "{% render 'chatstone', write_key: 'demo', api_host: shop_origin, widget: chat %}";

/** The head of the page: `?customer` logs in. */
export function theme({ origin, widget, query, debug }) {
  const globals = {
    ...SHOP,
    shop_origin: origin,
    chat: widget,
    ...(query.has('customer') && { customer: CUSTOMER }),
  };
  const rendered = shopifyLiquid().parseAndRenderSync(LINE, {}, { globals });
  const panel = debug ? ` data-debug="${debug}"` : '';
  return html`${raw(STUB)}
${raw(rendered.trim().replace(/\s*><\/script>$/, `${panel}></script>`))}`;
}
