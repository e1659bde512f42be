import { kept } from './kept.js';

/** The order just placed, for the thank-you page: `{ order_id, value, currency, email, name, pieces }`. */
export const order = kept('sessionStorage', 'ravelgarth-order', {});
