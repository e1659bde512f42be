import { email } from '../lib/email.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { say } from '../lib/say.js';
const ADDRESS = 'input[type=email]:not([autocomplete~=username]), input[autocomplete~=email]:not([type=password])';
/** Name → the form or something in it, the field of the address, and whether that stands in another form. */
const PRESETS = {
    woocommerce: ['form.checkout', '#billing_email'],
    'woocommerce-blocks': ['#contact-fields, .wc-block-checkout__form', '#email'],
    bigcommerce: ['#checkout-customer-continue', '#email'],
    magento: [
        '#co-shipping-method-form, #co-payment-form, [data-role=email-with-possible-login]',
        '#customer-email',
        undefined,
        true,
    ],
    checkout: ['form[action*="checkout" i], form[id*="checkout" i], form[class*="checkout" i]', ADDRESS],
};
const NAMES = Object.keys(PRESETS);
// Buttons that place the order without a submit event: https://github.com/woocommerce/woocommerce/tree/trunk/plugins/woocommerce/client/blocks
// and Magento's `click: placeOrder`.
const BUTTONS = '.wc-block-components-checkout-place-order-button, #co-payment-form .action.checkout';
// Not checkValidity(), which fires `invalid` at the page's own listeners.
const valid = (of, input) => [...(of.elements ?? []), input].every(({ willValidate, validity }) => !willValidate || validity.valid);
const list = (option, value, otherwise) => {
    if (Array.isArray(value))
        return value;
    if (value !== undefined)
        say(`forms.${option}: write a list`);
    return otherwise;
};
export function form({ presets, selectors, blur = false } = {}) {
    const name = 'form';
    const wanted = list('presets', presets, NAMES);
    if (wanted.some((preset) => !NAMES.includes(preset)))
        say(`forms.presets: write names of ${NAMES.join(', ')}`);
    const places = NAMES.filter((preset) => wanted.includes(preset)).map((preset) => PRESETS[preset]);
    for (const selector of list('selectors', selectors, []))
        try {
            document.querySelector(selector);
            places.push([selector, selector, 'form']);
        }
        catch (error) {
            say(`forms.selectors: ${error.message}`);
        }
    return {
        name,
        tells: ['identity'],
        ready: () => true,
        connect(emit) {
            /** Tells who sent a form, or left its field. */
            const tell = (form, left) => {
                const place = form && places.find(([mark]) => form.matches(mark) || form.querySelector(mark));
                if (!place)
                    return;
                const [, field, by = 'checkout', elsewhere] = place;
                const input = (elsewhere ? document : form).querySelector(field) ?? form.querySelector(ADDRESS);
                const address = email(input?.value);
                if (!address || !valid(left ?? form, input) || (left && left !== input))
                    return;
                const value = (hint) => label(form.querySelector(`[autocomplete~=${hint}]`)?.value);
                emit({
                    type: 'person',
                    by,
                    email: address,
                    phone: left ? undefined : value('tel'),
                    name: left
                        ? undefined
                        : (value('name') ?? label(`${value('given-name') ?? ''} ${value('family-name') ?? ''}`)),
                });
            };
            return on(name, document, {
                submit: ({ target }) => tell(target),
                click: ({ target }) => tell(target.closest?.(BUTTONS)?.closest('form')),
                ...(blur && { focusout: ({ target }) => tell(target.form, target) }),
            });
        },
    };
}
