// What Rocket.Chat's app says to the page around its iframe, read in npm @rocket.chat/livechat@1.13.3 (build/*.js.map):
// src/lib/parentCall.js, hooks.js, room.js, src/components/App/App.js, src/routes/Chat and Register/container.js.
import { createFake } from '../fake.js';

/**
 * The app inside the iframe.
 *
 * @param {(data: unknown) => void} post to the page around it
 * @param {{ opened?: boolean, room?: boolean, served?: object }} [kept] how it stood on the page before
 * @returns {import('../fake.js').Fake & { receive: (data: any) => void, keep: () => object }} receive: what the page posts
 *   into the iframe; keep: how it stands, for the next page
 */
export function livechat(post, kept = {}) {
  const call = (fn, args = []) => post({ src: 'rocketchat', fn, args });
  const tell = (name, data) => call('callback', data === undefined ? name : [name, data]);

  let { room = false, served } = kept; // served: who takes the conversation, or will
  const announce = () => tell('assign-agent', served);

  const app = createFake(
    'rocket-chat',
    {
      load() {
        call(app.opened ? 'restoreWindow' : 'minimizeWindow');
        call('showWidget');
        call('ready');
        if (room && served) announce();
      },
      open: () => call('restoreWindow'),
      close: () => call('minimizeWindow'),
      // A trigger opens the window, and so does a tab that becomes visible again.
      popup: () => call('openWidget'),
      // The form has no phone, and its department is an id, never the name that the visitor chose.
      prechat: ({ name, email, department = 'default-department' }) =>
        tell('pre-chat-form-submit', { name, email, department }),
      visitor() {
        if (room) return;
        room = true;
        if (served) announce(); // an agent assigned by routing is told before the chat that began with the room
        tell('chat-started');
      },
      assign({ id, name }) {
        served = { name, username: id, status: 'online' };
        if (room) announce();
      },
      // A chat that the visitor ends is told twice: once by the server's closing line, once by the button.
      end() {
        room = false;
        served = undefined;
        tell('chat-ended');
        tell('chat-ended');
      },
      replay() {
        call(app.opened ? 'openWidget' : 'minimizeWindow');
        call('showWidget');
        if (room && served) announce();
        if (room) tell('queue-position-change', { spot: 0 });
      },
    },
    tell,
  );

  return Object.assign(app, {
    opened: kept.opened ?? false,
    keep: () => ({ opened: app.opened, room, served }),
    receive(data) {
      if (data?.src !== 'rocketchat') return;
      if (data.fn === 'maximizeWidget') {
        app.opened = true;
        call('openWidget');
        app.onchange?.();
      }
      if (data.fn === 'setCustomField') {
        const [key, value, overwrite] = data.args;
        if (overwrite || !(key in app.attributes)) app.attributes[key] = value;
      }
      if (data.fn === 'minimizeWidget') call('closeWidget'); // which the host script of this version does not know
    },
  });
}
