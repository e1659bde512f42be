// A fake of Kustomer's web chat, after https://developer.kustomer.com/docs/chat/web and
// https://developer.kustomer.com/chat-sdk/v2.0-Web/docs/kustomer-add-listener
import { createFake } from './fake.js';

/** What README says of it. */
export const about = {
  title: 'Kustomer',
  link: 'https://developer.kustomer.com/chat-sdk/v2.0-Web/docs/kustomer-add-listener',
  gaps: 'no assignment, no rating, no topic, no address. A first message is a conversation that was created, a reply a rise of the unread count, so a bot’s counts as a person’s. The end is documented for `KustomerCore`, in the widget unverified; a window of one’s own upon `KustomerCore` is not heard',
  proof: 'a fake after the documentation',
};

const FRAME = 'kustomer-ui-sdk-iframe';

/**
 * Puts Kustomer on a page: the loader makes an object that has only `start` and queues it, the SDK puts another in its place.
 *
 * @param {Window & Record<string, any>} window
 * @param {{ late?: boolean, slow?: boolean, unread?: number }} [options] slow: `start` takes its time; unread: lines that waited
 *   when the page loaded
 * @returns {import('./fake.js').Fake}
 */
export function install(window, { late, slow = false, unread = 0 } = {}) {
  const { document } = window;
  let id = '';
  let number = 0;
  const queue = [];
  let listeners = {};
  let started = false;
  const tell = (name, response) => {
    for (const listener of [...(listeners[name] ?? [])]) listener(response, undefined);
  };
  const count = (now) => {
    unread = now;
    tell('onUnread', null);
  };
  const receive = () => {
    if (!fake.opened) count(unread + 1);
  };

  // Nothing but `start` works before it has finished.
  const after =
    (work) =>
    (...args) => {
      if (!started) throw new Error('Kustomer.start() has not finished');
      return work(...args);
    };
  const sdk = {
    start(_options, done) {
      if (started) return done?.();
      if (!document.getElementById(FRAME)) {
        const frame = document.createElement('iframe');
        frame.id = FRAME;
        frame.style.display = 'none';
        document.body.append(frame);
      }
      const finish = () => {
        started = true;
        done?.();
      };
      if (slow) Promise.resolve().then(finish);
      else finish();
    },
    stop: after((done) => {
      document.getElementById(FRAME)?.remove();
      listeners = {};
      started = false;
      done?.();
    }),
    addListener: after((name, listener) => {
      (listeners[name] ??= []).push(listener);
    }),
    removeListener: after((name, listener) => {
      listeners[name] = (listeners[name] ?? []).filter((other) => other !== listener);
    }),
    getUnreadCount: after(() => ({ total: unread, conversations: { [id]: unread } })),
    open: after((done) => {
      fake.open();
      done?.();
    }),
    close: after(() => fake.close()),
    // A name's end says its type: https://developer.kustomer.com/docs/concepts/custom-attributes
    describeCustomer: after(({ customAttributes = {} }, done) => {
      const types = { Str: 'string', Num: 'number', Bool: 'boolean' };
      const known = Object.entries(customAttributes).filter(
        ([name, value]) => typeof value === types[/^[a-z][A-Za-z0-9]*(Str|Num|Bool)$/.exec(name)?.[1]],
      );
      Object.assign(fake.attributes, Object.fromEntries(known));
      done?.();
    }),
    createConversation: after(({ message }) => fake.visitor(message)),
  };

  window.Kustomer = { start: (...args) => queue.push(args) };
  const site = () => window.Kustomer.start({ brandId: 'x' });
  window.addEventListener('kustomerLoaded', site, { once: true });
  window.dispatchEvent(new window.Event('kustomerLoaded'));

  const fake = createFake(
    'kustomer',
    {
      load() {
        window.Kustomer = sdk;
        for (const args of queue) sdk.start(...args);
      },
      open() {
        tell('onOpen', null);
        if (unread) count(0);
      },
      close: () => tell('onClose', null),
      visitor() {
        if (id) return;
        id = `665f1b2c0d9e8a0013f7c1a${++number}`;
        tell('onConversationCreate', {
          conversationId: id,
          createdAt: new Date().toISOString(),
          ended: false,
          isInAssistantMode: false,
        });
      },
      agent: receive,
      bot: receive,
      end() {
        if (id)
          tell('onConversationEnded', {
            conversationId: id,
            createdAt: new Date().toISOString(),
            ended: true,
          });
        id = '';
      },
      replay: () => tell('onUnread', null),
      uninstall() {
        document.getElementById(FRAME)?.remove();
        delete window.Kustomer;
      },
    },
    tell,
  );
  if (!late) fake.load();
  return fake;
}
