// A fake of Intercom's Messenger, after https://developers.intercom.com/installing-intercom/web/methods
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Intercom',
  link: 'https://developers.intercom.com/installing-intercom/web/methods',
  gaps: 'no visitor message, no end, no rating. A reply is inferred from the unread count, so a bot’s counts as a person’s. The address of `onUserEmailSupplied` is unverified',
  proof: 'a fake, with the real `@intercom/messenger-js-sdk` stub',
};

/**
 * Puts Intercom on a page: the site's snippet makes a function that queues, the bundle replaces it by another.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, unread?: number, address?: boolean, hears?: (command: string, ...args: any[]) => void }} [options] unread: lines that waited when the page loaded;
 *   address: whether `onUserEmailSupplied` hands the address over, which is not documented; hears: gets each event and each attribute, and may throw
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, unread = 0, address = true, hears } = {}) {
  // A stub that stands already is kept, as the snippet does.
  if (!window.Intercom) {
    const stub = (...args) => stub.c(args);
    stub.q = [];
    stub.c = (args) => stub.q.push(args);
    window.Intercom = stub;
  }

  // A listener can never be taken away again. https://github.com/devrnt/react-use-intercom/pull/509
  const listeners = { onShow: [], onHide: [], onUnreadCountChange: [], onUserEmailSupplied: [] };
  const tell = (name, ...args) => {
    for (const listener of [...listeners[name]]) listener(...args);
  };
  const count = (now) => {
    unread = now;
    tell('onUnreadCountChange', unread);
  };
  const receive = () => {
    if (!fake.opened) count(unread + 1);
  };

  const commands = {
    show: () => fake.open(),
    hide: () => fake.close(),
    showNewMessage: () => fake.open(),
    startConversation(text) {
      fake.open();
      fake.visitor(text);
    },
    boot() {
      messenger.booted = true;
    },
    shutdown() {
      count(0);
      messenger.booted = false;
    },
    update(attributes = {}) {
      hears?.('update', attributes);
      Object.assign(fake.attributes, attributes);
    },
    trackEvent: (name, metadata) => hears?.('trackEvent', name, metadata),
    getVisitorId: () => 'visitor-9',
  };
  const messenger = (name, ...args) => {
    if (!listeners[name]) return commands[name]?.(...args);
    listeners[name].push(args[0]);
    // Called at once, and not only when something changes.
    if (name === 'onUnreadCountChange') args[0](unread);
    return undefined;
  };
  messenger.booted = true;

  const fake = createFake(
    'intercom',
    {
      load() {
        const { q = [] } = window.Intercom;
        window.Intercom = messenger;
        for (const args of q) messenger(...args);
      },
      open() {
        tell('onShow');
        if (unread) count(0);
      },
      close: () => tell('onHide'),
      prechat: ({ email }) => email && tell('onUserEmailSupplied', ...(address ? [email] : [])),
      agent: receive,
      bot: receive,
      replay: () => count(unread),
      uninstall() {
        delete window.Intercom;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
