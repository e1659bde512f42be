// A fake of Gladly Sidekick, after https://developer.gladly.com/sidekick/ and
// https://github.com/gladly/sidekick-examples/tree/main/docs/working-with-events
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Gladly Sidekick',
  link: 'https://developer.gladly.com/sidekick/',
  gaps: 'no assignment, no rating, no conversation id. The end is told without saying by whom, and a bot’s line as a person’s. But for “message sent” the names of its events are from the code of other sites (unverified), and so is where the address stands',
  proof: 'a fake after the documentation',
};

/**
 * Puts Gladly Sidekick on a page: the loader's stub knows only `init`, the bundle puts its host in the stub's place.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, manual?: boolean, off?: boolean }} [options] manual: the site calls `init` itself, some time;
 *   off: `on` returns what takes the listener away
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, manual = false, off = true } = {}) {
  const listeners = new Map();
  const tell = (name, ...data) => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(...data);
  };
  let initialized = false;
  let visitor;

  const host = {
    init() {
      initialized = true;
      return Promise.resolve();
    },
    // Events can be subscribed to only after it is initialized.
    on(name, listener) {
      if (!initialized) throw new Error('Gladly is not initialized');
      if (!listeners.has(name)) listeners.set(name, new Set());
      listeners.get(name).add(listener);
      return off ? () => listeners.get(name).delete(listener) : undefined;
    },
    show: () => fake.open(),
    close: () => fake.close(),
    getAvailability: () => 'AVAILABLE',
    getUser: () => visitor,
    setUser({ name, email }) {
      visitor = {
        name,
        type: 'UNAUTHENTICATED',
        identityType: 'EMAIL',
        identity: email,
        hasOpenConversation: false,
      };
    },
    clearUser() {
      visitor = undefined;
      return Promise.resolve();
    },
  };

  // The loader: who calls `init` on the stub is answered by the host.
  let config;
  let answer;
  window.Gladly ??= {
    init(...wanted) {
      config = wanted;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  };
  window.__onHelpAppHostReady__ = (arrived) => {
    delete window.__onHelpAppHostReady__;
    window.Gladly = arrived;
    if (config) answer(arrived.init(...config));
  };

  const fake = createFake(
    'gladly',
    {
      load() {
        window.__onHelpAppHostReady__(host);
        if (!manual) host.init(); // by `gladlyConfig`
      },
      open: () => tell('sidekick:opened'),
      close: () => tell('sidekick:closed'),
      prechat({ name, email }) {
        if (!email) return;
        host.setUser({ name, email });
        tell('customer:onboarded');
      },
      visitor() {
        if (fake.lines.filter((line) => line.from === 'visitor').length === 1)
          tell('conversation:started', true);
        tell('message:sent', { type: 'TEXT' });
      },
      agent: () => tell('message:received', { type: 'TEXT' }),
      bot: () => tell('message:received', { type: 'TEXT' }),
      end: () => tell('conversation:ended', true),
      replay() {
        tell('availability:change', 'AVAILABLE');
        if (fake.opened) tell('sidekick:opened');
      },
      uninstall() {
        delete window.Gladly;
        delete window.__onHelpAppHostReady__;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
