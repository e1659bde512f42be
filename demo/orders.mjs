// What a shop's server does when an order is placed: it tells Customer.io, once per order.
import { Hono } from 'hono';

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** Why an order cannot be told, or undefined. */
function faultOf({ order_id, email, value, currency }) {
  if (typeof order_id !== 'string' || !/^[\w-]{1,64}$/.test(order_id))
    return 'order_id: write 1 to 64 letters, digits or -';
  if (typeof email !== 'string' || !EMAIL.test(email.trim())) return 'email: write the address of the buyer';
  if (value !== undefined && !(Number.isFinite(value) && value >= 0)) return 'value: write a number';
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) return 'currency: write three capital letters';
  return undefined;
}

/**
 * An order as one event of the buyer's.
 * @param {{ order_id: string, email: string, value?: number, currency?: string }} order
 * @param {number} at milliseconds
 */
export const orderMessage = ({ order_id, email, value, currency }, at) => ({
  type: 'track',
  event: 'Order Completed',
  properties: { order_id, value, currency },
  messageId: `order-${order_id}`,
  timestamp: new Date(at).toISOString(),
  userId: email.trim().toLowerCase(),
});

/**
 * `POST /api/orders`: `{ order_id, email, value?, currency? }`.
 * @param {Pick<import('./collector.mjs').Collector, 'receive' | 'messages'>} collector stands in for Customer.io
 */
export function createOrders(collector, { now = Date.now } = {}) {
  const routes = new Hono();
  routes.post('/api/orders', async (c) => {
    let order;
    try {
      order = await c.req.json();
    } catch (error) {
      return c.json({ error: `write an order as JSON: ${error.message}` }, 400);
    }
    const fault = order ? faultOf(order) : 'write an order as a JSON object';
    if (fault) return c.json({ error: fault }, 400);
    const message = orderMessage(order, now());
    if (collector.messages().some(({ messageId }) => messageId === message.messageId))
      return c.json({ told: false });
    const body = JSON.stringify({ ...message, writeKey: 'server', sentAt: message.timestamp });
    const { status, answer } = collector.receive({ path: '/v1/t', body });
    return status < 300
      ? c.json({ told: true }, 201)
      : c.json({ error: 'the collector did not take it', answer }, 502);
  });
  return routes;
}
