// A fake of JivoChat, after https://www.jivochat.com/docs/widget/
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'JivoChat',
  link: 'https://www.jivochat.com/docs/widget/',
  gaps: 'no end, no rating, no conversation id, not who took the chat. Only a first line is told, and that not where there was a talk before and an invitation was shown. Whether a bot’s line is told as an agent’s is unverified',
  proof: 'a fake after the documentation',
};

/**
 * Puts JivoChat on a page. It calls global functions by their names, one each; before its bundle nothing of it stands.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, talked?: boolean, known?: import('./fake.js').Prechat }} [options] talked: there was a talk on an
 *   earlier visit; known: what the visitor said of themselves then
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, talked = false, known = {} } = {}) {
  const tell = (name, ...data) => {
    if (typeof window[name] === 'function') window[name](...data);
  };
  let info = known;
  let invited = false;
  let begun = false;

  const api = {
    open() {
      fake.open();
      return { result: 'ok' };
    },
    close() {
      fake.close();
      return { result: 'ok' };
    },
    showProactiveInvitation(text) {
      invited = true;
      fake.lines.push({ from: 'bot', text });
      fake.popup();
    },
    // As if the visitor had written it.
    setContactInfo(fields) {
      info = { ...info, ...fields };
    },
    // Ten fields at most, which take the place of those before.
    setCustomData(fields) {
      if (fields.length > 10) return { result: 'fail' };
      fake.attributes = Object.fromEntries(fields.map(({ key, content }) => [key, content]));
      return { result: 'ok' };
    },
    // What was not filled in is null.
    getContactInfo: () => ({
      client_name: info.name ?? null,
      email: info.email ?? null,
      phone: info.phone ?? null,
      description: info.description ?? null,
    }),
    clearHistory() {
      talked = false;
      info = {};
    },
    chatMode: () => 'online',
    getUnreadMessagesCount: () => 0,
  };

  const fake = createFake(
    'jivochat',
    {
      load() {
        window.jivo_api = api;
        window.jivo_init = () => {};
        window.jivo_destroy = () => tell('jivo_onWidgetDestroy');
        tell('jivo_onLoadCallback');
        tell('jivo_onChangeState', 'label');
      },
      open() {
        tell('jivo_onChangeState', 'chat');
        tell('jivo_onOpen');
      },
      close() {
        tell('jivo_onChangeState', 'label');
        tell('jivo_onClose');
      },
      prechat({ name, email, phone }) {
        info = { ...info, ...(name && { name }), ...(email && { email }), ...(phone && { phone }) };
        tell('jivo_onIntroduction');
      },
      // Later lines are not told.
      visitor() {
        if (begun) return;
        begun = true;
        if (!talked) tell('jivo_onMessageSent');
        if (!invited) tell('jivo_onClientStartChat');
        talked = true;
      },
      agent: () => tell('jivo_onMessageReceived'),
      bot: () => tell('jivo_onMessageReceived'),
      assign: () => tell('jivo_onAccept'),
      end() {
        begun = false;
        invited = false;
      },
      replay() {
        tell('jivo_onLoadCallback');
        if (fake.opened) tell('jivo_onOpen');
      },
      uninstall() {
        for (const name of ['jivo_api', 'jivo_init', 'jivo_destroy']) delete window[name];
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
