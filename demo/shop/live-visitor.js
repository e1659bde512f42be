import { element } from './element.js';

const sum = (counts) => Object.values(counts ?? {}).reduce((total, count) => total + (Number(count) || 0), 0);
/** Waiting messages, over all destinations. */
export const waitingOf = (status) => sum(status.queued);

const listed = (counts) =>
  Object.entries(counts ?? {})
    .filter(([, count]) => count)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** Who this visitor is, as the device knows, and what waits on it. */
export function visitor() {
  const list = element('dl', { class: 'pairs' }, row('Status', 'waiting for chatstone …'));
  let shown;

  return {
    element: list,
    show(status) {
      const { identity = {}, widgets = {}, lastError } = status;
      const found = Object.entries(widgets)
        .filter(([, { found } = {}]) => found)
        .map(([name]) => name);
      const rows = [
        ['Visitor id', status.visitor ?? 'none', 'mono'],
        [
          'Known as',
          identity.userId ? `${identity.userId}${identity.by ? ` (by ${identity.by})` : ''}` : 'nobody yet',
        ],
        ['Consent', status.consent ?? 'unknown'],
        ['Listens to', found.join(', ') || 'nothing found yet'],
        [
          'Stored in',
          status.storage === 'memory' ? 'memory: IndexedDB is not to be had' : (status.storage ?? 'unknown'),
        ],
        [
          'Waiting',
          `${listed(status.queued) || 'nothing'}${status.held ? ` (${status.held} for an e-mail)` : ''}`,
        ],
        ['Delivered', String(status.delivered ?? 0)],
        ['Dropped', listed(status.dropped) || 'none'],
        lastError && [
          'Last error',
          typeof lastError === 'string' ? lastError : (lastError.message ?? JSON.stringify(lastError)),
          'bad',
        ],
      ].filter(Boolean);
      // Drawn anew only when it changed: somebody may be selecting the visitor id.
      const now = JSON.stringify(rows);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...rows.map(([label, value, look]) => row(label, value, look)));
    },
  };
}

function row(label, value, look) {
  return element('div', {}, element('dt', {}, label), element('dd', { class: look ?? '' }, value));
}
