// The address in a form that was sent, never while it is typed: https://www.usenix.org/conference/usenixsecurity22/presentation/senol
import type { Source } from '../core/types.ts';
import { email } from '../lib/email.ts';
import { label } from '../lib/label.ts';
import { on } from '../lib/on.ts';
import { say } from '../lib/say.ts';

export interface FormOptions {
  /** Which checkouts to hear: `woocommerce`, `woocommerce-blocks`, `bigcommerce`, `magento`, `checkout`; all where absent. */
  presets?: readonly string[];
  /** Selectors of further forms, or of the address field in a form. */
  selectors?: readonly string[];
  /** Take the address when its field is left, before the form is sent. */
  blur?: boolean;
}

const ADDRESS =
  'input[type=email]:not([autocomplete~=username]), input[autocomplete~=email]:not([type=password])';

type Place = readonly [form: string, field: string, by?: 'form', elsewhere?: boolean];

/** Name → the form or something in it, the field of the address, and whether that stands in another form. */
const PRESETS: Record<string, Place> = {
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
const valid = (of: any, input: unknown) =>
  [...(of.elements ?? []), input].every(({ willValidate, validity }) => !willValidate || validity.valid);

const list = (option: string, value: unknown, otherwise: readonly string[]): readonly string[] => {
  if (Array.isArray(value)) return value;
  if (value !== undefined) say(`forms.${option}: write a list`);
  return otherwise;
};

export function form({ presets, selectors, blur = false }: FormOptions = {}): Source {
  const name = 'form';
  const wanted = list('presets', presets, NAMES);
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
  return {
    name,
    tells: ['identity'],
    ready: () => true,
    connect(emit) {
      /** Tells who sent a form, or left its field. */
      const tell = (form?: HTMLFormElement | null, left?: Element) => {
        const place = form && places.find(([mark]) => form.matches(mark) || form.querySelector(mark));
        if (!place) return;
        const [, field, by = 'checkout', elsewhere] = place;
        const input: HTMLInputElement | null =
          (elsewhere ? document : form).querySelector(field) ?? form.querySelector(ADDRESS);
        const address = email(input?.value);
        if (!address || !valid(left ?? form, input) || (left && left !== input)) return;
        const value = (hint: string) =>
          label(form.querySelector<HTMLInputElement>(`[autocomplete~=${hint}]`)?.value);
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
