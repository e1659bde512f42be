// A fake of Front Chat, after https://dev.frontapp.com/docs/chat-sdk-reference
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Front',
  link: 'https://dev.frontapp.com/docs/chat-sdk-reference',
  gaps: 'no visitor message, no end, no rating, no identity, no conversation id. A reply is inferred from the unread count, so a bot’s counts as a person’s, and none is told while the window is open (unverified)',
  proof: 'a fake, loaded by the real `front-chat-sdk`',
};

/**
 * Puts Front Chat on a page: there is no stub, and the function of its bundle takes commands only when the frame that the
 * site's `init` makes is set up. Before, it says so on the console and returns nothing.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, init?: boolean, slow?: boolean, unread?: number }} [options] init: the site says `init` when the
 *   bundle has come; slow: the frame is set up some time after; unread: lines that waited when the page loaded
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, init = true, slow = false, unread = 0 } = {}) {
  const { document } = window;
  const listeners = { onUnreadChange: [], onWindowVisibilityChanged: [] };
  const tell = (name, data) => {
    for (const listener of [...listeners[name]]) listener(data);
  };
  const count = (now) => {
    unread = now;
    tell('onUnreadChange', { unread_count: unread });
  };
  const receive = () => {
    if (!fake.opened) count(unread + 1);
  };

  let frame;
  let set = false; // the app in the frame is set up
  const leave = () => {
    frame?.remove();
    set = false;
    for (const name of Object.keys(listeners)) listeners[name] = []; // whether they outlive the frame is not documented
  };
  const actions = {
    show: () => fake.open(),
    hide: () => fake.close(),
    shutdown: leave,
    identity() {},
  };
  const front = (command, argument) => {
    if (command === 'init') {
      leave();
      frame = document.createElement('div'); // stands for the frame
      frame.id = 'front-chat-iframe';
      frame.hidden = true;
      document.body.appendChild(frame);
      const done = () => {
        set = true;
        argument?.onInitCompleted?.();
      };
      if (slow) setTimeout(done);
      else done();
      return undefined;
    }
    if (!set) {
      console.error('[FrontChat] is not set up yet');
      return undefined;
    }
    if (!listeners[command]) return actions[command]?.(argument);
    listeners[command].push(argument);
    // Called at once, and not only when something changes.
    if (command === 'onUnreadChange') argument({ unread_count: unread });
    return () => {
      listeners[command] = listeners[command].filter((listener) => listener !== argument);
    };
  };

  const fake = createFake(
    'front',
    {
      load() {
        window.FrontChat = front;
        if (init) front('init', { chatId: 'chat-1' });
      },
      open() {
        tell('onWindowVisibilityChanged', { is_window_visible: true });
        if (unread) count(0);
      },
      close: () => tell('onWindowVisibilityChanged', { is_window_visible: false }),
      agent: receive,
      bot: receive,
      replay: () => count(unread),
      uninstall() {
        leave();
        delete window.FrontChat;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
