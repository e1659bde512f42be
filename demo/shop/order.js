import { kept } from './kept.js';

/** The order just placed, for the thank-you page: `{ order_id, value, currency, name, lines }`. */
export const order = kept('sessionStorage', 'ravelgarth-order', {});
