// The pages of the situations: one template, and the index.
import { html, raw } from 'hono/html';
import { frame, STUB } from './frame.mjs';
import { situations } from './situations.mjs';
import { tag } from './tag.mjs';
import { widgets } from './widgets/index.js';

const STYLES = ['/chat.css', '/live.css', '/situations.css'];
const SCRIPTS = ['/shop/chat.js', '/shop/live.js', '/shop/situation.js'];

const addressOf = (name, widget, more = '') =>
  `/situations/${name}.html?${widget === 'tawk' ? '' : `widget=${widget}&`}${more}`.replace(/[?&]$/, '');

/** What stands in the head for chatstone's sake. */
function headOf(situation, asked) {
  if (situation.head) return situation.head(asked);
  const stub = situation.strict ? html`<script src="/shop/stub.js"></script>` : raw(STUB);
  const attributes = { writeKey: 'demo', apiHost: asked.origin, client: 'none', ...situation.tag };
  return html`${stub}
${tag({ ...attributes, debug: asked.debug }, situation.config)}`;
}

/**
 * The page of a situation.
 * @param {string} name of one that is there
 * @param {{ origin: string, widget: string, query: URLSearchParams }} asked
 */
export function situationPage(name, { origin, widget, query }) {
  const situation = situations[name];
  const debug = query.has('chatstone_debug') ? '/api/profiles' : undefined;
  const head = headOf(situation, { origin, widget, query, debug });
  const names = Object.keys(situations);
  const at = names.indexOf(name);
  const link = (step, word) => {
    const other = names[(at + step + names.length) % names.length];
    return html`<a href="${addressOf(other, widget, 'fresh')}">${word}: ${situations[other].title}</a>`;
  };

  const main = html`
    <div class="prose-head">
      <p class="small crumb"><a href="/situations/">Situations</a> · ${at + 1} of ${names.length}</p>
      <h1>${situation.title}</h1>
    </div>
    <div class="situation">
      <div class="situation-do">
        <dl class="sentences">
          <dt>Try</dt><dd>${situation.try}</dd>
          <dt>Expect</dt><dd>${situation.expect}</dd>
        </dl>
        ${situation.body ?? ''}
        ${
          situation.buttons
            ? html`<p class="actions">${situation.buttons.map(
                ([act, label]) =>
                  html`<button type="button" class="button quiet" data-act="${act}">${label}</button>`,
              )}</p>`
            : ''
        }
        <p class="said" id="said" role="status"></p>
      </div>
      <section class="proof" aria-labelledby="proof-title">
        <h2 id="proof-title">Has it come?</h2>
        <ol id="proof"><li data-state="wait">Waiting for chatstone …</li></ol>
        <p class="small">Read from <code>chatstone('status')</code> on this page and from the collector: <a href="/api/profiles">its profiles</a>, <a href="/api/log">its log</a>.</p>
      </section>
    </div>
    <form class="widget-choice" method="get">
      <label for="widget">Chat widget</label>
      <select id="widget" name="widget">
        ${Object.entries(widgets).map(
          ([one, { title }]) =>
            html`<option value="${one}"${one === widget ? raw(' selected') : ''}>${title}</option>`,
        )}
      </select>
      <button class="button quiet" name="fresh">Use it</button>
      <a href="${addressOf(name, widget, 'fresh')}">Start afresh</a>
      <a href="${addressOf(name, widget, 'chatstone_debug')}">Open the QA panel</a>
    </form>
    <section class="source" aria-labelledby="source-title">
      <h2 id="source-title">What stands in the head of this page</h2>
      <pre tabindex="0" aria-labelledby="source-title"><code>${String(head)}</code></pre>
      ${
        situation.headers
          ? html`<p>And the server answers with</p><pre tabindex="0" aria-label="Headers"><code>${Object.entries(
              situation.headers,
            )
              .map(([header, value]) => `${header}: ${value}`)
              .join('\n')}</code></pre>`
          : ''
      }
    </section>`;

  return frame({
    title: situation.title,
    about: situation.expect,
    path: `/situations/${name}.html`,
    data: { situation: name, widget, consent: situation.tag?.consent ?? 'auto' },
    styles: STYLES,
    head: html`<script src="/shop/violations.js"></script>

    <!-- chatstone, as a shop pastes it -->
${head}`,
    scripts: [...SCRIPTS, ...(situation.scripts ?? [])],
    main,
    foot: html`<p class="actions walk">${link(-1, 'Before')} ${link(1, 'Next')} <a href="/situations/">All situations</a></p>`,
  });
}

/** The list of all. */
export const situationIndex = () =>
  frame({
    title: 'Situations',
    about: 'What chatstone does in a shop, a page for each situation.',
    path: '/situations/',
    styles: ['/situations.css'],
    main: html`
      <div class="prose-head">
        <h1>Situations</h1>
        <p>Each page holds the tag as a shop pastes it, says what to try and what to expect, and shows whether that has come.</p>
      </div>
      <ol class="situations">
        ${Object.entries(situations).map(
          ([name, { title, expect }]) =>
            html`<li><a href="${addressOf(name, 'tawk', 'fresh')}"><b>${title}</b><span>${expect}</span></a></li>`,
        )}
      </ol>`,
  });
