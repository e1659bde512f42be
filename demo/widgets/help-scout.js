// A fake of Help Scout's Beacon, after https://developer.helpscout.com/beacon-2/web/javascript-api/
import { createFake } from './fake.js';

export const about = {
  title: 'Help Scout',
  link: 'https://developer.helpscout.com/beacon-2/web/javascript-api/',
  gaps: 'no agent reply, no assignment, no rating, no conversation id. A first message is inferred from a chat that started or a form that was sent. The end of a chat is told without saying by whom (unverified)',
  proof: 'a fake after the documentation',
};

/**
 * Puts a Beacon on a page: the site's snippet makes a function that queues, the bundle replaces it by another.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean }} [options]
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late } = {}) {
  // A stub that stands already is kept, as the snippet does.
  if (!window.Beacon) {
    const stub = (method, options, data) => {
      stub.readyQueue.push({ method, options, data });
    };
    stub.readyQueue = [];
    window.Beacon = stub;
  }

  /** @type {Record<string, Function[]>} */
  const listeners = {};
  const tell = (name, data) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(data);
  };

  let visitor = {};
  let chatting = false;
  const start = (subject) => {
    chatting = true;
    tell('chat-started', { ...visitor, subject });
  };

  const methods = {
    on: (name, listener) => {
      listeners[name] = [...(listeners[name] ?? []), listener];
    },
    off(name) {
      delete listeners[name]; // of everybody
    },
    open: () => fake.open(),
    close: () => fake.close(),
    identify: ({ name, email }) => {
      visitor = { name, email };
    },
    // Twenty strings at most.
    'session-data': (data) => {
      const strings = Object.entries(data).filter(([, value]) => typeof value === 'string');
      if (strings.length <= 20) Object.assign(fake.attributes, Object.fromEntries(strings));
    },
    logout: () => {
      visitor = {};
    },
    info: () => ({
      beaconId: 'b-1',
      status: { isOpened: fake.opened },
      visitor: { deviceId: 'd-1', ...visitor },
    }),
  };
  const beacon = (method, ...args) => methods[method]?.(...args);

  const fake = createFake(
    'help-scout',
    {
      load() {
        const { readyQueue = [] } = window.Beacon;
        window.Beacon = beacon;
        for (const { method, options, data } of readyQueue) beacon(method, options, data);
        tell('ready');
      },
      open: () => tell('open'),
      close: () => tell('close'),
      // The form asks for the question, too: with it the chat begins.
      prechat({ name, email }) {
        visitor = { name, email };
        start('');
      },
      visitor(text) {
        if (!chatting) start(text);
      },
      end() {
        chatting = false;
        tell('chat-ended');
      },
      replay: () => tell('ready'), // a window that stands open is not told again
      uninstall() {
        delete window.Beacon;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
