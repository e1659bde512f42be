// A fake of Zendesk's Web Widget (Classic), after https://developer.zendesk.com/api-reference/widget/core/ and
// https://developer.zendesk.com/api-reference/widget/chat-api/
import { createFake } from './fake.js';
import { arrive, leave, snippet } from './zendesk/framework.js';

/** What README says of it. */
export const about = {
  title: 'Zendesk Web Widget (Classic)',
  link: 'https://developer.zendesk.com/api-reference/widget/chat-api/',
  gaps: 'no address, no conversation id. A reply is told only while nobody looks, and a trigger’s as a person’s; the end only by the visitor or idleness; a topic only by the department of the form. A chat that an agent begins counts as the visitor’s (unverified)',
  proof: 'a fake after the documentation',
};

const EVENTS = [
  'open',
  'close',
  'userEvent',
  'chat:connected',
  'chat:start',
  'chat:end',
  'chat:unreadMessages',
];
const MOST = 4;

/**
 * Puts the classic widget on a page: the snippet makes a function that queues and does not say which of Zendesk's widgets will
 * come, the bundle replaces it by another that does.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, unread?: number, eager?: boolean }} [options] unread: lines that waited when the page loaded;
 *   eager: a listener is told their number at once, as older documentation has it
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, unread = 0, eager = false } = {}) {
  snippet(window);

  const listeners = {};
  const tell = (name, payload) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(payload);
  };
  const act = (action, properties) =>
    tell('userEvent', { action, category: 'Zendesk Web Widget', properties });
  let chatting = false;
  // The number goes to nothing when the window opens, and nobody is told.
  const receive = () => {
    if (!fake.opened) tell('chat:unreadMessages', ++unread);
  };
  const end = () => {
    if (chatting) tell('chat:end');
    chatting = false;
  };

  const api = {
    webWidget: {
      open: () => fake.open(),
      close: () => fake.close(),
      show() {},
      hide() {},
      identify() {},
      prefill() {},
      'chat:send': (text) => fake.visitor(text),
      'chat:end': () => fake.end(),
    },
    'webWidget:get': {
      display: () => (fake.opened ? 'chat' : 'launcher'),
      'chat:isChatting': () => chatting,
    },
    'webWidget:on': Object.fromEntries(
      EVENTS.map((name) => [
        name,
        (listener) => {
          listeners[name] ??= [];
          if (listeners[name].length === MOST) listeners[name].pop(); // the last one makes room
          listeners[name].push((payload) => listener(payload));
          if (eager && name === 'chat:unreadMessages') listener(unread);
        },
      ]),
    ),
  };
  const fake = createFake(
    'zendesk-classic',
    {
      load: () => arrive(window, 'classic', api, (error) => console.error(error)),
      open() {
        unread = 0;
        tell('open');
        act('Web Widget Opened');
        act('Chat Opened');
        act('Chat Shown');
      },
      close() {
        tell('close');
        act('Web Widget Minimised');
      },
      prechat: ({ department }) => act('Chat Request Form Submitted', { department }),
      visitor() {
        if (!chatting) tell('chat:start');
        chatting = true;
      },
      agent: receive,
      bot: receive,
      assign: ({ name }) => act('Chat Served by Operator', { agent: name }),
      end,
      rate: (value) => act(value > 0 ? 'Chat Rating Good' : 'Chat Rating Bad'),
      // What nobody has seen is told again, before the chat is connected.
      replay() {
        for (let waiting = 1; waiting <= unread; waiting++) tell('chat:unreadMessages', waiting);
        tell('chat:connected');
      },
      uninstall: () => leave(window),
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
