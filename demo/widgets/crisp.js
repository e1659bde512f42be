// A fake of Crisp, after https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/dollar-crisp
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Crisp',
  link: 'https://docs.crisp.chat/guides/chatbox-sdks/web-sdk/dollar-crisp',
  gaps: 'no end, no rating, no assignment, no id but that of the session, which is not used. Bots by their marks (unverified). A site with handlers of its own puts chatstone before Crisp',
  proof: 'a fake, with the real `crisp-sdk-web` as the site’s code',
};

/**
 * Puts Crisp on a page: the site's snippet makes an array, the bundle replaces it by its client.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, queue?: 'before' | 'after' | 'push', first?: boolean }} [options] queue: when the client runs what
 *   stands in the array: before or after it takes the array's place, or through its own `push`; first: a slot that is taken
 *   takes no other handler before it is emptied, instead of the last one. None of this is documented.
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, queue = 'before', first = false } = {}) {
  window.$crisp ??= [];

  // One handler a name, which `off` removes whoever put it there. https://github.com/microsoft/clarity/issues/979
  const slots = {};
  const tell = (name, data) => slots[name]?.(data);
  const known = { 'session:identifier': null };
  const change = (what, value) => {
    known[what] = value;
    tell(`${what}:changed`, value);
  };

  let number = 0;
  const message = (from, content, more) => ({
    type: 'text',
    from,
    origin: 'chat',
    content,
    fingerprint: 170000000000000 + ++number,
    timestamp: Date.now(),
    ...more,
  });

  const actions = {
    'chat:open': () => fake.open(),
    'chat:close': () => fake.close(),
    'chat:toggle': () => (fake.opened ? fake.close() : fake.open()),
    'message:send': ([, content]) => fake.visitor(content),
    'message:show'([, content]) {
      fake.lines.push({ from: 'bot', text: String(content) });
      tell('message:received', message('operator', content, { origin: 'local' }));
    },
  };
  const run = ([verb, name, argument]) => {
    if (verb === 'on' && !(first && slots[name])) slots[name] = argument;
    if (verb === 'off') delete slots[name];
    if (verb === 'do') actions[name]?.(argument);
    // In small letters without signs but _ and -: https://help.crisp.chat/en/article/how-can-i-automatically-set-custom-data-1xh7pqk/
    if (verb === 'set' && name === 'session:data')
      for (const [key, value] of argument[0]) if (/^[a-z0-9_-]+$/.test(key)) fake.attributes[key] = value;
    // A setter echoes.
    if (verb === 'set' && /^user:/.test(name)) change(name, [argument].flat()[0]);
  };

  const client = {
    push(...entries) {
      for (const entry of entries) run(entry);
    },
    is: (what) =>
      what === 'chat:opened' ? fake.opened : what === 'session:ongoing' ? fake.lines.length > 0 : false,
    get: (what) => known[what] ?? null,
  };

  const fake = createFake(
    'crisp',
    {
      load() {
        const early = window.$crisp;
        if (queue === 'before') early.forEach(run);
        window.$__CRISP_INSTANCE = client;
        window.$crisp = client;
        if (queue === 'after') early.forEach(run);
        if (queue === 'push') for (const entry of early) client.push(entry);
        known['session:identifier'] = 'session_5ae4f5b1';
        tell('session:loaded', 'session_5ae4f5b1');
        window.CRISP_READY_TRIGGER?.();
      },
      open: () => tell('chat:opened'),
      close: () => tell('chat:closed'),
      prechat({ name, email, phone }) {
        if (email) change('user:email', email);
        if (phone) change('user:phone', phone);
        if (name) change('user:nickname', name);
      },
      visitor(text) {
        if (fake.lines.filter((line) => line.from === 'visitor').length === 1) tell('chat:initiated');
        tell('message:sent', message('user', text, { user: { nickname: 'visitor1' } }));
      },
      agent: (text, { id, name }) =>
        tell('message:received', message('operator', text, { user: { user_id: id, nickname: name } })),
      bot: (text) =>
        tell(
          'message:received',
          message('operator', text, { origin: 'urn:crisp.im:bot:0', automated: true }),
        ),
      replay() {
        tell('session:loaded', known['session:identifier']);
        if (fake.opened) tell('chat:opened');
      },
      uninstall() {
        delete window.$crisp;
        delete window.$__CRISP_INSTANCE;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
