// A fake of Gorgias Chat, after https://docs.gorgias.com/gorgias-chat/advanced-customization-new-chat and its loader, whose
// Proxy names that page when it throws.
import { createFake } from './fake.js';

export const about = {
  title: 'Gorgias',
  link: 'https://docs.gorgias.com/gorgias-chat/advanced-customization-new-chat',
  gaps: 'no address, no topic, no assignment, no end, no rating, no conversation id. A bot’s line counts as a person’s. The event of the visitor’s message is unverified',
  proof: 'a fake after its loader',
};

/**
 * Puts Gorgias Chat on a page: its loader makes a Proxy that throws at whatever is asked of it but `init`, the bundle puts
 * the API in its place.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean }} [options]
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late } = {}) {
  window.GorgiasChat = new Proxy(
    {},
    {
      get(target, name) {
        if (name !== 'init' && name !== 'resolve')
          throw new Error(
            `You are trying to use the Gorgias Chat API before its initialization ("${String(name)}")`,
          );
        return target[name];
      },
    },
  );
  const loaded = new Promise((resolve) => {
    window.GorgiasChat.resolve = resolve;
  });
  window.GorgiasChat.init = () => loaded;

  const listeners = [];
  const tell = (what, data) => {
    for (const [name, listener] of [...listeners]) if (name === what) listener(data);
  };
  const message = (text) => ({ content: { text } });
  const receive = (text) => {
    tell('typing:start');
    tell('message:received', message(text));
  };

  const api = {
    init: () => loaded,
    on: (name, listener) => {
      listeners.push([name, listener]);
    },
    open: () => fake.open(),
    close: () => fake.close(),
    isOpen: () => fake.opened,
    isChatOnline: () => true,
    sendMessage: (text) => fake.visitor(text),
    captureUserEmail() {}, // echoes nothing
    setShopifyContext() {},
    hidePoweredBy() {},
    disableAttachments() {},
  };

  const fake = createFake(
    'gorgias',
    {
      load() {
        const { resolve } = window.GorgiasChat;
        window.GorgiasChat = api;
        resolve(api);
        window.dispatchEvent(new window.Event('gorgias-widget-loaded'));
        tell('ready');
      },
      open: () => tell('widget:opened'),
      close: () => tell('widget:closed'),
      visitor: (text) => tell('message:sent', message(text)),
      agent: receive,
      bot: receive,
      // The window is restored as it was; no message is told again.
      replay() {
        if (fake.opened) tell('widget:opened');
      },
      uninstall() {
        delete window.GorgiasChat;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
