import { element } from './element.js';

const sum = (counts = {}) => Object.values(counts).reduce((total, count) => total + count, 0);
const listed = (counts = {}) =>
  Object.entries(counts)
    .filter(([, count]) => count)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** Waiting messages, over all destinations. */
export const waitingOf = (status) => sum(status.queued);

/** Who this visitor is, as the device knows, and what waits on it. */
export function visitor() {
  const list = element('dl', { class: 'pairs' }, row('Status', 'waiting for chatstone …'));
  let shown;

  return {
    element: list,
    show(status) {
      if (!status.consent) return; // it has not answered yet
      const rows = rowsOf(status);
      // Drawn anew only when it changed: somebody may be selecting the visitor id.
      const now = JSON.stringify(rows);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...rows.map(([label, value, look]) => row(label, value, look)));
    },
  };
}

function rowsOf({ visitor, identity = {}, consent = {}, widgets = {}, storage, held, lastError, ...counts }) {
  const found = Object.keys(widgets).filter((name) => widgets[name].found);
  const { userId, by } = identity;
  const where = { indexeddb: 'IndexedDB', memory: 'memory only', closed: 'nothing yet' };
  return [
    ['Visitor id', visitor || 'none yet', 'mono'],
    ['Known as', userId ? `${userId}${by ? ` (said by: ${by})` : ''}` : 'nobody yet'],
    ['Consent', [consent.state, consent.by && `by ${consent.by}`].filter(Boolean).join(', ') || 'unknown'],
    ['Listens to', found.join(', ') || 'nothing found yet'],
    ['Stored in', where[storage] ?? storage],
    ['Waiting', `${listed(counts.queued) || 'nothing'}${held ? ` (${held} until the person is known)` : ''}`],
    ['Delivered', counts.delivered],
    ['Dropped', listed(counts.dropped) || 'none'],
    listed(counts.ignored) && ['Ignored', listed(counts.ignored)],
    lastError && ['Last error', lastError, 'bad'],
  ].filter(Boolean);
}

function row(label, value, look = '') {
  return element('div', {}, element('dt', {}, label), element('dd', { class: look }, String(value ?? '')));
}
