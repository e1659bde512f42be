import { element, markup } from './element.js';

const root = document.documentElement;
const STONE =
  '<svg viewBox="0 0 28 34" aria-hidden="true"><path d="M4 31V13C4 6.5 8.5 2.5 14 2.5S24 6.5 24 13V31ZM1 31.5H27"/></svg>';
const CHEVRON = '<svg class="chevron" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 5l7 7-7 7"/></svg>';

/**
 * The drawer beside the shop on wide screens, the sheet from below on narrow ones.
 * @param {[title: string | undefined, content: Element][]} sections
 */
export function drawer(sections) {
  const summary = element('span', { class: 'bar' });
  const toggle = element(
    'button',
    { type: 'button', class: 'live-toggle', 'aria-controls': 'live-body', onclick: () => turn(!isOpen()) },
    markup(STONE),
    element('span', { class: 'live-title' }, 'chatstone live'),
    summary,
    markup(CHEVRON),
  );
  const body = element(
    'div',
    { class: 'live-body', id: 'live-body' },
    sections.map(([title, content]) => element('section', {}, title && element('h2', {}, title), content)),
  );

  const isOpen = () => root.dataset.live === 'open';
  const reflect = () => toggle.setAttribute('aria-expanded', String(isOpen()));
  function turn(open) {
    root.dataset.live = open ? 'open' : 'closed';
    reflect();
    try {
      localStorage.setItem('ravelgarth-live', root.dataset.live);
    } catch (error) {
      console.debug('The state of the live view is not kept', error);
    }
  }
  reflect();

  return {
    element: element('aside', { class: 'live', ariaLabel: 'Live view of chatstone' }, toggle, body),
    /** What the bar says while it is closed. */
    summarise(text) {
      summary.textContent = text;
    },
  };
}
