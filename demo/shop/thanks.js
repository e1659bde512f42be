import { pounds } from './catalogue.js';
import { toCollector } from './choices.js';
import { order as report } from './collector.js';
import { element } from './element.js';
import { order } from './order.js';

const { order_id, name, email, value, currency, pieces = [] } = order.get();

// In a real shop its server tells Customer.io of the order; here this page asks the demo's server to. Once per order: it knows.
if (order_id && email && toCollector)
  report({ order_id, email, value, currency }).catch((error) => {
    console.warn('The order is not told', error);
  });

document.getElementById('thanks').append(
  ...(order_id
    ? [
        element('h1', {}, name ? `Thank you, ${name}` : 'Thank you'),
        element(
          'p',
          { class: 'lead' },
          'Order ',
          element('strong', {}, order_id),
          ` is with us: ${pounds(value)}.`,
        ),
        element(
          'ul',
          { class: 'facts' },
          pieces.map((piece) => element('li', {}, piece)),
        ),
        element(
          'ol',
          { class: 'next' },
          element(
            'li',
            {},
            element('strong', {}, 'Today: '),
            'Elspeth takes it off the shelf and looks it over.',
          ),
          element(
            'li',
            {},
            element('strong', {}, 'Tomorrow: '),
            'it goes down the valley with the post van.',
          ),
          element(
            'li',
            {},
            element('strong', {}, 'Soon after: '),
            'it is on your doorstep, and you are warm.',
          ),
        ),
      ]
    : [
        element('h1', {}, 'No order yet'),
        element('p', { class: 'lead' }, 'This page thanks after a checkout.'),
      ]),
  element(
    'p',
    { class: 'actions' },
    element('a', { class: 'button', href: '/index.html' }, 'Back to the shop'),
  ),
);
