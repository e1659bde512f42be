// What stands in for other systems' servers: takes every POST to /systems/<name> and keeps the last bodies, for the page that shows them.
import { Hono } from 'hono';

const KEPT = 100;

export function createSystems() {
  /** @type {Record<string, { path: string, at: string, body: unknown }[]>} */
  let taken = {};
  const routes = new Hono();
  routes.post('/systems/:name/*', async (c) => {
    const name = c.req.param('name');
    const body = await c.req.text();
    try {
      const entry = { path: c.req.path, at: new Date().toISOString(), body: JSON.parse(body) };
      taken[name] = [...(taken[name] ?? []), entry].slice(-KEPT);
    } catch (error) {
      return c.json({ error: error.message }, 400);
    }
    return c.json({ success: true });
  });
  routes.get('/api/systems', (c) => c.json(taken));
  routes.delete('/api/systems', (c) => {
    taken = {};
    return c.json({ success: true });
  });
  return routes;
}
