import { clear, lines, totals } from './cart.js';
import { pounds, productOf } from './catalogue.js';
import { element } from './element.js';
import { order } from './order.js';
import { sums } from './summary.js';

const form = document.getElementById('checkout');
const summary = document.getElementById('summary');

summary.append(
  element('h2', {}, 'Your order'),
  element(
    'ul',
    { class: 'short-lines' },
    lines().map((line) => {
      const product = productOf(line.id);
      return element(
        'li',
        {},
        `${line.quantity} × ${product.name}`,
        element('span', { class: 'small' }, ` ${line.colour}, ${line.size}`),
        element('span', { class: 'amount' }, pounds(product.price * line.quantity)),
      );
    }),
  ),
  lines().length
    ? sums()
    : element(
        'p',
        {},
        'The basket is empty. ',
        element('a', { href: '/index.html#products' }, 'See the clothing'),
      ),
);
document.getElementById('place').disabled = !lines().length;

// Our own words at the field, instead of the browser's bubble.
function fault(field) {
  const { valueMissing, typeMismatch } = field.validity;
  const label = field.labels[0].firstChild.textContent.trim().toLowerCase();
  if (valueMissing) return `Please fill in the ${label}.`;
  if (typeMismatch) return 'This does not look like an e-mail address: name@example.com';
  return field.validationMessage;
}
const show = (field) => {
  document.getElementById(`${field.id}-fault`).textContent = field.validity.valid ? '' : fault(field);
  field.setAttribute('aria-invalid', String(!field.validity.valid));
};
let told = false; // one submit, one focus: the first field that is wrong
form.addEventListener(
  'invalid',
  (event) => {
    event.preventDefault();
    show(event.target);
    if (told) return;
    told = true;
    event.target.focus();
    setTimeout(() => {
      told = false;
    });
  },
  true,
);
form.addEventListener('focusout', (event) => {
  if (event.target.matches('input') && event.target.value) show(event.target);
});
form.addEventListener('input', (event) => {
  if (event.target.getAttribute('aria-invalid') === 'true') show(event.target);
});

form.addEventListener('submit', (event) => {
  event.preventDefault(); // an address line is no place for a name and an e-mail
  order.set({
    order_id: `RG-${Date.now().toString(36).toUpperCase().slice(-6)}`,
    value: totals().total,
    currency: 'GBP',
    email: form.elements.billing_email.value.trim(),
    name: form.elements.billing_first_name.value.trim(),
    pieces: lines().map(
      (line) => `${line.quantity} × ${productOf(line.id).name}, ${line.colour}, ${line.size}`,
    ),
  });
  clear();
  location.assign(form.getAttribute('action'));
});
