// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { createCollector } from '../../demo/collector.mjs';
import { createOrders } from '../../demo/orders.mjs';

const ORDER = { order_id: 'RG-1', email: ' Ada@Example.com ', value: 89, currency: 'GBP' };

describe('createOrders', () => {
  let collector: ReturnType<typeof createCollector>;
  let app: ReturnType<typeof createOrders>;
  beforeEach(() => {
    collector = createCollector();
    app = createOrders(collector);
  });
  const post = (body: unknown) =>
    app.request('/api/orders', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('tells Order Completed on the buyer, in the place where the chats are', async () => {
    expect((await post(ORDER)).status).toBe(201);
    expect(collector.profiles().profiles).toMatchObject([
      {
        email: 'ada@example.com',
        events: [{ event: 'Order Completed', properties: { order_id: 'RG-1', value: 89, currency: 'GBP' } }],
      },
    ]);
  });

  test('tells an order once, however often the page is loaded', async () => {
    await post(ORDER);
    expect(await (await post(ORDER)).json()).toEqual({ told: false });
    expect(collector.messages()).toHaveLength(1);
    expect(collector.profiles().duplicates.total).toBe(0);
    await post({ ...ORDER, order_id: 'RG-2' });
    expect(collector.messages()).toHaveLength(2);
  });

  test('says when the collector does not take it, and tells it the next time', async () => {
    collector.weather({ status: 500, times: 1 });
    expect((await post(ORDER)).status).toBe(502);
    expect((await post(ORDER)).status).toBe(201);
  });

  test.each([
    ['{', /as JSON/],
    ['null', /JSON object/],
    [{ ...ORDER, order_id: '' }, /^order_id: write/],
    [{ ...ORDER, order_id: 7 }, /^order_id: write/],
    [{ ...ORDER, email: 'ada' }, /^email: write/],
    [{ ...ORDER, value: '89' }, /^value: write/],
    [{ ...ORDER, currency: 'pounds' }, /^currency: write/],
  ])('refuses %j and says what to write', async (body, words) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(words);
    expect(collector.messages()).toEqual([]);
  });
});
