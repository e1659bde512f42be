// A fake of Drift, after https://devdocs.drift.com/docs/drift-events
import { createFake } from './fake.js';

export const about = {
  title: 'Drift',
  link: 'https://devdocs.drift.com/docs/drift-events',
  gaps: 'sunset: off line since 2025, wound down in 2026 (unverified), for sites that still run it. No end, no rating, no assignment. How a bot is marked, and where the captured phone number stands, is unverified',
  proof: 'a fake after the documentation',
};

const METHODS = [
  'identify',
  'config',
  'track',
  'reset',
  'debug',
  'show',
  'ping',
  'page',
  'hide',
  'off',
  'on',
];
const CONVERSATION = 2785462347;

/**
 * Puts Drift on a page: the site's snippet makes an array whose methods queue, the bundle runs the queue.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, same?: boolean, legacy?: boolean }} [options] same: the bundle gives the array its methods, rather
 *   than putting a client in its place, which is not documented; legacy: the widget before `chatOpen`
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, same = false, legacy = false } = {}) {
  if (!window.drift) {
    const stub = [];
    for (const method of METHODS) stub[method] = (...args) => stub.push([method, ...args]) && stub;
    Object.assign(stub, { invoked: true, methods: METHODS, SNIPPET_VERSION: '0.3.1', load() {} });
    window.drift = window.driftt = stub;
  }

  const listeners = {};
  const tell = (event, data) => {
    for (const listener of [...(listeners[event] ?? [])]) listener(data);
  };
  const flags = () => ({
    chatOpen: fake.opened,
    sidebarOpen: fake.opened,
    widgetVisible: true,
    isOnline: true,
  });
  const client = {
    on(event, listener) {
      listeners[event] = [...(listeners[event] ?? []), listener];
      // Who comes after the widget is told at once.
      if (event === 'ready') listener(client.api, flags());
      return window.drift;
    },
    // Whatever it is given, it empties the event.
    off(event) {
      delete listeners[event];
      return window.drift;
    },
    identify() {},
    api: {
      openChat: () => fake.open(),
      toggleChat: () => (fake.opened ? fake.close() : fake.open()),
      sidebar: { open: () => fake.open(), close: () => fake.close() },
      widget: { show() {}, hide() {} },
    },
  };

  let started = false;
  const receive = (teamMember) =>
    tell('message', { conversationId: CONVERSATION, teamMember, data: flags() });

  const fake = createFake(
    'drift',
    {
      load() {
        const stub = window.drift;
        const queue = stub.splice(0);
        window.drift = window.driftt = same ? Object.assign(stub, client) : client;
        for (const [method, ...args] of queue) client[method]?.(...args);
      },
      open: () => tell(legacy ? 'sidebarOpen' : 'chatOpen', { data: flags() }),
      close: () => tell(legacy ? 'sidebarClose' : 'chatClose', { data: flags() }),
      prechat({ email, phone }) {
        if (email) tell('emailCapture', { conversationId: CONVERSATION, data: { email } });
        if (phone) tell('phoneCapture', { conversationId: CONVERSATION, data: { phone } });
      },
      // The first line starts a conversation, the others reply to it.
      visitor() {
        if (started) tell('message:sent', { conversationId: CONVERSATION });
        else tell('startConversation', { conversationId: CONVERSATION, inboxId: 107 });
        started = true;
      },
      agent: (_, { id, name }) => receive({ id, name, bot: false }),
      bot: () => receive({ id: 1, name: 'Drift Bot', bot: true }),
      replay: () => tell('ready', client.api),
      uninstall() {
        delete window.drift;
        delete window.driftt;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
