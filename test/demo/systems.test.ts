import { describe, expect, test } from 'vitest';
import { createSystems } from '../../demo/systems.mjs';

describe('createSystems', () => {
  const post = (app: ReturnType<typeof createSystems>, path: string, body: string) =>
    app.request(path, { method: 'POST', body });

  test('keeps what each system was posted, until it is cleared', async () => {
    const app = createSystems();
    await post(app, '/systems/segment/b', '{"batch":[1]}');
    await post(app, '/systems/warehouse/chat', '{"batch":[2]}');
    expect(await (await app.request('/api/systems')).json()).toMatchObject({
      segment: [{ path: '/systems/segment/b', body: { batch: [1] } }],
      warehouse: [{ body: { batch: [2] } }],
    });
    await app.request('/api/systems', { method: 'DELETE' });
    expect(await (await app.request('/api/systems')).json()).toEqual({});
  });

  test('keeps the last hundred of each', async () => {
    const app = createSystems();
    for (let i = 0; i < 120; i++) await post(app, '/systems/segment/b', `{"n":${i}}`);
    const { segment } = await (await app.request('/api/systems')).json();
    expect(segment).toHaveLength(100);
    expect(segment[0].body.n).toBe(20);
  });

  test('refuses what is no JSON', async () => {
    const app = createSystems();
    expect((await post(app, '/systems/segment/b', '{')).status).toBe(400);
    expect(await (await app.request('/api/systems')).json()).toEqual({});
  });
});
