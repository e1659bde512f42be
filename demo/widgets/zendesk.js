// A fake of Zendesk messaging, after https://developer.zendesk.com/api-reference/widget-messaging/web/events/ and
// https://developer.zendesk.com/api-reference/widget-messaging/web/core/
import { createFake } from './fake.js';
import { arrive, leave, snippet } from './zendesk/framework.js';

/** What README says of it. */
export const about = {
  title: 'Zendesk messaging',
  link: 'https://developer.zendesk.com/api-reference/widget-messaging/web/events/',
  gaps: 'no end, no rating, no topic, no address. A line is told when it is shown; a bot’s and a person’s alike, so it counts as a person’s after the assignment, on the same page, or where it waits unread. What is told anew on reload, and the words for who speaks, are unverified',
  proof: 'a fake after the documentation',
};

const EVENTS = [
  'open',
  'close',
  'unreadMessages',
  'conversationStarted',
  'conversationOpened',
  'conversationAgentAssigned',
  'conversationWithAgentRequested',
  'messagesShown',
];

/**
 * Puts Zendesk messaging on a page: the snippet makes a function that queues and does not say which of Zendesk's widgets will
 * come, the bundle replaces it by another that does.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, unread?: number, conversation?: string, user?: string }} [options] unread: lines that waited when
 *   the page loaded, which is told to each listener at once (not documented); conversation: one that stood already; user: the
 *   word for the visitor
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, unread, conversation = '', user = 'user' } = {}) {
  snippet(window);

  const listeners = {};
  const tell = (name, payload) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(payload);
  };
  let number = 0;
  const event = (type, payload) => ({
    id: `0b5c1f6e-0000-4000-8000-${String(++number).padStart(12, '0')}`,
    createdAt: Date.now(),
    type,
    payload,
  });
  const about = (id) => ({ conversation: { id } });
  const happen = (name, more) => tell(name, event(name, { ...about(conversation), ...more }));
  let waiting = unread ?? 0;
  const count = (now) => {
    if (now === waiting) return;
    waiting = now;
    tell('unreadMessages', waiting);
  };

  const shown = [];
  let assigned = false;
  const show = (messages) => messages.length && happen('messagesShown', { messages });
  const begin = () => {
    if (conversation) return;
    conversation = '6655f1b2c0';
    happen('conversationStarted');
  };
  const say = (role) => {
    const message = { id: `message-${++number}`, role, received: new Date().toISOString() };
    shown.push(message);
    if (fake.opened) show([message]);
    else if (role !== user) count(waiting + 1);
  };
  const assign = () => {
    begin();
    assigned = true;
    happen('conversationAgentAssigned');
  };

  const api = {
    messenger: {
      open: () => fake.open(),
      close: () => fake.close(),
      show() {},
      hide() {},
    },
    'messenger:on': Object.fromEntries(
      EVENTS.map((name) => [
        name,
        (listener) => {
          const one = (payload) => listener(payload);
          (listeners[name] ??= []).push(one);
          if (name === 'unreadMessages' && unread !== undefined) listener(waiting);
          return () => {
            listeners[name] = listeners[name].filter((other) => other !== one);
          };
        },
      ]),
    ),
    'messenger:set': {
      locale() {},
      zIndex() {},
      cookies() {},
      // By the ids of the shop's ticket fields, for the next conversation.
      conversationFields(fields) {
        for (const { id, value } of fields) if (/^\d+$/.test(id)) fake.attributes[id] = value;
      },
      conversationTags() {},
    },
  };
  const fake = createFake(
    'zendesk',
    {
      // It warns of the words of the classic widget, on a site that has changed over.
      load: () => arrive(window, 'messenger', api, (error) => console.warn(error)),
      open() {
        tell('open', event('messagingOpened'));
        tell('conversationOpened', event('conversationOpened', about(conversation || null)));
        show(shown);
        count(0);
      },
      close: () => tell('close', event('messagingClosed')),
      visitor() {
        if (!fake.opened) fake.open(); // there is nowhere else to write
        begin();
        say(user);
      },
      agent() {
        if (!assigned) assign(); // who answers has taken it
        say('business');
      },
      bot() {
        begin();
        say('business');
      },
      assign,
      // The window is restored as it was, with its lines.
      replay() {
        if (fake.opened) {
          happen('conversationOpened');
          show(shown);
        }
        tell('unreadMessages', waiting);
      },
      uninstall: () => leave(window),
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
