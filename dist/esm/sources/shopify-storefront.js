import { guard } from '../lib/guard.js';
import { on } from '../lib/on.js';
const TOGETHER = 300; // milliseconds in which several layers of a theme tell the same change
const RETURNS = /\/policies\/refund-policy|\/pages\/[^/]*(return|refund)/i;
const dawn = () => (typeof PUB_SUB_EVENTS === 'undefined' ? undefined : PUB_SUB_EVENTS);
/** Both kinds of money as a decimal number: here the amount is a decimal string … */
const ofEvent = (cart) => ({
    value: Number.parseFloat(cart?.cost?.totalAmount?.amount),
    currency: cart?.cost?.totalAmount?.currencyCode,
    items: cart?.totalQuantity,
});
/** … there hundredths, of a currency without hundredths too: 1000 yen are 100000. */
const ofAjax = (cart) => ({
    value: cart?.total_price / 100,
    currency: cart?.currency ?? window.Shopify?.currency?.active,
    items: cart?.item_count, // the answer to an addition is a line, not a cart, and has none
});
export function shopifyStorefront() {
    const name = 'shopify-storefront';
    return {
        name,
        tells: [],
        ready: () => dawn() ?? window.Shopify,
        connect(emit) {
            let facts;
            let timer;
            const tell = guard(name, () => emit({ type: 'context', facts: facts }));
            const cart = ({ value, currency, items }) => {
                if (!Number.isFinite(value) || !Number.isFinite(items))
                    return;
                facts = { cart_value: value, cart_currency: String(currency ?? ''), cart_items: Number(items) };
                clearTimeout(timer);
                timer = setTimeout(tell, TOGETHER);
            };
            // It is told before the cart changes, and also if the change is refused: only what the promise says has happened. Its
            // rejection is the theme's to handle.
            const later = ({ promise }) => promise?.then(guard(name, ({ cart: changed, userErrors }) => {
                if (!userErrors?.length)
                    cart(ofEvent(changed));
            }), () => undefined);
            const off = on(name, document, {
                'shopify:cart:lines-update': later,
                'shopify:cart:discount-update': later,
                'shopify:cart:view': ({ cart: shown }) => cart(ofEvent(shown)),
            });
            const event = dawn()?.cartUpdate;
            const { subscribe } = window;
            const leave = event &&
                subscribe?.(event, guard(name, ({ cartData }) => cart(ofAjax(cartData))));
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
