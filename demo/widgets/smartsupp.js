// A fake of Smartsupp, after https://docs.smartsupp.com/chat-box/javascript-api/events/ and the messages of its own client
// (https://github.com/smartsupp/smartsupp-sdk-websocket, src/types.ts and docs/usage.md).
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Smartsupp',
  link: 'https://docs.smartsupp.com/chat-box/javascript-api/events/',
  gaps: 'no opening, no assignment, no end, no rating, no address: the page hears lines only. Bots by their marks; whether the AI assistant carries one is unverified',
  proof: 'a fake after the documentation, with the real `smartsupp-widget` as the site’s code',
};

/**
 * Puts Smartsupp on a page: the site's snippet makes a function that queues, the loader runs the queue and what is pushed to
 * it from then on.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, replace?: boolean }} [options] replace: the loader puts a function of its own in the place of the
 *   stub, which it does not do today
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, replace = false } = {}) {
  window._smartsupp ??= {};
  if (!window.smartsupp) {
    window.smartsupp = (...args) => window.smartsupp._.push(args);
    window.smartsupp._ = [];
  }

  // Listeners stand side by side and stay: there is no `off`. A name that is not known is passed over.
  const listeners = { widget_init: [], message_sent: [], message_received: [], messenger_close: [] };
  const tell = (name, ...data) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(...data);
  };
  const visitor = {};
  const commands = {
    on: (name, listener) => listeners[name]?.push(listener),
    'chat:open': () => fake.open(),
    'chat:close': () => fake.close(),
    'chat:send': (text) => fake.visitor(text),
    variables: (variables) => Object.assign(fake.attributes, variables), // each with its label and value
    email: (address) => Object.assign(visitor, { email: address }),
    name: (name) => Object.assign(visitor, { name }),
    phone: (phone) => Object.assign(visitor, { phone }),
  };
  const execute = (args) => {
    const [command, ...rest] = args;
    commands[command]?.(...rest);
  };

  let number = 0;
  const message = (subType, text, more) => ({
    id: `ms${++number}`,
    type: 'message',
    subType,
    chatId: 'coQZpX3mSA7d',
    visitorId: 'vi5TrK0aWb2n',
    agentId: null,
    trigger: null,
    createdAt: new Date().toISOString(),
    content: { type: 'text', text, data: null },
    attachments: [],
    ...more,
  });
  const receive =
    (subType) =>
    (text, { id } = {}) =>
      tell('message_received', message(subType, text, subType === 'agent' && { agentId: id ?? null }));

  const fake = createFake(
    'smartsupp',
    {
      load() {
        const queue = window.smartsupp._;
        queue.forEach(execute);
        if (replace) window.smartsupp = Object.assign((...args) => execute(args), { _: queue });
        queue.push = execute;
        window.smartsupp.vid = 'vi5TrK0aWb2n';
        tell('widget_init', true);
      },
      close: () => tell('messenger_close', true),
      // What was sent comes back as received, with the same id.
      visitor(text) {
        const sent = message('contact', text);
        tell('message_sent', sent);
        tell('message_received', sent);
      },
      agent: receive('agent'),
      bot: receive('bot'),
      system: receive('system'),
      rate: (value) =>
        tell(
          'message_received',
          message('system', null, { content: { type: 'rate_form', data: { value } } }),
        ),
      // Old messages are not told again.
      replay: () => tell('widget_init', true),
      uninstall() {
        delete window.smartsupp;
        delete window._smartsupp;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
