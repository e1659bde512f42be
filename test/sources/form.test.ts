import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFake } from '../../demo/widgets/fake.js';
import { faults } from '../../src/lib/guard.ts';
import { form } from '../../src/sources/form.ts';
import { hold, type Install, testSource } from './conformance.ts';

const WOOCOMMERCE = `
  <form class="checkout woocommerce-checkout" name="checkout" novalidate action="/place-order">
    <input id="billing_first_name" autocomplete="given-name">
    <input id="billing_last_name" autocomplete="family-name">
    <input id="billing_phone" type="tel" autocomplete="tel">
    <input id="billing_email" type="email" autocomplete="email username">
    <input id="account_username" autocomplete="username">
    <input id="account_password" type="password" autocomplete="new-password">
    <textarea id="order_comments"></textarea>
    <button type="submit" id="place_order">Place order</button>
  </form>`;

const field = (selector: string) => document.querySelector<HTMLInputElement>(selector)!;
/** Sends a form as a browser does whose site takes the rest over and posts by fetch. */
const send = (selector = 'form') => {
  const event = new SubmitEvent('submit', { bubbles: true, cancelable: true });
  field(selector).dispatchEvent(event);
  return event;
};
const fill = (values: Record<string, string>) => {
  for (const [selector, value] of Object.entries(values)) field(selector).value = value;
};

/** A checkout is its own fake: it is sent, and whatever is said elsewhere it never hears. */
const install: Install = (_window, { late = false } = {}) => {
  const fake = createFake(
    'form',
    {
      load() {
        document.body.innerHTML = WOOCOMMERCE;
        field('form').addEventListener('submit', (event) => event.preventDefault());
      },
      prechat({ name = '', email = '', phone = '' }) {
        const [given = '', family = ''] = name.split(' ');
        fill({
          '#billing_first_name': given,
          '#billing_last_name': family,
          '#billing_email': email,
          '#billing_phone': phone,
        });
        fill({
          '#order_comments': 'canary-9f3c',
          '#account_password': 'canary-9f3c',
          '#account_username': 'canary-9f3c',
        });
        send();
      },
      uninstall() {
        document.body.innerHTML = '';
      },
    },
    (type: string) => {
      const targets = [
        window,
        document,
        document.body,
        document.createElement('p'),
        field('form') ?? document.body,
      ];
      for (const target of targets) target.dispatchEvent(new Event(type, { bubbles: true }));
    },
  );
  if (!late) fake.load();
  return fake;
};

describe('form', () => {
  testSource(form, install, {
    globals: [],
    names: ['submit', 'click', 'focusout'],
    site: {
      register: (handler) => addEventListener('submit', handler, { once: true }),
      drive(fake) {
        fake.load();
        fake.prechat({ email: 'ada@example.com' });
      },
    },
    always: true,
  });
});

