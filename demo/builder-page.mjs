// The tag builder's page: a form, and the texts that come of it.
import { html, raw } from 'hono/html';
import { frame } from './frame.mjs';
import { widgets } from './widgets/index.js';

const CONSENT = {
  auto: 'whoever asks, or nobody',
  manual: 'the page says it',
  granted: 'nobody asks',
  shopify: 'Shopify',
  onetrust: 'OneTrust',
  cookiebot: 'Cookiebot',
  tcf: 'IAB TCF 2',
};

const select = (name, label, options) => html`
  <p class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${Object.entries(options).map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select>
  </p>`;

const input = (name, label, value, help, more = '') => html`
  <p class="field${more}">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" autocomplete="off" spellcheck="false" aria-describedby="${name}-help ${name}-fault" />
    <span class="small" id="${name}-help">${help}</span>
    <span class="fault" id="${name}-fault" data-fault="${name}"></span>
  </p>`;

const text = (name, title, about) => html`
  <section class="text" aria-labelledby="${name}-title">
    <div class="text-head">
      <h2 id="${name}-title">${title}</h2>
      <button type="button" class="button quiet" data-copy="${name}">Copy</button>
    </div>
    <p class="small">${about}</p>
    <pre tabindex="0" aria-labelledby="${name}-title"><code id="${name}"></code></pre>
    <p class="fault" id="${name}-fault"></p>
    <ul class="notes small" id="${name}-notes"></ul>
  </section>`;

const titles = Object.entries(widgets)
  .map(([name, { title }]) => [name, title])
  .sort(([, one], [, other]) => one.localeCompare(other, 'en', { sensitivity: 'base' }));

export const builderPage = () =>
  frame({
    title: 'Tag builder',
    about: 'The tag of chatstone for your shop, made of what you choose.',
    path: '/builder.html',
    styles: ['/builder.css'],
    scripts: ['/shop/builder.js'],
    main: html`
      <div class="prose-head">
        <h1>Tag builder</h1>
        <p>Choose, and copy what your shop pastes. What you leave as it is stays away: the defaults need no attribute.</p>
      </div>
      <div class="builder">
        <form id="builder" class="checkout" novalidate>
          <fieldset>
            <legend>Where it goes</legend>
            ${input('writeKey', 'Write key', 'CUSTOMERIO_WRITE_KEY', 'Of a JavaScript source in Customer.io.', ' wide')}
            ${select('region', 'Region of the workspace', { us: 'US', eu: 'EU' })}
            ${input('apiHost', 'Another host', '', 'A proxy of your own; empty for Customer.io’s.')}
            ${input('folder', 'Folder of the files', '/chatstone/', 'Where you put the chatstone*.js of dist/.', ' wide')}
          </fieldset>
          <fieldset>
            <legend>Chat widgets</legend>
            <p class="field wide small">None chosen: whatever runs on the page.</p>
            <div class="field wide checks">
              ${titles.map(
                ([name, title]) =>
                  html`<label><input type="checkbox" name="widgets" value="${name}" /> ${raw(title)}</label>`,
              )}
            </div>
          </fieldset>
          <fieldset>
            <legend>Visitors</legend>
            ${select('consent', 'Who asks for consent', CONSENT)}
            ${select('identifyBy', 'Customers are known by', { email: 'their e-mail address', id: 'your own id' })}
            ${select('anonymous', 'Until somebody is known', {
              hold: 'keep on the device',
              send: 'send them anonymously',
            })}
            ${select('client', 'Customer.io’s own client', { auto: 'go through it', none: 'plain HTTP only' })}
            <p class="field wide checks"><label><input type="checkbox" name="calls" /> The page itself calls <code>chatstone(…)</code></label></p>
          </fieldset>
          <fieldset>
            <legend>Topics</legend>
            <p class="field wide small">What visitors write about, and the words that begin so; a pattern stands between slashes. The words are matched on the device and forgotten.</p>
            <div class="field wide rows" id="topics"></div>
            <p class="field wide actions"><button type="button" class="button quiet" id="add-topic">Add a topic</button></p>
          </fieldset>
          <fieldset>
            <legend>Pages that stand for a topic</legend>
            <div class="field wide rows" id="pages"></div>
            <p class="field wide actions"><button type="button" class="button quiet" id="add-page">Add a page</button></p>
          </fieldset>
        </form>
        <div class="texts">
          ${text('tag', 'Script tag', 'Above </head> on every page.')}
          ${text('liquid', 'Shopify theme', 'With the snippet dist/shopify/chatstone.liquid.')}
          ${text('npm', 'npm', 'A module of your own.')}
          <p class="unseen" id="copied" role="status"></p>
        </div>
      </div>`,
  });
