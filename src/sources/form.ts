// The address in a form that was sent, never while it is typed: https://www.usenix.org/conference/usenixsecurity22/presentation/senol
import type { Source } from '../core/types.ts';
import { email } from '../lib/email.ts';
import { label } from '../lib/label.ts';
import { on } from '../lib/on.ts';
import { say } from '../lib/say.ts';

export interface FormOptions {
  /**
   * Which forms to hear: `woocommerce`, `woocommerce-blocks`, `bigcommerce`, `magento`, `prestashop`, `checkout` where absent;
   * `newsletter` and `account` (register, log in, edit) only where they are named.
   */
  presets?: readonly string[];
  /** Selectors of further forms, or of the address field in a form. */
  selectors?: readonly string[];
  /** Take the address when its field is left, before the form is sent. Without consent it is not even held. */
  blur?: boolean;
}

const ADDRESS = 'input[type=email], input[autocomplete~=email]';
/** Where no preset names the field, these are somebody else's address, or a name to log in with. */
const OTHERS = /recipient|receiver|friend|gift|user.?name/i;
const PASSWORD = '[type=password], [autocomplete*=password]';
const LOGIN = '[type=password]:not([autocomplete~=new-password])';

type Place = readonly [form: string, field?: string, by?: 'form', elsewhere?: boolean];

const called = (...words: string[]) =>
  words.flatMap((word) => ['action', 'id', 'class'].map((name) => `form[${name}*="${word}" i]`)).join();

/** Name → the form or a field in it, the field of the address, and whether that stands in another form. */
const PRESETS: Record<string, Place> = {
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
const valid = ({ willValidate, validity }: HTMLInputElement) => !willValidate || validity.valid;

// A field called `matches` or `elements` stands before the form's own: https://html.spec.whatwg.org/multipage/forms.html#dom-form-nameditem
const is = (one: unknown, selector: string) =>
  one instanceof Element && Element.prototype.matches.call(one, selector);

const list = (option: string, value: unknown, otherwise: readonly string[]): readonly string[] => {
  if (Array.isArray(value)) return value;
  if (value !== undefined) say(`forms.${option}: write a list`);
  return otherwise;
};

export function form({ presets, selectors, blur = false }: FormOptions = {}): Source {
  const name = 'form';
  const wanted = list(
    'presets',
    presets,
    NAMES.filter((preset) => !ASKED.includes(preset)),
  );
  if (wanted.some((preset) => !NAMES.includes(preset)))
    say(`forms.presets: write names of ${NAMES.join(', ')}`);
  const places = NAMES.filter((preset) => wanted.includes(preset)).map((preset) => PRESETS[preset]!);
  for (const selector of list('selectors', selectors, []))
    try {
      document.querySelector(selector);
      places.push([selector, selector, 'form']);
    } catch (error) {
      say(`forms.selectors: ${(error as Error).message}`);
    }
  /** The address in the form, where it is clear whose it is. */
  const addressed = (fields: any[], [, field, , elsewhere]: Place) => {
    const where = (selector: string, among = fields) => among.filter((one) => is(one, selector));
    if (!field && where(LOGIN)[0]) return undefined;
    let inputs = elsewhere ? [...document.querySelectorAll<any>(field!)] : where(field ?? 'none');
    if (!inputs[0])
      inputs = where(ADDRESS).filter(
        (one) => !is(one, '[autocomplete~=username]') && !OTHERS.test(`${one.id} ${one.name}`),
      );
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
      const tell = (form: unknown, left?: HTMLInputElement) => {
        if (!(form instanceof HTMLFormElement)) return;
        const root = Node.prototype.getRootNode.call(form) as Document | ShadowRoot;
        const fields = [...root.querySelectorAll<any>('input, select, textarea, fieldset')].filter(
          (one) => one.form === form, // one that stands outside, too
        );
        for (const place of places) {
          const found = [form, ...fields].some((one) => is(one, place[0])) && addressed(fields, place);
          if (!found) continue;
          const { address, input } = found;
          if (left ? left !== input || !valid(left) : ![input, ...fields].every(valid)) return;
          const value = (hint: string) =>
            left ? undefined : label(fields.find((one) => is(one, `[autocomplete~=${hint}]`))?.value);
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
      const roots = new Map<Node, () => void>();
      const submit = (event: Event) => tell(event.composedPath()[0]);
      const enter = (path: EventTarget[]) => {
        for (const [root, leave] of roots) if (!root.isConnected && roots.delete(root)) leave();
        for (const root of path)
          if (root instanceof ShadowRoot && !roots.has(root)) roots.set(root, on(name, root, { submit }));
      };
      let before: string; // what stood in the field when it was entered, or was told
      // Who is in a field already came to it before us.
      let focus: any = document.activeElement;
      for (; focus?.shadowRoot; focus = focus.shadowRoot.activeElement) enter([focus.shadowRoot]);
      if (is(focus, ADDRESS)) before = focus.defaultValue;
      const stop = on(name, window, {
        submit,
        focusin(event) {
          const path = event.composedPath();
          enter(path);
          if (is(path[0], ADDRESS)) before = path[0].value;
        },
        click(event) {
          const path = event.composedPath();
          enter(path);
          if (path.some((one: unknown) => is(one, BUTTONS)))
            tell(path.find((one: unknown) => one instanceof HTMLFormElement));
        },
        ...(blur && {
          focusout(event: Event) {
            const field = event.composedPath()[0] as HTMLInputElement;
            if (!is(field, ADDRESS) || field.value === before) return;
            before = field.value;
            tell(field.form, field);
          },
        }),
      });
      return () => {
        stop();
        for (const leave of roots.values()) leave();
      };
    },
  };
}
