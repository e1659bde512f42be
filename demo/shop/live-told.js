import { clock } from './clock.js';
import { element } from './element.js';

const LONGEST = 120;

/** What the page told, oldest first: signals, and the milestones that came of them. */
export function told() {
  const feed = element('div', {
    class: 'feed',
    role: 'log',
    ariaLive: 'off',
    tabIndex: 0,
    ariaLabel: 'What the page told',
  });
  const spoken = element('p', { class: 'unseen', role: 'status' });
  const none = element('p', { class: 'faint' }, 'Nothing yet. Open the chat at the corner of the shop.');

  return {
    element: element('div', {}, none, feed, spoken),
    /** Adds an entry `{ kind, at, text, widget?, detail? }`. */
    add(entry, { aloud = false } = {}) {
      none.hidden = true;
      const atEnd = feed.scrollHeight - feed.scrollTop - feed.clientHeight < 40;
      feed.append(
        element(
          'div',
          { 'data-kind': entry.kind },
          element('time', { dateTime: new Date(entry.at).toISOString() }, clock(entry.at)),
          element(
            'span',
            { class: 'what' },
            element('b', {}, entry.text),
            entry.widget && element('span', { class: 'by' }, entry.widget),
            entry.detail && element('span', { class: 'detail' }, entry.detail),
          ),
        ),
      );
      if (feed.children.length > LONGEST) feed.firstChild.remove();
      if (atEnd) feed.scrollTop = feed.scrollHeight;
      if (aloud) spoken.textContent = `Milestone: ${entry.text}`;
    },
    scrollToEnd() {
      feed.scrollTop = feed.scrollHeight;
    },
  };
}
