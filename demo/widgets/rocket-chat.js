// Rocket.Chat's own host script, with a stand-in for the app in its iframe.
import { livechat } from './rocket-chat/livechat.js';

/** What README says of it. */
export const about = {
  title: 'Rocket.Chat',
  link: 'https://github.com/RocketChat/Rocket.Chat.Livechat',
  gaps: 'no agent reply, no rating. The department of the pre-chat form comes as an id: write it into `topics`. The end of a chat is told without saying by whom',
  proof: 'the real host script, in Chromium',
};

/**
 * Puts Rocket.Chat's livechat on a page: the site's snippet queues, the host script makes the iframe and the emitter.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, url?: string, page?: string, script?: string }} [options]
 *   url: where the host script is served; page: the iframe's page; script: the host script's text, for a page without a
 *   server: the app then runs beside the page and needs no iframe
 * @returns {import('./fake.js').Fake}
 */
export function install(
  window,
  {
    late,
    script,
    url = '/vendor/rocketchat-livechat.min.js',
    page = '/widgets/rocket-chat/livechat.html',
  } = {},
) {
  if (!window.RocketChat) {
    window.RocketChat = (work) => window.RocketChat._.push(work);
    window.RocketChat._ = [];
  }
  window.RocketChat.url = script ? 'about:blank' : page;
  const fake = script ? beside(window, script) : framed(window, url);
  if (!late) fake.load();
  return fake;
}

const leave = (window) => {
  window.document.querySelector('.rocketchat-widget')?.remove();
  delete window.RocketChat;
};

/** The app runs in the page itself and posts to it: this host script checks neither origin nor source of a message. */
function beside(window, script) {
  const app = livechat((data) => window.dispatchEvent(new window.MessageEvent('message', { data })));
  const { load } = app;
  let undo;
  return Object.assign(app, {
    load() {
      if (app.loaded) return;
      undo = run(window, script);
      Object.defineProperty(window.document.getElementById('rocketchat-iframe'), 'contentWindow', {
        value: { postMessage: app.receive },
      });
      load();
    },
    uninstall() {
      undo?.();
      leave(window);
    },
  });
}

/** Runs a script and returns what takes its timers and window listeners away. */
function run(window, script) {
  const { setInterval, addEventListener } = window;
  const undo = [];
  window.setInterval = (...args) => {
    const timer = setInterval.apply(window, args);
    undo.push(() => window.clearInterval(timer));
    return timer;
  };
  window.addEventListener = (...args) => {
    addEventListener.apply(window, args);
    undo.push(() => window.removeEventListener(...args));
  };
  try {
    new window.Function(script)();
  } finally {
    Object.assign(window, { setInterval, addEventListener });
  }
  return () => {
    for (const back of undo) back();
  };
}

/** The app runs in its iframe; it is driven, and tells how its window looks, by messages. */
function framed(window, url) {
  let loading;
  const drive =
    (verb) =>
    (...args) =>
      window.document
        .getElementById('rocketchat-iframe')
        .contentWindow.postMessage({ src: 'livechat-stand-in', verb, args }, '*');

  /** @type {import('./fake.js').Fake} */
  const fake = {
    name: 'rocket-chat',
    lines: [],
    opened: false,
    loaded: false,
    attributes: {},
    onchange: undefined,
    /** Resolves when the app in the iframe is ready. */
    load: () =>
      (loading ??= new Promise((resolve, reject) => {
        window.addEventListener('message', ({ data }) => {
          if (data?.src !== 'livechat-stand-in' || !data.state) return;
          Object.assign(fake, data.state);
          fake.onchange?.();
          resolve();
        });
        const tag = window.document.createElement('script');
        tag.src = url;
        tag.async = true;
        tag.onerror = () => reject(new Error(`${url} does not load`));
        window.document.head.append(tag);
      })),
    uninstall: () => leave(window),
  };
  for (const verb of [
    'open',
    'close',
    'popup',
    'prechat',
    'visitor',
    'agent',
    'bot',
    'system',
    'assign',
    'end',
    'rate',
    'tag',
    'replay',
    'tell',
  ]) {
    fake[verb] = drive(verb);
  }
  return fake;
}
