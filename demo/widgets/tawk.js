// A fake of tawk.to, after https://developer.tawk.to/jsapi/ and the window events that its own plugins listen to
// (https://github.com/tawk/tawk-messenger-vue-3, src/lib/index.js).
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'tawk.to',
  link: 'https://developer.tawk.to/jsapi/',
  gaps: 'no conversation id. Nothing is told in the pop-out window. Topic only from tags (their shape is unverified)',
  proof: 'a fake after the documentation',
};

/**
 * Puts tawk.to on a page.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, objects?: boolean, agent?: import('./fake.js').Agent }} [options] objects: messages are told as
 *   objects, not as strings
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, objects = false } = {}) {
  const api = (window.Tawk_API = window.Tawk_API || {});
  window.Tawk_LoadStart = new Date();

  // Each happening is a window event, and a call of the one handler that the site may have set.
  const tell = (what, detail) => {
    window.dispatchEvent(new window.CustomEvent(`tawk${what}`, { detail }));
    api[`on${what}`]?.(detail);
  };
  const message = (text) => (objects ? { message: text, time: Date.now() } : text);
  const tags = [];

  const fake = createFake(
    'tawk',
    {
      load() {
        tell('BeforeLoad');
        Object.assign(api, {
          onLoaded: true,
          maximize: () => fake.open(),
          minimize: () => fake.close(),
          setAttributes(attributes, done) {
            const all = Object.entries(attributes);
            const fits = ([key, value]) => /^[A-Za-z0-9-]+$/.test(key) && String(value).length <= 255;
            if (all.length > 50 || !all.every(fits)) return done('INVALID_ATTRIBUTES');
            for (const [key, value] of all) fake.attributes[key.toLowerCase()] = value;
            return done();
          },
          isChatMaximized: () => fake.opened,
        });
        tell('Load');
        tell('StatusChange', 'online');
      },
      open: () => tell('ChatMaximized'),
      close: () => tell('ChatMinimized'),
      // Labels are in the shop's language, and their order is the shop's.
      prechat({ name, email, phone, department }) {
        const fields = { Name: name, 'E-Mail-Adresse': email, 'Phone number': phone, Department: department };
        tell(
          'PrechatSubmit',
          Object.entries(fields)
            .filter(([, answer]) => answer)
            .map(([label, answer]) => ({ label, answer })),
        );
      },
      visitor(text) {
        if (fake.lines.filter((line) => line.from === 'visitor').length === 1) tell('ChatStarted');
        tell('ChatMessageVisitor', message(text));
      },
      agent(text) {
        tell('ChatMessageAgent', message(text));
        tell('UnreadCountChanged', fake.opened ? 0 : 1);
      },
      system: (text) => tell('ChatMessageSystem', message(text)),
      assign: ({ id, name }) => tell('AgentJoinChat', { name, position: 'Support', image: '', id }),
      end: () => tell('ChatEnded'),
      rate: (value) => tell('ChatSatisfaction', value),
      tag(text) {
        tags.push(text);
        tell('TagsUpdated', [...tags]);
      },
      // The window is restored as it was; no message is told again.
      replay() {
        tell('StatusChange', 'online');
        if (fake.opened) tell('ChatMaximized');
        tell('UnreadCountChanged', 0);
      },
      uninstall() {
        delete window.Tawk_API;
        delete window.Tawk_LoadStart;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
