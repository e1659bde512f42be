// A fake of LiveChat as pages with its first snippet know it, after
// https://platform.text.com/docs/extending-chat-widget/javascript-api/v1.0
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'LiveChat (first snippet)',
  link: 'https://platform.text.com/docs/extending-chat-widget/javascript-api/v1.0',
  gaps: 'for pages without `LiveChatWidget`; where that is, this source keeps silent. No topic, no conversation id, no phone. Who ended a chat is not told. A bot counts as a person. A greeting is known by a mark that is not documented',
  proof: 'a fake after the documentation, beside the fake of the newer API',
};

/**
 * Puts LiveChat on a page: the site makes an empty object for its handlers, of which there is one a name, and the bundle hangs
 * its methods to it.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, bare?: boolean }} [options] bare: a site without handlers, so that no object stands before the
 *   bundle
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, bare = false } = {}) {
  if (!bare) window.LC_API ??= {};

  const tell = (what, data) => window.LC_API?.[what]?.(data);
  const now = () => Math.round(Date.now() / 1000);
  const message = (text, { id, name }, more) =>
    tell('on_message', {
      text,
      user_type: 'agent',
      timestamp: now(),
      agent_login: id,
      agent_name: name,
      ...more,
    });
  let chat = null;

  const fake = createFake(
    'livechat-legacy',
    {
      load() {
        window.LC_API ??= {};
        Object.assign(window.LC_API, {
          open_chat_window: () => fake.open(),
          minimize_chat_window: () => fake.close(),
          chat_window_maximized: () => fake.opened,
          get_chat_id: () => chat, // the same in each chat of a visitor
        });
        tell('on_before_load');
        tell('on_after_load');
      },
      open: () => tell('on_chat_window_opened'),
      close: () => tell('on_chat_window_minimized'),
      prechat: ({ name, email }) =>
        tell('on_prechat_survey_submitted', {
          form_data: [
            { label: 'Name:', value: name },
            { label: 'E-Mail-Adresse:', value: email },
            { label: 'Company name', value: 'Archer & Daughters' },
          ].filter(({ value }) => value),
        }),
      visitor(text) {
        tell('on_message', { text, user_type: 'visitor', timestamp: now(), visitor_name: 'Ada' });
        chat ??= 'CHAT'; // the server's answer to the first line
      },
      agent: message,
      bot: (text) => message(text, { id: 'bot-1', name: 'Bot' }),
      assign: ({ name }) => tell('on_chat_started', { agent_name: name }),
      end: () => tell('on_chat_ended'),
      rate: (value) => tell('on_rating_submitted', value ? 'good' : 'bad'),
      // A window that stood open is told as opened, and a greeting as a line of an agent.
      replay() {
        if (fake.opened) tell('on_chat_window_opened');
        message('May I help?', { id: 'agent-7', name: 'Noor' }, { invitation: true });
      },
      uninstall() {
        delete window.LC_API;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
