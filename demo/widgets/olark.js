// A fake of Olark, after https://www.olark.com/api/
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Olark',
  link: 'https://www.olark.com/api/',
  gaps: 'no assignment, no rating, no conversation id. The address is asked for after each line of the visitor, for Olark does not tell when it learns it. The end only by the agent’s command `!end`; whether the console’s button sends it is unverified, as are the marks of automatic lines',
  proof: 'a fake after the documentation',
};

/**
 * Puts Olark on a page: the site's snippet makes a function that queues.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, replace?: boolean, away?: boolean, known?: import('./fake.js').Prechat }} [options] replace: the
 *   bundle puts a function of its own in the place of the stub, which is not documented; away: no agent is there, the form is
 *   that for a message; known: what Olark knows of the visitor from an earlier visit
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, replace = true, away = false, known = {} } = {}) {
  if (!window.olark) {
    const stub = (...args) => {
      stub._.s.push(args);
      stub._.t.push(Date.now());
    };
    Object.assign(stub, {
      _: { s: [], t: [Date.now()], c: {}, l: 'static.olark.com/jsclient/loader.js' },
      extend: (...args) => stub('extend', ...args),
      identify: (id) => stub('identify', id),
      configure: (...args) => stub('configure', ...args),
    });
    window.olark = stub;
  }

  // Listeners stand side by side and stay.
  const listeners = {};
  const tell = (name, ...data) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(...data);
  };
  const details = { emailAddress: '', fullName: '', phoneNumber: '', isConversing: false, visitCount: '1' };
  const learn = ({ email, name, phone }) =>
    Object.assign(
      details,
      email && { emailAddress: email },
      name && { fullName: name },
      phone && { phoneNumber: phone },
    );
  learn(known);
  const handed = []; // instead of the details

  const commands = {
    'api.box.expand': () => fake.open(),
    'api.box.shrink': () => fake.close(),
    'api.visitor.getDetails': (listener) => listener(handed.length ? handed[0] : { ...details }),
    'api.visitor.updateEmailAddress': ({ emailAddress }) => learn({ email: emailAddress }),
    'api.visitor.updateFullName': ({ fullName }) => learn({ name: fullName }),
    'api.visitor.updateCustomFields': (fields) => Object.assign(fake.attributes, fields),
    'api.chat.sendMessageToVisitor': ({ body }) => fake.bot(body),
  };
  const run = (command, argument) => {
    if (!/\.on[A-Z]/.test(command)) return commands[command]?.(argument);
    listeners[command] ??= [];
    listeners[command].push(argument);
    return undefined;
  };
  const begin = () => {
    if (!details.isConversing) tell('api.chat.onBeginConversation');
    details.isConversing = true;
  };
  const answer = (message) => {
    begin();
    tell('api.chat.onMessageToVisitor', { message });
  };

  const fake = createFake(
    'olark',
    {
      load() {
        const stub = window.olark;
        if (replace) window.olark = Object.assign((...args) => run(...args), stub);
        for (const args of stub._.s) run(...args);
        stub._.s.push = (args) => run(...args);
        tell('api.chat.onReady');
        tell('api.box.onShow');
        tell(away ? 'api.chat.onOperatorsAway' : 'api.chat.onOperatorsAvailable');
      },
      open: () => tell('api.box.onExpand'),
      close: () => tell('api.box.onShrink'),
      prechat(fields) {
        learn(fields);
        if (away) tell('api.chat.onOfflineMessageToOperator', { message: { body: 'call me' } });
      },
      visitor(text) {
        begin();
        tell('api.chat.onMessageToOperator', { message: { body: text } });
      },
      agent: (text, { name }) => answer({ body: text, nickname: name, automated: false }),
      bot: (text) => answer({ body: text, nickname: 'Olark', automated: true }),
      end() {
        details.isConversing = false;
        tell('api.chat.onCommandFromOperator', { command: { name: 'end', body: '' } });
      },
      // An agent's command to the page.
      tag: (text) => tell('api.chat.onCommandFromOperator', { command: { name: 'lead', body: text } }),
      replay() {
        tell('api.chat.onReady');
        tell('api.box.onShow');
        if (fake.opened) tell('api.box.onExpand');
      },
      uninstall() {
        delete window.olark;
      },
    },
    (name, ...data) => {
      if (name !== 'api.visitor.getDetails') return tell(name, ...data);
      handed.splice(0, 1, ...data);
      tell('api.chat.onOfflineMessageToOperator', { message: { body: '' } });
    },
  );
  if (!late) fake.load();
  return fake;
}
