// A fake of LiveChat, after https://platform.text.com/docs/extending-chat-widget/javascript-api and the stub of its own
// package @livechat/widget-core. LiveChat tells in a microtask, the fake at once.
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'LiveChat',
  link: 'https://platform.text.com/docs/extending-chat-widget/javascript-api',
  gaps: 'assignment and end are inferred from the visitor’s status. No topic, no phone, no words. A bot counts as a person. The unit of its times, and what a reload tells again, are unverified',
  proof: 'a fake, with the real `@livechat/widget-core` as stub and as the site’s code',
};

/**
 * Puts LiveChat on a page: the site's snippet makes an object that queues, to which the bundle hangs its handler.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, slow?: boolean, status?: string, customer?: object }} [options] slow: a form is told before the
 *   getter knows what stood in it; status: of the visitor when the page loads; customer: what is known of them by then
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, slow = false, status = 'browsing', customer } = {}) {
  if (!window.LiveChatWidget) {
    const stub = { _q: [], _h: null, _v: '2.0', init() {} };
    for (const verb of ['on', 'once', 'off', 'call'])
      stub[verb] = (...data) => {
        if (stub._h) stub._h(verb, data);
        else stub._q.push([verb, data]);
      };
    stub.get = (...data) => {
      if (!stub._h) throw new Error('[LiveChatWidget] no getters before it has loaded');
      return stub._h('get', data);
    };
    window.LiveChatWidget = stub;
  }

  const listeners = {
    ready: [],
    visibility_changed: [],
    customer_status_changed: [],
    new_event: [],
    form_submitted: [],
    rating_submitted: [],
    greeting_displayed: [],
  };
  const tell = (name, data) => {
    for (const listener of [...listeners[name]]) listener(data);
  };

  // A chat goes on from visit to visit, its threads begin and end. A thread has its id when the server says that it has begun,
  // and keeps it after its end until another begins.
  const chat = { chatId: null, threadId: null };
  let thread = 0;
  const data = {
    name: null,
    email: null,
    sessionVariables: {},
    ...customer,
    id: 'visitor-9',
    isReturning: false,
  };
  const become = (next) => {
    if (status === next) return;
    status = next;
    tell('customer_status_changed', { status });
  };
  const begin = () => {
    if (status === 'queued' || status === 'chatting') return;
    Object.assign(chat, { chatId: 'CHAT', threadId: `THREAD${++thread}` });
    become('queued');
  };
  if (status === 'chatting') Object.assign(chat, { chatId: 'CHAT', threadId: `THREAD${++thread}` });

  const getters = {
    state: () => ({ availability: 'online', visibility: fake.opened ? 'maximized' : 'minimized' }),
    customer_data: () => ({ ...data, status }),
    chat_data: () => ({ ...chat }),
  };
  const ready = () => ({ state: getters.state(), customerData: getters.customer_data() });
  const message = (type, id, more) =>
    tell('new_event', { timestamp: Date.now(), type: 'message', author: { id, type }, ...more });
  const actions = {
    maximize: () => fake.open(),
    minimize: () => fake.close(),
    hide: () => tell('visibility_changed', { visibility: 'hidden' }),
    set_customer_email: (email) => Object.assign(data, { email }),
    set_customer_name: (name) => Object.assign(data, { name }),
    // One takes the place of what stood there, the other adds to it.
    set_session_variables(variables) {
      fake.attributes = {};
      actions.update_session_variables(variables);
    },
    update_session_variables(variables) {
      const strings = Object.entries(variables).filter(([, value]) => typeof value === 'string');
      data.sessionVariables = Object.assign(fake.attributes, Object.fromEntries(strings));
    },
    destroy() {
      delete window.LC_API;
      delete window.LiveChatWidget;
    },
  };
  const verbs = {
    on(name, listener) {
      if (name === 'ready' && fake.loaded) queueMicrotask(() => listener(ready()));
      else listeners[name]?.push(listener);
    },
    once(name, listener) {
      const first = (data) => {
        verbs.off(name, first);
        listener(data);
      };
      verbs.on(name, first);
    },
    off(name, listener) {
      if (listeners[name]) listeners[name] = listeners[name].filter((one) => one !== listener);
    },
    get: (what) => getters[what]?.(),
    call: (what, argument) => actions[what]?.(argument),
  };

  const fake = createFake(
    'livechat',
    {
      load() {
        window.LC_API ??= {};
        fake.loaded = false; // who waits for `ready` is told below
        const { _q } = window.LiveChatWidget;
        const calls = _q.filter(([verb]) => verb === 'call');
        for (const [verb, data] of _q) if (verb !== 'call') verbs[verb](...data);
        fake.loaded = true;
        for (const [, data] of calls) verbs.call(...data);
        window.LiveChatWidget._q = [];
        window.LiveChatWidget._h = (verb, data) => verbs[verb](...data);
        tell('ready', ready());
        window.LC_API.on_after_load?.();
      },
      open: () => tell('visibility_changed', { visibility: 'maximized' }),
      close: () => tell('visibility_changed', { visibility: 'minimized' }),
      prechat({ name, email }) {
        const keep = () => Object.assign(data, { ...(name && { name }), ...(email && { email }) });
        if (!slow) keep();
        tell('form_submitted', { type: 'prechat' });
        keep();
        begin();
      },
      visitor() {
        message('customer', data.id);
        begin();
      },
      agent: (_, { id }) => message('agent', id),
      bot: () => message('agent', 'bot-1'),
      assign: () => become('chatting'),
      end: () => become('browsing'),
      rate: (value) => tell('rating_submitted', value ? 'good' : 'bad'),
      // A greeting is told on each page on which it is shown.
      replay() {
        const greeting = { id: 7, uniqueId: 'greeting-1' };
        tell('greeting_displayed', greeting);
        message('agent', 'agent-7', { greeting });
        tell('visibility_changed', { visibility: fake.opened ? 'maximized' : 'minimized' });
      },
      uninstall() {
        delete window.LiveChatWidget;
        delete window.LC_API;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
