import { summaryRows } from './cart.js';
import { element } from './element.js';

/** What it comes to, as a list of terms. */
export const sums = () =>
  element(
    'dl',
    { class: 'sums' },
    summaryRows().map(([label, amount]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, amount)),
    ),
  );
