import { pounds } from './catalogue.js';
import { element, markup } from './element.js';
import { picture } from './pictures.js';

/** A product in a list. */
export function card(product) {
  return element(
    'li',
    { class: 'card' },
    element(
      'a',
      { href: `/product.html?id=${product.id}` },
      element('span', { class: 'frame' }, markup(picture(product, { label: '' }))),
      element('span', { class: 'card-name' }, product.name),
      element('span', { class: 'card-line' }, product.line),
      element('span', { class: 'card-price' }, pounds(product.price)),
    ),
  );
}
