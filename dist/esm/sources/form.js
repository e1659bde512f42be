import { email } from '../lib/email.js';
import { label } from '../lib/label.js';
import { on } from '../lib/on.js';
import { say } from '../lib/say.js';
const ADDRESS = 'input[type=email], input[autocomplete~=email]';
/** Where no preset names the field, these are somebody else's address, or a name to log in with. */
const OTHERS = /recipient|receiver|friend|gift|user.?name/i;
const PASSWORD = '[type=password], [autocomplete*=password]';
const LOGIN = '[type=password]:not([autocomplete~=new-password])';
const called = (...words) => words.flatMap((word) => ['action', 'id', 'class'].map((name) => `form[${name}*="${word}" i]`)).join();
/** Name → the form or a field in it, the field of the address, and whether that stands in another form. */
const PRESETS = {
    woocommerce: ['form.checkout', '#billing_email'], // https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/templates/checkout/form-checkout.php
    'woocommerce-blocks': ['#contact-fields, .wc-block-checkout__form', '#email'],
    bigcommerce: ['#checkout-customer-guest', '#email'], // https://github.com/bigcommerce/checkout-js/blob/master/packages/core/src/app/customer/GuestForm.tsx
    // The address stands in the form with which one could log in: https://github.com/magento/magento2/tree/2.4-develop/app/code/Magento/Checkout/view/frontend/web/template
    magento: ['#co-shipping-method-form, #co-payment-form', '#customer-email', undefined, true],
    prestashop: ['#checkout-guest-form form, #checkout-customer-form form', '[name=email]'], // https://github.com/PrestaShop/classic-theme/tree/develop/templates/checkout/_partials
    checkout: [called('checkout')],
    newsletter: [called('newsletter', 'subscri'), undefined, 'form'],
    // That somebody wants to log in does not prove that they may.
    account: [called('account', 'login', 'register', 'customer-form'), 'input[type=email]', 'form'],
};
const NAMES = Object.keys(PRESETS);
const ASKED = ['newsletter', 'account']; // a friend's newsletter, a shared device: only where the site asks
// Buttons that place the order without a submit event: https://github.com/woocommerce/woocommerce/tree/trunk/plugins/woocommerce/client/blocks
// and Magento's `click: placeOrder`.
const BUTTONS = '.wc-block-components-checkout-place-order-button, #co-payment-form .action.checkout';
// Not checkValidity(), which fires `invalid` at the page's own listeners.
const valid = ({ willValidate, validity }) => !willValidate || validity.valid;
// A field called `matches` or `elements` stands before the form's own: https://html.spec.whatwg.org/multipage/forms.html#dom-form-nameditem
const is = (one, selector) => one instanceof Element && Element.prototype.matches.call(one, selector);
const list = (option, value, otherwise) => {
    if (Array.isArray(value))
        return value;
    if (value !== undefined)
        say(`forms.${option}: write a list`);
    return otherwise;
};
export function form({ presets, selectors, blur = false } = {}) {
    const name = 'form';
    const wanted = list('presets', presets, NAMES.filter((preset) => !ASKED.includes(preset)));
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
    /** The address in the form, where it is clear whose it is. */
    const addressed = (fields, [, field, , elsewhere]) => {
        const where = (selector, among = fields) => among.filter((one) => is(one, selector));
        if (!field && where(LOGIN)[0])
            return undefined;
        let inputs = elsewhere ? [...document.querySelectorAll(field)] : where(field ?? 'none');
        if (!inputs[0])
            inputs = where(ADDRESS).filter((one) => !is(one, '[autocomplete~=username]') && !OTHERS.test(`${one.id} ${one.name}`));
        inputs = inputs.filter((one) => !is(one, PASSWORD));
        const hinted = where('[autocomplete~=email]', inputs);
        const [input, ...more] = hinted[0] ? hinted : inputs;
        const address = email(input?.value);
        // Two fields that say two things: whose is which?
        return address && more.every(({ value }) => !value || email(value) === address)
            ? { address, input }
            : undefined;
    };
    return {
        name,
        tells: ['identity'],
        ready: () => true,
        connect(emit) {
            /** Tells who sent a form, or left its field. */
            const tell = (form, left) => {
                if (!(form instanceof HTMLFormElement))
                    return;
                const root = Node.prototype.getRootNode.call(form);
                const fields = [...root.querySelectorAll('input, select, textarea, fieldset')].filter((one) => one.form === form);
                for (const place of places) {
                    const found = [form, ...fields].some((one) => is(one, place[0])) && addressed(fields, place);
                    if (!found)
                        continue;
                    const { address, input } = found;
                    if (left ? left !== input || !valid(left) : ![input, ...fields].every(valid))
                        return;
                    const value = (hint) => left ? undefined : label(fields.find((one) => is(one, `[autocomplete~=${hint}]`))?.value);
                    return emit({
                        type: 'person',
                        by: place[2] ?? 'checkout',
                        email: address,
                        phone: value('tel'),
                        name: value('name') ?? label(`${value('given-name') ?? ''} ${value('family-name') ?? ''}`),
                        unsent: left && true,
                    });
                }
            };
            // `submit` does not leave a shadow tree; the focus and the click before it do, and show the open ones.
            const roots = new Map();
            const submit = (event) => tell(event.composedPath()[0]);
            const enter = (path) => {
                for (const [root, leave] of roots)
                    if (!root.isConnected && roots.delete(root))
                        leave();
                for (const root of path)
                    if (root instanceof ShadowRoot && !roots.has(root))
                        roots.set(root, on(name, root, { submit }));
            };
            let before; // what stood in the field when it was entered, or was told
            // Who is in a field already came to it before us.
            let focus = document.activeElement;
            for (; focus?.shadowRoot; focus = focus.shadowRoot.activeElement)
                enter([focus.shadowRoot]);
            if (is(focus, ADDRESS))
                before = focus.defaultValue;
            const stop = on(name, window, {
                submit,
                focusin(event) {
                    const path = event.composedPath();
                    enter(path);
                    if (is(path[0], ADDRESS))
                        before = path[0].value;
                },
                click(event) {
                    const path = event.composedPath();
                    enter(path);
                    if (path.some((one) => is(one, BUTTONS)))
                        tell(path.find((one) => one instanceof HTMLFormElement));
                },
                ...(blur && {
                    focusout(event) {
                        const field = event.composedPath()[0];
                        if (!is(field, ADDRESS) || field.value === before)
                            return;
                        before = field.value;
                        tell(field.form, field);
                    },
                }),
            });
            return () => {
                stop();
                for (const leave of roots.values())
                    leave();
            };
        },
    };
}
