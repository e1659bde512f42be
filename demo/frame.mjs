// What every page has around its content that the server makes: the shop's head and foot.
import { html, raw } from 'hono/html';

/** As a shop pastes it where the page calls chatstone before it has loaded. */
export const STUB =
  '<script>window.chatstone=window.chatstone||function(){(chatstone.q=chatstone.q||[]).push(arguments)}</script>';

const MARK = raw(
  '<svg viewBox="0 0 32 32" aria-hidden="true"><path d="M5 8l5.5 6 5.5-6 5.5 6 5.5-6M5 15.5l5.5 6 5.5-6 5.5 6 5.5-6M5 23l5.5 5 5.5-5 5.5 5 5.5-5" /></svg>',
);
const MOON = raw(
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9Z" /></svg>',
);
const BASKET = raw(
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9h16l-1.6 10.5h-12.8ZM8 9l2.5-5M16 9l-2.5-5" /></svg>',
);

const PAGES = [
  ['/index.html', 'Shop'],
  ['/situations/', 'Situations'],
  ['/builder.html', 'Tag builder'],
  ['/explorer.html', 'Data explorer'],
];

/** @typedef {ReturnType<typeof html>} Markup */

/**
 * A page of the demo.
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} parts.about one sentence
 * @param {string} parts.path its address, which the menu marks
 * @param {Record<string, string>} [parts.data] data attributes of the root element
 * @param {string[]} [parts.styles] style sheets beside the shop's
 * @param {Markup | string} [parts.head]
 * @param {string[]} [parts.scripts] modules
 * @param {Markup} parts.main
 * @param {Markup | string} [parts.foot]
 */
export const frame = ({
  title,
  about,
  path,
  data = {},
  styles = [],
  head = '',
  scripts = [],
  main,
  foot = '',
}) =>
  html`<!doctype html>
<html lang="en"${Object.entries(data).map(([name, value]) => html` data-${raw(name)}="${value}"`)}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Ravelgarth</title>
    <meta name="description" content="${about}" />
    <link rel="icon" href="/shop/mark.svg" type="image/svg+xml" />
    ${['/shop.css', ...styles].map((style) => html`<link rel="stylesheet" href="${style}" />`)}
    <script src="/shop/theme.js"></script>
    ${head}
    ${['/shop/page.js', ...scripts].map((script) => html`<script type="module" src="${script}"></script>`)}
  </head>
  <body>
    <div class="shop">
      <a class="skip" href="#main">Skip to the content</a>
      <header class="top">
        <a class="brand" href="/index.html">${MARK} Ravelgarth</a>
        <nav aria-label="Demo">
          ${PAGES.map(
            ([href, name]) =>
              html`<a href="${href}"${href === path ? raw(' aria-current="page"') : ''}>${name}</a>`,
          )}
        </nav>
        <button type="button" class="plain" id="theme" aria-pressed="false">${MOON}<span class="unseen">Dark colours</span></button>
        <a class="basket" href="/cart.html">${BASKET}<span class="word">Basket</span> <span id="basket-count" aria-live="polite" aria-atomic="true"></span></a>
      </header>
      <main id="main" tabindex="-1">${main}</main>
      <footer class="foot">
        ${foot}
        <p class="brandline">Ravelgarth</p>
        <p class="small">An invented shop: nothing is sold, nothing is charged. It stands here to show chatstone at work.</p>
      </footer>
    </div>
  </body>
</html>`;
