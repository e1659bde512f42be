// A fake of Freshchat's web messenger, after https://developers.freshchat.com/web-sdk/v1/ and the names, the emptying and
// the `off` of the vendor's own script (https://wchat.freshchat.com/js/widget.js).
import { createFake } from './fake.js';

export const about = {
  title: 'Freshchat',
  link: 'https://developers.freshchat.com/web-sdk/v1/',
  gaps: 'no assignment, no topic, no end: the script knows no such event. A bot’s line counts as a person’s. The rating and the address are taken where the events carry them (unverified)',
  proof: 'a fake after the documentation',
};

const EVENTS = [
  'widget:opened',
  'widget:closed',
  'widget:loaded',
  'widget:destroyed',
  'frame:statechange',
  'user:statechange',
  'user:created',
  'user:cleared',
  'message:sent',
  'message:received',
  'unreadCount:notify',
  'csat:received',
  'csat:updated',
];

/**
 * Puts Freshchat on a page: its script makes the API, `init` the frame. Nothing queues before.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, address?: boolean, wrapped?: boolean }} [options] address: whether `user:created` holds the
 *   address, which is not documented, as the place of the stars is not; wrapped: a line stands in `message`, as one of two
 *   kinds of messages from the frame has it
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, address = true, wrapped = true } = {}) {
  const { document } = window;
  /** @type {Record<string, Function[]>} */
  let listeners = {};
  // Newer builds tell the window, too.
  const announce = (name, args) =>
    window.dispatchEvent(
      new window.CustomEvent('fwcrm_event_consume', { detail: { name, origin: window.origin, args } }),
    );
  const tell = (name, data) => {
    if (!EVENTS.includes(name)) return;
    for (const listener of [...(listeners[name] ?? [])]) data ? listener(data) : listener();
    announce(name, data);
  };
  const line = (action, content) => {
    const message = { messageFragments: [{ contentType: 'text/html', content }] };
    return wrapped ? { action, message } : message;
  };
  const receive = (text) => {
    tell('message:received', line('message_received', text));
    if (!fake.opened) tell('unreadCount:notify', { count: 1 });
  };

  let frame;
  const widget = {
    init() {
      if (frame) return;
      frame = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'fc_frame' }));
    },
    destroy() {
      if (!frame) return;
      frame.remove();
      frame = undefined;
      const last = listeners['widget:destroyed'] ?? [];
      announce('widget:destroyed');
      listeners = {}; // also what came in answer to that
      setTimeout(() => {
        for (const listener of last) listener();
      });
    },
    // A name that it does not know is ignored.
    on(name, listener) {
      if (EVENTS.includes(name)) listeners[name] = [...(listeners[name] ?? []), listener];
    },
    // Goes by the name of the function: the first one of that name is gone, whoever put it there.
    off(name, listener) {
      const all = listeners[name] ?? [];
      const found = all.findIndex((one) => !listener || one.name === listener.name);
      listeners[name] = all.filter((_, i) => i !== found);
    },
    isInitialized: () => !!frame,
    isLoaded: () => fake.loaded,
    isOpen: () => fake.opened,
    user: { setProperties: (properties) => void Object.assign(fake.attributes, properties) },
    open: () => fake.open(),
    close: () => fake.close(),
  };

  const fake = createFake(
    'freshchat',
    {
      load() {
        window.fcWidget ??= widget;
        widget.init();
        tell('frame:statechange', { data: { frameState: 'loaded' } });
        tell('widget:loaded');
      },
      // Told again whenever the frame changes its size.
      open() {
        tell('widget:opened');
        tell('unreadCount:notify', { count: 0 });
      },
      close: () => tell('widget:closed'),
      prechat({ name, email, phone }) {
        tell('user:created', {
          action: 'user_created',
          success: true,
          status: 200,
          data: { alias: 'u-1', restoreId: 'r-1', firstName: name, ...(address && { email, phone }) },
        });
      },
      visitor: (text) => tell('message:sent', line('message_sent', text)),
      agent: receive,
      bot: receive,
      rate: (stars) => tell('csat:updated', { action: 'csat_updated', data: { stars } }),
      end: () => tell('csat:received', { action: 'csat_received' }), // the question, not the answer
      replay() {
        tell('user:created', { action: 'user_created', success: true, status: 200, data: null });
        if (fake.opened) tell('widget:opened');
        tell('unreadCount:notify', { count: 0 });
      },
      uninstall() {
        frame?.remove();
        delete window.fcWidget;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
