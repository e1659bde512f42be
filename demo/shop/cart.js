import { pounds, productOf } from './catalogue.js';
import { kept } from './kept.js';

const stored = kept('localStorage', 'ravelgarth-basket', []);
const FREE_FROM = 80;
const DELIVERY = 4.5;

/** The lines of the basket: `{ id, colour, size, quantity }`. */
export const lines = () => stored.get();
export const count = () => lines().reduce((sum, line) => sum + line.quantity, 0);

const same = (one, other) => one.id === other.id && one.colour === other.colour && one.size === other.size;

export function add(line) {
  const all = lines();
  const there = all.find((other) => same(other, line));
  if (there) there.quantity += line.quantity;
  else all.push(line);
  keep(all);
}

/** Sets how many; none takes the line away. */
export function setQuantity(line, quantity) {
  keep(
    lines()
      .map((other) => (same(other, line) ? { ...other, quantity } : other))
      .filter((other) => other.quantity > 0),
  );
}

export const clear = () => keep([]);

export function totals() {
  const goods = lines().reduce((sum, line) => sum + productOf(line.id).price * line.quantity, 0);
  const delivery = goods === 0 || goods >= FREE_FROM ? 0 : DELIVERY;
  return { goods, delivery, total: goods + delivery };
}

/** Rows for a summary: label and amount. */
export function summaryRows() {
  const { goods, delivery, total } = totals();
  return [
    ['Goods', pounds(goods)],
    ['Delivery', delivery ? pounds(delivery) : 'free'],
    ['Total', pounds(total)],
  ];
}

function keep(all) {
  stored.set(all);
  document.dispatchEvent(new Event('basket'));
}
