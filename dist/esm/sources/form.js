import { email } from '../lib/email.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { say } from '../lib/say.js';
const ADDRESS = 'input[type="email"]:not([autocomplete~="username"]), input[autocomplete~="email"]:not([type="password"])';
/** Name, the form or something in it, the address field, and whether that field stands in another form. */
const PRESETS = [
    ['woocommerce', 'form.checkout', '#billing_email'],
    ['woocommerce-blocks', '#contact-fields, .wc-block-checkout__form', '#email'],
    ['bigcommerce', '#checkout-customer-continue', '#email'],
    [
        'magento',
        '#co-shipping-method-form, #co-payment-form, [data-role="email-with-possible-login"]',
        '#customer-email',
        true,
    ],
    ['checkout', 'form[action*="checkout" i], form[id*="checkout" i], form[class*="checkout" i]', ADDRESS],
];
// Buttons that place the order without a submit event: https://github.com/woocommerce/woocommerce/tree/trunk/plugins/woocommerce/client/blocks
// and Magento's `click: placeOrder`.
const BUTTONS = '.wc-block-components-checkout-place-order-button, #co-payment-form .action.checkout';
// Not checkValidity(), which fires `invalid` at the page's own listeners.
const valid = (...fields) => fields.every(({ willValidate, validity }) => !willValidate || validity.valid);
export function form({ presets, selectors = [], blur = false } = {}) {
    const name = 'form';
    const known = PRESETS.filter(([preset]) => presets?.includes(preset) ?? true);
    if (presets && known.length < presets.length)
        say(`forms.presets: write names of ${PRESETS.map(([preset]) => preset).join(', ')}`);
    const find = (form) => {
        for (const [, mark, field, elsewhere] of known) {
            const input = (form.matches(mark) || form.querySelector(mark)) &&
                (elsewhere ? document : form).querySelector(field);
            if (input)
                return [input, 'checkout'];
        }
        for (const selector of selectors) {
            const input = form.querySelector(form.matches(selector) ? ADDRESS : selector);
            if (input)
                return [input, 'form'];
        }
        return undefined;
    };
    return {
        name,
        tells: ['identity'],
        ready: () => true,
        connect(emit) {
            const sent = (form) => {
                const [input, by] = (form && find(form)) ?? [];
                const address = email(input?.value);
                if (!form || !input || !address || !valid(...Array.from(form.elements), input))
                    return;
                const value = (field) => label(form.querySelector(field)?.value);
                const names = ['given', 'family'].map((part) => value(`[autocomplete~="${part}-name"]`));
                emit({
                    type: 'person',
                    by,
                    email: address,
                    phone: value('[autocomplete~="tel"], [type="tel"]'),
                    name: value('[autocomplete~="name"]') ?? label(names.filter(Boolean).join(' ')),
                });
            };
            return on(name, document, {
                submit: ({ target }) => sent(target),
                click: ({ target }) => sent(target.closest?.(BUTTONS)?.closest('form')),
                ...(blur && {
                    focusout({ target }) {
                        const [input, by] = (target.form && find(target.form)) ?? [];
                        const address = email(input?.value);
                        if (input === target && address && valid(target))
                            emit({ type: 'person', by, email: address });
                    },
                }),
            });
        },
    };
}
