// A fake of HubSpot's chat, after
// https://developers.hubspot.com/docs/api-reference/latest/conversations/chat-configuration/chat-widget-sdk.md
import { createFake } from './fake.js';

export const about = {
  title: 'HubSpot',
  link: 'https://developers.hubspot.com/docs/api-reference/latest/conversations/chat-configuration/chat-widget-sdk.md',
  gaps: 'no assignment, no rating. An opening is inferred from the first click in the widget, once a page. A reply is inferred from the number of unread conversations, so a bot’s counts as a person’s, and none is told while the window is open. Every quick reply is taken for a topic. The address comes by an event that is not documented (unverified)',
  proof: 'a fake after the documentation',
};

const PLACEHOLDER = 'STUBBED_THREAD_ID'; // selected while no conversation has begun

// What else is told throws.
const EVENTS = [
  'conversationStarted',
  'conversationClosed',
  'unreadConversationCountChanged',
  'contactAssociated',
  'userInteractedWithWidget',
  'quickReplyButtonClick',
  'widgetLoaded',
  'widgetClosed',
  'userSelectedThread',
];

/**
 * Puts HubSpot's chat on a page. Before its script nothing stands there but what the site wrote itself.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, address?: boolean }} [options] address: whether the build tells the address, which is not
 *   documented
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, address = true } = {}) {
  /** @type {Map<string, Set<Function>>} */
  const listeners = new Map();
  const known = [...EVENTS, ...(address ? ['emailCaptured'] : [])];
  const tell = (name, payload) => {
    if (!known.includes(name)) throw new Error(`Expected a valid event type but received ${name}`);
    for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
  };

  let thread = 0; // the id of the conversation
  let clicked = false;
  let unread = 0; // conversations, not lines
  const conversation = (conversationId) => ({ conversation: { conversationId } });
  const count = (now) => {
    if (now === unread) return;
    unread = now;
    tell('unreadConversationCountChanged', { unreadCount: unread });
  };
  const receive = () => {
    if (!fake.opened) count(1);
  };
  const click = () => {
    if (!clicked) tell('userInteractedWithWidget', { message: 'User has interacted with the widget' });
    clicked = true;
  };

  const api = {
    on(name, listener) {
      if (typeof listener !== 'function') throw new Error('Expected a function');
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    },
    off: (name, listener) => listeners.get(name)?.delete(listener),
    clear() {},
    widget: {
      load() {},
      refresh() {},
      remove() {},
      open: () => fake.open(),
      close: () => fake.close(),
      status: () => ({ loaded: fake.loaded, pending: false }),
    },
  };

  const fake = createFake(
    'hubspot',
    {
      load() {
        window.HubSpotConversations = api;
        for (const ready of window.hsConversationsOnReady ?? []) {
          try {
            ready();
          } catch (error) {
            console.warn(error.message);
          }
        }
        tell('widgetLoaded', { message: 'widget has loaded' });
        tell('userSelectedThread', conversation(PLACEHOLDER));
      },
      open() {
        click();
        count(0);
      },
      close() {
        click(); // the greeting that nobody asked for may be closed, too
        tell('widgetClosed', { message: 'widget has been closed' });
      },
      popup() {},
      prechat({ email }) {
        tell('contactAssociated', { message: 'Contact has been associated' });
        if (address && email) tell('emailCaptured', { email });
      },
      visitor() {
        if (thread) return;
        thread = 5281067431;
        tell('userSelectedThread', conversation(thread));
        tell('conversationStarted', conversation(thread));
      },
      agent: receive,
      bot: receive,
      tag: (text) =>
        tell('quickReplyButtonClick', { name: 'QUICK_REPLIES', multiSelect: false, value: [text] }),
      end: () => tell('conversationClosed', conversation(thread)),
      replay() {
        tell('widgetLoaded', { message: 'widget has loaded' });
        tell('userSelectedThread', conversation(PLACEHOLDER));
        if (thread) tell('userSelectedThread', conversation(thread));
      },
      uninstall() {
        delete window.HubSpotConversations;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
