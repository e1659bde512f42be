import { lines, setQuantity } from './cart.js';
import { pounds, productOf } from './catalogue.js';
import { element, markup } from './element.js';
import { picture } from './pictures.js';
import { sums } from './summary.js';

const place = document.getElementById('cart');
const said = element('p', { class: 'unseen', role: 'status' });
place.before(said);

function row(line) {
  const product = productOf(line.id);
  const drawing = markup(picture(product, { label: '' }));
  drawing.style.setProperty('--yarn', product.colours.find((colour) => colour.name === line.colour).yarn);
  const what = `${product.name}, ${line.colour}, ${line.size}`;
  const change = (quantity) => {
    setQuantity(line, quantity);
    said.textContent = quantity ? `${what}: ${quantity}` : `${what} taken out`;
    draw();
  };
  const quantity = element('input', {
    type: 'number',
    min: 0,
    max: 9,
    value: line.quantity,
    inputMode: 'numeric',
    ariaLabel: `Quantity of ${what}`,
    onchange: () => change(Math.min(9, Math.max(0, Math.round(Number(quantity.value) || 0)))),
  });
  return element(
    'li',
    { class: 'cart-line' },
    element('span', { class: 'frame' }, drawing),
    element(
      'div',
      {},
      element('a', { href: `/product.html?id=${product.id}` }, product.name),
      element('span', { class: 'small' }, `${line.colour} · ${line.size}`),
    ),
    quantity,
    element('span', { class: 'amount' }, pounds(product.price * line.quantity)),
    element(
      'button',
      { type: 'button', class: 'plain', onclick: () => change(0), ariaLabel: `Take out ${what}` },
      '×',
    ),
  );
}

function draw() {
  const focused = [...place.querySelectorAll('input, button')].indexOf(document.activeElement);
  if (!lines().length) {
    place.replaceChildren(
      element(
        'div',
        { class: 'empty' },
        element('p', {}, 'Nothing in it yet.'),
        element('a', { class: 'button', href: '/index.html#products' }, 'See the clothing'),
      ),
    );
    return;
  }
  place.replaceChildren(
    element('ul', { class: 'cart-lines' }, lines().map(row)),
    element(
      'aside',
      { class: 'summary', ariaLabel: 'What it comes to' },
      sums(),
      element('a', { class: 'button', href: '/checkout.html' }, 'To the checkout'),
    ),
  );
  const controls = place.querySelectorAll('input, button');
  if (focused >= 0) controls[Math.min(focused, controls.length - 1)].focus();
}

addEventListener('pageshow', (event) => event.persisted && draw());
draw();
