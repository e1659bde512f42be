// /situations/: the index, and a page for each.
import { Hono } from 'hono';
import { situationIndex, situationPage } from './situation-page.mjs';
import { situations } from './situations.mjs';
import { widgets } from './widgets/index.js';

export function createSituations() {
  const routes = new Hono();
  routes.get('/situations', (c) => c.redirect('/situations/'));
  routes.get('/situations/', (c) => c.html(situationIndex()));

  const page = (c) => {
    const name = c.req.param('file').replace(/\.html$/, '');
    if (!Object.hasOwn(situations, name)) return c.notFound();
    const { origin, searchParams } = new URL(c.req.url);
    const widget = searchParams.get('widget') ?? 'tawk';
    if (!Object.hasOwn(widgets, widget))
      return c.text(`There is no widget of that name: write one of ${Object.keys(widgets).join(', ')}`, 400);
    return c.html(
      situationPage(name, { origin, widget, query: searchParams }),
      200,
      situations[name].headers,
    );
  };
  routes.get('/situations/:file{[a-z-]+\\.html}', page);
  routes.get('/situations/:file{single-page-app\\.html}/:view', page); // a view's address, loaded anew
  return routes;
}
