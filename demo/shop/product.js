import { card } from './card.js';
import { add } from './cart.js';
import { pounds, productOf, products, skuOf } from './catalogue.js';
import { element, markup } from './element.js';
import { picture } from './pictures.js';

const product = productOf(new URLSearchParams(location.search).get('id'));
document.title = `${product.name} · Ravelgarth`;

const drawing = markup(picture(product));
const said = element('p', { class: 'said', role: 'status' });
const oneSize = product.sizes.length === 1;

function radios(name, legend, options, chosen, content) {
  return element(
    'fieldset',
    { class: `choice ${name}` },
    element('legend', {}, legend),
    element(
      'div',
      { class: 'options' },
      options.map((option) =>
        element(
          'label',
          { class: 'option' },
          element('input', {
            type: 'radio',
            name,
            value: option,
            checked: option === chosen,
            required: true,
          }),
          content(option),
        ),
      ),
    ),
  );
}

const yarnOf = (name) => product.colours.find((colour) => colour.name === name).yarn;
const quantity = element('input', {
  id: 'quantity',
  name: 'quantity',
  type: 'number',
  min: 1,
  max: 9,
  value: 1,
  required: true,
  inputMode: 'numeric',
});

const form = element(
  'form',
  { class: 'buy' },
  radios(
    'colour',
    'Colour',
    product.colours.map((colour) => colour.name),
    product.colours[0].name,
    (name) =>
      element(
        'span',
        { class: 'swatch-label' },
        element('span', { class: 'swatch', style: `--yarn:${yarnOf(name)}` }),
        name,
      ),
  ),
  radios(
    'size',
    'Size',
    product.sizes,
    oneSize ? product.sizes[0] : product.sizes[Math.floor(product.sizes.length / 2) - 1],
    (size) => element('span', {}, size),
  ),
  element('p', { class: 'small' }, element('a', { href: '/size-guide.html' }, 'Size guide')),
  element(
    'p',
    { class: 'buy-row' },
    element('label', { for: 'quantity' }, element('span', { class: 'unseen' }, 'Quantity'), quantity),
    element('button', { class: 'button' }, 'Add to basket'),
  ),
  said,
);

form.addEventListener('change', () => {
  drawing.style.setProperty('--yarn', yarnOf(new FormData(form).get('colour')));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const chosen = new FormData(form);
  add({
    id: product.id,
    colour: chosen.get('colour'),
    size: chosen.get('size'),
    quantity: Number(chosen.get('quantity')),
  });
  said.replaceChildren(
    `In the basket: ${product.name}, ${chosen.get('size')}. `,
    element('a', { href: '/cart.html' }, 'See the basket'),
  );
});

document.getElementById('product').append(
  element('div', { class: 'frame large' }, drawing),
  element(
    'div',
    { class: 'product-words' },
    element('h1', {}, product.name),
    element('p', { class: 'lead' }, product.line),
    element('p', { class: 'price' }, pounds(product.price)),
    form,
    element('p', { class: 'story' }, product.story),
    element(
      'ul',
      { class: 'facts' },
      product.facts.map((fact) => element('li', {}, fact)),
    ),
    element('p', { class: 'small' }, skuOf(product)),
  ),
);

const at = products.indexOf(product);
const others = [1, 3, 4, 6].map((step) => products[(at + step) % products.length]);
document.getElementById('product-list').append(...others.map(card));
