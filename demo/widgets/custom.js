// A home-made chat that tells chatstone what happens in it, with one event.
import { createFake } from './fake.js';

export const about = {
  title: 'your own widget',
  link: 'docs/custom-widget.md',
  gaps: 'what it tells itself, by one event or by the call; events before chatstone has loaded are not heard, the call is',
  proof: 'a little widget that speaks these events',
};

/**
 * Puts a home-made chat on a page.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, target?: EventTarget, id?: string }} [options] target: where it dispatches its events; id: that of
 *   its conversation, if it has one
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, target = window, id } = {}) {
  const tell = (what, detail) => target.dispatchEvent(new window.CustomEvent(what, { detail }));
  const chat = (type, more) =>
    tell('chatstone', { widget: 'our-chat', type, ...(id && { conversation: id, at: Date.now() }), ...more });
  const line = (from) => (text) => chat('message', { from, text }); // of the others' lines nothing is used

  const fake = createFake(
    'custom',
    {
      load() {
        window.ourChat = { open: () => fake.open() };
      },
      open: () => chat('opened'),
      prechat({ name, email, phone, department }) {
        chat('person', { name, email, phone });
        if (department) chat('topic', { topic: department });
      },
      visitor: line('visitor'),
      agent: line('agent'),
      bot: line('bot'),
      system: line('system'),
      assign: (agent) => chat('assigned', { agent: agent.id, team: 'Care', name: agent.name }),
      tag: (topic) => chat('topic', { topic }),
      rate: (score) => chat('rated', { score, worst: 1, best: 5 }),
      end: () => chat('ended'),
      // It does not tell again what it has told.
      replay() {
        if (fake.opened) chat('opened');
      },
      uninstall() {
        delete window.ourChat;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
