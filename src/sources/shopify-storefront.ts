// What a Shopify storefront tells of the cart and of the visit; no request is made and none is watched.
// https://shopify.dev/docs/api/storefront-events-and-actions/events and, for themes before them, Dawn's own events:
// https://github.com/Shopify/dawn/blob/9ccdacf/assets/pubsub.js
import type { Plain, Source } from '../core/types.ts';
import { guard } from '../lib/guard.ts';
import { on } from '../lib/on.ts';

const TOGETHER = 300; // milliseconds in which several layers of a theme tell the same change
const RETURNS = /\/policies\/refund-policy|\/pages\/[^/]*(return|refund)/i;

// A `const` of a classic script: every script sees it, but it is no property of the window.
declare const PUB_SUB_EVENTS: { cartUpdate?: string } | undefined;
const dawn = () => (typeof PUB_SUB_EVENTS === 'undefined' ? undefined : PUB_SUB_EVENTS);

/** Both kinds of money as a decimal number: here the amount is a decimal string … */
const ofEvent = (cart: any) => ({
  value: Number.parseFloat(cart?.cost?.totalAmount?.amount),
  currency: cart?.cost?.totalAmount?.currencyCode,
  items: cart?.totalQuantity,
});
/** … there hundredths, of a currency without hundredths too: 1000 yen are 100000. */
const ofAjax = (cart: any) => ({
  value: cart?.total_price / 100,
  currency: cart?.currency ?? (window as any).Shopify?.currency?.active,
  items: cart?.item_count, // the answer to an addition is a line, not a cart, and has none
});

export function shopifyStorefront(): Source {
  const name = 'shopify-storefront';
  return {
    name,
    tells: [],
    ready: () => dawn() ?? (window as any).Shopify,
    connect(emit) {
      let facts: Record<string, Plain> | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const tell = guard(name, () => emit({ type: 'context', facts: facts! }));
      const cart = ({ value, currency, items }: { value: number; currency: unknown; items: unknown }) => {
        if (!Number.isFinite(value) || !Number.isFinite(items)) return;
        facts = { cart_value: value, cart_currency: String(currency ?? ''), cart_items: Number(items) };
        clearTimeout(timer);
        timer = setTimeout(tell, TOGETHER);
      };
      // It is told before the cart changes, and also if the change is refused: only what the promise says has happened. Its
      // rejection is the theme's to handle.
      const later = ({ promise }: any) =>
        promise?.then(
          guard(name, ({ cart: changed, userErrors }: any) => {
            if (!userErrors?.length) cart(ofEvent(changed));
          }),
          () => undefined,
        );
      const off = on(name, document, {
        'shopify:cart:lines-update': later,
        'shopify:cart:discount-update': later,
        'shopify:cart:view': ({ cart: shown }: any) => cart(ofEvent(shown)),
      });
      const event = dawn()?.cartUpdate;
      const { subscribe } = window as any;
      const leave =
        event &&
        subscribe?.(
          event,
          guard(name, ({ cartData }: any) => cart(ofAjax(cartData))),
        );
      if (RETURNS.test(location.pathname))
        emit({ type: 'context', facts: { returns_page_visited: true }, lasting: true });
      return () => {
        clearTimeout(timer);
        off();
        leave?.();
      };
    },
  };
}
