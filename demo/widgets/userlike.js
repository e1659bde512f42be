// A fake of Userlike (Lime Connect), after https://docs.userlike.com/developers/api/client-tracking; and of the messenger that
// its npm package mounts, after https://github.com/userlike/messenger.
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Userlike',
  link: 'https://docs.userlike.com/developers/api/client-tracking',
  gaps: 'no rating, no address, no word of the visitor. Who took the chat is inferred from the operator that comes with an event; a chatbot’s line counts as a person’s. `chat_quit`, and whether a handler that comes after the bundle is called, are unverified. A messenger mounted by `@userlike/messenger` has no global: with npm, `const chat = { messenger: null }` goes to `userlike(chat)`, and `api.mount().subscribe(({ value }) => { chat.messenger = value })`; it tells openings, replies (inferred from what is unread) and the address, nothing else',
  proof: 'a fake after the documentation, with the types of the real `@userlike/messenger`',
};

/**
 * Puts Userlike on a page. It calls the one function `userlikeTrackingEvent`, if there is one; before its bundle nothing of it
 * stands.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, talked?: boolean, mounted?: (messenger: any) => void, current?: boolean, state?: object }} [options]
 *   talked: the visitor has written before; mounted: it is the messenger of the npm package, which is handed to this function
 *   when it comes and not put on the page, and null when it goes; current: whether a new subscriber is told the present state;
 *   state: how it stands at first
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { mounted, ...options } = {}) {
  const fake = mounted ? byState(mounted, options) : byEvent(window, options);
  if (!options.late) fake.load();
  return fake;
}

function byEvent(window, { talked = false }) {
  const widget = { widget_id: 4711, widget_lang: 'en', client_uuid: '0f8fad5b', page_impressions: 3 };
  let chats = talked ? 1 : 0;
  let session = { session_id: 's-1', operator_id: null, operator_name: null };
  // Declared by the site, and called by its name.
  const tell = (event, context = session) => {
    if (typeof window.userlikeTrackingEvent === 'function')
      window.userlikeTrackingEvent(event, widget, context);
  };
  const begin = () => {
    if (session.chat_id) return;
    session = { ...session, chat_id: 9000 + ++chats };
    tell('chat_connected');
    tell('chat_started');
    if (!talked) tell('contact_first_message');
    talked = true;
  };

  const fake = createFake(
    'userlike',
    {
      load() {
        window.userlikeConfig = { key: 'x' };
        window.userlike = {
          userlikeStartChat: () => fake.open(),
          userlikeQuitChat: () => fake.end(),
        };
        tell('button_displayed');
      },
      open: () => tell('chat_window_maximized'),
      close: () => tell('chat_window_minimized'),
      prechat({ department }) {
        tell('disclaimer_ok');
        if (department) tell('group_select_submit');
      },
      visitor() {
        begin();
        tell('message_operator_terminating');
      },
      agent: () => tell('message_client_terminating'),
      bot: () => tell('message_client_terminating'),
      // Nothing is told of it, but the next event carries it.
      assign({ id, name }) {
        session = { ...session, operator_id: id, operator_name: name };
      },
      rate() {
        tell('feedback_rating_show');
        tell('feedback_submit');
      },
      end() {
        tell('chat_quit');
        session = { session_id: session.session_id, operator_id: null, operator_name: null };
      },
      replay() {
        tell('button_displayed');
        tell('conversation_resume');
        if (fake.opened) tell('chat_window_maximized');
      },
      uninstall() {
        delete window.userlike;
        delete window.userlikeConfig;
      },
    },
    tell,
  );
  return fake;
}

const NOBODY = {
  name: null,
  email: null,
  phone_number: null,
  mobile_number: null,
  external_customer_id: null,
};

function byState(mounted, { current = true, state: first = {} }) {
  const observers = new Set();
  let state = { state: 'minimized', conversations: [], contact: NOBODY, ...first };
  const show = (now) => {
    state = now;
    for (const observer of [...observers]) observer.next(state);
  };
  const set = (change) => show({ ...state, ...change });
  let number = 0;
  const receive = () => {
    const conversations = state.conversations.length ? [...state.conversations] : [{ id: 7001, unread: [] }];
    const last = conversations.pop();
    const unread = fake.opened ? [] : [...last.unread, { id: `m-${++number}` }];
    set({ conversations: [...conversations, { ...last, unread }] });
  };

  const messenger = {
    state$: {
      subscribe(observer) {
        observers.add(observer);
        if (current) observer.next(state);
        return { unsubscribe: () => observers.delete(observer) };
      },
    },
    getState: () => state,
    async maximize() {
      fake.open();
      return { kind: 'success', value: undefined };
    },
    async minimize() {
      fake.close();
      return { kind: 'success', value: undefined };
    },
    async setContactInfo(contact) {
      set({ contact: { ...state.contact, ...contact } });
      return { kind: 'success', value: undefined };
    },
  };

  const fake = createFake(
    'userlike',
    {
      load: () => mounted(messenger),
      open: () =>
        set({
          state: 'maximized',
          conversations: state.conversations.map((one) => ({ ...one, unread: [] })),
        }),
      close: () => set({ state: 'minimized' }),
      prechat: ({ name = null, email = null, phone = null }) =>
        set({ contact: { ...state.contact, name, email, mobile_number: phone } }),
      agent: receive,
      bot: receive,
      replay: () => set({}),
      uninstall: () => mounted(null),
    },
    (_, payload) => show(payload),
  );
  return fake;
}
