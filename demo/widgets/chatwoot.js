// A fake of Chatwoot's website widget, after https://www.chatwoot.com/docs/product/channels/live-chat/sdk/setup and the open
// source of its two halves (https://github.com/chatwoot/chatwoot, app/javascript/sdk and app/javascript/widget): the host
// script in the page, and the app in an iframe that posts strings to it.
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Chatwoot',
  link: 'https://www.chatwoot.com/docs/product/channels/live-chat/sdk/setup',
  gaps: 'no end, no topic (its labels are only set). Opened since version 4.2; who opens it from the bubble of unread lines is not told. The agent is known with the next line. The address comes with the visitor’s own line; one left in the form inside the talk is not told',
  proof: 'a fake of its host protocol',
};

const PREFIX = 'chatwoot-widget:';
const seconds = () => Math.floor(Date.now() / 1000);

/**
 * Puts Chatwoot on a page: the host script has run, the app in the iframe comes later.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, dialog?: boolean }} [options] dialog: unread lines open the window (`showUnreadMessagesDialog`)
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, dialog = true } = {}) {
  let number = 0;
  let conversation = 31;
  let assignee = null;
  let survey;
  // A visitor who gave no name has one made of two words and a number.
  const stranger = () => ({
    id: 7,
    email: null,
    name: 'fragrant-darkness-820',
    phone_number: null,
    type: 'contact',
  });
  let contact = stranger();

  const tell = (name, detail) => window.dispatchEvent(new window.CustomEvent(name, { detail }));

  // The host script's side
  const toggle = (open) => {
    if (host.isOpen === open) return; // twice is told once
    host.isOpen = open;
    tell(open ? 'chatwoot:opened' : 'chatwoot:closed');
  };
  const events = {
    loaded() {
      host.hasLoaded = true;
      if (!host.resetTriggered) tell('chatwoot:ready');
    },
    onEvent: ({ eventIdentifier, data }) => tell(eventIdentifier, data),
    setUnreadMode: () => toggle(true), // nobody clicked
    closeWindow: () => toggle(false),
  };
  let heard;
  const receive = ({ data }) => {
    heard = true;
    if (typeof data !== 'string' || !data.startsWith(PREFIX)) return;
    const message = JSON.parse(data.slice(PREFIX.length));
    events[message.event]?.(message);
  };
  const host = {
    hasLoaded: false,
    isOpen: false,
    resetTriggered: false,
    toggle(state) {
      if (state === 'open' || (!state && !fake.opened)) fake.open();
      else fake.close();
    },
    setUser(identifier, user) {
      if (typeof identifier !== 'string' && typeof identifier !== 'number')
        throw new Error('Identifier should be a string or a number');
      if (!['avatar_url', 'email', 'name'].some((key) => user?.[key]))
        throw new Error('User object should have one of the keys [avatar_url, email, name]');
      contact = { ...contact, ...user, identifier };
    },
    setCustomAttributes(attributes = {}) {
      if (!Object.keys(attributes).length) throw new Error('Custom attributes should have atleast one key');
      Object.assign(fake.attributes, attributes); // the contact's
    },
    setLabel() {},
    reset() {
      fake.close();
      contact = stranger();
      conversation++;
      assignee = null;
      survey = undefined;
      host.resetTriggered = true; // the app comes anew, and is not told to be ready again
      post({ event: 'loaded' });
    },
  };
  const before = window.onmessage;
  window.chatwootSDK = { run() {} }; // a second run does nothing
  window.$chatwoot = host;
  window.onmessage = receive; // whatever stood there

  // The app's side
  const post = (message) => {
    const event = new window.MessageEvent('message', { data: `${PREFIX}${JSON.stringify(message)}` });
    heard = false;
    window.dispatchEvent(event);
    // A window that is not a browser's own may not call its handler.
    if (!heard && window.onmessage === receive) receive(event);
  };
  const onMessage = (data) => post({ event: 'onEvent', eventIdentifier: 'chatwoot:on-message', data });
  const message = (type, content, more) => ({
    id: ++number,
    content,
    message_type: type, // 0 visitor, 1 shop, 2 what happened (never sent to a visitor), 3 template
    content_type: 'text',
    content_attributes: {},
    additional_attributes: {},
    conversation_id: conversation,
    conversation: { assignee_id: assignee, unread_count: 0, last_activity_at: seconds() },
    created_at: seconds(),
    updated_at: new Date().toISOString(),
    private: false,
    status: 'sent',
    sender_type: null,
    ...more,
  });
  const say = (text) => onMessage(message(0, text, { sender_type: 'Contact', sender: contact }));
  const popup = () => {
    if (dialog && !fake.opened) fake.popup();
  };
  const digits = (id) => Number(/\d+/.exec(id ?? '')?.[0] ?? 1);

  const fake = createFake(
    'chatwoot',
    {
      load: () =>
        post({ event: 'loaded', config: { authToken: 'x', channelConfig: { widgetColor: '#1f93ff' } } }),
      open: () => toggle(true),
      close: () => toggle(false),
      popup: () => post({ event: 'setUnreadMode', unreadMessageCount: 1 }),
      // The form has a field for the first message: nothing is told of it before that is sent.
      prechat({ name, email, phone }) {
        tell('chatwoot:on-start-conversation', { hasConversation: false }); // a click on a button
        contact = {
          ...contact,
          ...(name && { name }),
          ...(email && { email: email.trim().toLowerCase() }),
          ...(phone && { phone_number: phone }),
        };
        fake.lines.push({ from: 'visitor', text: 'Hello' });
        say('Hello');
      },
      visitor: say,
      agent(text, { id, name }) {
        onMessage(
          message(1, text, {
            sender_type: 'User',
            sender: {
              id: digits(id),
              name,
              available_name: name,
              type: 'user',
              availability_status: 'online',
            },
          }),
        );
        popup();
      },
      bot(text) {
        onMessage(
          message(1, text, { sender_type: 'AgentBot', sender: { id: 2, name: 'Robin', type: 'agent_bot' } }),
        );
        popup();
      },
      system: (text) => onMessage(message(3, text)),
      assign({ id }) {
        assignee = digits(id); // the visitor's socket hears nothing of it
      },
      // A line in the window asks for it; the answer comes with that line, told once more.
      rate(rating) {
        survey ??= message(3, 'Please rate this conversation', { content_type: 'input_csat' });
        onMessage({
          ...survey,
          updated_at: new Date().toISOString(),
          content_attributes: {
            submitted_values: { csat_survey_response: { rating, feedback_message: null } },
          },
        });
      },
      // What was said is fetched, and not told again; unread lines open the window.
      replay() {
        tell('chatwoot:ready');
        popup();
      },
      uninstall() {
        if (window.onmessage === receive) window.onmessage = before;
        delete window.chatwootSDK;
        delete window.$chatwoot;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