describe('form and what is sent', () => {
  let one = hold(form());
  const hear = (options?: Parameters<typeof form>[0]) => {
    one = hold(form(options));
    one.look();
  };
  beforeEach(() => {
    faults.counts = {};
  });
  afterEach(() => {
    one.stop();
    document.body.innerHTML = '';
    expect(faults.counts).toEqual({});
  });
  const people = () => one.take().map((signal) => JSON.parse(JSON.stringify(signal)));
  const ada = { type: 'person', by: 'checkout', email: 'ada@example.com' };

  test.each([
    ['WooCommerce', WOOCOMMERCE, '#billing_email', 'form'],
    [
      'WooCommerce blocks',
      '<form class="wc-block-components-form wc-block-checkout__form"><fieldset id="contact-fields"><input id="email" type="email" required></fieldset></form>',
      '#email',
      'form',
    ],
    [
      'BigCommerce',
      '<form class="checkout-form" id="checkout-customer-guest" novalidate><input autocomplete="email" id="email" name="email" type="email"><button id="checkout-customer-continue" type="submit">Continue</button></form>',
      '#email',
      'form',
    ],
    [
      'Magento',
      `<form data-role="email-with-possible-login"><input id="customer-email" type="email" name="username"><input type="password" name="password"></form>
       <form id="co-shipping-method-form"><input type="radio"></form>`,
      '#customer-email',
      '#co-shipping-method-form',
    ],
    [
      'PrestaShop',
      '<div id="checkout-guest-form"><form id="customer-form" class="js-customer-form"><input id="field-email" name="email" type="email" autocomplete="email"><input id="field-password" name="password" type="password"></form></div>',
      '#field-email',
      'form',
    ],
    [
      'any checkout, by its action',
      '<form action="/Checkout/step-1"><input type="email"></form>',
      'input',
      'form',
    ],
    [
      'any checkout, by its class',
      '<form class="my-checkout"><input autocomplete="billing email"></form>',
      'input',
      'form',
    ],
  ])('hears the checkout of %s', (_platform, html, address, sent) => {
    document.body.innerHTML = html;
    hear();
    fill({ [address]: ' Ada@Example.com ' });
    send(sent);
    expect(people()).toEqual([ada]);
  });

  test.each([
    [
      'WooCommerce blocks',
      '<form class="wc-block-checkout__form"><input id="email" type="email"><button type="button" class="wc-block-components-checkout-place-order-button"><span>Place order</span></button></form>',
      '#email',
      'span',
    ],
    [
      'Magento',
      '<form data-role="email-with-possible-login"><input id="customer-email" type="email"></form><form id="co-payment-form"><button type="button" class="action primary checkout"><span>Place order</span></button></form>',
      '#customer-email',
      'span',
    ],
  ])('hears the button of %s, which sends no form', (_platform, html, address, button) => {
    document.body.innerHTML = html;
    hear();
    fill({ [address]: 'ada@example.com' });
    field(button).click();
    expect(people()).toEqual([ada]);
  });

  test('takes name and phone by their autocomplete hints', () => {
    document.body.innerHTML = WOOCOMMERCE;
    hear();
    fill({
      '#billing_first_name': 'Ada',
      '#billing_last_name': 'Archer',
      '#billing_phone': '+44 20 7946 0000',
      '#billing_email': 'ada@example.com',
    });
    send();
    expect(people()).toEqual([{ ...ada, name: 'Ada Archer', phone: '+44 20 7946 0000' }]);
  });

  test('takes a whole name before its parts', () => {
    document.body.innerHTML =
      '<form class="checkout"><input type="email" value="ada@example.com"><input autocomplete="shipping name" value="Ada Archer"><input autocomplete="given-name" value="Ada"></form>';
    hear();
    send();
    expect(people()).toEqual([{ ...ada, name: 'Ada Archer' }]);
  });

  test('says nothing while somebody types or leaves a field', () => {
    document.body.innerHTML = WOOCOMMERCE;
    hear();
    fill({ '#billing_email': 'ada@example.com' });
    for (const type of ['input', 'change', 'keyup', 'blur', 'focusout'])
      field('#billing_email').dispatchEvent(new Event(type, { bubbles: true }));
    field('#place_order').dispatchEvent(new Event('mousedown', { bubbles: true }));
    expect(people()).toEqual([]);
  });

  test.each([
    ['no address', { '#billing_email': 'ada' }],
    ['an empty field', { '#billing_email': '' }],
  ])('says nothing of %s', (_what, values) => {
    document.body.innerHTML = WOOCOMMERCE;
    hear();
    fill(values);
    send();
    expect(people()).toEqual([]);
  });

  test('says nothing of a form that is not valid, and tells the page nothing of it', () => {
    document.body.innerHTML =
      '<form class="checkout" novalidate><input type="email" value="ada@example.com"><input required></form>';
    const invalid = vi.fn();
    document.addEventListener('invalid', invalid, true);
    hear();
    send();
    document.removeEventListener('invalid', invalid, true);
    expect(people()).toEqual([]);
    expect(invalid).not.toHaveBeenCalled();
  });

  test.each([
    ['a newsletter', '<form id="newsletter"><input type="email" value="ada@example.com"></form>'],
    [
      'a login',
      '<form class="login"><input type="email" value="ada@example.com"><input type="password"></form>',
    ],
    [
      'a user name at the checkout',
      '<form class="checkout-login"><input type="email" autocomplete="username" value="ada@example.com"></form>',
    ],
    [
      'a password',
      '<form class="checkout"><input type="password" autocomplete="email" value="ada@example.com"></form>',
    ],
    [
      'an address beside the checkout',
      '<input type="email" value="ada@example.com"><form class="checkout"></form>',
    ],
  ])('says nothing of %s', (_what, html) => {
    document.body.innerHTML = html;
    hear();
    send();
    expect(people()).toEqual([]);
  });

  const weaker = { ...ada, by: 'form' };
  test.each([
    [
      'newsletter',
      'of PrestaShop',
      '<form action="/#blockEmailSubscription_displayFooter"><input name="email" type="email" value="ada@example.com"></form>',
    ],
    [
      'newsletter',
      'of Magento',
      '<form class="form subscribe" id="newsletter-validate-detail"><input name="email" type="email" id="newsletter" value="ada@example.com"></form>',
    ],
    [
      'account',
      'to register at WooCommerce',
      '<form class="woocommerce-form-register register"><input type="email" id="reg_email" name="email" autocomplete="email" value="ada@example.com"><input type="password" value="canary-9f3c"></form>',
    ],
    [
      'account',
      'to log in by an e-mail that is a user name, too',
      '<form id="login-form"><input type="email" autocomplete="username email" value="ada@example.com"><input type="password" autocomplete="current-password"></form>',
    ],
  ])('hears %s only where it is named: %s', (preset, _what, html) => {
    document.body.innerHTML = html;
    hear();
    send();
    expect(people()).toEqual([]);
    one.stop();
    hear({ presets: ['checkout', preset] });
    send();
    expect(people()).toEqual([weaker]);
  });

  test('hears no user name that is written as text', () => {
    document.body.innerHTML =
      '<form class="woocommerce-form-login login"><input type="text" name="username" autocomplete="username" value="ada@example.com"></form>';
    hear({ presets: ['account'] });
    send();
    expect(people()).toEqual([]);
  });

  const MAIL = '<input type="email" value="ada@example.com">';
  test.each([
    ['a log-in at the checkout', `<form id="checkout-login">${MAIL}<input type="password"></form>`, []],
    [
      'a new account at the checkout',
      `<form id="checkout">${MAIL}<input type="password" autocomplete="new-password"></form>`,
      [ada],
    ],
    [
      'the recipient of a gift',
      `<form id="checkout"><input type="email" name="recipient_email" value="bea@example.com">${MAIL}</form>`,
      [ada],
    ],
    [
      'an address that is hinted at',
      `<form id="checkout"><input type="email" value="bea@example.com"><input autocomplete="email" value="ada@example.com"></form>`,
      [ada],
    ],
    ['an address written twice', `<form id="checkout">${MAIL}${MAIL}</form>`, [ada]],
    ['two addresses', `<form id="checkout">${MAIL}<input type="email" value="bea@example.com"></form>`, []],
    [
      'a field that stands outside',
      `<form id="checkout"></form><input type="email" form="checkout" value="ada@example.com">`,
      [ada],
    ],
    [
      'a user name by its name',
      `<form id="checkout"><input type="email" name="user_name" value="ada@example.com"></form>`,
      [],
    ],
  ])('of %s tells what is clear', (_what, html, told) => {
    document.body.innerHTML = html;
    hear();
    send();
    expect(people()).toEqual(told);
  });

  test('never hears a password, whatever a selector says', () => {
    document.body.innerHTML =
      '<form id="own"><input type="password" value="ada@example.com"><input type="text" class="shown" autocomplete="current-password" value="ada@example.com"></form>';
    hear({ selectors: ['#own', '#own input', '.shown'], presets: [] });
    send();
    expect(people()).toEqual([]);
  });

  test('takes its listeners out of shadow roots again', () => {
    document.body.innerHTML = '<div></div>';
    const root = document.querySelector('div')!.attachShadow({ mode: 'open' });
    root.innerHTML = `<form class="checkout">${MAIL}<button type="button"></button></form>`;
    const emit = vi.fn();
    const stop = form().connect(emit);
    root.querySelector('button')!.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    const submit = () =>
      root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true }));
    submit();
    stop();
    submit();
    expect(emit).toHaveBeenCalledOnce();
  });

  test.each(['#newsletter', '#newsletter input', '[name="mail"]'])(
    'hears a form that the site names by %s',
    (selector) => {
      document.body.innerHTML =
        '<form id="newsletter"><input type="email" name="mail" value="ada@example.com"></form>';
      hear({ selectors: [selector] });
      send();
      expect(people()).toEqual([{ ...ada, by: 'form' }]);
    },
  );

  test('hears only the checkouts that the site names', () => {
    document.body.innerHTML = WOOCOMMERCE;
    hear({ presets: ['magento'] });
    fill({ '#billing_email': 'ada@example.com' });
    send();
    expect(people()).toEqual([]);
  });

  test('says what to write for a checkout it does not know', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    form({ presets: ['woocomerce'] });
    expect(error).toHaveBeenCalledWith(expect.stringMatching(/^\[chatstone\].*write.*woocommerce/));
    error.mockRestore();
  });

  test('takes the address when its field is left, where the site asked for it, and no other field', () => {
    document.body.innerHTML = WOOCOMMERCE;
    hear({ blur: true });
    fill({ '#billing_first_name': 'Ada', '#account_username': 'ada@example.com' });
    const leave = (selector: string) =>
      field(selector).dispatchEvent(new Event('focusout', { bubbles: true }));
    leave('#billing_first_name');
    leave('#account_username');
    fill({ '#billing_email': 'ada' });
    leave('#billing_email');
    expect(people()).toEqual([]);
    fill({ '#billing_email': 'ada@example.com' });
    leave('#billing_email');
    leave('#billing_email');
    expect(people()).toEqual([{ ...ada, unsent: true }]);
    leave('#billing_first_name');
    expect(people()).toEqual([]);
  });

  test('hears a form whose site sends it by fetch, and one that stops the event', () => {
    document.body.innerHTML = WOOCOMMERCE;
    field('form').addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    });
    hear();
    fill({ '#billing_email': 'ada@example.com' });
    expect(send().defaultPrevented).toBe(true);
    expect(people()).toEqual([ada]);
  });

  test('reads the address before the site empties the form', () => {
    document.body.innerHTML = WOOCOMMERCE;
    field('form').addEventListener('submit', () => fill({ '#billing_email': '' }));
    hear();
    fill({ '#billing_email': 'ada@example.com' });
    send();
    expect(people()).toEqual([ada]);
  });
});
