// The checkout of a situation: stays on its page, and tells the order as a shop does.
import { order } from './collector.js';

const form = document.getElementById('checkout');
const placed = document.getElementById('placed');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const bought = {
    order_id: `RG-${Date.now().toString(36).toUpperCase().slice(-6)}`,
    email: form.elements.billing_email.value,
    value: 89,
    currency: 'GBP',
  };
  window.chatstone('purchase', bought); // clears what a purchase clears
  try {
    await order(bought); // the shop's server hears of it, and tells Customer.io
    placed.textContent = `Thank you. Order ${bought.order_id} is with us.`;
  } catch (error) {
    placed.textContent = `The order is not told: ${error.message}`;
  }
});
